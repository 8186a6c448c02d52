"""Marked-up text (Word, HTML, Markdown) to units.

A paragraph is a unit, cut at sentence ends where it is long; so is a row of a table, whose parts are named by the
column titles. A list belongs to the paragraph above it, unless that one announces examples: then each item is an
`example` that carries the sentence announcing it as its part `lead`. A note is a part of the unit that calls it.
Addresses of persons are dropped. Nothing else is lost: a heading with nothing under it is a unit of its own.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.catalog import CatalogEntry
from ingest.documents import DropReason, Heading, Part, Run, Runs, Segmentation, Source, UnitKind
from ingest.fold import read
from ingest.kinds import kind_of
from ingest.layouts.marked_blocks import Block, Listing, Note, Paragraph, Table, Title, parse
from ingest.layouts.outline import labels_of
from ingest.lines import flow
from ingest.personal import personal_addresses
from ingest.segmentation import Segmenter
from ingest.sentences import sentences

LONGEST = 1200
"""Characters of a unit past which a paragraph or a list is cut, so that a passage stays quotable."""

_CALL = re.compile(r"\[\^([^\]\s]+)\]")
_ANNOUNCES = re.compile(r":(\[\^[^\]\s]+\])*$|\b(suivante?s?|ci-dessous|ci-après|following|below)\b", re.IGNORECASE)
_EXAMPLES = re.compile(
    r"\b(exemples?|pourraient|pourrait|notamment|tels? que|telles? que|examples?|such as|could)\b",
    re.IGNORECASE,
)


def segment(document: str, source: Source, entry: CatalogEntry) -> Segmentation:
    """Units of a marked-up text; every other character is dropped with a reason."""
    return _Marked(document, source, entry).run()


@dataclass(slots=True)
class _Level:
    depth: int
    heading: Heading
    filled: bool = False


class _Marked:
    def __init__(self, document: str, source: Source, entry: CatalogEntry) -> None:
        self.text = source.text
        self.out = Segmenter(document, source)
        self.blocks, marks = parse(source.text)
        for mark in marks:
            self.out.drop(mark.run, mark.reason)
        self.notes = {block.label: block for block in reversed(self.blocks) if isinstance(block, Note)}
        starts = {mark.run.start for mark in marks}
        self.calls = {m.start(): m[1] for m in _CALL.finditer(source.text) if m.start() not in starts}
        self.cuts = self._cuts(entry)
        self.path: list[_Level] = []
        self.lead: Runs = ()
        self.led = False  # whether a unit carries the lead
        self.opening: tuple[Run, ...] = ()  # a paragraph that waits for the list under it
        self.unbound: list[Run] = []  # headings and column titles, whose notes go to the next unit
        self.bound: set[Note] = set()

    def run(self) -> Segmentation:
        for block, below in zip(self.blocks, [*self.blocks[1:], None], strict=False):
            self._take(block, below)
        self._leave(0)
        for block in self.blocks:
            if isinstance(block, Note) and block not in self.bound:
                self._add(None, [block.run], name=f"note {block.label}")
        return self.out.done()

    def _cuts(self, entry: CatalogEntry) -> list[Run]:
        """Ranges that no unit holds: calls of notes, addresses of persons."""
        calls = [Run(start, start + len(f"[^{label}]")) for start, label in self.calls.items()]
        persons = list(personal_addresses(self.text, entry.published_addresses))
        for run, reason in [
            *((call, DropReason.FOOTNOTE_CALL) for call in calls),
            *((person, DropReason.PERSONAL_DATA) for person in persons),
        ]:
            self.out.drop(run, reason)
        return sorted([*calls, *persons])

    def _take(self, block: Block, below: Block | None) -> None:
        if isinstance(block, Title):
            self._title(block)
        elif isinstance(block, Paragraph):
            self._paragraph(block, below)
        elif isinstance(block, Listing):
            self._listing(block)
        elif isinstance(block, Table):
            self._table(block)
        if not isinstance(block, Paragraph):
            if self.lead and not self.led:  # it announced nothing that has words
                self._add(None, self.lead)
            self.lead = self.opening = ()
            self.led = False

    def _title(self, title: Title) -> None:
        self._leave(title.level)
        if runs := self._words([title.run]):
            self.path.append(_Level(title.level, Heading(read(self.text, runs).text, runs)))
            self.unbound.append(title.run)

    def _leave(self, depth: int) -> None:
        """Close the headings of this depth and deeper; one with nothing under it becomes a unit."""
        while self.path and self.path[-1].depth >= depth:
            level = self.path.pop()
            if not level.filled:
                self._add(None, level.heading.runs)

    def _paragraph(self, paragraph: Paragraph, below: Block | None) -> None:
        pieces = [Run(paragraph.run.start + a, paragraph.run.start + b) for a, b in sentences(self._raw(paragraph.run))]
        if isinstance(below, Listing | Table) and pieces and self._announces_examples(pieces[-1]):
            self._running(pieces[:-1])
            self.unbound.append(pieces[-1])
            self.lead = self._flow(pieces[-1:])
        elif isinstance(below, Listing):
            self.opening = tuple(pieces)
        else:
            self._running(pieces)

    def _announces_examples(self, sentence: Run) -> bool:
        words = self._raw(sentence)
        return bool(_ANNOUNCES.search(words)) and (bool(_EXAMPLES.search(words)) or self._under_examples())

    def _under_examples(self) -> bool:
        return any(_EXAMPLES.search(level.heading.title) for level in self.path[-1:])

    def _listing(self, listing: Listing) -> None:
        if self.lead or (self._under_examples() and not self.opening):
            for item in listing.items:
                self._add(UnitKind.EXAMPLE, [item], [Part(self.lead, "lead")])
        else:
            self._running([*self.opening, *listing.items])

    def _table(self, table: Table) -> None:
        for cell in table.header:
            for run in self._cut(cell):
                self.out.drop(run, DropReason.TABLE_HEADER)
        self.unbound += table.header
        names = [read(self.text, self._flow([cell])).text for cell in table.header]
        examples = bool(self.lead) or any(_EXAMPLES.search(name) for name in names)
        for row in table.rows:
            self._row(row, names, examples=examples)

    def _row(self, row: Sequence[Run], names: Sequence[str], *, examples: bool) -> None:
        if not self._words(row):
            return
        cells = zip(row, [*names, *[""] * len(row)], strict=False)
        full = [Part(runs, name) for cell, name in cells if (runs := self._flow([cell]))]
        labels = {}
        if examples and len(full) > 1:
            labels["category"] = read(self.text, full[0].runs).text
        kind = UnitKind.EXAMPLE if examples else self._kind([run for part in full for run in part.runs])
        self._unit(kind, [*full, *self._notes(row), Part(self.lead, "lead")], labels)

    def _running(self, pieces: Sequence[Run]) -> None:
        """Sentences and items as few units as the longest length allows."""
        held: list[Run] = []
        for piece in pieces:
            if held and sum(run.end - run.start for run in held) + piece.end - piece.start > LONGEST:
                self._add(None, held)
                held = []
            held.append(piece)
        if held:
            self._add(None, held)

    def _add(self, kind: UnitKind | None, raw: Sequence[Run], context: Iterable[Part] = (), name: str = "") -> None:
        if runs := self._words(raw):
            self._unit(kind or self._kind(runs), [Part(runs, name), *self._notes(raw), *context], {})

    def _unit(self, kind: UnitKind, parts: Sequence[Part], labels: Mapping[str, str]) -> None:
        for level in self.path:
            level.filled = True
        self.led = self.led or bool(self.lead)
        found = labels_of(self._titles(), read(self.text, parts[0].runs).text)
        self.out.add(kind, parts, tuple(level.heading for level in self.path), {**found, **labels})

    def _kind(self, runs: Runs | list[Run]) -> UnitKind:
        return kind_of(read(self.text, tuple(runs)).text, self._titles())

    def _titles(self) -> tuple[str, ...]:
        return tuple(level.heading.title for level in self.path)

    def _notes(self, raw: Sequence[Run]) -> Iterator[Part]:
        """The notes called in these ranges or in the headings just above, and those that they call in turn."""
        places = [*self.unbound, *raw]
        self.unbound = []
        seen: set[Note] = set()
        while places:
            place = places.pop(0)
            for start, label in self.calls.items():
                note = self.notes.get(label)
                if place.start <= start < place.end and note and note not in seen:
                    seen.add(note)
                    places.append(note.run)
                    yield Part(self._flow([note.run]), f"note {label}")
        self.bound |= seen

    def _raw(self, run: Run) -> str:
        return self.text[run.start : run.end]

    def _words(self, raw: Sequence[Run]) -> Runs:
        """The words of these ranges; what has no letter nor digit is dropped as a mark."""
        kept = [run for whole in raw for run in self._cut(whole)]
        if any(character.isalnum() for run in kept for character in self._raw(run)):
            return flow(self.text, kept)
        for run in kept:
            self.out.drop(run, DropReason.MARKUP)
        return ()

    def _flow(self, raw: Sequence[Run]) -> Runs:
        """These ranges as one running text."""
        return flow(self.text, (run for whole in raw for run in self._cut(whole)))

    def _cut(self, run: Run) -> Iterator[Run]:
        """The range line by line, without calls of notes and addresses of persons."""
        gaps = [cut for cut in self.cuts if cut.start < run.end and cut.end > run.start]
        gaps += [Run(run.start + m.start(), run.start + m.end()) for m in re.finditer(r"\s*\n\s*", self._raw(run))]
        start = run.start
        for gap in sorted(gaps):
            if gap.start > start:
                yield Run(start, gap.start)
            start = max(start, gap.end)
        if start < run.end:
            yield Run(start, run.end)
