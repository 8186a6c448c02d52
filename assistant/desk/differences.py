"""What changed between two texts, word by word.

In: two texts. Out: pieces of both in reading order, each kept, taken out or put in. Joining the kept and the taken out
gives the first text; joining the kept and the put in gives the second.
"""

import difflib
import re
from dataclasses import dataclass
from enum import StrEnum

_WORD = re.compile(r"\w+|\s+|[^\w\s]")


class Change(StrEnum):
    """What happened to a piece."""

    KEPT = "kept"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and what happened to them."""

    change: Change
    text: str


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces; neighbours never have the same change."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    pieces: list[Piece] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Change.KEPT, "".join(old[a:b])))
            continue
        pieces += [Piece(Change.OUT, "".join(old[a:b]))] if b > a else []
        pieces += [Piece(Change.IN, "".join(new[c:d]))] if d > c else []
    return tuple(pieces)
