"""Plain text to a source: UTF-8, with or without a byte order mark, or UTF-16 with one.

Newlines become line feeds; nothing else changes. The encoding is never guessed: a Windows-1252 file read as something
else would put wrong letters in quotes. What is not text, or not valid, is refused with the place of the first fault.
"""

import codecs
from pathlib import Path

from ingest.documents import Source
from ingest.errors import ReadError
from ingest.readers.content import content_of

LARGEST = 20_000_000
"""Bytes of the largest text file accepted: some ten thousand pages."""

_RESAVE = "Open it in an editor, check that its accents are right, and save it as UTF-8"
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def read_text(path: Path) -> Source:
    """The file as it stands, newlines normalised."""
    return Source(decoded(path, content_of(path, LARGEST)))


def decoded(path: Path, content: bytes, encoding: str = "utf-8") -> str:
    """Decode by the byte order mark where there is one, else as `encoding`; refuse what is not text."""
    mark, encoding = next(((m, e) for m, e in _MARKS if content.startswith(m)), (b"", encoding))
    try:
        text = content[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        offset = len(mark) + error.start
        line = content.count(b"\n", 0, offset) + 1
        raise ReadError(
            str(path),
            f"it is not valid {encoding.upper()}: byte {content[offset]:#04x} at offset {offset}, line {line}",
            _RESAVE,
        ) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ReadError(str(path), f"it is not a text file: NUL character on line {line}", _RESAVE)
    if not text.strip():
        raise ReadError(str(path), "it holds nothing but white space", "Copy it again, or take it out of the catalog")
    return text
