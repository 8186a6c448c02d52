"""The numbers of a report: intervals, percentiles, tallies, counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.answers import NO_ANSWER
from evals.cases import Case
from evals.run import Outcome, Run
from evals.summary import judge, percentile, summarise, tally, wilson


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(0, 0, 0, 1), (0, 10, 0, 0.2775), (10, 10, 0.7225, 1), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662)],
)
def test_wilson_agrees_with_published_values(successes: int, n: int, low: float, high: float) -> None:
    """81 of 263 is the example of Newcombe (1998), table I, method 3."""
    assert wilson(successes, n) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_proportion(pair: tuple[int, int]) -> None:
    """The bounds stay within 0 and 1, and on both sides of what was seen."""
    successes, n = pair
    low, high = wilson(successes, n)
    assert 0 <= low <= high <= 1
    assert not n or low <= successes / n <= high


@given(st.lists(st.floats(0, 1e6), min_size=1), st.integers(1, 100))
def test_a_percentile_is_a_value_that_enough_do_not_exceed(values: list[float], percent: int) -> None:
    """Nearest rank: a value of the list, the smallest that does."""
    found = percentile(values, percent)
    assert found in values
    assert 100 * sum(value <= found for value in values) >= percent * len(values)
    assert 100 * sum(value < found for value in values) < percent * len(values)


def test_a_percentile_of_nothing_is_refused() -> None:
    """There is no median of no answer."""
    with pytest.raises(ValueError, match="no value"):
        percentile([], 50)


def test_a_tally_leaves_out_what_the_measure_does_not_apply_to() -> None:
    """None counts nowhere; a ratio has its mean, and bounds around it."""
    assert tally("m", "k", "fr", [True, None, False]).n == 2
    assert tally("m", "k", "fr", [True, None, False]).value == 0.5
    ratio = tally("m", "k", "fr", [0.5, 1.0])
    assert (ratio.value, ratio.low, ratio.high) == (0.75, 0.5, 1.0)
    assert (tally("m", "k", "fr", [None]).n, tally("m", "k", "fr", [None]).value) == (0, None)


def case(name: str, lang: str = "fr", *, answerable: bool = True) -> Case:
    """A case that wants a 7."""
    groups = (("7",),) if answerable else ()
    return Case(name, "budget", lang, name, answerable=answerable, must_include=groups)  # type: ignore[arg-type]


def outcomes() -> tuple[Outcome, ...]:
    """Right, false "I don't know", wrong answer, right abstention, failure."""
    return (
        Outcome(case("a"), {"status": "answered", "text": "7", "language": "fr"}, 0.010),
        Outcome(case("b", "en"), {"status": "not_in_documents", "language": "en"}, 0.020),
        Outcome(case("c", answerable=False), {"status": "answered", "text": "8", "language": "fr"}, 0.030),
        Outcome(case("d", answerable=False), {"status": "refused", "language": "fr"}, 0.040),
        Outcome(case("e"), NO_ANSWER, 9.0, "late"),
    )


def test_a_summary_counts_each_way_to_be_wrong() -> None:
    """Nothing is dropped: a failure counts as wrong, but not in the latency."""
    run = Run(outcomes(), 2.0, 1, 5)
    summary = summarise(run, judge(run, {}), {})
    assert summary.counts == {
        "cases": 5,
        "wrong": 3,
        "false_dont_know": 1,
        "wrong_answers": 1,
        "errors": 1,
        "failures": 1,
    }
    assert summary.latency == {"p50_ms": 20.0, "p95_ms": 40.0, "answers_per_second": 2.5}
    found = {(t.kind, t.lang): (t.n, t.value) for t in summary.groups if t.measure == "right"}
    assert found == {("all", "all"): (5, 0.4), ("all", "fr"): (4, 0.5), ("all", "en"): (1, 0.0)} | {
        ("budget", "all"): (5, 0.4),
        ("budget", "fr"): (4, 0.5),
        ("budget", "en"): (1, 0.0),
    }


def test_a_run_without_any_answer_has_no_latency() -> None:
    """Failures only: no time to tell."""
    run = Run(outcomes()[-1:], 9.0, 1, 1)
    assert summarise(run, judge(run, {}), {}).latency == {}
