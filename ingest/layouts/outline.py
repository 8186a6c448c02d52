"""The headings of an unmarked text: how they nest, and what they say of the units under them."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from ingest.documents import Heading

_MEASURES = re.compile(r"\bmesures?\s\d{5}(?:\s?(?:,|et|ou)\s?\d{5})*", re.IGNORECASE)
_VOLET = re.compile(r"^Volet (\d)\b")
_NUMBERED = re.compile(r"^(volet|partie|section|chapitre|annexe|axe|objectif)\s[\dIVXA-Z]+\b", re.IGNORECASE)
_TOP, _SECTION, _RECURRING, _UNDER = range(4)


@dataclass(slots=True)
class Outline:
    """The section path at the current place.

    Without marks, three levels are told apart: a heading of the table of contents (all headings where there is no
    table), a heading that comes back in several sections (« Formule et normes d’allocation »), and the rest, under
    those. A heading with no text of its own is the title of a part: it stays above the heading that follows it and
    above the numbered ones (« Volet 2 : … »).
    """

    contents: frozenset[str] = frozenset()
    recurring: frozenset[str] = frozenset()
    _path: list[tuple[int, Heading]] = field(default_factory=list)
    _empty: bool = False

    @classmethod
    def of(cls, titles: Sequence[str], contents: Collection[str]) -> "Outline":
        """An outline for these headings, given the entries of the table of contents (may be empty)."""
        times = Counter(titles)
        return cls(frozenset(_key(title) for title in contents), frozenset(t for t in titles if times[t] > 1))

    @property
    def path(self) -> tuple[Heading, ...]:
        """The headings above the current place, outermost first."""
        return tuple(heading for _, heading in self._path)

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of the path."""
        return tuple(heading.title for heading in self.path)

    def enter(self, heading: Heading) -> None:
        """Move under this heading."""
        level = self._level(heading.title)
        if self._empty and len(self._path) == 1 and level == _SECTION:
            self._path = [(_TOP, self._path[0][1])]
        keeps_top = self._empty or _NUMBERED.match(heading.title)
        floor = level if level > _SECTION or keeps_top else _TOP
        while self._path and self._path[-1][0] >= floor:
            self._path.pop()
        self._path.append((level, heading))
        self._empty = True

    def fill(self) -> None:
        """Note that the current heading has text of its own."""
        self._empty = False

    def labels(self, text: str) -> dict[str, str]:
        """What the path and the words of a unit say of it."""
        return labels_of(self.titles, text)

    def _level(self, title: str) -> int:
        if _key(title) in self.contents or not self.contents:
            return _SECTION
        return _RECURRING if title in self.recurring or self._path[-1:] == self._path[:1] else _UNDER


def labels_of(titles: Sequence[str], text: str) -> dict[str, str]:
    """The volet that a heading names, and the measure where the text names just one."""
    labels: dict[str, str] = {}
    for title in titles:
        volet = _VOLET.match(title)
        if volet:
            labels["volet"] = volet[1]
    measures = {number for match in _MEASURES.finditer(text) for number in re.findall(r"\d{5}", match[0])}
    if len(measures) == 1:
        labels["measure"] = measures.pop()
    return labels


def _key(title: str) -> str:
    return "".join(character for character in title.casefold() if character.isalnum())
