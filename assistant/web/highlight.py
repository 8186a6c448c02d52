"""Cutting the text of a document into pieces that a page can show: plain, quoted, masked, with the turns of pages.

In: the stored text, where its pages start, the span to highlight. Out: pieces whose texts, joined, are the text folded.
A span that makes no sense is refused here, with no span as the result.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.documents import Page, Run, Runs
from ingest.fold import MASK, read

_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one appearance; `turns` are the pages that start before it, `anchor` marks the first of the quote."""

    text: str
    quoted: bool = False
    masked: bool = False
    anchor: bool = False
    turns: tuple[int, ...] = ()


Pieces = tuple[Piece, ...]


def parse_span(start: str, end: str, length: int) -> Run | None:
    """The span `[start, end)` if it lies within a text of this length and holds something; None otherwise."""
    if not all(value.isascii() and value.isdecimal() and len(value) <= _DIGITS for value in (start, end)):
        return None
    span = Run(int(start), int(end))
    return span if span.start < span.end <= length else None


class Cutter:
    """Cuts ranges in reading order; remembers which pages have turned, what was shown, whether the quote was met."""

    def __init__(self, text: str, pages: Sequence[Page], span: Run | None) -> None:
        self.text = text
        self.quote_met = False
        self._pages = list(pages)
        self._span = span or Run(0, 0)
        self._shown = bytearray(len(text))

    def turns(self, offset: int) -> tuple[int, ...]:
        """The pages that start at or before this offset and that were not given yet."""
        turned = []
        while self._pages and self._pages[0].start <= offset:
            turned.append(self._pages.pop(0).number)
        return tuple(turned)

    def shown(self, runs: Runs) -> bool:
        """Whether all that can be read in these ranges was cut before."""
        return all(self._shown[i] or self.text[i].isspace() for run in runs for i in range(run.start, run.end))

    def cut(self, runs: Runs, *, turning: bool = True) -> Pieces:
        """The pieces of these ranges; `turning` is False for what stands aside from the pages, such as notes."""
        for run in runs:
            self._shown[run.start : run.end] = b"\x01" * (run.end - run.start)
        reading = read(self.text, runs)
        pieces: list[Piece] = []
        begun, look = 0, (False, False)
        turned: tuple[int, ...] = ()
        for i, (character, origin) in enumerate(zip(reading.text, reading.origins, strict=True)):
            found = self._look(character, origin)
            turns = self.turns(origin) if turning else ()
            if i and (turns or found != look):
                pieces.append(self._piece(reading.text[begun:i], look, turned))
                begun, turned = i, ()
            look, turned = found, turned + turns
        pieces.append(self._piece(reading.text[begun:], look, turned))
        return tuple(pieces)

    def title(self, words: str, runs: Runs) -> Pieces:
        """A heading, cut where its words are those of its ranges; else whole, and quoted if the span meets it."""
        if read(self.text, runs).text == words:
            return self.cut(runs, turning=False)
        met = any(run.start < self._span.end and self._span.start < run.end for run in runs)
        return (self._piece(words, (met, False), ()),)

    def _look(self, character: str, origin: int) -> tuple[bool, bool]:
        return self._span.start <= origin < self._span.end, character == MASK

    def _piece(self, text: str, look: tuple[bool, bool], turns: Iterable[int]) -> Piece:
        quoted, masked = look
        anchor = quoted and not self.quote_met
        self.quote_met = self.quote_met or quoted
        return Piece(text, quoted, masked, anchor, tuple(turns))
