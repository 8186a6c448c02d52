"""A file of the corpus to a source, by its extension. What cannot be read gives one `ReadError` with its remedy."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.catalog import PageStart
from ingest.documents import Page, Source
from ingest.errors import ReadError
from ingest.readers.docx import read_docx
from ingest.readers.html_page import read_html
from ingest.readers.markdown import read_markdown
from ingest.readers.pdf import read_pdf
from ingest.readers.text import read_text

Reader = Callable[[Path], Source]

READERS: Mapping[str, Reader] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".html": read_html,
    ".htm": read_html,
}
_MARKED = frozenset({".md", ".markdown", ".docx", ".html", ".htm"})


def is_marked(path: Path) -> bool:
    """Whether files of this extension give marked-up text, to be read with the layout `marked`; else `prose`."""
    return path.suffix.lower() in _MARKED


def read_file(path: Path, page_starts: Sequence[PageStart] = ()) -> Source:
    """The text of a file and where its pages start.

    `page_starts` are the catalog's: the line of a text edition at which each printed page starts. They replace the
    pages that the file itself shows.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise ReadError(
            str(path), f"files {path.suffix or 'without extension'!r} are not read", f"Accepted: {', '.join(READERS)}"
        )
    source = reader(path)
    return replace(source, pages=_pages(path, source.text, page_starts)) if page_starts else source


def _pages(path: Path, text: str, page_starts: Sequence[PageStart]) -> tuple[Page, ...]:
    offsets = [0]
    for line in text.split("\n"):
        offsets.append(offsets[-1] + len(line) + 1)
    beyond = [start for start in page_starts if start.line >= len(offsets)]
    if beyond:
        raise ReadError(
            str(path),
            f"page {beyond[0].page} is said to start at line {beyond[0].line}, but there are {len(offsets) - 1} lines",
            "Correct its `pages` in catalog.yaml",
            beyond[0].page,
        )
    ordered = sorted(page_starts, key=lambda start: start.line)
    return tuple(Page(start.page, offsets[start.line - 1]) for start in ordered)
