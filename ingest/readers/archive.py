"""Refuses a Word file before it is unpacked: not a zip, protected by a password, or made to fill the memory."""

import zipfile
from io import BytesIO
from pathlib import Path

from ingest.errors import ReadError

LARGEST_UNPACKED = 200_000_000
"""Bytes that all the parts of a document may hold together."""
MOST_PARTS = 5_000
HIGHEST_RATIO = 200
"""How many times smaller than its content a part may be; text and XML shrink 5 to 50 times."""
_SMALL = 1_000_000  # a part below this size does no harm, whatever its ratio
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def check_archive(path: Path, content: bytes) -> None:
    """Look at the sizes that the archive declares; `zipfile` never unpacks more than what is declared."""
    if content.startswith(_OLE):
        raise ReadError(
            str(path),
            "it is a password-protected document or one in the old .doc format",
            "Open it in Word and save it as .docx without a password",
        )
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise ReadError(
            str(path), "it is not a .docx file, or it is cut short", "Copy it again from its origin"
        ) from error
    if problem := _problem(parts):
        raise ReadError(str(path), problem, "Do not open it; ask its sender where it comes from")


def _problem(parts: list[zipfile.ZipInfo]) -> str:
    total = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS:
        return f"it holds {len(parts):,} parts, more than the {MOST_PARTS:,} accepted"
    if total > LARGEST_UNPACKED:
        return f"it unpacks to {total:,} bytes, more than the {LARGEST_UNPACKED:,} accepted"
    for part in parts:
        if part.file_size > max(_SMALL, HIGHEST_RATIO * part.compress_size):
            return f"its part {part.filename!r} is packed more than {HIGHEST_RATIO} times"
    return ""
