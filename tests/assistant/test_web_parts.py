"""A document that is too long for one page: whole units, all of them once, each place in one part."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from assistant.web.parts import part_at, parts
from ingest.documents import Page, Part, Run, Unit, UnitKind


def units(lengths: list[int]) -> tuple[list[Unit], int]:
    """Units of these lengths, one after the other; the length of the whole."""
    found = []
    start = 0
    for n, length in enumerate(lengths):
        found.append(Unit(str(n), "x", UnitKind.NARRATIVE, (Part((Run(start, start + length),)),)))
        start += length + 1
    return found, start


@given(st.lists(st.integers(1, 30), max_size=20), st.integers(1, 50))
def test_every_unit_and_every_place_is_in_one_part(lengths: list[int], longest: int) -> None:
    """In order; no part but the first could take the first unit of the next one."""
    found, length = units(lengths)
    cut = parts(list(reversed(found)), length, longest)
    assert [unit for part in cut for unit in part.units] == found
    for offset in range(length + 1):
        assert [part.holds(offset) for part in cut].count(True) == 1
        assert cut[part_at(cut, offset)].holds(offset)
    for part, following in itertools.pairwise(cut):
        assert following.start - part.start >= longest
    for part in cut:
        assert all(unit.parts[0].runs[0].start - part.start < longest for unit in part.units)


def test_most_documents_are_one_part() -> None:
    """An empty one too; a place beyond the end is in the first."""
    found, length = units([10, 10])
    assert len(parts(found, length)) == 1
    (only,) = parts([], 0)
    assert only.units == ()
    assert part_at((only,), 99) == 0


def test_a_page_is_in_the_part_where_it_starts() -> None:
    """One of each, none lost."""
    found, length = units([10, 10, 10])
    first, second = parts(found, length, 15)
    pages = (Page(1, 0), Page(2, 15), Page(3, 22), Page(4, length))
    assert first.pages(pages) == pages[:2]
    assert second.pages(pages) == pages[2:]
