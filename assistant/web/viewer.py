"""A whole document as blocks that a page can show, in reading order, with the quoted span marked.

In: the stored text, its units and pages, a span. Out: sections, paragraphs, lists, tables, records, notes, turns of
pages; plain values that hold text only, nothing of which is ever markup. What no unit holds is not shown.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from assistant.web.highlight import Cutter, Piece, Pieces
from assistant.web.outline import Node, tree
from ingest.documents import Page, Part, Run, Unit, UnitKind

NOTE = "note "
CATEGORY = "category"
CONTEXT = frozenset({CATEGORY, "lead"})
"""Names of parts that repeat for each unit what the document says once: shown once."""
_LISTED = frozenset({UnitKind.EXAMPLE, UnitKind.MEANS})
_WIDEST_TABLE = 3
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Named:
    """A cell under its column title, or a note under its name."""

    name: str
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, in lines where the source starts new ones; the items it introduces; the notes it calls."""

    form: ClassVar[str] = "paragraph"
    lines: tuple[Pieces, ...]
    items: tuple[Pieces, ...] = ()
    notes: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class Bullets:
    """Items under a caption (empty where there is none)."""

    form: ClassVar[str] = "bullets"
    caption: Pieces
    items: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a narrow table; a cell that the document leaves empty has no piece."""

    form: ClassVar[str] = "table"
    headers: tuple[str, ...]
    rows: tuple[tuple[Pieces, ...], ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a wide table: each filled cell under its column title."""

    form: ClassVar[str] = "record"
    cells: tuple[Named, ...]
    notes: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class PageTurn:
    """The start of a printed page."""

    form: ClassVar[str] = "page"
    number: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of this level (2 to 6) and what stands under it; `anchor` is its id in the page."""

    form: ClassVar[str] = "section"
    anchor: str
    title: Pieces
    level: int
    blocks: tuple["Block", ...]


Block = Paragraph | Bullets | Table | Record | PageTurn | Section


@dataclass(frozen=True, slots=True)
class View:
    """A document to show; `quoted` tells whether something of the span was met."""

    blocks: tuple[Block, ...]
    pages: tuple[int, ...]
    quoted: bool


def view(text: str, units: Sequence[Unit], pages: Sequence[Page], span: Run | None) -> View:
    """Lay the document out."""
    layout = _Layout(Cutter(text, pages, span))
    blocks = [*layout.blocks(tree(units), level=2), *(PageTurn(n) for n in layout.cutter.turns(len(text)))]
    return View(tuple(blocks), tuple(page.number for page in pages), layout.cutter.quote_met)


def _split(unit: Unit) -> tuple[tuple[Part, ...], tuple[Part, ...], tuple[Part, ...]]:
    """The parts of a unit: its own, what repeats its context, its notes."""
    notes = tuple(part for part in unit.parts if part.name.startswith(NOTE))
    context = tuple(part for part in unit.parts if part.name in CONTEXT)
    own = tuple(part for part in unit.parts if part not in notes and part not in context)
    return own, context, notes


def _group(item: Node | Unit) -> tuple[str, str]:
    """What consecutive units must share to stand in one list or one table; sections and paragraphs stand alone."""
    if isinstance(item, Node):
        return "section", ""
    own, context, _ = _split(item)
    if own and all(part.name for part in own):
        return "rows", own[0].name
    if own and item.kind in _LISTED:
        return "items", next((repr(part.runs) for part in context if part.name == CATEGORY), "")
    return "text", ""


def _fits_a_row(unit: Unit) -> bool:
    own, _, notes = _split(unit)
    return not notes and len({part.name for part in own}) == len(own)


class _Layout:
    def __init__(self, cutter: Cutter) -> None:
        self.cutter = cutter
        self.sections = itertools.count(1)

    def blocks(self, node: Node, level: int) -> Iterator[Block]:
        for (form, _), group in itertools.groupby(node.items, _group):
            if form == "section":
                for item in group:
                    if isinstance(item, Node):
                        yield from self._section(item, level)
                continue
            units = [item for item in group if isinstance(item, Unit) and not self._seen(item)]
            if form == "rows":
                yield from self._rows(units)
            elif form == "items":
                yield from self._items(units)
            else:
                yield from self._texts(units)

    def _seen(self, unit: Unit) -> bool:
        own, _, notes = _split(unit)
        return self.cutter.shown(tuple(run for part in (*own, *notes) for run in part.runs))

    def _turns(self, part: Part) -> Iterator[PageTurn]:
        yield from (PageTurn(number) for number in self.cutter.turns(part.runs[0].start))

    def _section(self, node: Node, level: int) -> Iterator[Block]:
        heading = node.heading
        if heading is None:
            return
        if heading.runs:
            yield from self._turns(Part(heading.runs))
        anchor = f"section-{next(self.sections)}"
        title = self.cutter.title(heading.title, heading.runs)
        yield Section(anchor, title, level, tuple(self.blocks(node, min(level + 1, _DEEPEST))))

    def _texts(self, units: Iterable[Unit]) -> Iterator[Block]:
        for unit in units:
            if self._seen(unit):
                continue
            own, _, notes = _split(unit)
            if own:
                yield from self._turns(min(own, key=lambda part: part.runs))
            yield self._paragraph(own, notes)

    def _paragraph(self, own: Sequence[Part], notes: Sequence[Part]) -> Paragraph:
        """One text of its parts in the order of the source; running parts after the first are items of their own."""
        items = [part for part in own if not part.name][1:]
        lines: list[Pieces] = []
        end = 0
        for part in sorted(own, key=lambda part: part.runs):
            if part in items or (len(own) > 1 and self.cutter.shown(part.runs)):
                continue
            pieces = self.cutter.cut(part.runs)
            if lines and "\n" not in self.cutter.text[end : part.runs[0].start]:
                lines[-1] = (*lines[-1], Piece(" "), *pieces)
            else:
                lines.append(pieces)
            end = part.runs[-1].end
        return Paragraph(tuple(lines), tuple(self.cutter.cut(part.runs) for part in items), self._notes(notes))

    def _items(self, units: Sequence[Unit]) -> Iterator[Block]:
        caption: Pieces = ()
        items: list[Paragraph] = []
        for unit in units:
            own, context, notes = _split(unit)
            for part in sorted(context, key=lambda part: part.runs):
                if self.cutter.shown(part.runs):
                    continue
                yield from self._turns(part)
                if part.name == CATEGORY:
                    caption = self.cutter.cut(part.runs)
                else:
                    yield Paragraph((self.cutter.cut(part.runs),))
            if not items:
                yield from self._turns(own[0])
            items.append(self._paragraph(own, notes))
        if items:
            yield Bullets(caption, tuple(items))

    def _rows(self, units: Sequence[Unit]) -> Iterator[Block]:
        headers = tuple(dict.fromkeys(part.name for unit in units for part in _split(unit)[0]))
        if len(headers) > _WIDEST_TABLE or not all(_fits_a_row(unit) for unit in units):
            yield from self._records(units)
        elif units:
            yield from self._turns(units[0].parts[0])
            yield Table(headers, tuple(self._row(unit, headers) for unit in units))

    def _records(self, units: Iterable[Unit]) -> Iterator[Block]:
        for unit in units:
            own, _, notes = _split(unit)
            yield from self._turns(own[0])
            yield Record(self._cells(own), self._notes(notes))

    def _row(self, unit: Unit, headers: tuple[str, ...]) -> tuple[Pieces, ...]:
        cells = {cell.name: cell.pieces for cell in self._cells(_split(unit)[0])}
        return tuple(cells.get(header, ()) for header in headers)

    def _cells(self, parts: Iterable[Part]) -> tuple[Named, ...]:
        return tuple(Named(part.name, self.cutter.cut(part.runs)) for part in parts)

    def _notes(self, parts: Iterable[Part]) -> tuple[Named, ...]:
        return tuple(
            Named(part.name, self.cutter.cut(part.runs, turning=False))
            for part in parts
            if not self.cutter.shown(part.runs)
        )
