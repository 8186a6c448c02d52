"""Pages of the guide set as a PDF another way than its own give the units of the text edition."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas
from segmentation_checks import CORPUS, corpus_document, part_texts, unaccounted

from ingest.documents import Page, Segmentation, Source, UnitKind
from ingest.layouts.footnotes import find_calls, find_notes
from ingest.layouts.prose import segment
from ingest.lines import lines
from ingest.reading import read_file

GUIDE = "guide-mesures-15158-30100"
FIRST, LAST = 4, 7
LEFT, RIGHT, TOP, FOOT = 60, 230, 1010, 40
TITLE = "Document d’information"


def edition() -> tuple[Source, Segmentation]:
    """Printed pages 4 to 7 of the text edition, as a text of its own, and their units."""
    entry = corpus_document(GUIDE)[1]
    whole = read_file(CORPUS / "documents" / entry.file, entry.pages)
    starts = {page.number: page.start for page in whole.pages}
    first, end = starts[FIRST], starts[LAST + 1]
    pages = tuple(Page(page.number, page.start - first) for page in whole.pages if first <= page.start < end)
    # The only running head of these pages is not known as one without its fellows of the other pages.
    source = Source(whole.text[first:end].replace("4 Ministère de l’Éducation", " " * 26), pages)
    return source, segment(GUIDE, source, entry)


class Sheet:
    """One page being set: body in 9 points, raised calls in 6, notes in 7 at the foot, a head and a folio."""

    def __init__(self, canvas: Canvas, folio: int) -> None:
        self.canvas = canvas
        self.y = TOP
        canvas.setFont("Helvetica", 8)
        canvas.drawString(LEFT, TOP + 40, TITLE)
        canvas.drawCentredString(306, FOOT, f"Page {folio} de 12")

    def line(self, text: str, x: float, y: float, calls: Sequence[int] = (), size: float = 9) -> None:
        """A line whose characters at these places are calls, raised and small."""
        drawn = self.canvas.beginText(x, y)
        for place, character in enumerate(text):
            call = place in calls
            drawn.setFont("Helvetica", 6 if call else size)
            drawn.setRise(3 if call else 0)
            drawn.textOut(character.translate({0x2009: 0xA0, 0x202F: 0xA0}))
        self.canvas.drawText(drawn)

    def paragraph(self, found: Sequence[tuple[str, Sequence[int]]]) -> None:
        for text, calls in found:
            self.line(text, LEFT, self.y, calls)
            self.y -= 12
        self.y -= 9

    def row(self, left: Sequence[str], right: Sequence[str]) -> None:
        """A row of the table: both cells start at the same height, the left one is drawn first."""
        for x, cell in ((LEFT, left), (RIGHT, right)):
            for rank, text in enumerate(cell):
                self.line(text, x + 8 * (x == RIGHT and not text.startswith("•")), self.y - 12 * rank)
        self.y -= 12 * max(len(left), len(right)) + 9

    def notes(self, found: Sequence[str]) -> None:
        y = FOOT + 30 + 9 * len(found)
        for rank, text in enumerate(found):
            self.line(text, LEFT, y - 9 * rank, size=6)


def rows(table: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Left and right cells of the lines of a flattened table."""
    left: list[str] = []
    right: list[str] = []
    for line in table:
        label, bullet, rest = line.partition("• ")
        if right and (label if bullet else not _goes_on(right, line)):
            yield left, right
            left, right = [], []
        if bullet:
            left += [label.strip()] if label else []
            right.append(f"• {rest}")
        elif right:
            right.append(line)
        else:
            left.append(line)
    yield left, right


def _goes_on(right: Sequence[str], line: str) -> bool:
    return not right[-1].endswith(".") or line[0].islower()


def typeset(path: Path) -> Path:
    """The same pages as a PDF."""
    source, _ = edition()
    text_lines = [line for line in lines(source.text) if not line.text.startswith(("http", "2018-Document"))]
    canvas = Canvas(str(path), pagesize=(612, 1100))
    for page, after in zip(source.pages, [*source.pages[1:], Page(0, len(source.text))], strict=True):
        found = [line for line in text_lines if page.start <= line.start < after.start]
        notes = find_notes([line for line in found if line.text], None, source.text)
        foot = notes[0].mark.start if notes else after.start
        calls = find_calls([line for line in found if line.start < foot], notes, source.text)
        raised = {place for run in calls.values() for place in range(run.start, run.end)}
        sheet = Sheet(canvas, page.number)
        body = [line for line in found if line.text and line.start < foot]
        _set(sheet, [(line.text, [p - line.start for p in raised if line.start <= p < line.end]) for line in body])
        sheet.notes([line.text for line in found if line.text and line.start >= foot])
        canvas.showPage()
    canvas.save()
    return path


def _set(sheet: Sheet, body: Sequence[tuple[str, Sequence[int]]]) -> None:
    paragraph: list[tuple[str, Sequence[int]]] = []
    table: list[str] = []
    for rank, (text, calls) in enumerate(body):
        if table:
            table.append(text)
            below = body[rank + 1][0] if rank + 1 < len(body) else ""
            ends = len(below) > 85 and below[0].isupper() and text.endswith(".")
            if ends or not below:
                sheet.row(["Actions"], ["Exemples"])
                for left, right in rows(table[1:]):
                    sheet.row(left, right)
                table = []
            continue
        if text == "Actions Exemples":
            table = [text]
            continue
        paragraph.append((text, calls))
        below = body[rank + 1][0] if rank + 1 < len(body) else ""
        if text.endswith((".", ":")) or not below or (len(text) < 85 and below[0].isupper()):
            sheet.paragraph(paragraph)
            paragraph = []


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """The PDF as it is read."""
    return read_file(typeset(tmp_path_factory.mktemp("pdf") / "guide.pdf"))


def test_pages_are_numbered_as_printed(printed: Source) -> None:
    """« Page 4 de 12 » at the foot of the first sheet: it is page 4."""
    assert [page.number for page in printed.pages] == list(range(FIRST, LAST + 1))


def test_units_are_those_of_the_text_edition(printed: Source) -> None:
    """Kinds, labels, sections, pages and words of every part, notes and calls included."""
    source, expected = edition()
    found = segment(GUIDE, printed, corpus_document(GUIDE)[1])

    def units(text: str, segmentation: Segmentation) -> list[tuple[object, ...]]:
        return [
            (
                unit.kind,
                unit.titles,
                unit.page,
                unit.labels,
                [(n, " ".join(t.split())) for n, t in part_texts(unit, text)],
            )
            for unit in segmentation.units
        ]

    assert units(printed.text, found) == units(source.text, expected)
    assert unaccounted(found, printed.text) == []


def test_the_subset_is_worth_comparing() -> None:
    """It has the rule with its note 12, examples of two volets, a table over two pages, a long quotation."""
    source, expected = edition()
    kinds = {unit.kind for unit in expected.units}
    assert kinds >= {UnitKind.EXAMPLE, UnitKind.ALLOCATION_RULE, UnitKind.DEFINITION, UnitKind.DEADLINE}
    names = [name for unit in expected.units for name, _ in part_texts(unit, source.text)]
    assert {f"note {number}" for number in range(11, 18)} <= set(names)
    assert len([unit for unit in expected.units if unit.kind is UnitKind.EXAMPLE]) == 17
