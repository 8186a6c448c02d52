"""Properties of exact sharing: the sum, the distance to the quota, and what must not change the result."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.tools.allocation import CENT, DOLLAR, MOST_BODIES, Allocation, Body, allocate, apportion
from assistant.tools.errors import DuplicateBody, InvalidAmount, InvalidInput, TooManyBodies
from assistant.tools.scenarios import list_changes

weights = st.decimals(0, 5000, places=2, allow_nan=False).map(Fraction)
lists = st.lists(weights, min_size=1, max_size=30).filter(any)
envelopes = st.integers(0, 50_000_000)


def bodies(values: list[Fraction]) -> list[Body]:
    """A list with these weights."""
    return [Body(f"body {i:03d}", value) for i, value in enumerate(values)]


def amounts(allocation: Allocation) -> dict[str, Fraction]:
    """The amount of each body."""
    return {share.body.id: share.amount for share in allocation.shares}


@settings(max_examples=1000, deadline=None)
@given(lists, envelopes, st.sampled_from([DOLLAR, CENT]), st.integers(0, 25_000))
def test_amounts_add_up_and_stay_within_a_unit_of_their_quota(
    values: list[Fraction], spare: int, unit: Fraction, base: int
) -> None:
    """Whatever the weights: the sum is the envelope, each amount the floor or the ceiling of its quota."""
    envelope = Fraction(spare + base * len(values))
    shared = allocate(bodies(values), envelope, Fraction(base), unit)
    assert sum(amounts(shared).values()) == envelope
    assert all(abs(share.amount - share.quota) < unit for share in shared.shares)
    assert all(share.amount == base for share in shared.shares if share.body.weight == 0)


@settings(max_examples=200, deadline=None)
@given(lists, envelopes, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_is_irrelevant(values: list[Fraction], spare: int, random: object) -> None:
    """Shuffled rows get the same amounts."""
    rows = bodies(values)
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert amounts(allocate(rows, Fraction(spare), Fraction(0))) == amounts(
        allocate(shuffled, Fraction(spare), Fraction(0))
    )


@settings(max_examples=200, deadline=None)
@given(lists, envelopes, st.fractions(Fraction(1, 50), 50, max_denominator=50))
def test_scaling_the_weights_is_irrelevant(values: list[Fraction], spare: int, scale: Fraction) -> None:
    """Only proportions count."""
    scaled = [value * scale for value in values]
    assert amounts(allocate(bodies(values), Fraction(spare), Fraction(0))) == amounts(
        allocate(bodies(scaled), Fraction(spare), Fraction(0))
    )


@settings(max_examples=200, deadline=None)
@given(lists, envelopes)
def test_splitting_the_base_from_the_balance_is_irrelevant(values: list[Fraction], spare: int) -> None:
    """Paying the base apart and sharing the balance alone gives the same amounts."""
    base = Fraction(1000)
    together = allocate(bodies(values), spare + base * len(values), base)
    apart = allocate(bodies(values), Fraction(spare), Fraction(0))
    assert amounts(together) == {name: base + amount for name, amount in amounts(apart).items()}


@settings(max_examples=200, deadline=None)
@given(lists, envelopes)
def test_equal_weights_differ_by_one_unit_at_most(values: list[Fraction], spare: int) -> None:
    """Two bodies alike are treated alike, up to the last unit."""
    shares = allocate(bodies(values), Fraction(spare), Fraction(0)).shares
    for one in shares:
        for other in shares:
            if one.body.weight == other.body.weight:
                assert abs(one.amount - other.amount) <= 1


@settings(max_examples=200, deadline=None)
@given(lists, envelopes, st.integers(0, 100_000))
def test_a_larger_envelope_costs_a_body_one_unit_at_most(values: list[Fraction], spare: int, more: int) -> None:
    """And the changes of all bodies add up to the change of the envelope."""
    before = allocate(bodies(values), Fraction(spare), Fraction(0))
    after = allocate(bodies(values), Fraction(spare + more), Fraction(0))
    changes = list_changes(before, after)
    assert sum(changes.values()) == more
    assert min(changes.values()) >= -1


def test_a_tie_goes_to_the_larger_weight_then_to_the_smaller_identifier() -> None:
    """Quotas 0,5 and 0,5 of equal weights; then 1,5 against 0,5."""
    assert apportion(1, [("b", Fraction(1)), ("a", Fraction(1))]) == (0, 1)
    assert apportion(2, [("a", Fraction(1)), ("b", Fraction(3))]) == (0, 2)


def test_a_body_that_joins_or_leaves_is_part_of_the_changes() -> None:
    """Its whole amount comes or goes."""
    before = allocate([Body("a", Fraction(1)), Body("b", Fraction(1))], Fraction(10), Fraction(0))
    after = allocate([Body("a", Fraction(1)), Body("c", Fraction(1))], Fraction(10), Fraction(0))
    assert list_changes(before, after) == {"a": 0, "b": -5, "c": 5}


def test_a_body_twice_is_refused() -> None:
    """Both would be counted: the list is wrong."""
    with pytest.raises(DuplicateBody, match="a"):
        allocate([Body("a", Fraction(1)), Body("a", Fraction(2))], Fraction(10), Fraction(0))


def test_an_empty_list_is_refused() -> None:
    """There is nobody to share with."""
    with pytest.raises(InvalidInput):
        allocate([], Fraction(10), Fraction(0))


def test_the_longest_list_is_accepted_and_one_more_is_not() -> None:
    """The cap is said in the refusal."""
    rows = [Body(str(i), Fraction(1)) for i in range(MOST_BODIES + 1)]
    assert len(allocate(rows[:-1], Fraction(10_000), Fraction(0)).shares) == MOST_BODIES
    with pytest.raises(TooManyBodies):
        allocate(rows, Fraction(10_000), Fraction(0))


def test_a_base_amount_with_cents_is_refused_at_the_dollar() -> None:
    """No cent is ever dropped."""
    with pytest.raises(InvalidAmount):
        allocate([Body("a", Fraction(1))], Fraction(100), Fraction("10.50"))
