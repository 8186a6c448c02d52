"""Real PDF and Word files made for the tests."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

LEFT, RIGHT_COLUMN, HANGING = 60, 210, 10
PITCH, PARAGRAPH = 12, 8
_LONG = 90
_THIN_SPACES = str.maketrans("\u2009\u202f", "\u00a0\u00a0")


@dataclass(frozen=True)
class Drawn:
    """A piece of text on a page: where it starts, and how far below the piece before (0: on the same line)."""

    text: str
    x: float = LEFT
    down: float = PITCH
    rise: float = 0


def pdf(path: Path, pages: Iterable[Sequence[Drawn | str]], size: float = 8) -> Path:
    """A PDF with these lines on its pages, drawn in this order."""
    canvas = Canvas(str(path), pagesize=(612, 1100), pageCompression=0)
    for page in pages:
        text = canvas.beginText()
        y = 1080.0
        for piece in page:
            drawn = piece if isinstance(piece, Drawn) else Drawn(piece)
            y -= drawn.down
            text.setFont("Helvetica", size - (3 if drawn.rise else 0))
            text.setTextOrigin(drawn.x, y + drawn.rise)
            text.textOut(drawn.text.translate(_THIN_SPACES))
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return path


def paragraphs(lines: Sequence[str]) -> list[Drawn]:
    """Lines of running text, space below those that end a paragraph."""
    out: list[Drawn] = []
    for line in lines:
        before = out[-1].text if out else ""
        ends = before.endswith((".", ";", ":", "»")) or not line[0].islower()
        out.append(Drawn(line, down=PITCH + PARAGRAPH * (len(before) < _LONG and ends)))
    return out


def table(rows: Sequence[tuple[Sequence[str], Sequence[str]]], *, by_line: bool) -> list[Drawn]:
    """A two-column table, drawn line by line across both cells, or cell by cell."""
    out: list[Drawn] = []
    for left, right in rows:
        above = PITCH + PARAGRAPH
        cells = [(i, LEFT, line) for i, line in enumerate(left)]
        cells += [(i, RIGHT_COLUMN + HANGING * (not line.startswith("•")), line) for i, line in enumerate(right)]
        if by_line:
            cells.sort(key=lambda cell: cell[0])
        at = -1
        for i, x, line in cells:
            down = (above if at < 0 else 0) + PITCH * (i - max(at, 0))
            out.append(Drawn(line, x, down))
            at = i
        bottom = max(len(left), len(right)) - 1
        out.append(Drawn("", LEFT, PITCH * (bottom - at)))
    return out


def guide_pages(edition: str, starts: Sequence[int], *, by_line: bool = True) -> list[list[Drawn]]:
    """The pages of the guide as a PDF would print them, from its text edition and the lines its pages start at."""
    lines = edition.split("\n")
    bounds = [0, *(start - 1 for start in starts), len(lines)]
    pages = []
    for number, (first, last) in enumerate(pairwise(bounds)):
        body = [line for line in lines[first:last] if not re.match(r"^ ?\d+ Ministère de l’Éducation", line)]
        head = [f"{number} Ministère de l’Éducation"] if number else []
        pages.append([*map(Drawn, head), *_guide_page(body, by_line=by_line)])
    return pages


def _guide_page(lines: Sequence[str], *, by_line: bool) -> list[Drawn]:
    blocks = [piece for block in "\n".join(lines).split("\n\n") if (piece := _stripped(block))]
    out: list[Drawn] = []
    running: list[str] = []
    i = 0
    while i < len(blocks):
        if re.match(r"^Actions Exemples$", blocks[i][0]):
            rows, i = _guide_rows(blocks, i)
            out += [*paragraphs(running), *table(rows, by_line=by_line), Drawn("", down=PARAGRAPH)]
            running = []
        else:
            running += blocks[i]
            i += 1
    return out + paragraphs(running)


def _stripped(block: str) -> list[str]:
    return [line.strip() for line in block.split("\n") if line.strip()]


def _guide_rows(blocks: Sequence[list[str]], i: int) -> tuple[list[tuple[list[str], list[str]]], int]:
    """Rows of a table of examples: a cell of short lines, then its bullets, with a blank line between them."""
    rows = [(["Actions"], ["Exemples"])]
    i += 1
    while i < len(blocks):
        first = blocks[i][0]
        follows = i + 1 < len(blocks) and blocks[i + 1][0].startswith("•")
        if first.startswith("•"):
            rows[-1][1].extend(blocks[i])
        elif " • " in first:
            left, right = first.split(" • ", 1)
            rows.append(([left], [f"• {right}", *blocks[i][1:]]))
        elif follows and not first.endswith((".", ":")):
            rows.append((list(blocks[i]), []))
        else:
            break
        i += 1
    return rows, i


def scanned(path: Path, *, pages_with_text: Sequence[int] = (), pages: int = 2) -> Path:
    """A PDF whose pages are images, but for some."""
    canvas = Canvas(str(path))
    picture = ImageReader(Image.new("RGB", (20, 20), "grey"))
    for rank in range(1, pages + 1):
        if rank in pages_with_text:
            canvas.drawString(72, 700, "Une page de texte.")
        else:
            canvas.drawImage(picture, 72, 400, 200, 200)
        canvas.showPage()
    canvas.save()
    return path


def encrypted(path: Path, *, user: str, algorithm: str) -> Path:
    """A PDF that needs a password; with an empty one, a PDF that only forbids changes."""
    plain = PdfReader(pdf(path.with_suffix(".plain.pdf"), [["Texte protégé."]]))
    writer = PdfWriter(clone_from=plain)
    writer.encrypt(user_password=user, owner_password="propriétaire", algorithm=algorithm)
    writer.write(path)
    return path


def with_footnotes(document: Document, notes: Sequence[str]) -> None:
    """Give a Word document footnotes, numbered 1 and up; call them with `call_footnote`."""
    body = "".join(
        f'<w:footnote w:id="{i}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {note}</w:t></w:r>'
        "</w:p></w:footnote>"
        for i, note in enumerate(notes, start=1)
    )
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    separator = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    xml = f'<w:footnotes xmlns:w="{main}">{separator}{body}</w:footnotes>'
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def call_footnote(paragraph: Paragraph, note: int) -> None:
    """Call a footnote at the end of what the paragraph holds so far."""
    run = paragraph.add_run()
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(note))
    run._r.append(reference)


def rezipped(path: Path, change: dict[str, bytes]) -> Path:
    """A Word file with some of its parts replaced or added."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()} | change
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    path.write_bytes(out.getvalue())
    return path
