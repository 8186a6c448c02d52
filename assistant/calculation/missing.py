"""What a settled question still lacks, or leaves in doubt, before it can be computed.

In: a `Case`. Out: a `Problem` of status `needs_input`, or `None` where nothing is missing.
"""

from assistant.calculation.case import Case, own_counts, total_of
from assistant.conversation import Problem
from assistant.parsing.reading import Reading
from assistant.tools import needs


def missing(case: Case) -> Problem | None:
    """What to ask for, all at once."""
    reading, ask = case.reading, case.ask
    posts = case.measure == "15158"
    total, own = ("total_posts", "posts") if posts else ("total_headcount", "headcount")
    has_base = posts and "1" in case.volets
    needed: list[tuple[str, bool]] = []
    if ask in {"list", "single", "balance", "unit_value"} and len(case.volets) < 2:  # noqa: PLR2004 (several)
        needed.append(("envelope", reading.envelope is not None or (ask == "single" and _changed(reading))))
    if ask in {"sum_volets", "list_volets"}:
        needed.append(("envelopes", len(reading.envelopes) == len(case.volets)))
    if ask == "delta" and reading.envelope_change is None:
        needed.append(("envelope", reading.envelope is not None))
    if ask == "inverse":
        needed.append(("target", reading.target is not None))
    if ask in {"base_total", "balance"} or (has_base and ask in {"single", "inverse", "sum_volets", "unit_value"}):
        needed.append(("number_of_bodies", reading.number is not None))
    if ask in {"single", "inverse", "sum_volets", "unit_value", "delta"}:
        needed.append((total, total_of(reading) is not None or "posts" in reading.doubts))
    if ask in {"single", "inverse", "sum_volets", "delta"}:
        needed.append((own, bool(own_counts(reading)) or bool(reading.unclear)))
    lacking = [name for name, present in needed if not present]
    if ask in {"list", "single"} and len(case.volets) < 2 and len(reading.envelopes) > 1:  # noqa: PLR2004 (several)
        return needs.problem(case.figures, case.language, (), ("money", *reading.doubts), _example(case))
    if ask == "list" and reading.changes:
        lacking.append("body")
    doubts = _standing_doubts(case)
    if not lacking and not doubts:
        return None
    return needs.problem(case.figures, case.language, lacking, doubts, _example(case))


def _changed(reading: Reading) -> bool:
    return reading.moves_envelope


def _standing_doubts(case: Case) -> tuple[str, ...]:
    settled = {"posts", "headcount"} if case.ask == "unit_value" and total_of(case.reading) is not None else set()
    settled |= {"bodies"} if case.ask == "list" else set()
    return tuple(doubt for doubt in case.reading.doubts if doubt not in settled)


def _example(case: Case) -> str:
    if case.ask in {"list", "list_volets"}:
        return "list"
    if case.ask == "inverse":
        return "inverse"
    return "posts" if case.measure == "15158" else "headcount"
