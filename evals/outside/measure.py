"""What is measured on outside data: retrieval by three searchers, the gate with and without the answer, extraction.

In: a `DataSet` and searchers. Out: plain numbers, ready for JSON, each defined below.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from assistant.conversation import Question, Status
from evals.matching import contains
from evals.outside.dataset import DataSet, OutsideQuestion
from evals.outside.searchers import Ingested, Searcher
from evals.ranked import Ranked, ranked

Tell = Callable[[], object]


def retrieval(data: DataSet, search: Searcher, tell: Tell) -> dict[str, float]:
    """Means over the questions of hit@1, hit@5, reciprocal rank and nDCG@10, with binary relevance (`evals.ranked`)."""
    scores: list[Ranked] = []
    for question in data.questions:
        scores.append(ranked(search(question), question.relevant))
        tell()
    return {
        "hit@1": fmean(one.hit_at_1 for one in scores),
        "hit@5": fmean(one.hit_at_5 for one in scores),
        "mrr": fmean(one.reciprocal_rank for one in scores),
        "ndcg@10": fmean(one.ndcg_at_10 for one in scores),
    }


def gate(data: DataSet, ingested: Ingested, threshold: float, tell: Tell) -> dict[str, float | None]:
    """Each question is asked twice: of all passages, and as if the passages that answer it were not there.

    `answered`: share let through when the answer is there. `right`: share of those whose first passage answers.
    `answered_without`: share let through when nothing answers (to be 0). `auc`: chance that a question whose first
    passage is right has a higher probability than one without its answer (Mann–Whitney); `auc_score`, a higher score.
    """
    there = [_first(ingested, question, frozenset(), threshold) for question in data.questions]
    gone = []
    for question in data.questions:
        gone.append(_first(ingested, question, question.relevant, threshold))
        tell()
    passed = [one for one in there if one.passed]
    return {
        "threshold": threshold,
        "answered": _share(one.passed for one in there),
        "right": _share(one.right for one in passed),
        "answered_without": _share(one.passed for one in gone),
        "auc": _auc([one.probability for one in there if one.right], [one.probability for one in gone]),
        "auc_score": _auc([one.score for one in there if one.right], [one.score for one in gone]),
    }


def extraction(data: DataSet, ingested: Ingested, tell: Tell) -> dict[str, float | None]:
    """What the whole pipeline answers to the questions whose answer the data set gives in words.

    `answered`: share with the status `answered`. `quoted`: share of those of which a citation holds an expected answer
    (case, accents and spaces aside). `quoted_words`: median of the words that an answer quotes.
    """
    asked = [question for question in data.questions if question.answers]
    quotes: list[tuple[OutsideQuestion, str]] = []
    for question in asked:
        answer = ingested.assistant.pipeline.answer(Question(question.text, question.language))
        if answer.status is Status.ANSWERED:
            quotes.append((question, " \n".join(citation.quote for citation in answer.citations)))
        tell()
    return {
        "questions": float(len(asked)),
        "answered": len(quotes) / len(asked) if asked else None,
        "quoted": _share(any(contains(text, one) for one in question.answers) for question, text in quotes),
        "quoted_words": median(len(text.split()) for _, text in quotes) if quotes else None,
    }


@dataclass(frozen=True, slots=True)
class _First:
    probability: float
    score: float
    passed: bool
    right: bool


def _first(ingested: Ingested, question: OutsideQuestion, without: frozenset[str], threshold: float) -> _First:
    """The first candidate, and whether the gate lets it through by the rule of `assistant.retrieve`."""
    ranked = ingested.ranked(question, without)
    if not ranked:
        return _First(0.0, -math.inf, passed=False, right=False)
    first = ranked[0]
    passed = first.score >= ingested.ranking.least_score and first.probability >= threshold
    return _First(first.probability, first.score, passed, ingested.passage(first.name) in question.relevant - without)


def _share(values: Iterable[bool]) -> float | None:
    known = list(values)
    return sum(known) / len(known) if known else None


def _auc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """The chance that a positive is above a negative, ties counting for half. Source: Hanley & McNeil (1982)."""
    if not positive or not negative:
        return None
    above = sum((p > n) + (p == n) / 2 for p in positive for n in negative)
    return above / (len(positive) * len(negative))
