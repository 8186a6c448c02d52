"""The extract of objectives: statements, and strategies with the bullets below them."""

import pytest
from segmentation_checks import (
    check_golden,
    corpus_document,
    described,
    kept_and_dropped,
    misquoted,
    part_texts,
    unaccounted,
)

from ingest.documents import DropReason, Segmentation, Source, UnitKind
from ingest.errors import LayoutError
from ingest.layouts.objectives import segment

DOCUMENT = "perfectionnement-professionnel-continu"

EXTRACT = """\
Un titre

Objectif   Stratégie proposée
4.1 Un premier objectif sur

deux lignes.

 • Un moyen qui :
o aide les

uns
o aide les autres

Un titre
Objectif   Stratégie proposée
• Un moyen d’une autre page
4.2 Un second objectif
• Un dernier moyen
"""


def cut(text: str) -> Segmentation:
    """An extract as the layout reads it."""
    return segment("essai", Source(text), corpus_document(DOCUMENT)[1])


def test_units_of_the_extract() -> None:
    """The units are those that were reviewed (`GOLDEN=write pytest tests/ingest/test_layout_objectives.py`)."""
    source, entry = corpus_document(DOCUMENT)
    check_golden("perfectionnement.txt", described(segment(DOCUMENT, source, entry), source.text))


def test_every_character_of_the_extract_is_accounted_for() -> None:
    """Nothing is lost, nothing is both kept and dropped, and only bullets are dropped."""
    source, entry = corpus_document(DOCUMENT)
    segmentation = segment(DOCUMENT, source, entry)
    assert unaccounted(segmentation, source.text) == []
    assert kept_and_dropped(segmentation, source.text) == []
    assert misquoted(segmentation, source.text) == []
    assert {dropped.reason for dropped in segmentation.dropped} == {DropReason.BULLET}


def test_bullets_belong_to_their_objective_across_pages() -> None:
    """Sub-bullets are parts of their bullet; titles repeated by a page are left out and cut nothing."""
    segmentation = cut(EXTRACT)
    assert [(unit.kind, unit.labels["objective"], part_texts(unit, EXTRACT)) for unit in segmentation.units] == [
        (UnitKind.OBJECTIVE, "4.1", [("number", "4.1"), ("", "Un premier objectif sur deux lignes.")]),
        (UnitKind.MEANS, "4.1", [("", "Un moyen qui :"), ("", "aide les uns"), ("", "aide les autres")]),
        (UnitKind.MEANS, "4.1", [("", "Un moyen d’une autre page")]),
        (UnitKind.OBJECTIVE, "4.2", [("number", "4.2"), ("", "Un second objectif")]),
        (UnitKind.MEANS, "4.2", [("", "Un dernier moyen")]),
    ]
    assert unaccounted(segmentation, EXTRACT) == []
    assert kept_and_dropped(segmentation, EXTRACT) == []


def test_section_of_a_means_tells_its_objective_and_its_column() -> None:
    """The path is the title, the objective as printed and the column title."""
    objective, means, *_ = cut(EXTRACT).units
    assert objective.titles == ("Un titre", "Objectif")
    assert means.titles == ("Un titre", "4.1 Un premier objectif sur deux lignes.", "Stratégie proposée")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "a title, then a line"),
        (EXTRACT.removeprefix("Un titre\n"), "a title, then a line"),
        (EXTRACT.replace("Objectif   Stratégie proposée", "Objectifs"), "a title, then a line"),
        ("Un titre\nObjectif  Stratégie\n", "a numbered objective below the column titles"),
        ("Un titre\nObjectif  Stratégie\nUn texte\n", "line 3: expected a numbered objective"),
        ("Un titre\nObjectif  Stratégie\n• Un moyen\n", "line 3: expected a numbered objective above"),
        ("Un titre\nObjectif  Stratégie\n4.1 Un objectif\no un point\n", "line 4: expected a bullet"),
        ("Un titre\nObjectif  Stratégie\n4.1 Un objectif\n•\n", "line 4: expected text after the mark"),
    ],
)
def test_a_malformed_extract_is_refused(text: str, expected: str) -> None:
    """The error names the document, the line and what was expected there."""
    with pytest.raises(LayoutError, match=f"essai.*{expected}"):
        cut(text)
