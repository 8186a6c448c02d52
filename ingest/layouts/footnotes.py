"""Footnotes of unmarked text: where each note stands at the foot of its page, and where it is called.

In an extracted text a call is glued to the word before it (« base12 », « 301001 »). A number is taken for a call
only when a note of that number stands on the same page.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.documents import Run
from ingest.lines import Line

_NOTE = re.compile(r"^(\d{1,3})\s+(?=[A-ZÀ-Ý«“\"\[]|https?:)")


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its number, its lines without the number, and the place of the number in the text."""

    number: int
    mark: Run
    runs: tuple[Run, ...]


def find_notes(page: Sequence[Line], expected: int) -> tuple[Note, ...]:
    """The notes of one page, numbered from `expected` on without a hole. Link lines must have been taken out.

    A note runs to the next one or to the end of the page: what follows the first note belongs to the notes.
    """
    body: list[Line] = []
    starts: list[tuple[int, Line, int]] = []
    for line in page:
        match = _NOTE.match(line.text)
        if match and int(match[1]) == expected + len(starts) and (starts or _called(expected, body)):
            starts.append((int(match[1]), line, match.end()))
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


def find_calls(body: Iterable[Line], notes: Iterable[Note]) -> dict[int, Run]:
    """Where each note is called in the lines above it, in the order of the notes; a note never called is left out."""
    lines = list(body)
    calls: dict[int, Run] = {}
    after = -1
    for note in notes:
        call = _call(note.number, lines, after)
        if call:
            calls[note.number] = call
            after = call.end
    return calls


def _called(number: int, body: Sequence[Line]) -> bool:
    return _call(number, body, -1) is not None


def _call(number: int, lines: Sequence[Line], after: int) -> Run | None:
    glued_to_a_word = re.compile(rf"(?<=[^\W\d_]|[»”\")\].]){number}(?!\d)")
    glued_to_a_number = re.compile(rf"(?<=\d\d\d\d){number}(?!\d)")
    for pattern in (glued_to_a_word, glued_to_a_number):
        for line in lines:
            for match in pattern.finditer(line.text):
                run = Run(line.start + match.start(), line.start + match.end())
                if run.start >= after:
                    return run
    return None
