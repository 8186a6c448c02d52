"""Proof that nothing of a source was lost: each character is in a unit, in a heading, or dropped for a reason."""

from collections import Counter
from dataclasses import dataclass

from ingest.documents import DropReason, Run, Segmentation


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of characters that are not white space, and the ranges that nothing accounts for."""

    characters: int
    in_units: int
    dropped: dict[DropReason, int]
    unaccounted: tuple[Run, ...]


def coverage(text: str, segmentation: Segmentation) -> Coverage:
    """Account for every character of a source."""
    held = bytearray(len(text))
    for unit in segmentation.units:
        runs = [run for part in unit.parts for run in part.runs]
        for run in [*runs, *(run for heading in unit.section for run in heading.runs)]:
            held[run.start : run.end] = b"\1" * (run.end - run.start)
    dropped = Counter[DropReason]()
    for one in segmentation.dropped:
        dropped[one.reason] += _mark(held, one.run, text)
    ink = [i for i, character in enumerate(text) if not character.isspace()]
    lost = [i for i in ink if not held[i]]
    return Coverage(len(ink), sum(held[i] == 1 for i in ink), dict(dropped), _ranges(lost))


def _mark(held: bytearray, run: Run, text: str) -> int:
    """Mark what nothing holds yet; how many of these characters are not white space."""
    free = [i for i in range(run.start, run.end) if not held[i]]
    for i in free:
        held[i] = 2
    return sum(not text[i].isspace() for i in free)


def _ranges(offsets: list[int]) -> tuple[Run, ...]:
    ranges: list[Run] = []
    for offset in offsets:
        if ranges and ranges[-1].end == offset:
            ranges[-1] = Run(ranges[-1].start, offset + 1)
        else:
            ranges.append(Run(offset, offset + 1))
    return tuple(ranges)
