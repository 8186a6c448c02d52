"""Whether the right passage was found: measures of the ranking, from the candidates that an answer's trace tells of.

In: a `Case`, an answer with its trace, the raw texts. Out: scores; None without a trace (a server tells none), and
for a case without gold quotes. A passage is relevant when it overlaps a gold quote. Stretches of one passage are one;
gold quotes that one passage holds together count as one, as there is only one place to find them at. Known gaps are
left out: whether one of them wins is the gate's business.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.answers import Answer
from evals.cases import Case
from evals.citing import Place, gold_of, gold_places, meet
from evals.ranked import Ranked, ranked
from evals.scoring import Score
from evals.sources import Sources
from evals.spans import Span

Candidate = Mapping[str, Any]


def hit_at_1(case: Case, answer: Answer, sources: Sources) -> Score:
    """The first candidate is a relevant passage (Success@1 of ir_measures)."""
    scores = _ranked(case, answer, sources)
    return scores.hit_at_1 if scores else None


def hit_at_5(case: Case, answer: Answer, sources: Sources) -> Score:
    """One of the first five candidates is a relevant passage (Success@5 of ir_measures)."""
    scores = _ranked(case, answer, sources)
    return scores.hit_at_5 if scores else None


def reciprocal_rank(case: Case, answer: Answer, sources: Sources) -> Score:
    """1/rank of the first relevant passage, 0 where none was found (RR of ir_measures); its mean is the MRR."""
    scores = _ranked(case, answer, sources)
    return scores.reciprocal_rank if scores else None


def ndcg_at_10(case: Case, answer: Answer, sources: Sources) -> Score:
    """Discounted cumulated gain of the first ten candidates beside the best order there could be (nDCG@10)."""
    scores = _ranked(case, answer, sources)
    return scores.ndcg_at_10 if scores else None


def candidates(answer: Answer) -> Sequence[Candidate] | None:
    """The candidates that were considered, best first, kept and rejected; None without a trace."""
    found = (answer.get("trace") or {}).get("candidates")
    return found if isinstance(found, list) else None


def gold(case: Case, candidate: Candidate, sources: Sources) -> bool:
    """Whether a candidate is a passage that overlaps a gold quote."""
    return meet(_places(candidate), list(gold_places(case, sources)))


def _ranked(case: Case, answer: Answer, sources: Sources) -> Ranked | None:
    found = candidates(answer)
    if found is None or not (case.answerable and case.quotes):
        return None
    found = [candidate for candidate in found if candidate.get("kind") != "gap"]
    left = {quote: list(gold_of(case, quote, sources)) for quote in case.quotes}
    order: dict[str, bool] = {}
    for candidate in found:
        name = str(candidate.get("unit") or candidate.get("leads_to"))
        if name in order:
            continue
        reached = [quote for quote, places in left.items() if meet(_places(candidate), places)]
        order[name] = bool(reached)
        for quote in reached:
            del left[quote]
    relevant = [name for name, hit in order.items() if hit]
    return ranked(list(order), [*relevant, *(f"not found: {quote}" for quote in left)])


def _places(candidate: Candidate) -> list[Place]:
    name = Path(str(candidate.get("source_file"))).stem
    return [(name, Span(start, end)) for start, end in candidate.get("places") or ()]
