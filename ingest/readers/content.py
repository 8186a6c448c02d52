"""The bytes of a file, or one `ReadError` that says why there are none: missing, empty, a folder, too large."""

from pathlib import Path

from ingest.errors import ReadError


def content_of(path: Path, largest: int) -> bytes:
    """Read a file of at most `largest` bytes. An empty file is refused: it is always a mistake in a corpus."""
    try:
        size = path.stat().st_size
        if size > largest:
            raise ReadError(
                str(path),
                f"the file holds {size:,} bytes, more than the {largest:,} accepted",
                "Split it, or export it again without its images",
            )
        content = path.read_bytes()
    except OSError as error:
        raise ReadError(
            str(path), f"the file cannot be opened ({error.strerror})", "Check its name and its permissions"
        ) from error
    if not content:
        raise ReadError(str(path), "the file is empty", "Copy it again from its origin, or take it out of the catalog")
    return content
