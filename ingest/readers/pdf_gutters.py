"""Finds tables and columns in the layout text of a page: neighbouring lines that share blank strips (gutters).

pypdf places what was drawn apart on a grid, but what was drawn together by counting characters, although a letter is
about as wide as two spaces. So the columns of a page line up either as they stand, or once each letter counts for two.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

_LEAST_LINES = 3
_LEAST_SHARED = 2  # lines with text on both sides of a gutter
_MOST_PIECES = 1.25  # per cell; more means words placed one by one, not a table
_MOST_FIRST_ONLY = 0.5  # of the lines; more means running text beside something else
_LEAST_FULL = 0.7  # of the cells of a table of three columns or more; less means columns that do not line up
_COMMON = 0.6  # times as many as the commonest
_TIGHT = 1.3  # times the usual distance: a line further away does not belong to the last row
_WIDTH = "\0"  # stands after a letter that counts for two
_FAR = 4  # times the usual distance: no table goes on past such a space
_PIECE = re.compile(r"[^ ]+(?: {1,2}[^ ]+)*")
_GUTTER = re.compile(rb"\0{3,}")
_MARK = re.compile(r"^(?:[•▪◦●‣·–o-]|\d{1,3}[.)]?|[a-z][.)])$")

Strip = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of the layout text, its columns kept, and how many blank lines stand above it."""

    text: str
    gap: int

    @property
    def pieces(self) -> list[Strip]:
        """Stretches of text apart by three spaces or more."""
        return [match.span() for match in _PIECE.finditer(self.text)]


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring lines that share gutters, each cut into the same number of cells (two or more; some empty)."""

    lines: tuple[PrintedLine, ...]
    cells: tuple[tuple[str, ...], ...]

    @property
    def fullness(self) -> float:
        """Share of the cells that hold something: the higher, the better the columns line up."""
        return sum(map(bool, chain.from_iterable(self.cells))) / (len(self.cells) * len(self.cells[0]))


def printed(layout: str) -> list[PrintedLine]:
    """The lines with text of a layout text in which blank lines stand for vertical space."""
    lines: list[PrintedLine] = []
    gap = 0
    for text in layout.split("\n"):
        if text.strip():
            lines.append(PrintedLine(text, gap))
            gap = 0
        else:
            gap += 1
    return lines


def usual_gap(lines: Sequence[PrintedLine]) -> int:
    """The space between the lines of a paragraph or a cell: the smallest of those that are about the commonest."""
    times = Counter(line.gap for line in lines[1:])
    return min((gap for gap in times if times[gap] >= _COMMON * max(times.values())), default=0)


def blocks(lines: Sequence[PrintedLine]) -> Iterator[Block]:
    """The tables and columns of a page, from top to bottom."""
    widened = [PrintedLine(re.sub("([^ ])", rf"\1{_WIDTH}", line.text), line.gap) for line in lines]
    start = 0
    while start < len(lines):
        found = [
            block
            for placed in (lines, widened)
            if len(placed[start].pieces) > 1 and (block := _block(_run(placed, start)))
        ]
        if found:
            best = max(found, key=lambda block: (len(block.cells), block.fullness))
            yield Block(tuple(lines[start : start + len(best.cells)]), best.cells)
        start += len(best.cells) if found else 1


def _run(lines: Sequence[PrintedLine], start: int) -> Sequence[PrintedLine]:
    """The lines from `start` on, not far from each other, that share at least one gutter."""
    used = bytearray(max(len(line.text) for line in lines))
    far = _FAR * (usual_gap(lines) + 1)
    end = start
    while end < len(lines) and (end == start or lines[end].gap + 1 <= far):
        longer = bytearray(used)
        for first, last in lines[end].pieces:
            longer[first:last] = b"\1" * (last - first)
        if not _gutters(longer):
            break
        used = longer
        end += 1
    return lines[start:end]


def _gutters(used: bytearray) -> list[Strip]:
    """Blank strips with text on both sides."""
    last = used.rfind(1)
    return [match.span() for match in _GUTTER.finditer(used) if match.start() > 0 and match.end() <= last]


def _block(run: Sequence[PrintedLine]) -> Block | None:
    """A run as a block without the lines below its last row; None when it is no table."""
    gutters = _gutters(_used(run))
    cells = [_cells(line, gutters) for line in run]
    ends = [i for i, row in enumerate(cells) if any(row[1:])]
    if not ends:
        return None
    end = ends[-1] + 1
    usual = usual_gap(run[:end])
    while end < len(run) and run[end].gap + 1 <= _TIGHT * (usual + 1):
        end += 1
    if end < len(run):
        return _block(run[:end])
    return _checked(run, gutters)


def _used(run: Sequence[PrintedLine]) -> bytearray:
    used = bytearray(max((len(line.text) for line in run), default=0))
    for line in run:
        for first, last in line.pieces:
            used[first:last] = b"\1" * (last - first)
    return used


def _checked(run: Sequence[PrintedLine], gutters: list[Strip]) -> Block | None:
    """The block, unless too few lines make it or its lines fall into more pieces than it has cells."""
    cells = [_cells(line, gutters) for line in run]
    for i in range(len(gutters) - 1, -1, -1):
        marks_only = all(not row[i] or _MARK.match(row[i]) for row in cells)  # bullets stand before their text
        if marks_only or not any(row[i] and row[i + 1] for row in cells):
            del gutters[i]
            cells = [_cells(line, gutters) for line in run]
    shared = sum(sum(map(bool, row)) > 1 for row in cells)
    filled = sum(sum(map(bool, row)) for row in cells)
    pieces = sum(len(line.pieces) for line in run)
    marks = sum(bool(_MARK.match(line.text[a:b].replace(_WIDTH, ""))) for line in run for a, b in line.pieces)
    first_only = sum(not any(row[1:]) for row in cells)
    if not gutters or len(run) < _LEAST_LINES or shared < _LEAST_SHARED or pieces - marks > _MOST_PIECES * filled:
        return None
    if first_only > _MOST_FIRST_ONLY * len(run):
        return None
    block = Block(tuple(run), tuple(cells))
    return block if len(gutters) == 1 or block.fullness >= _LEAST_FULL else None


def _cells(line: PrintedLine, gutters: Sequence[Strip]) -> tuple[str, ...]:
    starts = [0, *(end for _, end in gutters)]
    ends = [*(start for start, _ in gutters), len(line.text)]
    texts = (line.text[start:end].replace(_WIDTH, "") for start, end in zip(starts, ends, strict=True))
    return tuple(re.sub(" +", " ", text).strip() for text in texts)
