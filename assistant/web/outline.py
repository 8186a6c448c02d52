"""The sections of a document as a tree, from the section paths of its units.

In: units in any order. Out: one node a heading, in reading order, each unit in the node of its innermost heading.
A heading that comes back (the head of each page of a table, a title with and without its number) is one node: same
words under the same parent, or the same place in the source.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.documents import Heading, Unit


@dataclass(slots=True)
class Node:
    """A heading (none at the root) and what stands under it, units and further headings, in reading order."""

    heading: Heading | None = None
    items: list["Node | Unit"] = field(default_factory=list)
    _by_title: dict[str, "Node"] = field(default_factory=dict)
    _by_place: dict[int, "Node"] = field(default_factory=dict)

    def under(self, heading: Heading) -> "Node":
        """The node of this heading, added at its first appearance."""
        place = heading.runs[0].start if heading.runs else -1
        node = self._by_title.get(heading.title) or self._by_place.get(place)
        if node is None:
            node = Node(heading)
            self.items.append(node)
        self._by_title[heading.title] = node
        if heading.runs:
            self._by_place[place] = node
        return node


def place(unit: Unit) -> tuple[int, int]:
    """Where a unit stands in reading order; of two that start together, the longer comes first."""
    runs = unit.parts[0].runs
    return runs[0].start, -runs[-1].end


def tree(units: Iterable[Unit]) -> Node:
    """The root, whose units stand under no heading."""
    root = Node()
    for unit in sorted(units, key=place):
        node = root
        for heading in unit.section:
            node = node.under(heading)
        node.items.append(unit)
    return root
