"""The marked-up form that the readers of Word, HTML and Markdown files give and that the layout `marked` expects.

`# Heading` to `###### Heading`, `- item`, paragraphs apart by a blank line; a table is a line of cells apart by tabs
for each row, its header first with a line of `--` cells under it; `[^1]` calls the note that `[^1]: text` gives at
the end. There is no other markup.
"""

import re
from collections.abc import Iterator, Sequence

from ingest.fold import fold

Cell = Sequence[str]
"""The paragraphs and items (`- item`) of a table cell."""

ITEM = "- "
RULE = "--"
DEEPEST = 6
_LEAST = 2  # rows and columns of a table
_TYPED_BULLET = re.compile(r"^(?:[•▪◦●‣∙·–-]|\uf0b7|\uf0a7)\s+(?=\S)")


def call(number: int) -> str:
    """The mark that calls a note."""
    return f"[^{number}]"


class MarkedText:
    """Blocks in reading order, written in the marked-up form."""

    def __init__(self) -> None:
        self._blocks: list[str] = []

    @property
    def blocks(self) -> tuple[str, ...]:
        """Each heading, paragraph, item or table as it is written."""
        return tuple(self._blocks)

    @property
    def text(self) -> str:
        """The whole: items of a list on neighbouring lines, a blank line between other blocks."""
        out: list[str] = []
        before = ""
        for block in self._blocks:
            together = before.startswith(ITEM) and block.startswith(ITEM)
            out += ["" if not before else "\n" if together else "\n\n", block]
            before = block
        return "".join([*out, "\n"]) if out else ""

    def heading(self, level: int, text: str) -> None:
        """A heading; levels past the sixth are written as the sixth."""
        if title := _line(text):
            self._blocks.append(f"{'#' * min(max(level, 1), DEEPEST)} {title}")

    def item(self, text: str) -> None:
        """An item of a list."""
        if words := _TYPED_BULLET.sub("", _line(text)):
            self._blocks.append(f"{ITEM}{words}")

    def paragraph(self, text: str) -> None:
        """A paragraph; its line breaks stay, and a line that starts with a typed bullet becomes an item."""
        lines: list[str] = []
        for line in (_line(raw) for raw in text.split("\n")):
            if _TYPED_BULLET.match(line):
                self._close(lines)
                self.item(line)
            elif line:
                lines.append(line)
        self._close(lines)

    def note(self, number: int, text: str) -> None:
        """The text of a note, to be written after everything else."""
        if words := _line(text):
            self._blocks.append(f"{call(number)}: {words}")

    def table(self, rows: Sequence[Sequence[Cell]], *, header: bool) -> None:
        """A table of rows of equal width. A cell that lists items gives a row for each item.

        Empty rows and columns go. What is left with one row or one column is no table but a frame around text: its
        cells are written as blocks.
        """
        full = [row for row in rows if any(map(_flat, row))]
        used = [i for i in range(len(full[0])) if any(_flat(row[i]) for row in full)] if full else []
        full = [[row[i] for i in used] for row in full]
        if len(full) < _LEAST or len(used) < _LEAST:
            self._blocks += [block for row in full for cell in row for block in cell]
            return
        head = ["\t".join(map(_flat, full[0])), "\t".join(RULE for _ in used)] if header else []
        body = ["\t".join(line) for row in (full[1:] if header else full) for line in _expanded(row)]
        self._blocks.append("\n".join(head + body))

    def _close(self, lines: list[str]) -> None:
        if lines:
            self._blocks.append("\n".join(lines))
            lines.clear()


def _line(text: str) -> str:
    return fold(text.replace("\t", " ")).strip()


def _flat(cell: Cell) -> str:
    return _line(" ".join(block.removeprefix(ITEM) for block in cell))


def _expanded(row: Sequence[Cell]) -> Iterator[list[str]]:
    """The row, or a row for each item where exactly one cell lists several."""
    listing = [i for i, cell in enumerate(row) if sum(block.startswith(ITEM) for block in cell) > 1]
    flat = [_flat(cell) for cell in row]
    if len(listing) != 1:
        yield flat
        return
    place = listing[0]
    for block in row[place]:
        yield [*flat[:place], _flat([block]), *flat[place + 1 :]]
