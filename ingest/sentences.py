"""Sentences of a unit: where they start and end, and how to widen a stretch to whole ones."""

import re
from collections.abc import Iterator

from ingest.documents import Run, Runs, Unit
from ingest.fold import Reading, read
from ingest.lines import flow

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
    widened: list[Run] = []
    for part in unit.parts:
        reading = read(source, part.runs)
        touched = [span for span in sentences(reading.text) if _touches(reading, span, focus)]
        if touched:
            first, last = reading.origins[touched[0][0]], reading.origins[touched[-1][1] - 1] + 1
            cut = (Run(max(run.start, first), min(run.end, last)) for run in part.runs)
            widened.extend(run for run in cut if run.start < run.end)
    return flow(source, sorted(widened)) or focus


def _touches(reading: Reading, span: tuple[int, int], focus: Runs) -> bool:
    first, last = reading.origins[span[0]], reading.origins[span[1] - 1] + 1
    return any(run.start < last and first < run.end for run in focus)
