"""The reader of each kind of file, and the pages that the catalog gives."""

from pathlib import Path

import documents_made as made
import docx
import pytest

from ingest.catalog import PageStart
from ingest.documents import Page, Source
from ingest.errors import ReadError
from ingest.reading import READERS, is_marked, read_file


@pytest.mark.parametrize("suffix", [*READERS, ".TXT", ".Md", ".HTML"])
def test_every_accepted_format_is_read(tmp_path: Path, suffix: str) -> None:
    """The extension decides, in capitals too."""
    path = tmp_path / f"a{suffix}"
    if suffix == ".pdf":
        made.pdf(path, [["Texte."]])
    elif suffix == ".docx":
        document = docx.Document()
        document.add_paragraph("Texte.")
        document.save(str(path))
    else:
        path.write_text("Texte.\n")
    assert read_file(path).text == "Texte.\n"


@pytest.mark.parametrize("name", ["a.doc", "a.odt", "a", "a.pdf.zip"])
def test_other_formats_are_refused_with_the_list_of_those_accepted(tmp_path: Path, name: str) -> None:
    """The remedy names every format."""
    path = tmp_path / name
    path.write_text("Texte.")
    with pytest.raises(
        ReadError, match=r"are not read\. Accepted: \.txt, \.md, \.markdown, \.pdf, \.docx, \.html, \.htm"
    ):
        read_file(path)


def test_formats_with_marks_are_told_from_the_others() -> None:
    """Where the catalog announces no layout, this chooses between `marked` and `prose`."""
    assert [suffix for suffix in READERS if is_marked(Path(f"a{suffix}"))] == [
        ".md",
        ".markdown",
        ".docx",
        ".html",
        ".htm",
    ]


def test_lines_of_the_catalog_become_offsets(tmp_path: Path) -> None:
    """Each page starts at the first character of its line, whatever the newlines of the file."""
    path = tmp_path / "a.txt"
    path.write_bytes("note\r\n\r\npremière\r\ndeuxième\r\n".encode())
    source = read_file(path, (PageStart(page=2, line=4), PageStart(page=1, line=3)))
    assert source == Source("note\n\npremière\ndeuxième\n", (Page(1, 6), Page(2, 15)))
    assert [source.page_at(source.text.index(word)) for word in ("note", "première", "deuxième")] == [None, 1, 2]


def test_the_catalog_corrects_the_pages_of_a_pdf(tmp_path: Path) -> None:
    """Pages given by hand replace those found."""
    path = made.pdf(tmp_path / "a.pdf", [["un"], ["deux"]])
    assert read_file(path, (PageStart(page=7, line=2),)).pages == (Page(7, 3),)


def test_a_page_that_starts_past_the_end_is_refused(tmp_path: Path) -> None:
    """The catalog is wrong, and says where."""
    path = tmp_path / "a.txt"
    path.write_text("une\nseule")
    with pytest.raises(ReadError, match=r"page 9 is said to start at line 3, but there are 2 lines.*catalog\.yaml"):
        read_file(path, (PageStart(page=1, line=1), PageStart(page=9, line=3)))
