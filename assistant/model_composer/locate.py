"""The words that a model relied on, found in the passage it names: the source's own characters are what is cited.

In: a unit and the words, as a model copied them. Out: ranges of the source, widened to whole sentences so that no
negation or condition is cut away; none where the words do not stand there. Case, accents, quotation marks, dashes and
white space may differ; letters and digits may not, and an ellipsis joins two stretches in their order.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ingest.documents import Part, Run, Runs, Unit
from ingest.fold import Reading, cut, read
from ingest.index import StoredDocument
from ingest.sentences import widen
from ingest.tokens import fold_accents

_ELLIPSIS = re.compile(r"\[?(?:…|\.{3,})\]?|\(…\)|\(\.\.\.\)")
_LEAST_LETTERS = 2
_LEAST_WORDS = 3


def locate(stored: StoredDocument, unit: Unit, words: str) -> Runs:
    """Where the words stand in the unit, as whole sentences; empty where they do not, or are too few to prove much."""
    pieces = [letters for piece in _ELLIPSIS.split(words) if (letters := _letters(piece))]
    if not pieces:
        return ()
    headings = [Part(heading.runs) for heading in unit.section]
    for part in unit.parts:
        if focus := _in_part(stored.text, part, pieces):
            return focus if _is_cell(unit, part) else widen(stored.text, unit, focus)
    for heading in headings:
        if _in_part(stored.text, heading, pieces):
            return heading.runs
    return _across(stored.text, unit, pieces)


def _is_cell(unit: Unit, part: Part) -> bool:
    """A cell of a row is cited as it is found; running text by whole sentences."""
    return bool(part.name) and not part.name.startswith("note ") and len(unit.parts) > 1


def _in_part(source: str, part: Part, pieces: Sequence[str]) -> Runs:
    reading = _reading(source, part.runs)
    spans = list(_spans(reading, pieces))
    if len(spans) != len(pieces):
        return ()
    start, end = spans[0][0], spans[-1][1]
    if len(pieces) == 1 and _too_little(reading.text[start:end], reading.text):
        return ()
    return cut(reading, part.runs, start, end)


def _across(source: str, unit: Unit, pieces: Sequence[str]) -> Runs:
    """Words that run over several cells of a row, or over a heading and its row: each is cited."""
    wanted = "".join(pieces)
    found: list[Run] = []
    parts = [*(Part(heading.runs) for heading in unit.section), *unit.parts]
    for part in sorted(parts, key=lambda one: -len(_reading(source, one.runs).text)):
        letters = _letters(_reading(source, part.runs).text)
        if letters and letters in wanted:
            wanted = wanted.replace(letters, "", 1)
            found.extend(part.runs)
    return tuple(sorted(found)) if found and not re.sub(r"[a-z]{0,12}", "", wanted) else ()


def _spans(reading: Reading, pieces: Sequence[str]) -> Iterator[tuple[int, int]]:
    letters, places = _letters_with_places(reading.text)
    position = 0
    for piece in pieces:
        place = letters.find(piece, position)
        if place < 0:
            return
        position = place + len(piece)
        yield places[place], places[position - 1] + 1


def _too_little(found: str, whole: str) -> bool:
    """One or two words prove nothing, unless they are a figure, an address or all that the passage says."""
    return (
        len(found.split()) < _LEAST_WORDS
        and not any(c.isdigit() or c == "@" for c in found)
        and len(found) < 0.5 * len(whole.strip())
    )


@lru_cache(maxsize=8192)
def _reading(source: str, runs: Runs) -> Reading:
    return read(source, runs)


def _letters(text: str) -> str:
    return _letters_with_places(text)[0]


@lru_cache(maxsize=8192)
def _letters_with_places(text: str) -> tuple[str, tuple[int, ...]]:
    """Letters and digits only, without accents, each with its place."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for one in fold_accents(character):
            if one.isalnum() or one in "%$@":
                letters.append(one)
                places.append(place)
    return "".join(letters), tuple(places)
