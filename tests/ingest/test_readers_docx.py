"""Word files: structure kept, what is not printed left out, dangerous or damaged files refused."""

import zipfile
from pathlib import Path

import documents_made as made
import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from ingest.errors import ReadError
from ingest.readers import archive
from ingest.readers import docx as reader
from ingest.readers.docx import read_docx


def text_of(document: Document, folder: Path) -> str:
    """The text of a document once saved and read."""
    path = folder / "a.docx"
    document.save(str(path))
    return read_docx(path).text


def test_headings_lists_and_running_text(tmp_path: Path) -> None:
    """Levels go down by one under a title; bold, links and line breaks leave only their words."""
    document = docx.Document()
    document.add_heading("Guide", 0)
    document.add_heading("Volet 1", 1)
    paragraph = document.add_paragraph("Un texte ")
    paragraph.add_run("en gras").bold = True
    paragraph.add_run("\tet la suite.")
    document.add_paragraph("un", style="List Bullet")
    document.add_paragraph("deux", style="List Number")
    document.add_paragraph("• tapé à la main")
    document.add_paragraph("")
    document.add_heading("Sous-titre", 2)
    assert text_of(document, tmp_path) == (
        "# Guide\n\n## Volet 1\n\nUn texte en gras et la suite.\n\n- un\n- deux\n- tapé à la main\n\n### Sous-titre\n"
    )


def test_headings_of_a_french_template_are_known_by_their_built_in_name_or_outline_level(tmp_path: Path) -> None:
    """The id of a style is translated by Word, its name is not; a style of one's own has an outline level."""
    document = docx.Document()
    styles = document.styles.element
    styles.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/></w:style>'
        )
    )
    styles.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="Rubrique"><w:name w:val="Rubrique"/>'
            '<w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
        )
    )
    for style, words in (("Titre1", "Un"), ("Rubrique", "Trois")):
        properties = document.add_paragraph(words)._p.get_or_add_pPr()
        properties.get_or_add_pStyle().set(qn("w:val"), style)
    assert text_of(document, tmp_path) == "# Un\n\n### Trois\n"


def test_tables_have_a_header_where_it_is_set_apart(tmp_path: Path) -> None:
    """A styled first row is a header; in a plain grid only bold or a repeated row makes one."""
    document = docx.Document()
    for style in ("Light Grid Accent 1", "Table Grid"):
        table = document.add_table(2, 2, style=style)
        for cell, words in zip(table._cells, ("A", "B", "1", "2"), strict=True):
            cell.text = words
    plain = document.add_table(2, 2, style="Table Grid")
    for cell, words in zip(plain._cells, ("C", "D", "3", "4"), strict=True):
        cell.paragraphs[0].add_run(words).bold = words in "CD"
    assert text_of(document, tmp_path) == "A\tB\n--\t--\n1\t2\n\nA\tB\n1\t2\n\nC\tD\n--\t--\n3\t4\n"


def test_merged_cells_and_cells_that_list(tmp_path: Path) -> None:
    """A cell merged downwards labels each row; a cell of several items gives a row for each."""
    document = docx.Document()
    table = document.add_table(3, 3)
    for cell, words in zip(table._cells, ("x", "1", "2", "", "3", "4", "y", "", ""), strict=True):
        cell.text = words
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(2, 1).text = "un"
    table.cell(2, 1).paragraphs[0].style = "List Bullet"
    table.cell(2, 1).add_paragraph("deux", style="List Bullet")
    table.cell(2, 2).text = "tous"
    assert text_of(document, tmp_path) == "x\t1\t2\nx\t3\t4\ny\tun\ttous\ny\tdeux\ttous\n"


def test_a_frame_around_text_is_no_table(tmp_path: Path) -> None:
    """One row or one column: the cells are read as the blocks they hold."""
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "Encadré"
    cell.paragraphs[0].style = "Heading 2"
    cell.add_paragraph("Son texte.")
    assert text_of(document, tmp_path) == "## Encadré\n\nSon texte.\n"


def test_notes_are_numbered_by_their_calls(tmp_path: Path) -> None:
    """Order of calls, not order in the file; a note that nothing calls is not printed and not read."""
    document = docx.Document()
    made.with_footnotes(document, ["Première du fichier.", "Seconde du fichier.", "Jamais appelée."])
    paragraph = document.add_paragraph("Un montant")
    made.call_footnote(paragraph, 2)
    paragraph.add_run(" et un autre")
    made.call_footnote(paragraph, 1)
    assert text_of(document, tmp_path) == (
        "Un montant[^1] et un autre[^2]\n\n[^1]: Seconde du fichier.\n\n[^2]: Première du fichier.\n"
    )


