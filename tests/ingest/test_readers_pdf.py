"""PDF files: text as printed, printed page numbers, and one clear error for each kind of bad file."""

from pathlib import Path

import documents_made as made
import pytest
import reportlab
from documents_made import Drawn
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import NameObject
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from segmentation_checks import CORPUS, corpus_document

from ingest.documents import Page, Source
from ingest.errors import ReadError
from ingest.fold import fold, read
from ingest.layouts import prose
from ingest.readers import pdf as reader
from ingest.readers.pdf import read_pdf
from ingest.readers.pdf_folios import folio_offset
from ingest.reading import read_file

GUIDE = "guide-mesures-15158-30100"


def numbered(source: Source) -> list[tuple[int, str]]:
    """Number and first line of each page."""
    return [(page.number, source.text[page.start :].split("\n")[0]) for page in source.pages]


@pytest.mark.parametrize("by_line", [True, False])
def test_the_guide_as_a_pdf_reads_as_its_text_edition(tmp_path: Path, *, by_line: bool) -> None:
    """Same printed lines in the same order, whether its tables were drawn line by line or cell by cell."""
    edition, entry = corpus_document(GUIDE)
    starts = [page.line for page in entry.pages]
    pages = made.guide_pages(edition.text, starts, by_line=by_line)
    source = read_pdf(made.pdf(tmp_path / "guide.pdf", pages))
    heads = [f"{number} Ministère de l’Éducation" for number in range(1, 13)]
    expected = [" ".join(line.split()) for line in edition.text.split("\n") if line.strip()]
    found = [" ".join(line.split()) for line in source.text.split("\n") if line.strip()]
    assert [line for line in found if line not in heads] == [line for line in expected if line not in heads]
    assert numbered(source) == list(enumerate(heads, start=1))


def test_the_guide_as_a_pdf_gives_the_units_of_its_text_edition(tmp_path: Path) -> None:
    """Kinds, sections, printed pages, labels, parts: nothing depends on the format of the file."""
    _, entry = corpus_document(GUIDE)
    edition = read_file(CORPUS / "documents" / entry.file, entry.pages)
    pages = made.guide_pages(edition.text, [page.line for page in entry.pages])
    printed = read_file(made.pdf(tmp_path / "guide.pdf", pages))

    def units(source: Source) -> list[object]:
        return [
            (
                (unit.kind, unit.titles, unit.page, dict(unit.labels)),
                [(part.name, " ".join(read(source.text, part.runs).text.split())) for part in unit.parts],
            )
            for unit in prose.segment(entry.id, source, entry).units
        ]

    assert units(printed) == units(edition)


def test_every_quote_of_a_pdf_stands_in_its_text(tmp_path: Path) -> None:
    """Offsets of the units of a PDF lead back to the same words."""
    edition, entry = corpus_document(GUIDE)
    pages = made.guide_pages(edition.text, [page.line for page in entry.pages])
    source = read_pdf(made.pdf(tmp_path / "guide.pdf", pages))
    for unit in prose.segment(entry.id, source, entry).units:
        for part in unit.parts:
            for quote in read(source.text, part.runs).quotes():
                assert fold(source.text[quote.start : quote.end]) == quote.text


def test_letters_of_pdf_fonts_are_decoded(tmp_path: Path) -> None:
    """Ligatures, bullets of WinAnsi, printed soft hyphens, calls of notes raised above the line."""
    pdfmetrics.registerFont(TTFont("Vera", str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf")))
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path))
    text = canvas.beginText(72, 700)
    text.setFont("Vera", 10)
    text.textLine("Le ﬁnancement et la ﬂexibilité du bien\u00adêtre")
    text.setFont("Helvetica", 10)
    text.textLine("• Un montant de base")
    canvas.drawText(text)
    canvas.save()
    assert read_pdf(path).text == "Le financement et la flexibilité du bien-être\n• Un montant de base\n"
    raised = [[Drawn("montant de base", 60), Drawn("12", 120, down=0, rise=3), Drawn(" par organisme", 126, down=0)]]
    assert read_pdf(made.pdf(path, raised)).text == "montant de base12 par organisme\n"


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("{} Ministère de l’Éducation", 1),
        ("- {} -", 5),
        ("Page {} de 12", 1),
        ("Guide | {}", 1),
        ("{}", 3),
        ("{}/9", 1),
    ],
)
@pytest.mark.parametrize("at_top", [True, False])
def test_printed_numbers_name_the_pages(tmp_path: Path, line: str, first: int, *, at_top: bool) -> None:
    """Numbers in running heads or feet that follow the pages; front matter belongs to no page."""
    pages = [["Page de titre", "de 2024"], ["Table des matières"]]
    for number in range(first, first + 4):
        body = [f"Texte {number * 37} de la page", "et sa suite."]
        pages.append([line.format(number), *body] if at_top else [*body, line.format(number)])
    source = read_pdf(made.pdf(tmp_path / "a.pdf", pages))
    assert [page.number for page in source.pages] == [n for n in range(first - 2, first + 4) if n > 0]
    assert line.format(first) in source.text.split("\n")
    assert source.page_at(source.text.index(f"Texte {first * 37}")) == first
    assert source.page_at(0) == (first - 2 if first > 2 else None)


def test_without_printed_numbers_pages_have_their_rank(tmp_path: Path) -> None:
    """A year, a list or annexes at the edge of pages are no page numbers."""
    pages = [["En 2024", "a"], ["Texte", "b 3"], ["Annexe 1", "c"], ["Annexe 2", "d"], ["x"], ["y"], ["z"]]
    source = read_pdf(made.pdf(tmp_path / "a.pdf", pages))
    assert [page.number for page in source.pages] == list(range(1, 8))
    assert source.pages[1] == Page(2, source.text.index("Texte"))


@given(st.integers(1, 40), st.integers(0, 5), st.integers(1, 300))
def test_any_run_of_numbers_is_followed(count: int, front: int, first: int) -> None:
    """Wherever the numbering starts, number minus rank is found once enough pages carry it."""
    pages = [*["Liminaire"] * front, *(f"Corps\n{first + i}" for i in range(count))]
    found = folio_offset(pages)
    if count >= max(2, len(pages) / 3):
        assert found == first - front - 1


def test_blank_pages_count_but_hold_nothing(tmp_path: Path) -> None:
    """A page without text or image is read as empty."""
    source = read_pdf(made.pdf(tmp_path / "a.pdf", [["un"], [], ["trois"]]))
    assert source.text == "un\n\ntrois\n"
    assert source.page_at(source.text.index("trois")) == 3


def test_a_scanned_page_is_named(tmp_path: Path) -> None:
    """The first page that is an image without text, whether all are or only this one."""
    with pytest.raises(ReadError, match=r"a scan.*ocrmypdf") as caught:
        read_pdf(made.scanned(tmp_path / "a.pdf"))
    assert caught.value.page == 1
    with pytest.raises(ReadError, match="page 2: the page is an image without text"):
        read_pdf(made.scanned(tmp_path / "b.pdf", pages_with_text=[1, 3], pages=3))


def test_a_pdf_without_any_text_is_refused(tmp_path: Path) -> None:
    """Blank pages only."""
    with pytest.raises(ReadError, match="none of its pages holds text"):
        read_pdf(made.pdf(tmp_path / "a.pdf", [[], []]))


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_password_is_asked_for_only_where_it_is_needed(tmp_path: Path, algorithm: str) -> None:
    """A file that any viewer opens is read; one that asks for a password is refused."""
    assert read_pdf(made.encrypted(tmp_path / "a.pdf", user="", algorithm=algorithm)).text == "Texte protégé.\n"
    with pytest.raises(ReadError, match=r"protected by a password.*save it without protection"):
        read_pdf(made.encrypted(tmp_path / "b.pdf", user="secret", algorithm=algorithm))


def test_files_that_are_no_whole_pdf_are_refused(tmp_path: Path) -> None:
    """Empty, another format, cut short, without pages: each its own words."""
    whole = made.pdf(tmp_path / "whole.pdf", [["texte"]]).read_bytes()
    empty = tmp_path / "no_pages.pdf"
    PdfWriter().write(empty)
    cases = [
        (b"", "is empty"),
        (b"Bonjour", "is not a PDF"),
        (whole[: len(whole) // 2], "cut short"),
        (b"%PDF-1.7\nrien\n%%EOF", "damaged"),
        (empty.read_bytes(), "has no page"),
    ]
    for content, what in cases:
        path = tmp_path / "a.pdf"
        path.write_bytes(content)
        with pytest.raises(ReadError, match=what):
            read_pdf(path)


def test_a_damaged_page_is_named(tmp_path: Path) -> None:
    """The rank of the page, and the first error kept as the cause."""
    path = made.pdf(tmp_path / "a.pdf", [["un"], ["deux"]])
    writer = PdfWriter(clone_from=path)
    writer.pages[1]["/Contents"].get_object()[NameObject("/Filter")] = NameObject("/Inconnu")
    writer.write(path)
    with pytest.raises(ReadError, match="page 2: the page is damaged") as caught:
        read_pdf(path)
    assert caught.value.__cause__ is not None


def test_a_pdf_with_too_many_pages_is_refused(tmp_path: Path) -> None:
    """Past the limit nothing is read."""
    writer = PdfWriter()
    for _ in range(reader.MOST_PAGES + 1):
        writer.add_blank_page(72, 72)
    path = tmp_path / "a.pdf"
    writer.write(path)
    with pytest.raises(ReadError, match="2,001 pages, more than the 2,000 accepted"):
        read_pdf(path)


def test_five_hundred_pages_are_read(tmp_path: Path) -> None:
    """A long document keeps every page and its number."""
    pages = [[f"{number}", f"Texte de la page {number}.", "Une seconde ligne."] for number in range(1, 501)]
    source = read_pdf(made.pdf(tmp_path / "a.pdf", pages))
    assert [page.number for page in source.pages] == list(range(1, 501))
    assert source.page_at(source.text.index("Texte de la page 437.")) == 437
