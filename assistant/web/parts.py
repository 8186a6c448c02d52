"""A document that is too long for one page, in parts: whole units, in reading order.

In: units, the span or the page that a reader asks for. Out: the parts, and the one that holds it. Most documents are
one part.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.web.outline import place
from ingest.documents import Page, Unit

LONGEST = 300_000
"""Characters of the source in one part: some 150 printed pages."""


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """Units to show together, and the range of the source that is theirs."""

    units: tuple[Unit, ...]
    start: int
    end: int

    def holds(self, offset: int) -> bool:
        """Whether this character of the source is shown in this part, if anywhere."""
        return self.start <= offset < self.end

    def pages(self, pages: Sequence[Page]) -> tuple[Page, ...]:
        """The pages that start in this part."""
        return tuple(page for page in pages if self.holds(page.start))


def parts(units: Sequence[Unit], length: int, longest: int = LONGEST) -> tuple[DocumentPart, ...]:
    """The parts of a document of this many characters; a new one starts where one would go over `longest`."""
    groups: list[list[Unit]] = [[]]
    start = 0
    for unit in sorted(units, key=place):
        if groups[-1] and place(unit)[0] - start >= longest:
            groups.append([])
            start = place(unit)[0]
        groups[-1].append(unit)
    starts = [0, *(place(group[0])[0] for group in groups[1:])]
    ends = [*starts[1:], length + 1]
    return tuple(DocumentPart(tuple(group), *bounds) for group, *bounds in zip(groups, starts, ends, strict=True))


def part_at(found: Sequence[DocumentPart], offset: int) -> int:
    """The rank, from 0, of the part that holds this character."""
    return next((rank for rank, part in enumerate(found) if part.holds(offset)), 0)
