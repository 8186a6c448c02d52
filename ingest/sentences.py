"""Sentences of a unit: where they start and end, and how to widen a stretch to whole ones."""

import re
from collections.abc import Iterator

from ingest.documents import Run, Runs, Unit
from ingest.fold import Reading, read

_END = re.compile(r"(?<=[.!?…])[»”)\]]*\s+(?=[A-ZÀ-Ý«“\[(])")
_ABBREVIATION = re.compile(r"\b(?:M|Mme|MM|no|p|vol|dir|cf|ex|etc|art|al|[A-Z])\.$")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The range of each sentence of a folded text, in order; abbreviations and initials do not end one."""
    start = 0
    for match in _END.finditer(text):
        if _ABBREVIATION.search(text[start : match.start()].rstrip("»”)] ")):
            continue
        yield start, len(text[: match.end()].rstrip())
        start = match.end()
    if start < len(text):
        yield start, len(text)


def widen(source: str, unit: Unit, focus: Runs) -> Runs:
    """The ranges of the whole sentences of the unit that the focus touches; the focus itself where none does."""
    first, last = focus[0].start, focus[-1].end
    for part in unit.parts:
        if any(run.start < last and first < run.end for run in part.runs):
            reading = read(source, part.runs)
            touched = [span for span in sentences(reading.text) if _touches(reading, span, first, last)]
            if touched:
                return _ranges(reading, touched[0][0], touched[-1][1], part.runs)
    return focus


def _touches(reading: Reading, span: tuple[int, int], first: int, last: int) -> bool:
    return reading.origins[span[0]] < last and first <= reading.origins[span[1] - 1]


def _ranges(reading: Reading, start: int, end: int, runs: Runs) -> Runs:
    """The source ranges that `reading.text[start:end]` was read from."""
    first, last = reading.origins[start], reading.origins[end - 1] + 1
    if first < last:
        cut = (Run(max(run.start, first), min(run.end, last)) for run in runs)
        return tuple(run for run in cut if run.start < run.end)
    return runs
