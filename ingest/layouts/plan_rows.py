"""Rows and cells of a tab-separated plan.

In: the text of a plan whose tables were extracted one row a line, cells apart by tabs, with leftovers of HTML and
Markdown. Out: rows of cells; a cell is ranges of the source without tags, bullets or empty list marks, each of which
is reported to `drop`. It refuses nothing: what the rows mean is for the layout to say.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ingest.documents import DropReason, Run, Runs
from ingest.fold import Reading, read
from ingest.layouts.ranges import stripped, subtract, trimmed

Drop = Callable[[Run, DropReason], None]

_MARKUP = re.compile(r"</?[A-Za-z]\w*(?:\s[^<>]*)?/?>|\*\*|\A\s*#+(?=\s)|\A\s*-{2,}\s*\Z")
_BULLET = re.compile(
    r"•"
    r"|\A\s*-(?=[A-ZÀ-ÖØ-ÞŒ])"  # « -Élaborer »: a dash before a capital that opens a cell
    r"|(?<!\S)[a-z]\)(?=\s*(?:[a-z]\)|\Z))"  # « a) b) »: a list mark with no text after it
)
_INNER_CELL = re.compile(r"</t[dh]>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """Ranges of one or several pieces of a cell, and how they read. Empty when `text` is."""

    runs: Runs
    reading: Reading

    @property
    def text(self) -> str:
        """What one reads in the cell, white space folded."""
        return self.reading.text

    def span(self, start: int, end: int) -> Run:
        """The range of the source that holds `text[start:end]`."""
        return Run(self.reading.origins[start], self.reading.origins[end - 1] + 1)


@dataclass(frozen=True, slots=True)
class Row:
    """A row with text: all its cells, its line number, and what stands around it.

    `broken`: a blank line stands just before it (page breaks leave one). `titled`: a Markdown heading.
    """

    cells: tuple[Cell, ...]
    number: int
    broken: bool = False
    titled: bool = False

    @property
    def filled(self) -> tuple[Cell, ...]:
        """The cells that have text."""
        return tuple(cell for cell in self.cells if cell.text)


def rows(source: str, drop: Drop) -> Iterator[Row]:
    """Every row that has text, in order; rows of rules and of empty cells only count as breaks."""
    offset, broken = 0, False
    for number, line in enumerate(source.split("\n"), start=1):
        row = Row(tuple(_cells(source, line, offset, drop)), number, broken, line.startswith("#"))
        offset += len(line) + 1
        broken = not row.filled
        if row.filled:
            yield row


def _cells(source: str, line: str, offset: int, drop: Drop) -> Iterator[Cell]:
    for raw in line.split("\t"):
        bare, holes = raw, []
        for pattern, reason in ((_MARKUP, DropReason.MARKUP), (_BULLET, DropReason.BULLET)):
            for match in pattern.finditer(bare):
                run = stripped(source, Run(offset + match.start(), offset + match.end()))
                holes.append(run)
                drop(run, reason)
            bare = pattern.sub(lambda match: " " * len(match[0]), bare)
        yield cell(source, subtract((Run(offset, offset + len(raw)),), holes))
        offset += len(raw) + 1


def cell(source: str, runs: Iterable[Run]) -> Cell:
    """A cell made of these ranges, without the blank ones at both ends."""
    kept = trimmed(source, runs)
    return Cell(kept, read(source, kept))


def joined(source: str, *pieces: Cell) -> Cell:
    """Cells read one after the other, apart by the tab or line end that stands before each piece."""
    runs: list[Run] = []
    for piece in pieces:
        if not piece.runs:
            continue
        start = piece.runs[0].start
        if runs:
            apart = max(source.rfind("\t", 0, start), source.rfind("\n", 0, start))
            runs.append(Run(apart, apart + 1))
        runs.extend(piece.runs)
    return cell(source, _merged(runs))


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    last: Run | None = None
    for run in runs:
        if last is None or last.end != run.start:
            if last is not None:
                yield last
            last = run
        else:
            last = Run(last.start, run.end)
    if last is not None:
        yield last


def inner_cells(source: str, outer: Cell) -> tuple[Cell, ...]:
    """The cells of the HTML table that stands inside a cell; the cell itself when there is none."""
    if not outer.runs or not _INNER_CELL.search(source, outer.runs[0].start, outer.runs[-1].end):
        return (outer,)
    pieces = (cell(source, (run,)) for run in outer.runs)
    return tuple(piece for piece in pieces if piece.text)


def drop_cell(source: str, dropped: Cell, reason: DropReason, drop: Drop) -> None:
    """Report every range of a cell that has text as left out."""
    for run in dropped.runs:
        if source[run.start : run.end].strip():
            drop(stripped(source, run), reason)
