"""Where sentences end, in French and in English, and how to widen a stretch of a unit to whole ones."""

import re
from collections.abc import Iterator

from ingest.documents import Run, Runs, Unit
from ingest.fold import Reading, cut, read
from ingest.lines import flow

_END = re.compile(r"[.!?…](?:\[\^[^\]\s]+\])*(?:\s?[»”\")\]])*(?:\[\^[^\]\s]+\])*\s+(?=[A-ZÀ-ÖØ-ÝŒ«“\"(\[\d])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(«’'])(?:[A-Z]|M|MM|Mme|Mmes|Me|Dr|Dre|Mr|Mrs|Ms|St|Ste|p|pp|vol|n|no|nos|art|al|cf|ex|éd|dir|chap|tél"
    r"|etc|i\.e|e\.g)\.$"
)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence, white space between them left out; no other character is."""
    start = len(text) - len(text.lstrip())
    for match in _END.finditer(text):
        if match[0][0] != "." or not _ABBREVIATION.search(text[start : match.start() + 1]):
            yield start, match.start() + len(match[0].rstrip())
            start = match.end()
    end = len(text.rstrip())
    if start < end:
        yield start, end


def widen(source: str, unit: Unit, focus: Runs) -> Runs:
    """The ranges of the whole sentences of the unit that the focus touches; the focus itself where none does."""
    widened: list[Run] = []
    for part in unit.parts:
        reading = read(source, part.runs)
        touched = [span for span in sentences(reading.text) if _touches(reading, span, focus)]
        if touched:
            widened.extend(cut(reading, part.runs, touched[0][0], touched[-1][1]))
    return flow(source, sorted(widened)) or focus


def _touches(reading: Reading, span: tuple[int, int], focus: Runs) -> bool:
    first, last = reading.origins[span[0]], reading.origins[span[1] - 1] + 1
    return any(run.start < last and first < run.end for run in focus)
