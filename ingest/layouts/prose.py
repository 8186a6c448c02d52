"""Unmarked text (a text edition, a PDF) to units: headings, paragraphs, lists, tables of examples, notes, contacts.

Nothing marks the structure of such a text; it is read from its form: line lengths, punctuation, capitals, bullets,
dot leaders, the place of notes on a page. What cannot be read with confidence stays running text, and a heading with
nothing under it is a unit of its own. Footnotes are recognised only where the pages are known.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ingest.catalog import CatalogEntry
from ingest.documents import DropReason, Heading, Part, Run, Runs, Segmentation, Source, UnitKind
from ingest.fold import cut, read
from ingest.kinds import announces_examples, kind_of
from ingest.layouts.footnotes import Note, find_calls, find_notes
from ingest.layouts.margins import by_page, set_aside
from ingest.layouts.outline import Outline
from ingest.layouts.prose_lines import Block, BlockKind, blocks
from ingest.lines import Line, flow, lines
from ingest.personal import personal_addresses
from ingest.segmentation import Segmenter
from ingest.sentences import sentences

LONGEST = 1200
"""Characters past which a paragraph or a list is cut, at a sentence end where there is one, to stay quotable."""


def segment(document: str, source: Source, entry: CatalogEntry) -> Segmentation:
    """Units of an unmarked text; every other character is dropped with a reason."""
    return _Prose(document, source, entry).run()


class _Prose:
    def __init__(self, document: str, source: Source, entry: CatalogEntry) -> None:
        self.source = source
        self.published = entry.published_addresses
        self.out = Segmenter(document, source)
        self.notes: dict[int, Note] = {}  # by the offset of the call
        self.calls: list[int] = []  # offsets of the calls, sorted
        self.uncalled: list[Note] = []
        self.waiting: list[int] = []  # calls in headings, bound to the next unit
        self.cuts: list[Run] = []  # what is left out of lines: footnote calls, personal addresses
        self.outline = Outline()
        self.bare = False  # whether the last heading has no unit under it yet
        self.held: list[Runs] = []  # a paragraph that announces a list, and the items of the list
        self.lead: Runs = ()
        self.category: Runs = ()
        self.examples = False

    def run(self) -> Segmentation:
        margins = set_aside(list(lines(self.source.text)), self.source, self.published)
        for run, reason in margins.dropped:
            self.out.drop(run, reason)
        for address in personal_addresses(self.source.text, self.published):
            self._cut(address, DropReason.PERSONAL_DATA)
        body = self._without_notes(margins.body)
        self.cuts.sort()
        self.calls = sorted(self.notes)
        starts = frozenset(page[0].start for page in by_page([line for line in body if line.text], self.source))
        found = list(blocks(body, starts))
        titles = [self._read(self._runs(block.lines)) for block in found if block.kind is BlockKind.HEADING]
        self.outline = Outline.of(titles, margins.contents)
        for block in found:
            self._take(block)
        self._end()
        return self.out.done()

    def _without_notes(self, kept: Sequence[Line]) -> list[Line]:
        """The lines of the body; notes are remembered by the offset of their call."""
        if not self.source.pages:
            return list(kept)
        body: list[Line] = []
        expected: int | None = None
        for page in by_page(kept, self.source):
            notes = find_notes(page, expected, self.source.text) or find_notes(page, 1, self.source.text)
            above = [line for line in page if not notes or line.start < notes[0].mark.start]
            calls = find_calls(above, notes, self.source.text)
            for note in notes:
                self.out.drop(note.mark, DropReason.FOOTNOTE_CALL)
                if note.number in calls:
                    self._cut(calls[note.number], DropReason.FOOTNOTE_CALL)
                    self.notes[calls[note.number].start] = note
                else:
                    self.uncalled.append(note)
                expected = note.number + 1
            body.extend(above)
        return body

    def _take(self, block: Block) -> None:
        if block.kind is BlockKind.HEADING:
            self._heading(block)
        elif block.kind is BlockKind.TABLE_HEADER:
            for line in block.lines:
                self.out.drop(line.run, DropReason.TABLE_HEADER)
            self._announce()
            self.examples = True
        elif block.kind is BlockKind.CATEGORY:
            self.category = self._runs(block.lines)
            self.waiting += self._called(block.lines[0].start, block.lines[-1].end)
        elif block.kind is BlockKind.BULLET:
            self._bullet(block)
        else:
            self._paragraph(block)

    def _heading(self, block: Block) -> None:
        self._release()
        heading = Heading(self._read(self._runs(block.lines)), self._runs(block.lines))
        if not heading.runs:
            return
        above = self.outline.path
        self.outline.enter(heading)
        if self.bare and above[-1] not in self.outline.path:
            self._alone(above)
        self.waiting += self._called(block.lines[0].start, block.lines[-1].end)
        self.bare = True
        self.lead = self.category = ()
        self.examples = False

    def _alone(self, path: Sequence[Heading]) -> None:
        """A heading with nothing under it, as a unit."""
        self.out.add(UnitKind.NARRATIVE, [Part(path[-1].runs)], tuple(path[:-1]))

    def _paragraph(self, block: Block) -> None:
        self._release()
        self.lead = self.category = ()
        self.examples = False
        runs = self._runs(block.lines)
        if block.kind is BlockKind.PARAGRAPH and block.lines[-1].text.endswith(":"):
            self.held = [runs]
        else:
            self._running([runs], UnitKind.CONTACT if block.kind is BlockKind.CONTACT else None)

    def _announce(self) -> None:
        """The last sentence of the paragraph above a table or a list of examples goes with each example."""
        if self._announced():
            reading = read(self.source.text, self.held[0])
            *_, last = sentences(reading.text)
            self.lead = cut(reading, self.held[0], *last)
        self._release()

    def _announced(self) -> str:
        """The paragraph that announces what comes next; empty when there is none."""
        text = self._read(self.held[0]) if len(self.held) == 1 else ""
        return text if text.endswith(":") else ""

    def _bullet(self, block: Block) -> None:
        first = block.lines[0]
        self.out.drop(Run(first.start, first.start + 1), DropReason.BULLET)
        text = first.text[1:].lstrip()
        item = self._runs([Line(text, first.end - len(text), first.end, first.number), *block.lines[1:]])
        if announces_examples(self._announced()):
            self._announce()
            self.examples = True
        if not self.examples:
            self.held.append(item)
            return
        if self._says_nothing(item):
            item, self.category = self.category, ()
        labels = {"category": self._read(self.category)} if self.category else {}
        self._add(UnitKind.EXAMPLE, item, [Part(self.category, "category"), Part(self.lead, "lead")], labels)

    def _release(self) -> None:
        """A list belongs to the paragraph that announces it."""
        held, self.held = self.held, []
        self._running([runs for runs in held if runs])

    def _running(self, texts: Sequence[Runs], kind: UnitKind | None = None) -> None:
        """Paragraphs and items as few units as the longest length allows."""
        unit: list[Runs] = []
        size = 0
        for piece in (piece for runs in texts for piece in self._pieces(runs)):
            length = len(self._read(piece))
            if unit and size + length > LONGEST:
                self._add(kind, self._joined(unit))
                unit, size = [], 0
            unit.append(piece)
            size += length
        if unit:
            self._add(kind, self._joined(unit))

    def _joined(self, pieces: Sequence[Runs]) -> Runs:
        return flow(self.source.text, (run for piece in pieces for run in piece))

    def _pieces(self, runs: Runs) -> Iterator[Runs]:
        """Sentences, those longer than the longest length cut at a space."""
        reading = read(self.source.text, runs)
        for sentence_start, end in sentences(reading.text):
            start = sentence_start
            while end - start > LONGEST:
                space = reading.text.rfind(" ", start, start + LONGEST)
                middle = space if space > start else start + LONGEST
                yield cut(reading, runs, start, middle)
                start = middle + (space > start)
            yield cut(reading, runs, start, end)

    def _add(
        self, kind: UnitKind | None, runs: Runs, context: Sequence[Part] = (), labels: dict[str, str] | None = None
    ) -> None:
        if self._says_nothing(runs):
            return
        text = self._read(runs)
        notes = [*self.waiting, *self._called(runs[0].start, runs[-1].end)]
        self.waiting = []
        parts = [Part(runs), *(self._note(self.notes[call]) for call in notes), *context]
        self.outline.fill()
        self.bare = False
        found = {**self.outline.labels(text), **(labels or {})}
        self.out.add(kind or kind_of(text, self.outline.titles), parts, self.outline.path, found)

    def _says_nothing(self, runs: Runs) -> bool:
        """Whether there is no letter nor digit in these ranges, which are then dropped."""
        if any(character.isalnum() for character in self._read(runs)):
            return False
        for run in runs:
            self.out.drop(run, DropReason.MARKUP)
        return True

    def _note(self, note: Note) -> Part:
        runs = flow(self.source.text, (piece for run in note.runs for piece in self._kept(run)))
        return Part(runs, f"note {note.number}")

    def _end(self) -> None:
        self._release()
        if self.bare:
            self._alone(self.outline.path)
        for note in (*(self.notes[call] for call in self.waiting), *self.uncalled):
            if (part := self._note(note)).runs:
                self.out.add(UnitKind.NARRATIVE, [part])

    def _called(self, start: int, end: int) -> list[int]:
        """The calls in a range; one that stands just after it is its own."""
        return [call for call in self.calls[bisect_left(self.calls, start) :] if call <= end]

    def _cut(self, run: Run, reason: DropReason) -> None:
        self.cuts.append(run)
        self.out.drop(run, reason)

    def _runs(self, block: Sequence[Line]) -> Runs:
        return flow(self.source.text, (piece for line in block for piece in self._kept(line.run)))

    def _kept(self, run: Run) -> Iterator[Run]:
        """The range without what is cut out of it."""
        start = run.start
        for hole in self.cuts[bisect_left(self.cuts, Run(run.start, 0)) :]:
            if hole.start >= run.end:
                break
            if start < hole.start:
                yield Run(start, hole.start)
            start = max(start, hole.end)
        if start < run.end:
            yield Run(start, run.end)

    def _read(self, runs: Runs) -> str:
        return read(self.source.text, runs).text
