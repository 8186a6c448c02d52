"""CSV as spreadsheets of any language write it: bytes to rows of text, with the line where each row starts.

UTF-8 with or without its mark, UTF-16 with its mark, else Windows-1252 (French Excel); `;`, `,` or tab, told by the
heading. Refuses bytes that are no text.
"""

import csv
import io
import re
from collections.abc import Iterator

_DELIMITERS = ";\t,"
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_FIELD_LIMIT = 10_000_000
_FORMULA = re.compile(r"'*[=+\-@]")


def rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """(line from 1, cells) of every row that is not blank. `ValueError` says why it cannot be read."""
    text = decoded(content)
    csv.field_size_limit(_FIELD_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    start = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield start, [cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell for cell in row]
            start = reader.line_num + 1
    except csv.Error as error:
        raise ValueError(f"line {start}: {error}") from error


def decoded(content: bytes) -> str:
    """The text of the bytes. `ValueError` when it is no text in these encodings."""
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ValueError("not text: it holds null bytes")
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def written(table: list[list[str]]) -> bytes:
    """What French Excel opens with a double click: `;`, UTF-8 with its mark; a leading `=` is no formula."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows([_safe(cell) for cell in row] for row in table)
    return out.getvalue().encode("utf-8-sig")


def _delimiter(text: str) -> str:
    """The one that the heading has most of, outside its quotes."""
    heading = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(part for place, part in enumerate(heading.split('"')) if place % 2 == 0)
    return max(_DELIMITERS, key=outside.count)


def _safe(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell
