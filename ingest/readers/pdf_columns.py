"""Where a page has columns or a table: its text in reading order, cell by cell.

pypdf gives the same page twice: *plain*, in the order in which it was drawn, and *layout*, one line a printed line
with spaces that keep the columns apart. Where gutters are found in the layout, the stretch of the plain text that
holds the same characters is written cell by cell: each row of a two-column table as the lines of its left cell, then
those of its right cell; each row of a wider table as one line of cells apart by tabs; columns of running text one
after the other. Where the two texts do not agree the plain one stands, so that no character is lost or added.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

from ingest.readers.pdf_gutters import Block, PrintedLine, blocks, printed, usual_gap

_WIDE = 1.3  # times the usual distance between two lines
_LEAST_FLOWING = 6
_MOSTLY = 0.5
_PAIR = 2
_MOST_JOINED = 8  # stretches of the plain text that one printed line may be drawn in

Cells = tuple[str, ...]


def in_reading_order(plain: str, layout: str) -> str:
    """The plain text of a page, its tables and columns rewritten, a blank line where the page leaves a wide space."""
    lines = printed(layout)
    text = _spaced(plain, lines)
    for block in blocks(lines):
        written = _written(block)
        drawn = [line.text for line in block.lines]
        text = _replaced(text, drawn, written) or _replaced(text, written, written) or text
    kept = text.split("\n")
    return "\n".join(line for i, line in enumerate(kept) if line or (i and kept[i - 1])).strip("\n")


def _written(block: Block) -> list[str]:
    if _is_flowing(block.cells):
        return [cell for column in zip(*block.cells, strict=True) for cell in column if cell]
    rows = list(_rows(block))
    return list(chain.from_iterable((*(_pair(row) if len(row[0]) == _PAIR else _record(row)), "") for row in rows))


def _is_flowing(cells: Sequence[Cells]) -> bool:
    """Whether the columns are running text side by side: most lines of each go on with a small letter."""
    columns = [[cell for cell in column if cell] for column in zip(*cells, strict=True)]
    return all(
        len(column) >= _LEAST_FLOWING and sum(cell[0].islower() for cell in column) > _MOSTLY * len(column)
        for column in columns
    )


def _rows(block: Block) -> Iterator[list[Cells]]:
    """Lines grouped by row of the table."""
    usual = usual_gap(block.lines)
    wide = [line.gap + 1 > _WIDE * (usual + 1) for line in block.lines]
    wraps = any(wide[1:]) or not all(cells[0] for cells in block.cells)
    row: list[Cells] = []
    for cells, apart in zip(block.cells, wide, strict=True):
        if row and (apart or _begins_row(row[-1], cells, wraps=wraps)):
            yield row
            row = []
        row.append(cells)
    yield row


def _begins_row(above: Cells, cells: Cells, *, wraps: bool) -> bool:
    """Whether a line that stands close to the one above begins a row.

    `wraps`: the table has rows of several lines, so that a small letter goes on with the cell above.
    """
    first, *others = cells
    goes_on = not first or first[0].islower()
    if not any(others):
        return not (goes_on or wraps)
    if not wraps or all(cell[:1].isdigit() for cell in others):
        return True
    return bool(first) and not (goes_on and above[0])


def _pair(row: Sequence[Cells]) -> list[str]:
    """A row of two cells; a left cell of one line stands on the first line of the right one, as it is printed."""
    left = [cells[0] for cells in row if cells[0]]
    right = [cells[1] for cells in row if cells[1]]
    if len(left) == 1 and right:
        return [f"{left[0]} {right[0]}", *right[1:]]
    return [*left, *right]


def _record(row: Sequence[Cells]) -> list[str]:
    """A row of three cells or more as one line."""
    return ["\t".join(" ".join(filter(None, column)) for column in zip(*row, strict=True))]


def _replaced(text: str, found: Sequence[str], written: Sequence[str]) -> str:
    """The text with the lines that hold exactly these characters, in this order, written anew; empty if none do."""
    places = [i for i, character in enumerate(text) if not character.isspace()]
    wanted = _squeezed("".join(found))
    at = _squeezed(text).find(wanted)
    if at < 0:
        return ""
    start, end = places[at], places[at + len(wanted) - 1] + 1
    before, after = text[:start].rstrip(" "), text[end:].lstrip(" ")
    if (before and not before.endswith("\n")) or (after and not after.startswith("\n")):
        return ""
    return before + "\n".join(written) + after


def _spaced(text: str, lines: Sequence[PrintedLine]) -> str:
    """One line a printed line, with a blank line above each that stands apart on the page."""
    usual = usual_gap(lines)
    waiting: dict[str, list[bool]] = defaultdict(list)
    for line in lines:
        waiting[_squeezed(line.text)].append(line.gap + 1 > _WIDE * (usual + 1))
    rest = text.split("\n")
    out: list[str] = []
    while rest:
        length = next((n for n in range(1, _MOST_JOINED) if waiting.get(_squeezed("".join(rest[:n])))), 0)
        if length and waiting[_squeezed("".join(rest[:length]))].pop(0):
            out.append("")
        out.append(" ".join(piece.strip() for piece in rest[: length or 1]))
        del rest[: length or 1]
    return "\n".join(out)


def _squeezed(text: str) -> str:
    return "".join(text.split())
