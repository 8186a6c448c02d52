"""Lines of unmarked running text to blocks: where a paragraph ends, what is a heading, a bullet, a contact."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.lines import Line

BULLETS = "•▪●◦‣∙■□➢✓"
_DASHES = ("- ", "– ", "— ", "* ", "· ")
_BULLET_INSIDE = re.compile(rf"\s(?=[{BULLETS}]\s)")
TABLE_HEADER = re.compile(r"^\S+(\s\S+)?\s+Exemples?$")
_LIST_ITEM = re.compile(r"^(\d{1,2}|[a-z])[.)]\s")
_CONTACT = re.compile(
    r"^(courriel|téléphone|tél\.|télécopieur|site web|adresse|e-?mail|phone|website)\s*:", re.IGNORECASE
)
_DATE = re.compile(r"\b\d{1,2}(er)? [a-zéû]+ \d{4}$")
_SENTENCE_END = (".", "!", "?", ":", "…", "»", "”")
_TERMINAL = (*_SENTENCE_END, ";", ",")
_HEADING_WIDTH = 0.9
_SECOND_LINE_WIDTH = 0.6
_PARAGRAPH_WIDTH = 0.85
_LOOKAHEAD = 4
_MOSTLY = 0.5


class BlockKind(StrEnum):
    """What a group of lines is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TABLE_HEADER = "table_header"
    CATEGORY = "category"
    BULLET = "bullet"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together."""

    kind: BlockKind
    lines: tuple[Line, ...]


def blocks(body: Sequence[Line], page_starts: frozenset[int] = frozenset()) -> Iterator[Block]:
    """Group the lines of the body; the order is kept and every line with text is in exactly one block.

    `page_starts` are the offsets of the first lines of pages: a sentence that ends there ends its paragraph.
    """
    return _Blocks(body, page_starts).read()


class _Blocks:
    def __init__(self, body: Sequence[Line], page_starts: frozenset[int]) -> None:
        self.rows: list[Line] = []
        self.after_blank: list[bool] = []
        self.page_starts = page_starts
        blank = True
        for line in body:
            for piece in _split_at_bullet(line) if line.text else ():
                self.rows.append(piece)
                self.after_blank.append(blank)
                blank = False
            blank = blank or not line.text
        lengths = sorted(len(row.text) for row in self.rows)
        self.width = lengths[int(len(lengths) * 0.9)] if lengths else 0
        full = [i for i, row in enumerate(self.rows[:-1]) if len(row.text) > _HEADING_WIDTH * self.width]
        wrapped = [i for i in full if not self.rows[i].text.endswith(_SENTENCE_END)]
        self.spaced = sum(self.after_blank[i + 1] for i in wrapped) > _MOSTLY * len(wrapped)
        self.by_width = self.spaced or not any(self.after_blank[1:])  # blank lines do not tell paragraphs apart
        dashes = Counter(row.text[:2] for row in self.rows)
        self.dashes = tuple(dash for dash in _DASHES if dashes[dash] > 1)

    def read(self) -> Iterator[Block]:
        i = 0
        in_table = False
        while i < len(self.rows):
            kind, end = self._block(i, in_table=in_table)
            in_table = kind is BlockKind.TABLE_HEADER or (in_table and kind in {BlockKind.CATEGORY, BlockKind.BULLET})
            yield Block(kind, tuple(self.rows[i:end]))
            i = end

    def _block(self, i: int, *, in_table: bool) -> tuple[BlockKind, int]:
        if TABLE_HEADER.match(self._text(i)):
            return BlockKind.TABLE_HEADER, i + 1
        if self._is_bullet(i):
            return BlockKind.BULLET, self._bullet_end(i)
        if in_table and (end := self._category_end(i)):
            return BlockKind.CATEGORY, end
        if end := self._contact_end(i):
            return BlockKind.CONTACT, end
        if end := self._heading_end(i):
            return BlockKind.HEADING, end
        return BlockKind.PARAGRAPH, self._paragraph_end(i)

    def _text(self, i: int) -> str:
        return self.rows[i].text if i < len(self.rows) else ""

    def _is_bullet(self, i: int) -> bool:
        return bool(self._text(i)) and (self._text(i)[0] in BULLETS or self._text(i).startswith(self.dashes))

    def _bullet_end(self, i: int) -> int:
        end = i + 1
        while end < len(self.rows) and not self._is_bullet(end) and not self._text(end - 1).endswith((".", ";")):
            if self.after_blank[end] and not self.spaced and not self._text(end)[0].islower():
                break
            end += 1
        return end

    def _category_end(self, i: int) -> int:
        """End of the short lines that stand before the first bullet of a table row; 0 when this is not a row."""
        for end in range(i, min(i + _LOOKAHEAD, len(self.rows)) + 1):
            if self._is_bullet(end):
                return end
            if self._text(end).endswith(_TERMINAL):
                return 0
        return 0

    def _contact_end(self, i: int) -> int:
        end = 0
        for j in range(i, min(i + _LOOKAHEAD, len(self.rows))):
            if _CONTACT.match(self._text(j)):
                end = j + 1
            elif end or self._text(j).endswith((".", ";", ",")):
                break
        return end

    def _heading_end(self, i: int) -> int:
        """End of a heading of one or two lines; 0 when the line at `i` is none."""
        text = self._text(i)
        if (
            len(text) > _HEADING_WIDTH * self.width
            or text.endswith(_TERMINAL)
            or not (text[0].isupper() or text[0].isdigit())
            or _LIST_ITEM.match(text)
            or _DATE.search(text)
        ):
            return 0
        second, third = self._text(i + 1), self._text(i + 2)
        if second and not second[0].islower():
            return i + 1
        if (
            second
            and third
            and len(second) <= _SECOND_LINE_WIDTH * self.width
            and not second.endswith(_TERMINAL)
            and not third[0].islower()
        ):
            return i + 2
        return 0

    def _paragraph_end(self, i: int) -> int:
        end = i + 1
        while end < len(self.rows) and not self._breaks_before(end):
            end += 1
        return end

    def _breaks_before(self, i: int) -> bool:
        before, text = self._text(i - 1), self._text(i)
        if _LIST_ITEM.match(text):
            return False
        if self._is_bullet(i) or TABLE_HEADER.match(text):
            return True
        if not before.endswith(_SENTENCE_END):
            over_page = self.rows[i].start in self.page_starts and text[0].islower()
            return self.after_blank[i] and not (self.spaced or over_page or self._signature(i))
        if text.endswith(":") and (self._is_bullet(i + 1) or TABLE_HEADER.match(self._text(i + 1))):
            return True
        if self.rows[i].start in self.page_starts or self._heading_end(i) or self._contact_end(i):
            return True
        return len(before) < _PARAGRAPH_WIDTH * self.width if self.by_width else self.after_blank[i]

    def _signature(self, i: int) -> bool:
        """Whether the lines before and at `i` are a short line ended by a comma and a short one (« Le ministre, »)."""
        short = _SECOND_LINE_WIDTH * self.width
        before, text = self._text(i - 1), self._text(i)
        return before.endswith(",") and len(before) < short and len(text) < short


def _split_at_bullet(line: Line) -> Iterator[Line]:
    """A line with a bullet inside (a row's category and its first example on one line) as two."""
    start = 0
    for match in [*_BULLET_INSIDE.finditer(line.text), None]:
        stop = match.start() if match else len(line.text)
        piece = line.text[start:stop].rstrip()
        yield Line(piece, line.start + start, line.start + start + len(piece), line.number)
        start = match.end() if match else stop
