"""Marked-up text (see `ingest.readers.markup`) to blocks: titles, paragraphs, lists, tables, notes, each as ranges.

The marks themselves (`#`, `- `, `[^1]:`, lines of `--`) are set aside with the reason to drop them. Every character
that is not white space is in exactly one block or one mark.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.documents import Dropped, DropReason, Run

_TITLE = re.compile(r"^(#{1,6})[ ]+(?=\S)")
_ITEM = re.compile(r"^\s*(-)[ ]+(?=\S)")
_NOTE = re.compile(r"^(\[\^([^\]\s]+)\]:)")
_RULE = re.compile(r"^\s*(-{2,}\s*)+$")


@dataclass(frozen=True, slots=True)
class Title:
    """A heading; level 1 is the outermost."""

    level: int
    run: Run


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of running text."""

    run: Run


@dataclass(frozen=True, slots=True)
class Listing:
    """The items of a list."""

    items: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a cell may be empty, and so may be the header."""

    header: tuple[Run, ...]
    rows: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A note and the label that calls it."""

    label: str
    run: Run


Block = Title | Paragraph | Listing | Table | Note


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    start: int

    def run(self, skip: int = 0) -> Run:
        """The line from its `skip`-th character on, without white space around it."""
        text = self.text[skip:]
        start = self.start + skip + len(text) - len(text.lstrip())
        return Run(start, max(start, self.start + len(self.text.rstrip())))


def parse(text: str) -> tuple[list[Block], list[Dropped]]:
    """Blocks in order, and the marks."""
    return _Parser(text).parse()


class _Parser:
    def __init__(self, text: str) -> None:
        self.rows: list[_Row] = []
        offset = 0
        for line in text.split("\n"):
            self.rows.append(_Row(line, offset))
            offset += len(line) + 1
        self.at = 0
        self.blocks: list[Block] = []
        self.dropped: list[Dropped] = []

    def parse(self) -> tuple[list[Block], list[Dropped]]:
        while self.at < len(self.rows):
            line = self.rows[self.at].text
            if not line.strip():
                self.at += 1
            elif match := _TITLE.match(line):
                self._drop(match, DropReason.MARKUP)
                self.blocks.append(Title(len(match[1]), self.rows[self.at].run(match.end())))
                self.at += 1
            elif match := _NOTE.match(line):
                self._drop(match, DropReason.MARKUP)
                self.blocks.append(Note(match[2], self._words(match.end())))
            elif "\t" in line:
                self._table(self._while(lambda row: "\t" in row))
            elif _ITEM.match(line):
                self._listing()
            else:
                self.blocks.append(Paragraph(self._words(0)))
        return self.blocks, self.dropped

    def _drop(self, match: re.Match[str], reason: DropReason) -> None:
        start = self.rows[self.at].start
        self.dropped.append(Dropped(Run(start + match.start(1), start + match.end(1)), reason))

    def _while(self, belongs: Callable[[str], bool]) -> Sequence[_Row]:
        first = self.at
        while self.at < len(self.rows) and belongs(self.rows[self.at].text):
            self.at += 1
        return self.rows[first : self.at]

    def _words(self, skip: int) -> Run:
        """The running text that starts on this line and goes on to a blank line or to a mark."""
        start = self.rows[self.at].run(skip)
        self.at += 1
        more = self._while(lambda row: bool(row.strip()) and not _is_marked(row))
        return Run(start.start, more[-1].run().end) if more else start

    def _listing(self) -> None:
        """Items on neighbouring lines or with blank lines between them."""
        items: list[Run] = []
        while self.at < len(self.rows) and (match := _ITEM.match(self.rows[self.at].text)):
            self._drop(match, DropReason.BULLET)
            items.append(self._words(match.end()))
            after = self.at
            self._while(lambda row: not row.strip())
            if self.at == len(self.rows) or not _ITEM.match(self.rows[self.at].text):
                self.at = after
        self.blocks.append(Listing(tuple(items)))

    def _table(self, lines: Sequence[_Row]) -> None:
        rows = [_cells(line) for line in lines if not _RULE.match(line.text)]
        for line in lines:
            if _RULE.match(line.text):
                self.dropped += [Dropped(cell, DropReason.MARKUP) for cell in _cells(line)]
        has_header = len(lines) > 1 and bool(_RULE.match(lines[1].text)) and not _RULE.match(lines[0].text)
        self.blocks.append(Table(rows[0] if has_header else (), tuple(rows[1:] if has_header else rows)))


def _is_marked(line: str) -> bool:
    return "\t" in line or any(mark.match(line) for mark in (_TITLE, _NOTE, _ITEM))


def _cells(line: _Row) -> tuple[Run, ...]:
    cells: list[Run] = []
    start = line.start
    for text in line.text.split("\t"):
        cells.append(_Row(text, start).run())
        start += len(text) + 1
    return tuple(cells)
