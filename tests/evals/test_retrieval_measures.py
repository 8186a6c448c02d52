"""Rank measures: against worked examples, and from the candidates of a trace."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.cases import Case
from evals.ranked import Ranked, ranked
from evals.retrieval import hit_at_1, hit_at_5, ndcg_at_10, reciprocal_rank

SOURCE = "Alpha beta gamma. Delta epsilon zeta. Eta theta iota."
SOURCES = {"doc": SOURCE, "other": SOURCE}
CASE = Case(
    "c",
    "budget",
    "fr",
    "?",
    answerable=True,
    documents=("doc",),
    quotes=("beta gamma.", "Delta epsilon", "theta iota."),
)


def test_a_worked_example() -> None:
    """Relevant in places 2 and 4 of 5, two more never found: 1/2; DCG 1/log2(3) + 1/log2(5) over four in order."""
    found = ranked(["a", "x", "b", "y", "c"], {"x", "y", "z", "w"})
    assert found.hit_at_1 is False
    assert found.hit_at_5 is True
    assert found.reciprocal_rank == 0.5
    ideal = 1 + 0.6309297535714575 + 0.5 + 0.43067655807339306
    assert found.ndcg_at_10 == pytest.approx((0.6309297535714575 + 0.43067655807339306) / ideal)


@given(st.permutations("abcdefgh"), st.sets(st.sampled_from("abcdefghz"), min_size=1))
def test_bounds_and_order(found: list[str], relevant: set[str]) -> None:
    """All lie in [0, 1]; the first relevant place gives the hits and the reciprocal rank."""
    scores = ranked(found, relevant)
    first = next((place for place, name in enumerate(found, start=1) if name in relevant), None)
    assert scores.hit_at_1 is (first == 1)
    assert scores.hit_at_5 is (first is not None and first <= 5)
    assert scores.reciprocal_rank == pytest.approx(1 / first if first else 0)
    assert 0 <= scores.ndcg_at_10 <= 1 + 1e-9


@pytest.mark.parametrize(("found", "relevant"), [(["a"], set()), (["a", "a"], {"a"})])
def test_what_cannot_be_scored_is_refused(found: list[str], relevant: set[str]) -> None:
    """Nothing relevant, or an id found twice."""
    with pytest.raises(ValueError, match="no relevant id"):
        ranked(found, relevant)
    assert ranked([], {"a"}) == Ranked(hit_at_1=False, hit_at_5=False, reciprocal_rank=0.0, ndcg_at_10=0.0)


def candidate(unit: str | None, start: int = 0, end: int = 1, file: str = "doc.txt") -> dict[str, Any]:
    """A candidate of a trace; a gap has no unit."""
    kind = "narrative" if unit else "gap"
    places = [[start, end]] if unit else []
    return {"unit": unit, "leads_to": unit or "gap/x", "kind": kind, "source_file": file, "places": places}


def found(*candidates: dict[str, Any]) -> dict[str, Any]:
    """An answer that considered these."""
    return {"status": "answered", "trace": {"candidates": list(candidates)}}


def test_candidates_are_relevant_by_their_place() -> None:
    """A gap and a second stretch of the same passage take no place; another document is never relevant."""
    wrong = candidate("u0", SOURCE.index("beta"), SOURCE.index("beta") + 4, "other.txt")
    right = candidate("u1", SOURCE.index("beta"), SOURCE.index("beta") + 4)
    answer = found(candidate(None), wrong, wrong, right)
    assert hit_at_1(CASE, answer, SOURCES) is False
    assert hit_at_5(CASE, answer, SOURCES) is True
    assert reciprocal_rank(CASE, answer, SOURCES) == 0.5


def test_quotes_that_one_passage_holds_are_one() -> None:
    """A passage over two quotes and one over the third, in order, are the best there is."""
    both = candidate("u1", SOURCE.index("beta"), SOURCE.index("zeta"))
    third = candidate("u2", SOURCE.index("theta"), SOURCE.index("theta") + 2)
    assert ndcg_at_10(CASE, found(both, third), SOURCES) == pytest.approx(1)
    assert hit_at_1(CASE, found(both), SOURCES) is True
    only_first = ndcg_at_10(CASE, found(both), SOURCES)
    assert isinstance(only_first, float)
    assert only_first < 1


def test_where_there_is_nothing_to_measure() -> None:
    """No trace, no answer in the documents, no gold quote."""
    silent = Case("s", "budget", "fr", "?", answerable=False, documents=("doc",), quotes=("beta gamma.",))
    unquoted = Case("n", "budget", "fr", "?", answerable=True)
    for measure in (hit_at_1, hit_at_5, reciprocal_rank, ndcg_at_10):
        assert measure(CASE, {"status": "answered"}, SOURCES) is None
        assert measure(silent, found(), SOURCES) is None
        assert measure(unquoted, found(), SOURCES) is None
        assert not measure(CASE, found(), SOURCES)
