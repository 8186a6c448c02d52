"""Ids, pages and dropped ranges of units."""

import pytest

from ingest.documents import DropReason, Heading, Page, Part, Run, Source, UnitKind
from ingest.segmentation import Segmenter

TEXT = "Un titre\nUn texte.\nUn texte."
FIRST, SECOND = (Run(9, 18),), (Run(19, 28),)
SOURCE = Source(TEXT, (Page(4, 0), Page(5, 19)))


def ids(*units: tuple[Part, ...], source: Source = SOURCE, section: tuple[Heading, ...] = ()) -> list[str]:
    """Ids that these units get."""
    segmenter = Segmenter("doc", source)
    return [segmenter.add(UnitKind.NARRATIVE, parts, section).id for parts in units]


def test_ids_come_from_words_and_place_and_not_from_offsets() -> None:
    """The same words under the same headings get the same id, wherever they have moved to."""
    (before,) = ids((Part(FIRST),))
    (after,) = ids((Part((Run(3, 12),)),), source=Source("\n" * 3 + "Un texte."))
    assert before == after
    assert ids((Part(FIRST),), section=(Heading("Un titre", (Run(0, 8),)),)) != [before]


def test_equal_units_get_ids_of_their_own() -> None:
    """A repeated unit is numbered in the order of the document."""
    first, second, third = ids((Part(FIRST),), (Part(SECOND),), (Part(SECOND, "note 1"),))
    assert second == f"{first}-2"
    assert len({first, second, third}) == 3


def test_a_unit_knows_its_page_and_keeps_the_parts_that_have_a_range() -> None:
    """The page is that of the first part."""
    segmenter = Segmenter("doc", SOURCE)
    unit = segmenter.add(UnitKind.NARRATIVE, [Part((), "empty"), Part(SECOND)], labels={"volet": "1"})
    assert (unit.page, unit.parts, unit.labels) == (5, (Part(SECOND),), {"volet": "1"})


def test_a_unit_without_text_is_refused() -> None:
    """It would be a citation of nothing."""
    with pytest.raises(ValueError, match="no text"):
        Segmenter("doc", SOURCE).add(UnitKind.NARRATIVE, [Part(())])


def test_units_and_dropped_ranges_come_back_in_order() -> None:
    """Empty ranges are not worth a record."""
    segmenter = Segmenter("doc", SOURCE)
    unit = segmenter.add(UnitKind.NARRATIVE, [Part(FIRST)])
    segmenter.drop(Run(0, 8), DropReason.RUNNING_HEAD)
    segmenter.drop(Run(8, 8), DropReason.BULLET)
    done = segmenter.done()
    assert done.units == (unit,)
    assert [(one.run, one.reason) for one in done.dropped] == [(Run(0, 8), DropReason.RUNNING_HEAD)]
