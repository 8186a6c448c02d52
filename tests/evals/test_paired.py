"""Is it chance: McNemar against published and exact values, bootstrap bounds that hold the mean."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.paired import bounds, difference, mcnemar


def test_mcnemar_agrees_with_the_binomial() -> None:
    """Ten changes, one of them a loss: 2 × (1 + 10) / 2**10; ties do not count."""
    before = [False] * 9 + [True] + [True] * 50
    after = [True] * 9 + [False] + [True] * 50
    assert mcnemar(before, after) == pytest.approx(2 * 11 / 1024)
    assert mcnemar(after, before) == pytest.approx(2 * 11 / 1024)


@given(st.integers(0, 40), st.integers(0, 40))
def test_mcnemar_is_the_two_sided_tail_of_a_fair_coin(gained: int, lost: int) -> None:
    """By counting, for any numbers of gains and losses."""
    before, after = [False] * gained + [True] * lost, [True] * gained + [False] * lost
    n, least = gained + lost, min(gained, lost)
    tail = sum(comb(n, k) for k in range(least + 1)) / 2**n
    assert mcnemar(before, after) == pytest.approx(min(1.0, 2 * tail))


def test_lists_of_different_lengths_are_refused() -> None:
    """A pair that lacks its other half is an error, not a shorter test."""
    with pytest.raises(ValueError, match="zip"):
        mcnemar([True], [])
    with pytest.raises(ValueError, match="no value"):
        bounds([])


def test_bounds_hold_the_mean_and_are_the_same_each_time() -> None:
    """Seeded; as wide as the normal approximation says, within a tenth."""
    values = [float(k % 10) / 10 for k in range(200)]
    low, high = bounds(values)
    assert (low, high) == bounds(values)
    mean = sum(values) / len(values)
    spread = (sum((v - mean) ** 2 for v in values) / len(values)) ** 0.5
    assert low < mean < high
    assert high - low == pytest.approx(2 * 1.96 * spread / len(values) ** 0.5, rel=0.1)
    assert bounds([0.5, 0.5]) == (0.5, 0.5)


def test_a_difference_is_paired() -> None:
    """The same gain on every case has no spread, whatever the cases are worth."""
    assert difference([0.1, 0.5, 0.9], [0.2, 0.6, 1.0]) == pytest.approx((0.1, 0.1))
