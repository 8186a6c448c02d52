"""Reliability: bins, the error of a probability that lies, and what counts as right."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.calibration import calibrate, probability_and_truth
from evals.cases import Case

SOURCES = {"doc": "Le solde est réparti au prorata des postes."}
CASE = Case("c", "budget", "fr", "?", answerable=True, documents=("doc",), quotes=("réparti au prorata",))


def test_a_probability_that_says_what_happens_has_no_error() -> None:
    """Nine in ten right at 0.9, one in ten at 0.1."""
    honest = [(0.9, k != 0) for k in range(10)] + [(0.1, k == 0) for k in range(10)]
    found = calibrate(honest)
    assert found is not None
    assert found.error == pytest.approx(0)
    assert [(one.low, one.high, one.count) for one in found.bins] == [(0.1, 0.2, 10), (0.9, 1.0, 10)]


def test_a_probability_that_boasts_is_measured() -> None:
    """Always sure, right half the time: the error is one half. One is in the last bin."""
    found = calibrate([(1.0, True), (1.0, False)])
    assert found is not None
    assert (found.error, found.n, found.bins[0].right) == (0.5, 2, 0.5)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_every_pair_is_in_one_bin(pairs: list[tuple[float, bool]]) -> None:
    """Counts add up, means lie in their bins, the error is a distance."""
    found = calibrate(pairs)
    assert found is not None
    assert sum(one.count for one in found.bins) == found.n == len(pairs)
    assert all(one.low - 1e-9 <= one.probability <= one.high + 1e-9 for one in found.bins)
    assert 0 <= found.error <= 1


def test_nothing_and_nonsense() -> None:
    """Without a pair there is no diagram; a probability of 2 is a mistake."""
    assert calibrate([]) is None
    with pytest.raises(ValueError, match="outside"):
        calibrate([(2.0, True)])


def candidate(kind: str, probability: float, start: int) -> dict[str, Any]:
    """A candidate that stands at this place."""
    return {"kind": kind, "probability": probability, "source_file": "doc.txt", "places": [[start, start + 5]]}


def test_the_best_passage_bears_the_probability() -> None:
    """On a gold quote, or behind a right answer, it has the answer; gaps are passed over."""
    gold, beside = candidate("figure", 0.7, 14), candidate("figure", 0.6, 38)
    gap = {"kind": "gap", "probability": 0.3, "places": []}
    answer = {"status": "answered", "trace": {"candidates": [gap, gold]}}
    assert probability_and_truth(CASE, answer, right=False, sources=SOURCES) == (0.7, True)
    other = {"status": "answered", "trace": {"candidates": [beside, gold]}}
    assert probability_and_truth(CASE, other, right=False, sources=SOURCES) == (0.6, False)
    assert probability_and_truth(CASE, other, right=True, sources=SOURCES) == (0.6, True)
    silent = Case("s", "budget", "fr", "?", answerable=False)
    assert probability_and_truth(silent, answer, right=True, sources=SOURCES) == (0.7, False)


@pytest.mark.parametrize(
    "answer",
    [
        {"status": "answered"},
        {"status": "answered", "trace": {"candidates": []}},
        {"status": "not_in_documents", "trace": {"candidates": [{"kind": "gap", "probability": 0.9}]}},
        {"status": "answered", "calculation": {"results": [{}]}, "trace": {"candidates": [candidate("rule", 0.4, 1)]}},
    ],
)
def test_an_answer_without_a_passage_is_left_out(answer: dict[str, Any]) -> None:
    """No trace, no candidate, gaps only, an amount that was computed."""
    assert probability_and_truth(CASE, answer, right=True, sources=SOURCES) is None
