"""Unmarked text (a text edition, a PDF) to units: headings, paragraphs, lists, tables of examples, notes, contacts.

Nothing marks the structure of such a text; it is read from its form: line lengths, punctuation, capitals, bullets,
dot leaders, the place of notes on a page. What cannot be read with confidence stays running text. Footnotes are
recognised only where the pages are known.
"""

from collections.abc import Iterator, Sequence

from ingest.catalog import CatalogEntry
from ingest.documents import DropReason, Heading, Part, Run, Runs, Segmentation, Source, UnitKind
from ingest.fold import read
from ingest.kinds import kind_of
from ingest.layouts.footnotes import Note, find_calls, find_notes
from ingest.layouts.margins import by_page, set_aside
from ingest.layouts.outline import Outline
from ingest.layouts.prose_lines import Block, BlockKind, blocks
from ingest.lines import Line, flow, lines
from ingest.personal import personal_addresses
from ingest.segmentation import Segmenter

LONGEST = 1200
"""Characters of a paragraph past which it is cut at a sentence end, so that a passage stays quotable."""


def segment(document: str, source: Source, entry: CatalogEntry) -> Segmentation:
    """Units of an unmarked text; every other character is dropped with a reason."""
    return _Prose(document, source, entry).run()


class _Prose:
    def __init__(self, document: str, source: Source, entry: CatalogEntry) -> None:
        self.source = source
        self.published = entry.published_addresses
        self.out = Segmenter(document, source)
        self.notes: dict[int, Note] = {}  # by the offset of the call
        self.cuts: list[Run] = []  # what is left out of lines: footnote calls, personal addresses
        self.outline = Outline()
        self.lead: Runs = ()
        self.category: Runs = ()

    def run(self) -> Segmentation:
        margins = set_aside(list(lines(self.source.text)), self.source)
        for run, reason in margins.dropped:
            self.out.drop(run, reason)
        for address in personal_addresses(self.source.text, self.published):
            self._cut(address, DropReason.PERSONAL_DATA)
        body = self._without_notes(margins.body)
        starts = frozenset(page[0].start for page in by_page([line for line in body if line.text], self.source))
        found = list(blocks(body, starts))
        titles = [self._read(block.lines) for block in found if block.kind is BlockKind.HEADING]
        self.outline = Outline.of(titles, margins.contents)
        before: Block | None = None
        for block in found:
            self._take(block, before)
            before = block
        return self.out.done()

    def _without_notes(self, kept: Sequence[Line]) -> list[Line]:
        """The lines of the body; notes are remembered by the offset of their call."""
        if not self.source.pages:
            return list(kept)
        body: list[Line] = []
        expected = 1
        for page in by_page(kept, self.source):
            notes = find_notes(page, expected)
            above = [line for line in page if not notes or line.start < notes[0].mark.start]
            calls = find_calls(above, notes)
            for note in notes:
                self.out.drop(note.mark, DropReason.FOOTNOTE_CALL)
                if note.number in calls:
                    self._cut(calls[note.number], DropReason.FOOTNOTE_CALL)
                    self.notes[calls[note.number].start] = note
            expected += len(notes)
            body.extend(above)
        return body

    def _take(self, block: Block, before: Block | None) -> None:
        if block.kind is BlockKind.HEADING:
            self.outline.enter(Heading(self._read(block.lines), self._runs(block.lines)))
            self.lead = self.category = ()
            return
        self.outline.fill()
        if block.kind is BlockKind.TABLE_HEADER:
            for line in block.lines:
                self.out.drop(line.run, DropReason.TABLE_HEADER)
            if before is not None and before.kind is BlockKind.PARAGRAPH:
                self.lead = self._runs(before.lines)
        elif block.kind is BlockKind.CATEGORY:
            self.category = self._runs(block.lines)
        elif block.kind is BlockKind.BULLET:
            self._bullet(block)
        else:
            self._paragraph(block)

    def _bullet(self, block: Block) -> None:
        first = block.lines[0]
        self.out.drop(Run(first.start, first.start + 1), DropReason.BULLET)
        text = first.text[1:].lstrip()
        item = Line(text, first.end - len(text), first.end, first.number)
        parts = self._parts([item, *block.lines[1:]])
        labels = self._labels(parts)
        if self.category:
            labels["category"] = read(self.source.text, self.category).text
        kind = UnitKind.EXAMPLE if self.lead else UnitKind.NARRATIVE
        context = [Part(self.category, "category"), Part(self.lead, "lead")]
        self.out.add(kind, [*parts, *context], self.outline.path, labels)

    def _paragraph(self, block: Block) -> None:
        for piece in _pieces(block.lines):
            parts = self._parts(piece)
            text = read(self.source.text, parts[0].runs).text
            kind = UnitKind.CONTACT if block.kind is BlockKind.CONTACT else kind_of(text, self.outline.titles)
            self.out.add(kind, parts, self.outline.path, self._labels(parts))

    def _labels(self, parts: Sequence[Part]) -> dict[str, str]:
        text = read(self.source.text, parts[0].runs).text
        return self.outline.labels(text)

    def _parts(self, block: Sequence[Line]) -> list[Part]:
        """The body of a block without its footnote calls, then each note that it calls."""
        called = [call for call in sorted(self.notes) if any(line.start <= call < line.end for line in block)]
        notes = [
            Part(flow(self.source.text, self.notes[call].runs), f"note {self.notes[call].number}") for call in called
        ]
        return [Part(self._runs(block)), *notes]

    def _runs(self, block: Sequence[Line]) -> Runs:
        return flow(self.source.text, (piece for line in block for piece in self._pieces_of(line)))

    def _cut(self, run: Run, reason: DropReason) -> None:
        self.cuts.append(run)
        self.out.drop(run, reason)

    def _pieces_of(self, line: Line) -> Iterator[Run]:
        """The line without what is cut out of it."""
        start = line.start
        for cut in sorted(cut for cut in self.cuts if line.start <= cut.start < line.end):
            if start < cut.start:
                yield Run(start, cut.start)
            start = cut.end
        if start < line.end:
            yield Run(start, line.end)

    def _read(self, block: Sequence[Line]) -> str:
        return read(self.source.text, self._runs(block)).text


def _pieces(block: Sequence[Line]) -> Iterator[list[Line]]:
    """A long paragraph cut after lines that end a sentence, so that no piece is much longer than `LONGEST`."""
    piece: list[Line] = []
    size = 0
    for line in block:
        piece.append(line)
        size += len(line.text) + 1
        if size > LONGEST and line.text.endswith((".", "!", "?")):
            yield piece
            piece, size = [], 0
    if piece:
        yield piece
