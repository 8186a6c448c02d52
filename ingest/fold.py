"""Reading ranges of a source as a person would, without losing where each character stands.

`fold` is the only normalisation a quote undergoes: a run of white space becomes one space (a lone non-breaking
space is kept as it is). `read` joins ranges and folds them, and can cut any stretch back into verbatim quotes.
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ingest.documents import Run, Runs

_SPACE = re.compile(r"\s+")
_NON_BREAKING = frozenset("\u00a0\u2009\u202f")
MASK = "█"


def fold(text: str) -> str:
    """White space folded: any run becomes one space, except that a lone non-breaking space stays."""
    return _SPACE.sub(lambda match: _space(match[0]), text)


def _space(run: str) -> str:
    return run if run in _NON_BREAKING else " "


def mask(text: str, runs: Iterable[Run]) -> str:
    """The text with these ranges replaced, length kept, so that every offset stays good."""
    characters = list(text)
    for run in runs:
        for i in range(run.start, run.end):
            if not characters[i].isspace():
                characters[i] = MASK
    return "".join(characters)


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch that stands character for character, white space folded, at `[start, end)` of its source."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """Folded text with the source offset of each of its characters.

    `gaps` are the positions in `text` before which something of the source was left out: no quote crosses one.
    """

    text: str
    origins: tuple[int, ...]
    gaps: frozenset[int]

    def quotes(self, start: int = 0, end: int | None = None) -> tuple[Quote, ...]:
        """Verbatim quotes that cover `text[start:end]`, cut at the gaps; a word cut by a gap is left out."""
        end = len(self.text) if end is None else end
        cuts = [start, *sorted(gap for gap in self.gaps if start < gap < end), end]
        pieces = (self._trim(a, b) for a, b in itertools.pairwise(cuts))
        return tuple(
            Quote(self.text[a:b], self.origins[a], self.origins[b - 1] + 1)
            for a, b in pieces
            if any(character.isalnum() for character in self.text[a:b])
        )

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        text = self.text
        if start in self.gaps and _inside_word(text, start):
            while start < end and not text[start].isspace():
                start += 1
        if end in self.gaps and _inside_word(text, end):
            while end > start and not text[end - 1].isspace():
                end -= 1
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return start, end


def _inside_word(text: str, position: int) -> bool:
    before, after = text[position - 1 : position], text[position : position + 1]
    return (before.isalnum() or before == "-") and after.isalnum()


def read(source: str, runs: Runs) -> Reading:
    """Follow the ranges in order; fold; note where something was left out between two of them."""
    characters: list[str] = []
    origins: list[int] = []
    gaps: set[int] = set()
    for number, run in enumerate(runs):
        if number and runs[number - 1].end != run.start:
            gaps.add(len(characters))
        characters.extend(source[run.start : run.end])
        origins.extend(range(run.start, run.end))
    return _folded("".join(characters), origins, gaps)


def _folded(text: str, origins: list[int], gaps: set[int]) -> Reading:
    out: list[str] = []
    places: list[int] = []
    kept_gaps: set[int] = set()
    position = 0
    for match in re.finditer(r"\s+|\S+", text):
        start, end = match.span()
        inner = [gap for gap in gaps if start <= gap < end]
        if match[0].isspace():
            if position and end < len(text):
                out.append(_space(match[0]))
                places.append(origins[start])
                kept_gaps.update(position for _ in inner)
                position += 1
            elif inner:
                kept_gaps.add(position)
        else:
            out.append(match[0])
            places.extend(origins[start:end])
            kept_gaps.update(position + gap - start for gap in inner)
            position += end - start
    return Reading("".join(out), tuple(places), frozenset(kept_gaps - {0}))


def cut(reading: Reading, runs: Runs, start: int, end: int) -> Runs:
    """The ranges that `reading.text[start:end]` was read from; all of them where they do not follow the source."""
    first, last = reading.origins[start], reading.origins[end - 1] + 1
    if any(after.start < before.end for before, after in itertools.pairwise(runs)):
        return runs
    kept = (Run(max(run.start, first), min(run.end, last)) for run in runs)
    return tuple(run for run in kept if run.start < run.end)


def find(text: str, quote: str) -> Iterator[Run]:
    """Every place where a quote stands in a text, white space folded and apostrophes made equal."""
    folded, origins = _plain_with_origins(text)
    needle, _ = _plain_with_origins(quote.strip())
    place = folded.find(needle) if needle else -1
    while place >= 0:
        yield Run(origins[place], origins[place + len(needle) - 1] + 1)
        place = folded.find(needle, place + 1)


@lru_cache(maxsize=256)
def _plain_with_origins(text: str) -> tuple[str, tuple[int, ...]]:
    characters: list[str] = []
    origins: list[int] = []
    for i, character in enumerate(text):
        if not character.isspace():
            characters.append("'" if character == "’" else character)
            origins.append(i)
        elif not characters or characters[-1] != " ":
            characters.append(" ")
            origins.append(i)
    return "".join(characters), tuple(origins)