def test_what_is_not_printed_is_not_read(tmp_path: Path) -> None:
    """Deleted and hidden text, contents and headers go; inserted text and content controls stay."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "En-tête"
    paragraph = document.add_paragraph("Reste ")
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>inséré</w:t></w:r></w:ins>"))
    paragraph._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>supprimé</w:delText></w:r></w:del>"))
    hidden = paragraph.add_run("caché")
    hidden._r.get_or_add_rPr().append(OxmlElement("w:vanish"))
    inside = "<w:sdtContent><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:sdtContent>"
    block = f"<w:sdt {nsdecls('w')}><w:sdtPr>%s</w:sdtPr>{inside}</w:sdt>"
    contents = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    document.element.body.insert(0, parse_xml(block % (contents, "Introduction 1")))
    document.element.body.insert(1, parse_xml(block % ("", "Dans un contrôle")))
    assert text_of(document, tmp_path) == "Dans un contrôle\n\nReste inséré\n"


def test_text_boxes_are_read_once_after_their_paragraph(tmp_path: Path) -> None:
    """Word writes a text box twice, once for old versions."""
    document = docx.Document()
    box = "<w:txbxContent><w:p><w:r><w:t>Dans la boîte</w:t></w:r></w:p></w:txbxContent>"
    spaces = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    document.add_paragraph("Avant")._p.append(
        parse_xml(
            f"<w:r {nsdecls('w')} {spaces}><mc:AlternateContent><mc:Choice><v:box>{box}</v:box></mc:Choice>"
            f"<mc:Fallback><v:box>{box}</v:box></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    assert text_of(document, tmp_path) == "Avant\n\nDans la boîte\n"


def test_a_word_file_without_text_is_refused(tmp_path: Path) -> None:
    """Images alone give nothing to cite."""
    with pytest.raises(ReadError, match="holds no text"):
        text_of(docx.Document(), tmp_path)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty"),
        (b"ceci n'est pas un zip", r"not a \.docx file"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "password-protected document or one in the old"),
    ],
)
def test_what_is_no_word_file_is_refused(tmp_path: Path, content: bytes, what: str) -> None:
    """Empty files, other formats, protected or old documents."""
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=what):
        read_docx(path)


def test_a_zip_that_is_no_word_file_is_refused(tmp_path: Path) -> None:
    """A zip of something else."""
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as other:
        other.writestr("lisezmoi.txt", "bonjour")
    with pytest.raises(ReadError, match="not a readable Word document") as caught:
        read_docx(path)
    assert caught.value.__cause__ is not None


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    """A part that shrinks a thousand times is no text."""
    path = tmp_path / "a.docx"
    docx.Document().save(str(path))
    made.rezipped(path, {"word/document.xml": b" " * 30_000_000})
    assert path.stat().st_size < 200_000
    with pytest.raises(ReadError, match=r"'word/document\.xml' is packed more than 200 times"):
        read_docx(path)


@pytest.mark.parametrize(("limit", "what"), [("LARGEST_UNPACKED", "unpacks to"), ("MOST_PARTS", "parts, more than")])
def test_sizes_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, what: str) -> None:
    """All parts together, and their number."""
    document = docx.Document()
    document.add_paragraph("Texte")
    monkeypatch.setattr(archive, limit, 10)
    with pytest.raises(ReadError, match=what):
        text_of(document, tmp_path)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before it is read."""
    monkeypatch.setattr(reader, "LARGEST", 100)
    with pytest.raises(ReadError, match="more than the 100 accepted"):
        text_of(docx.Document(), tmp_path)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    """An XML bomb in a part is refused, whole."""
    path = tmp_path / "a.docx"
    docx.Document().save(str(path))
    levels = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 20 if i else "boum" * 20}">' for i in range(8))
    body = f"<w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>Texte &e7;</w:t></w:r></w:p></w:body></w:document>"
    made.rezipped(path, {"word/document.xml": f"<!DOCTYPE d [{levels}]>{body}".encode()})
    with pytest.raises(ReadError, match="not a readable Word document"):
        read_docx(path)
