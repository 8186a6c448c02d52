"""How to widen a stretch of a unit to the whole sentences that it touches."""

from ingest.documents import Run, Runs, Unit
from ingest.fold import Reading, cut, read
from ingest.layouts.sentences import sentences
from ingest.lines import flow


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
