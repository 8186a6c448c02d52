"""What a settled question still lacks, or leaves in doubt, before it can be computed.

In: a `Case`. Out: a `Problem` of status `needs_input`, or `None` where nothing is missing.
"""

from collections.abc import Iterator

from assistant.calculation.case import Case, own_counts, total_of
from assistant.conversation import Problem
from assistant.tools import needs

_LISTS = frozenset({"list", "list_volets"})
_OF_ONE = frozenset({"single", "inverse", "sum_volets", "delta"})
_MOVING = frozenset({"single", "delta"})


def missing(case: Case) -> Problem | None:
    """What to ask for, all at once."""
    reading, ask = case.reading, case.ask
    if ask in {"list", "single"} and len(case.volets) < 2 and len(reading.envelopes) > 1:  # noqa: PLR2004 (several)
        return needs.problem(case.figures, case.language, (), ("money", *reading.doubts), _example(case))
    lacking = [name for name, present in (*_amounts(case), *_counts(case)) if not present]
    doubts = _standing_doubts(case)
    if not lacking and not doubts:
        return None
    return needs.problem(case.figures, case.language, lacking, doubts, _example(case))


def _amounts(case: Case) -> Iterator[tuple[str, bool]]:
    """The amounts of money that the computation needs, and whether each is given."""
    reading, ask = case.reading, case.ask
    one = ask in {"list", "single", "balance", "unit_value"} and len(case.volets) < 2  # noqa: PLR2004 (several)
    if one or (ask == "delta" and reading.envelope_change is None):
        yield "envelope", reading.envelope is not None
    if ask in {"sum_volets", "list_volets"}:
        yield "envelopes", len(reading.envelopes) == len(case.volets)
    if ask == "inverse":
        yield "target", reading.target is not None


def _counts(case: Case) -> Iterator[tuple[str, bool]]:
    """The counts that the computation needs, and whether each is given."""
    reading, ask = case.reading, case.ask
    posts = case.measure == "15158"
    total, own = ("total_posts", "posts") if posts else ("total_headcount", "headcount")
    has_base = posts and "1" in case.volets and ask not in {*_LISTS, "delta"}
    if has_base or ask in {"base_total", "balance"}:
        yield "number_of_bodies", reading.number is not None
    if ask in _OF_ONE or ask == "unit_value":
        yield total, total_of(reading) is not None or "posts" in reading.doubts
    if ask in _OF_ONE:
        yield own, bool(own_counts(reading)) or bool(reading.unclear)
    if ask in _LISTS and reading.changes:
        yield "body", False


def _standing_doubts(case: Case) -> tuple[str, ...]:
    settled = {"posts", "headcount"} if case.ask == "unit_value" and total_of(case.reading) is not None else set()
    settled |= {"bodies"} if case.ask == "list" else set()
    moved = ("change",) if case.reading.moves_envelope and case.ask not in _MOVING else ()
    return (*(doubt for doubt in case.reading.doubts if doubt not in settled), *moved)


def _example(case: Case) -> str:
    if case.ask in {"list", "list_volets"}:
        return "list"
    if case.ask == "inverse":
        return "inverse"
    return "posts" if case.measure == "15158" else "headcount"
