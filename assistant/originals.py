"""The file that a document was read from, as it may be given to anyone.

In: a catalog entry, the stored text, the corpus. Out: the file; its text with personal data masked where it holds some
and is plain text; or why it is not given: it is missing, it is not the one that was read, or it holds personal data
that cannot be taken out of it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from assistant.web.seams import NoOriginal, Original
from ingest.catalog import CatalogEntry
from ingest.documents import Page
from ingest.errors import ReadError
from ingest.fold import MASK
from ingest.readers.pdf import count_pages

_TEXT = "text/plain; charset=utf-8"
PDF = "application/pdf"
_MEDIA_TYPES: Mapping[str, str] = {
    ".txt": _TEXT,
    ".md": _TEXT,
    ".markdown": _TEXT,
    ".html": "text/html",
    ".htm": "text/html",
    ".pdf": PDF,
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_OTHER = "application/octet-stream"


def original_of(entry: CatalogEntry, text: str, pages: Sequence[Page], corpus: Path) -> Original | NoOriginal:
    """The file of an entry whose text was stored as `text`, or why it is not given."""
    path = corpus / "documents" / entry.file
    try:
        state = path.stat()
        digest, pdf_pages = _known(path, state.st_mtime_ns, state.st_size)
    except OSError:
        return NoOriginal.MISSING
    if digest != entry.sha256:
        return NoOriginal.ALTERED
    media_type = _MEDIA_TYPES.get(path.suffix.lower(), _OTHER)
    if MASK not in text:
        return Original(entry.original_file, media_type, state.st_size, path, _page_shift(pages, pdf_pages))
    if path.suffix.lower() != ".txt":  # of the others, the stored text is a reading, not the file
        return NoOriginal.PERSONAL
    return Original(entry.original_file, _TEXT, len(text.encode()), text)


def _page_shift(pages: Sequence[Page], pdf_pages: int) -> int | None:
    """The last printed page is on the last page of the file; those before it follow one another."""
    if not pdf_pages or not pages:
        return None
    return pdf_pages - pages[-1].number


@lru_cache(maxsize=256)
def _known(path: Path, modified: int, size: int) -> tuple[str, int]:  # noqa: ARG001 (a file that changed is read again)
    """The digest of a file, and the number of its pages (0 where it has none)."""
    content = path.read_bytes()
    return hashlib.sha256(content).hexdigest(), _count(path)


def _count(path: Path) -> int:
    try:
        return count_pages(path) if path.suffix.lower() == ".pdf" else 0
    except ReadError:
        return 0
