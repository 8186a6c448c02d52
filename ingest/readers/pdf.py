"""PDF to a source: the text of each page, one line a printed line, and the printed number of each page.

The only importer of pypdf. The text is of the same kind as that of a text edition: running heads stay on lines of
their own, hyphens at line ends stay; ligatures and the bullets of symbol fonts are decoded; tables and columns are
put in reading order (`ingest.readers.pdf_columns`). A file that is not a PDF, is protected, cut short, damaged,
scanned, or too long gives one `ReadError` that names the page where there is one.
"""

import logging
import struct
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from pypdf import PageObject, PasswordType, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from ingest.documents import Page, Source
from ingest.errors import ReadError
from ingest.readers.content import content_of
from ingest.readers.pdf_columns import in_reading_order
from ingest.readers.pdf_folios import folio_offset

LARGEST = 200_000_000
"""Bytes of the largest PDF accepted."""
MOST_PAGES = 2_000

_HEADER, _TRAILER = b"%PDF-", b"%%EOF"
_HEADER_WITHIN, _TRAILER_WITHIN = 1_024, 2_048
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_BULLETS = dict.fromkeys((0x7F, 0xF0B7, 0xF0A7), "•")  # unused codes of WinAnsi are bullets; Symbol and Wingdings
_NOISE = dict.fromkeys([*range(0x09), *range(0x0B, 0x20), *range(0x80, 0xA0), 0xFEFF])
_LETTERS = {**_NOISE, **_LIGATURES, **_BULLETS, 0xAD: "-"}  # a soft hyphen that is printed is a hyphen
_REPRINT = "Open it in a PDF viewer and print it to a new PDF"

# What damaged files make pypdf raise; its own documentation says that its tree is not all of it.
_BROKEN = (
    *(PyPdfError, DependencyError, zlib.error, struct.error, ArithmeticError, LookupError, ValueError, TypeError),
    *(AttributeError, AssertionError, RuntimeError, EOFError, OSError, MemoryError),
)

# Its warnings name objects of the file, which means nothing to an operator; what matters becomes a `ReadError`.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def read_pdf(path: Path) -> Source:
    """The text of a PDF with its pages: their printed numbers where the running heads show them, else their ranks.

    What stands before printed page 1 belongs to no page.
    """
    pages = _pages(path, _checked(path, content_of(path, LARGEST)))
    texts = [_text(path, page, rank) for rank, page in enumerate(pages, start=1)]
    if not any(text.strip() for text in texts):
        raise ReadError(str(path), "none of its pages holds text", _REPRINT)
    offset = folio_offset(texts) or 0
    numbered = [Page(rank + offset, start) for rank, start in enumerate(_starts(texts), start=1)]
    return Source("\n".join(texts) + "\n", tuple(page for page in numbered if page.number > 0))


def count_pages(path: Path) -> int:
    """How many pages a PDF has; `ReadError` as for `read_pdf`."""
    return len(_pages(path, _checked(path, content_of(path, LARGEST))))


def _checked(path: Path, content: bytes) -> bytes:
    if _HEADER not in content[:_HEADER_WITHIN]:
        raise ReadError(str(path), "it is not a PDF", "Copy it again from its origin, or correct its extension")
    if _TRAILER not in content[-_TRAILER_WITHIN:]:
        raise ReadError(str(path), "the PDF is cut short: its end is missing", "Copy it again from its origin")
    return content


def _pages(path: Path, content: bytes) -> Sequence[PageObject]:
    try:
        reader = PdfReader(BytesIO(content))
        locked = reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED
        pages = [] if locked else list(reader.pages)
    except DependencyError as error:  # an encryption that needs a library
        raise _protected(path) from error
    except _BROKEN as error:
        raise ReadError(str(path), f"the PDF is damaged ({type(error).__name__}: {error})", _REPRINT) from error
    if locked:
        raise _protected(path)
    if not pages:
        raise ReadError(str(path), "the PDF has no page", "Copy it again from its origin")
    if len(pages) > MOST_PAGES:
        raise ReadError(
            str(path), f"the PDF has {len(pages):,} pages, more than the {MOST_PAGES:,} accepted", "Split it"
        )
    return pages


def _protected(path: Path) -> ReadError:
    return ReadError(
        str(path), "the PDF is protected by a password", "Open it with its password and save it without protection"
    )


def _text(path: Path, page: PageObject, rank: int) -> str:
    """The text of one page; empty for a blank page."""
    try:
        plain = _decoded(page.extract_text())
        # Vertical space comes in tenths of a line of text, so that spaces between paragraphs and rows show.
        layout = page.extract_text(
            extraction_mode="layout", layout_mode_scale_weight=2, layout_mode_font_height_weight=0.1
        )
        scanned = not plain.strip() and bool(page.images.keys())
    except _BROKEN as error:
        raise ReadError(str(path), f"the page is damaged ({type(error).__name__}: {error})", _REPRINT, rank) from error
    if scanned:
        raise ReadError(
            str(path),
            "the page is an image without text (a scan)",
            "Recognise its text first, for example with `ocrmypdf -l fra --skip-text`, and give the result",
            rank,
        )
    return in_reading_order(plain, _decoded(layout))


def _decoded(text: str) -> str:
    """Ligatures, bullets and hyphens as one types them; control characters and halves of surrogate pairs gone."""
    return text.translate(_LETTERS).encode("utf-8", "replace").decode("utf-8")


def _starts(texts: Sequence[str]) -> Iterator[int]:
    start = 0
    for text in texts:
        yield start
        start += len(text) + 1
