"""Cutting the text of a document into pieces that a page can show: plain, quoted, masked, with the turns of pages.

In: the stored text, where its pages start, the spans to highlight. Out: pieces whose texts, joined, are the text
folded. A span that makes no sense is refused here.
"""

import bisect
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.documents import Page, Run, Runs
from ingest.fold import MASK, read

MOST_SPANS = 20
_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one appearance.

    `quote` is the rank of the span that it belongs to, from 1 in the order of the text, 0 for none; `anchor` marks the
    first piece of its span; `turns` are the pages that start before it.
    """

    text: str
    quote: int = 0
    masked: bool = False
    anchor: bool = False
    turns: tuple[int, ...] = ()

    @property
    def quoted(self) -> bool:
        """Whether it belongs to a span."""
        return self.quote > 0


Pieces = tuple[Piece, ...]


def parse_span(start: str, end: str, length: int) -> Run | None:
    """The span `[start, end)` if it lies within a text of this length and holds something; None otherwise."""
    if not all(value.isascii() and value.isdecimal() and len(value) <= _DIGITS for value in (start, end)):
        return None
    span = Run(int(start), int(end))
    return span if span.start < span.end <= length else None


def parse_spans(asked: Sequence[tuple[str, str]], length: int) -> tuple[Runs, int]:
    """The spans that make sense, in the order of the text, those that touch joined; how many made none."""
    parsed = [parse_span(start, end, length) for start, end in asked[:MOST_SPANS]]
    found = sorted(span for span in parsed if span)
    joined: list[Run] = []
    for span in found:
        if joined and span.start <= joined[-1].end:
            joined[-1] = Run(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined), len(asked) - len(found)


class Cutter:
    """Cuts ranges in reading order; remembers which pages have turned, what was shown, which quotes were met."""

    def __init__(self, text: str, pages: Sequence[Page], spans: Runs) -> None:
        self.text = text
        self.met: set[int] = set()
        self._pages = list(pages)
        self._spans = spans
        self._starts = [span.start for span in spans]
        self._shown = bytearray(len(text))

    def turns(self, offset: int) -> tuple[int, ...]:
        """The pages that start at or before this offset and that were not given yet."""
        turned = tuple(page.number for page in itertools.takewhile(lambda page: page.start <= offset, self._pages))
        del self._pages[: len(turned)]
        return turned

    def shown(self, runs: Runs) -> bool:
        """Whether all that can be read in these ranges was cut before."""
        return all(self._shown[i] or self.text[i].isspace() for run in runs for i in range(run.start, run.end))

    def cut(self, runs: Runs, *, turning: bool = True) -> Pieces:
        """The pieces of these ranges; `turning` is False for what stands aside from the pages, such as notes."""
        for run in runs:
            self._shown[run.start : run.end] = b"\x01" * (run.end - run.start)
        reading = read(self.text, runs)
        if self._plain(reading.text, runs, turning=turning):
            return (Piece(reading.text),)
        pieces: list[Piece] = []
        begun, look = 0, (0, False)
        turned: tuple[int, ...] = ()
        for i, (character, origin) in enumerate(zip(reading.text, reading.origins, strict=True)):
            found = (self._quote_at(origin), character == MASK)
            turns = self.turns(origin) if turning else ()
            if i and (turns or found != look):
                pieces.append(self._piece(reading.text[begun:i], look, turned))
                begun, turned = i, ()
            look, turned = found, turned + turns
        pieces.append(self._piece(reading.text[begun:], look, turned))
        return tuple(pieces)

    def title(self, words: str, runs: Runs) -> Pieces:
        """A heading, cut where its words are those of its ranges; else whole, and quoted if a span meets it."""
        if read(self.text, runs).text == words:
            return self.cut(runs, turning=False)
        met = next((quote for run in runs if (quote := self._quote_over(run))), 0)
        return (self._piece(words, (met, False), ()),)

    def _plain(self, words: str, runs: Runs, *, turning: bool) -> bool:
        """Whether nothing happens in these ranges: most of a document, and so worth telling at once."""
        turned = turning and bool(self._pages) and self._pages[0].start < runs[-1].end
        return not turned and MASK not in words and not any(self._quote_over(run) for run in runs)

    def _quote_at(self, offset: int) -> int:
        rank = bisect.bisect_right(self._starts, offset)
        return rank if rank and offset < self._spans[rank - 1].end else 0

    def _quote_over(self, run: Run) -> int:
        """The first span that shares something with this range."""
        met = (rank for rank, span in enumerate(self._spans, start=1) if run.start < span.end and span.start < run.end)
        return next(met, 0)

    def _piece(self, text: str, look: tuple[int, bool], turns: Iterable[int]) -> Piece:
        quote, masked = look
        anchor = quote > 0 and quote not in self.met
        self.met |= {quote} - {0}
        return Piece(text, quote, masked, anchor, tuple(turns))
