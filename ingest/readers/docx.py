"""Word (.docx) to a source in the marked-up form; the only importer of python-docx.

Read are the body, text boxes, footnotes and endnotes, as they are printed once every tracked change is accepted.
Left out are headers and footers, comments, hidden text, tables of contents, and all layout. A file that is not a
Word document, is protected, cut short, or made to fill the memory gives one `ReadError`.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from ingest.documents import Source
from ingest.errors import ReadError
from ingest.readers.archive import check_archive
from ingest.readers.content import content_of
from ingest.readers.docx_styles import Styles, is_on, value
from ingest.readers.docx_tables import has_header, table_rows
from ingest.readers.markup import MarkedText, call

LARGEST = 100_000_000
"""Bytes of the largest Word file accepted."""

_NOTE_PARTS = {"footnotes": "w:footnoteReference", "endnotes": "w:endnoteReference"}
_TRANSPARENT = {qn(tag) for tag in ("w:customXml", "w:smartTag", "w:ins", "w:moveTo", "w:sdtContent")}
_SKIPPED = {
    qn(tag) for tag in ("w:pPr", "w:rPr", "w:del", "w:moveFrom", "w:txbxContent", "w:sdtPr", "w:fldData", "w:instrText")
}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SPACES = {qn("w:tab"): " ", qn("w:ptab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}

# What a damaged file makes python-docx, lxml (`SyntaxError`) and zipfile raise.
_BROKEN = (
    *(PythonDocxError, OpcError, zipfile.BadZipFile, zlib.error, struct.error, SyntaxError),
    *(LookupError, ValueError, TypeError, AttributeError, AssertionError, RuntimeError, EOFError, OSError, MemoryError),
)


def read_docx(path: Path) -> Source:
    """The text of a Word document in the marked-up form."""
    content = content_of(path, LARGEST)
    check_archive(path, content)
    try:
        text = _Reading(docx.Document(BytesIO(content))).text()
    except _BROKEN as error:
        raise ReadError(
            str(path),
            f"it is not a readable Word document ({type(error).__name__}: {error})",
            "Open it in Word and save it again as .docx",
        ) from error
    if not text:
        raise ReadError(str(path), "it holds no text", "If its pages are images, give the document they were made from")
    return Source(text)


class _Reading:
    """One pass over a document; notes are numbered in the order of their calls."""

    def __init__(self, document: Document) -> None:
        self.body = document.element.body
        self.styles = Styles(document.styles.element)
        self.notes = dict(_notes(document))
        self.numbers: dict[tuple[str, str], int] = {}
        self.titled = any(self.styles.is_title(p) for p in self.body.iterchildren(qn("w:p")))

    def text(self) -> str:
        out = MarkedText()
        self._walk(self.body, out)
        written = 0
        while written < len(self.numbers):  # a note may call another one
            key = list(self.numbers)[written]
            written += 1
            paragraphs = self.notes[key].iter(qn("w:p"))
            out.note(written, " ".join("".join(self._pieces(paragraph)) for paragraph in paragraphs))
        return out.text

    def _walk(self, container: BaseOxmlElement, out: MarkedText) -> None:
        for child in container:
            if child.tag == qn("w:p"):
                self._paragraph(child, out)
            elif child.tag == qn("w:tbl"):
                self._table(child, out)
            elif child.tag in _TRANSPARENT or (child.tag == qn("w:sdt") and not _is_contents(child)):
                self._walk(child, out)

    def _paragraph(self, paragraph: BaseOxmlElement, out: MarkedText) -> None:
        text = "".join(self._pieces(paragraph))
        level = self.styles.heading_level(paragraph)
        if self.styles.is_contents(paragraph):
            return
        if self.styles.is_title(paragraph):
            out.heading(1, text)
        elif level:
            out.heading(level + self.titled, text)
        elif self.styles.is_item(paragraph):
            out.item(text)
        else:
            out.paragraph(text)
        for box in paragraph.iter(qn("w:txbxContent")):
            if not any(parent.tag == _FALLBACK for parent in box.iterancestors()):
                self._walk(box, out)

    def _pieces(self, node: BaseOxmlElement) -> Iterator[str]:
        """The words under a node, in order, with a mark where a note is called."""
        for child in node:
            if child.tag == qn("w:t"):
                yield child.text or ""
            elif child.tag in _SPACES:
                yield _SPACES[child.tag]
            elif (key := (str(child.tag), value(child, "w:id"))) in self.notes:
                yield call(self.numbers.setdefault(key, len(self.numbers) + 1))
            elif child.tag not in _SKIPPED and child.tag != _FALLBACK and not _is_hidden(child):
                yield from self._pieces(child)

    def _table(self, table: BaseOxmlElement, out: MarkedText) -> None:
        rows = table_rows(table, self._cell)
        if len(rows) == 1 or all(len(row) == 1 for row in rows):
            for cell in table.iter(qn("w:tc")):
                if next(cell.iterancestors(qn("w:tbl"))) is table:
                    self._walk(cell, out)
        else:
            out.table(rows, header=has_header(table, self.styles))

    def _cell(self, cell: BaseOxmlElement) -> tuple[str, ...]:
        inside = MarkedText()
        self._walk(cell, inside)
        return inside.blocks


def _notes(document: Document) -> Iterator[tuple[tuple[str, str], BaseOxmlElement]]:
    """Each note of the document, by the tag and the id that call it."""
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind in _NOTE_PARTS and not relation.is_external:
            for note in parse_xml(relation.target_part.blob):
                if not value(note, "w:type"):  # separators have a type
                    yield (qn(_NOTE_PARTS[kind]), value(note, "w:id")), note


def _is_hidden(run: BaseOxmlElement) -> bool:
    return run.tag == qn("w:r") and is_on(run.find(f"{qn('w:rPr')}/{qn('w:vanish')}"))


def _is_contents(block: BaseOxmlElement) -> bool:
    gallery = block.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
    return gallery is not None and value(gallery) == "Table of Contents"
