"""Markdown to a source in our marked-up form (see `ingest.readers.markup`), which it already resembles.

Emphasis, code marks, images, link targets, HTML tags and comments, front matter and rules go; pipe tables become
rows of cells apart by tabs; every kind of bullet becomes `- `. The words stay, in their order. A file that is in our
form already comes out unchanged.
"""

import html
import re
from collections.abc import Sequence
from pathlib import Path

from ingest.documents import Source
from ingest.errors import ReadError
from ingest.readers.content import content_of
from ingest.readers.markup import ITEM, RULE
from ingest.readers.text import LARGEST, decoded

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r"^ {0,3}(?:(=+)|-{2,})[ \t]*$")
_THEMATIC_BREAK = re.compile(r"^ {0,3}(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$")
_BULLET = re.compile(r"^\s*[-*+•][ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)")
_NUMBERED = re.compile(r"^\s*(\d{1,3})[.)][ \t]+(?=\S)")
_QUOTED = re.compile(r"^ {0,3}>[ \t]?")
_REFERENCE = re.compile(r"^ {0,3}\[[^\]^][^\]]*\]:[ \t]+\S")
_PIPE_RULE = re.compile(r"^\s*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?\s*$")
_PIPE = re.compile(r"(?<!\\)\|")

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_HELD = 0xE000  # private use: an escaped character waits there, safe from the patterns below
_INLINE = (
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),  # image
    (re.compile(r"\[(?!\^)([^\[\]]*)\](?:\([^)]*\)|\[[^\]]*\])"), r"\1"),  # link
    (re.compile(r"<((?:https?|mailto):[^<>\s]+|[^<>\s@]+@[^<>\s]+)>"), r"\1"),  # bare link
    (re.compile(r"<br\s*/?>", re.IGNORECASE), " "),
    (re.compile(r"</?[A-Za-z][^<>]*>"), ""),  # tag
    (re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)"), r"\2"),  # code
    (re.compile(r"(\*\*|~~)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<!\w)__(?=\S)(.+?)(?<=\S)__(?!\w)"), r"\1"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=[^\s_])(.+?)(?<=[^\s_])_(?![\w_])"), r"\1"),
)


def read_markdown(path: Path) -> Source:
    """The words of a Markdown file in the marked-up form."""
    text = marked(decoded(path, content_of(path, LARGEST)))
    if not text.strip():
        raise ReadError(str(path), "it holds marks but no text", "Copy it again, or take it out of the catalog")
    return Source(text)


def marked(text: str) -> str:
    """Rewrite Markdown line by line in the marked-up form."""
    rows = _COMMENT.sub("", _FRONT_MATTER.sub("", text)).split("\n")
    out: list[str] = []
    columns = 0
    for i, raw in enumerate(rows):
        line = _QUOTED.sub("", raw).rstrip(" ")
        below = rows[i + 1] if i + 1 < len(rows) else ""
        if "|" in line and _PIPE_RULE.match(below) and not _PIPE_RULE.match(line):
            columns = len(_cells(line))
        elif "|" not in line:
            columns = 0
        _take(out, line, columns)
    return "\n".join(out)


def _take(out: list[str], line: str, columns: int) -> None:
    """Write one line below those already written."""
    before = out[-1] if out else ""
    heading = _HEADING.match(line)
    if columns:
        out.append("\t".join([RULE] * columns if _PIPE_RULE.match(line) else _row(line, columns)))
    elif "\t" in line.strip() or ("\t" in line and "\t" in before):
        out.append("\t".join(_inline(cell) for cell in line.split("\t")))
    elif heading:
        out.append(f"{heading[1]} {_inline(heading[2])}")
    elif (underline := _UNDERLINE.match(line)) and _is_words(before):
        out[-1] = f"{'#' if underline[1] else '##'} {before}"
    elif not (_FENCE.match(line) or _THEMATIC_BREAK.match(line) or _REFERENCE.match(line)):
        out.append(_item(line, before) or _inline(line.strip()))


def _is_words(line: str) -> bool:
    return bool(line) and not line.startswith(("#", ITEM)) and "\t" not in line


def _item(line: str, before: str) -> str:
    """The line as an item of a list, or nothing. Inside a paragraph only the number 1 can start a list."""
    if bullet := _BULLET.match(line):
        return ITEM + _inline(line[bullet.end() :])
    numbered = _NUMBERED.match(line)
    if numbered and (not before or before.startswith(ITEM) or numbered[1] == "1"):
        return ITEM + _inline(line[numbered.end() :])
    return ""


def _cells(line: str) -> list[str]:
    return _PIPE.split(re.sub(r"(?<!\\)\|$", "", line.strip().removeprefix("|")))


def _row(line: str, columns: int) -> Sequence[str]:
    cells = [_inline(cell.strip()).replace("\t", " ") for cell in _cells(line)]
    return [*cells, *[""] * (columns - len(cells))]


def _inline(text: str) -> str:
    text = _ESCAPED.sub(lambda match: chr(_HELD + ord(match[1])), text)
    for pattern, kept in _INLINE:
        text = pattern.sub(kept, text)
    text = "".join(chr(ord(c) - _HELD) if _HELD < ord(c) < _HELD + 128 else c for c in text)
    return html.unescape(text)
