"""Whatever a damaged file holds, its reader gives a source or one `ReadError`."""

import zipfile
from pathlib import Path

import documents_made as made
import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import ReadError
from ingest.reading import read_file

DAMAGE = st.tuples(
    st.floats(0.2, 1), st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=12)
)
PAGE = b"""<!doctype html><html><head><meta charset="utf-8"><title>T</title></head><body><main>
<h1>Titre</h1><p>Texte &eacute;crit<sup><a href="#n1">1</a></sup> et <b>gras</b>.</p>
<ul><li>un<li>deux</ul><table><tr><th>A<th>B<tr><td rowspan="2">x<td>1<tr><td colspan="2">2</table>
<ol><li id="n1">1. Note.</li></ol></main></body></html>"""


def damaged(content: bytes, damage: tuple[float, list[tuple[float, int]]]) -> bytes:
    """The content cut short, some of its bytes changed."""
    kept, changes = damage
    out = bytearray(content[: round(len(content) * kept)])
    for place, value in changes:
        out[int(place * len(out))] = value
    return bytes(out)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the files of all examples."""
    return tmp_path_factory.mktemp("damaged")


@pytest.fixture(scope="module")
def pdf_content(folder: Path) -> bytes:
    """A PDF of two pages with a table."""
    rows = [(["Actions"], ["Exemples"]), (["Élaboration de", "plans"], ["• Un plan", "en deux lignes", "• Un autre"])]
    return made.pdf(folder / "whole.pdf", [made.table(rows, by_line=True), ["Une seconde page."]]).read_bytes()


@pytest.fixture(scope="module")
def word_file(folder: Path) -> Path:
    """A Word document with headings, a list, a table and a note."""
    document = docx.Document()
    made.with_footnotes(document, ["Une note."])
    document.add_heading("Titre", 1)
    made.call_footnote(document.add_paragraph("Un texte"), 1)
    document.add_paragraph("un", style="List Bullet")
    document.add_table(2, 2).cell(1, 1).text = "cellule"
    document.save(str(folder / "whole.docx"))
    return folder / "whole.docx"


def check(path: Path, content: bytes) -> None:
    """Read the file; anything but a source with sound text and offsets, or a `ReadError`, fails the test."""
    path.write_bytes(content)
    try:
        source = read_file(path)
    except ReadError:
        return
    assert source.text.strip()
    assert source.text.encode()
    assert all(0 <= page.start <= len(source.text) for page in source.pages)


@settings(deadline=None, max_examples=120)
@given(damage=DAMAGE)
def test_damaged_pdf(folder: Path, pdf_content: bytes, damage: tuple[float, list[tuple[float, int]]]) -> None:
    """A PDF cut short or with bytes changed."""
    check(folder / "damaged.pdf", damaged(pdf_content, damage))


@settings(deadline=None, max_examples=120)
@given(damage=DAMAGE)
def test_damaged_pdf_that_still_ends(
    folder: Path, pdf_content: bytes, damage: tuple[float, list[tuple[float, int]]]
) -> None:
    """A PDF with its inside damaged and its end whole, so that reading starts."""
    check(folder / "inside.pdf", damaged(pdf_content, damage) + pdf_content[-200:])


@settings(deadline=None, max_examples=60)
@given(damage=DAMAGE)
def test_damaged_word_file(folder: Path, word_file: Path, damage: tuple[float, list[tuple[float, int]]]) -> None:
    """A Word file cut short or with bytes changed."""
    check(folder / "damaged.docx", damaged(word_file.read_bytes(), damage))


@settings(deadline=None, max_examples=120)
@given(
    damage=DAMAGE,
    part=st.sampled_from(
        ["word/document.xml", "word/styles.xml", "word/footnotes.xml", "[Content_Types].xml", "_rels/.rels"]
    ),
)
def test_damaged_part_of_a_word_file(
    folder: Path, word_file: Path, part: str, damage: tuple[float, list[tuple[float, int]]]
) -> None:
    """A sound zip whose XML is damaged."""
    with zipfile.ZipFile(word_file) as archive:
        content = archive.read(part)
    path = folder / "part.docx"
    path.write_bytes(word_file.read_bytes())
    made.rezipped(path, {part: damaged(content, damage)})
    check(path, path.read_bytes())


@settings(deadline=None, max_examples=120)
@given(damage=DAMAGE)
def test_damaged_page(folder: Path, damage: tuple[float, list[tuple[float, int]]]) -> None:
    """A web page cut short or with bytes changed."""
    check(folder / "damaged.html", damaged(PAGE, damage))


@settings(deadline=None)
@given(text=st.text())
@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
def test_any_text(folder: Path, suffix: str, text: str) -> None:
    """Any text at all in the formats that are text."""
    check(folder / f"any{suffix}", text.encode("utf-8", "replace"))


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".pdf", ".docx"])
@given(content=st.binary(min_size=1, max_size=200))
def test_any_bytes(folder: Path, suffix: str, content: bytes) -> None:
    """Any bytes at all under any accepted extension."""
    check(folder / f"bytes{suffix}", content)
