"""Whether an answer rests on the right passages, and says nothing that they do not: measures of citations and figures.

In: a `Case`, the public JSON of the answer, the raw texts of the corpus. Out: scores. Verbatim quotes and figures are
checked by `evals.verify`, which shares no code with the guard.
"""

from collections.abc import Iterator
from pathlib import Path

from evals.answers import Answer
from evals.cases import Case
from evals.scoring import Score, text_of
from evals.sources import Sources
from evals.spans import Span, locate
from evals.verify import dangling_marks, figures_checked, quotes_checked

Place = tuple[str, Span]
"""A range of a document, by the name that cases use."""


def citation_right(case: Case, answer: Answer, sources: Sources) -> Score:
    """At least one citation overlaps a gold quote in the same document.

    Source: rule of the development set, « Citations ». False asks for a human look: another passage may do as well.
    """
    recall = citation_recall(case, answer, sources)
    return None if recall is None else recall > 0


def citation_recall(case: Case, answer: Answer, sources: Sources) -> Score:
    """Share of the gold quotes that a citation overlaps (recall of information retrieval, over passages)."""
    if not (case.answerable and case.quotes):
        return None
    return len(quotes_found(case, answer, sources)) / len(case.quotes)


def citation_precision(case: Case, answer: Answer, sources: Sources) -> Score:
    """Share of the citations that overlap a gold quote (precision of information retrieval); 0 without any citation."""
    if not (case.answerable and case.quotes):
        return None
    gold = list(gold_places(case, sources))
    cited = [list(_cited(citation, sources)) for citation in answer.get("citations") or ()]
    return sum(meet(places, gold) for places in cited) / len(cited) if cited else 0.0


def quotes_verbatim(_case: Case, answer: Answer, sources: Sources) -> Score:
    """Every quote stands verbatim where the answer says: promise 1 of the design, by the independent check."""
    rate = verbatim_rate(_case, answer, sources)
    return None if rate is None else rate == 1


def verbatim_rate(_case: Case, answer: Answer, sources: Sources) -> Score:
    """Share of the quotes (cited, nearest, of a calculation) that stand verbatim where the answer says."""
    checked = [not found for found in quotes_checked("", answer, sources)]
    return sum(checked) / len(checked) if checked else None


def figures_backed(_case: Case, answer: Answer, sources: Sources) -> Score:
    """Every figure is in a cited quote or in the calculation, and every [n] leads to one: promise 2 of the design."""
    if not text_of(answer):
        return None
    return figure_lock_rate(_case, answer, sources) in (None, 1.0) and not any(dangling_marks("", answer))


def figure_lock_rate(_case: Case, answer: Answer, sources: Sources) -> Score:
    """Share of the distinct figures of an answer that a cited quote or the calculation holds; None without a figure."""
    backed = {figure.text: held for _, figure, held in figures_checked(answer, sources)}
    return sum(backed.values()) / len(backed) if backed else None


def quotes_found(case: Case, answer: Answer, sources: Sources) -> tuple[str, ...]:
    """The gold quotes that a citation overlaps."""
    cited = [place for citation in answer.get("citations") or () for place in _cited(citation, sources)]
    return tuple(quote for quote in case.quotes if meet(list(gold_of(case, quote, sources)), cited))


def gold_places(case: Case, sources: Sources) -> Iterator[Place]:
    """Every place of every gold quote of a case."""
    yield from (place for quote in case.quotes for place in gold_of(case, quote, sources))


def gold_of(case: Case, quote: str, sources: Sources) -> Iterator[Place]:
    """Every place of a gold quote in the documents of its case."""
    yield from ((name, place) for name in case.documents for place in locate(sources.get(name, ""), quote))


def meet(some: list[Place], others: list[Place]) -> bool:
    """Whether a place of one list overlaps one of the other."""
    return any(a == b and x.overlaps(y) for a, x in some for b, y in others)


def _cited(citation: Answer, sources: Sources) -> Iterator[Place]:
    """Where a citation stands: the place it gives, else wherever its quote is found in the document it names."""
    name, start, end = Path(str(citation.get("source_file"))).stem, citation.get("start"), citation.get("end")
    if isinstance(start, int) and isinstance(end, int) and start < end:
        yield name, Span(start, end)
    else:
        yield from ((name, place) for place in locate(sources.get(name, ""), str(citation.get("quote") or "")))
