"""A whole document, or a part of it, as blocks that a page can show, in reading order, with the quoted spans marked.

In: the stored text, its units and pages, spans. Out: `assistant.web.blocks`. What no unit holds is not shown.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.web.blocks import Block, Bullets, Call, Note, PageTurn, Paragraph, Row, Section, Table
from assistant.web.highlight import Cutter, Piece, Pieces
from assistant.web.outline import Node, tree
from ingest.documents import Page, Part, Runs, Unit, UnitKind

NOTE = "note "
CATEGORY = "category"
CONTEXT = frozenset({CATEGORY, "lead"})
"""Names of parts that repeat for each unit what the document says once: shown once."""
_LISTED = frozenset({UnitKind.EXAMPLE, UnitKind.MEANS})
_WIDEST_TABLE = 3
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class View:
    """A document to show; `met` are the ranks, from 1, of the spans that something was shown of."""

    blocks: tuple[Block, ...]
    met: frozenset[int]

    @property
    def quoted(self) -> bool:
        """Whether something of a span was shown."""
        return bool(self.met)


def view(text: str, units: Sequence[Unit], pages: Sequence[Page], spans: Runs) -> View:
    """Lay the document out."""
    layout = _Layout(Cutter(text, pages, spans))
    blocks = [*layout.blocks(tree(units), level=2), *(PageTurn(n) for n in layout.cutter.turns(len(text)))]
    return View(tuple(blocks), frozenset(layout.cutter.met))


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


class _Layout:
    def __init__(self, cutter: Cutter) -> None:
        self.cutter = cutter
        self.sections = itertools.count(1)
        self.calls: dict[Runs, Call] = {}

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
        cut = tuple(self.cutter.cut(part.runs) for part in items)
        called, shown = self._notes(notes)
        return Paragraph(tuple(lines), cut, called, shown)

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
        if not units:
            return
        headers = tuple(dict.fromkeys(part.name for unit in units for part in _split(unit)[0]))
        yield from self._turns(units[0].parts[0])
        rows: list[Row] = []
        notes: list[Note] = []
        for unit in units:
            own, _, called = _split(unit)
            cells = tuple(tuple(self.cutter.cut(part.runs) for part in own if part.name == name) for name in headers)
            calls, shown = self._notes(called)
            rows.append(Row(cells, calls))
            notes += shown
        yield Table(headers, tuple(rows), len(headers) > _WIDEST_TABLE, tuple(notes))

    def _notes(self, parts: Iterable[Part]) -> tuple[tuple[Call, ...], tuple[Note, ...]]:
        """The calls of these notes, and those that are shown for the first time."""
        calls: list[Call] = []
        notes: list[Note] = []
        for part in parts:
            first = self.calls.get(part.runs)
            if first is None and self.cutter.shown(part.runs):
                continue  # already read as a text of its own
            if first is None:
                rank = len(self.calls) + 1
                first = Call(part.name.removeprefix(NOTE), f"note-{rank}", f"call-{rank}")
                self.calls[part.runs] = first
                calls.append(first)
                pieces = self.cutter.cut(part.runs, turning=False)
                notes.append(Note(part.name, first.note, first.anchor, pieces))
            else:
                calls.append(Call(first.label, first.note))
        return tuple(calls), tuple(notes)
