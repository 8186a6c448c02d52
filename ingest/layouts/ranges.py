"""Arithmetic of ranges of a source: what is left of them without some others, without white space at the ends."""

from collections.abc import Iterable

from ingest.documents import Run, Runs


def subtract(runs: Iterable[Run], holes: Iterable[Run]) -> Runs:
    """The ranges less the holes."""
    kept = list(runs)
    for hole in holes:
        kept = [
            piece
            for run in kept
            for piece in (Run(run.start, min(run.end, hole.start)), Run(max(run.start, hole.end), run.end))
            if piece.start < piece.end
        ]
    return tuple(kept)


def stripped(source: str, run: Run) -> Run:
    """The range without the white space at both ends."""
    text = source[run.start : run.end]
    start = run.start + len(text) - len(text.lstrip())
    return Run(start, max(start, run.end - len(text) + len(text.rstrip())))


def trimmed(source: str, runs: Iterable[Run]) -> Runs:
    """The ranges without the blank ones at both ends, nor white space there."""
    kept = list(runs)
    while kept and not source[kept[0].start : kept[0].end].strip():
        del kept[0]
    while kept and not source[kept[-1].start : kept[-1].end].strip():
        del kept[-1]
    if kept:
        kept[0] = Run(stripped(source, kept[0]).start, kept[0].end)
        kept[-1] = Run(kept[-1].start, stripped(source, kept[-1]).end)
    return tuple(kept)
