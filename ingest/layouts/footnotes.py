"""Footnotes of unmarked text: where each note stands at the foot of its page, and where it is called.

In an extracted text a call is glued to the word before it (« base12 », « 301001 »). A number is taken for a call
only when a note of that number stands on the same page; glued to another number, only when that one stands alone
elsewhere in the document.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.documents import Run
from ingest.lines import Line

_NOTE = re.compile(r"^(\d{1,3})\s+(?=[A-ZÀ-Ý«“\"\[]|https?:)")
_TO_A_WORD = r"(?P<other>)(?:(?<=[^\W\d_])|(?<=[»”\")\]])|(?<=[^\W\d_][.,;:])|(?<=[»”\")\]][.,;:]))"
_TO_A_NUMBER = r"(?<!\d)(?P<other>\d{4,}?)"
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its number, its lines without the number, and the place of the number in the text."""

    number: int
    mark: Run
    runs: tuple[Run, ...]


def find_notes(page: Sequence[Line], expected: int | None, source: str) -> tuple[Note, ...]:
    """The notes of one page, numbered without a hole from `expected` on (None: from any number that is called above).

    Link lines must have been taken out.
    A note runs to the next one or to the end of the page: what follows the first note belongs to the notes.
    """
    body: list[Line] = []
    starts: list[tuple[int, Line, int]] = []
    for line in page:
        match = _NOTE.match(line.text)
        number = int(match[1]) if match else 0
        wanted = starts[-1][0] + 1 if starts else expected or number
        if match and number == wanted and (starts or _call(number, body, -1, source)):
            starts.append((number, line, match.end()))
        elif not starts:
            body.append(line)
    notes: list[Note] = []
    for rank, (number, line, offset) in enumerate(starts):
        stop = starts[rank + 1][1].start if rank + 1 < len(starts) else page[-1].end + 1
        rest = [other.run for other in page if line.start < other.start < stop and other.text]
        notes.append(
            Note(number, Run(line.start, line.start + offset), (Run(line.start + offset, line.end), *rest)),
        )
    return tuple(notes)


def find_calls(body: Iterable[Line], notes: Iterable[Note], source: str) -> dict[int, Run]:
    """Where each note is called in the lines above it, in the order of the notes; a note never called is left out."""
    lines = list(body)
    calls: dict[int, Run] = {}
    after = -1
    for note in notes:
        call = _call(note.number, lines, after, source)
        if call:
            calls[note.number] = call
            after = call.end
    return calls


def _call(number: int, lines: Sequence[Line], after: int, source: str) -> Run | None:
    places = [*_glued(number, lines, _TO_A_WORD), *_glued(number, lines, _TO_A_NUMBER)]
    for run, other in places:
        if run.start >= after and (not other or _stands_alone(other, source)):
            return run
    return None


def _glued(number: int, lines: Sequence[Line], before: str) -> Iterator[tuple[Run, str]]:
    """Places of the number glued to what stands before it, outside addresses; with it, the number it is glued to."""
    pattern = re.compile(rf"{before}(?P<call>{number})(?!\d)")
    for line in lines:
        for match in pattern.finditer(line.text):
            if not _in_address(line.text, match.start("call")):
                yield Run(line.start + match.start("call"), line.start + match.end()), match["other"] or ""


def _in_address(text: str, place: int) -> bool:
    return any(address.start() < place < address.end() - 1 for address in _ADDRESS.finditer(text))


def _stands_alone(number: str, source: str) -> bool:
    return re.search(rf"(?<!\d){number}(?!\d)", source) is not None
