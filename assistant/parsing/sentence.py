"""A sentence with its numbers, as those who look for the part of each number read it.

In: a cleaned text, its names of the domain and its numbers. Out: the words before and after each number. Refuses
nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assistant.parsing.amounts import Number, Unit
from assistant.parsing.terms import Terms

WEIGHTS: frozenset[Unit | None] = frozenset({"posts", "pupils", "fgj", "fp", "fga", None})
"""The units of the allocation keys, and none at all."""


@dataclass(frozen=True, slots=True)
class Change:
    """« 40 postes de plus »: by how much a count of the body, or the number of bodies, moves."""

    unit: Unit | None
    by: Fraction


@dataclass(frozen=True, slots=True)
class Sentence:
    """`folded` is the text in lower case without accents; in `plain`, the names that hold digits are blanked."""

    folded: str
    plain: str
    names: Terms
    numbers: tuple[Number, ...]

    def around(self, number: Number, among: Sequence[Number] | None = None) -> tuple[str, str]:
        """The text since the number before, and up to the number after, of those `among` which it stands."""
        others = self.numbers if among is None else among
        before = max((other.end for other in others if other.end <= number.start), default=0)
        after = min((other.start for other in others if other.start >= number.end), default=len(self.plain))
        return self.plain[before : number.start], self.plain[number.end : after]

    def just_before(self, number: Number) -> Number | None:
        """The number that stands before this one."""
        return max((other for other in self.numbers if other.end <= number.start), key=lambda n: n.end, default=None)


def sentence(folded: str, names: Terms, numbers: Sequence[Number]) -> Sentence:
    """The sentence with the spans of its names blanked."""
    plain = list(folded)
    for start, end in names.masked:
        plain[start:end] = "¦" * (end - start)
    return Sentence(folded, "".join(plain), names, tuple(numbers))
