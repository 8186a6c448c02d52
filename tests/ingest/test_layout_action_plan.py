"""The action plan: each row whole under its columns, each target with its indicator, no name of a person."""

import re

import pytest
from plan_samples import TITLES, TOP, cut, of_kind
from segmentation_checks import (
    check_golden,
    corpus_document,
    described,
    kept_and_dropped,
    misquoted,
    part_texts,
    unaccounted,
)

from ingest.documents import DropReason, Segmentation, UnitKind
from ingest.errors import LayoutError
from ingest.fold import mask
from ingest.layouts.action_plan import segment

DOCUMENT = "pevr-2023-2027"
CAPITALISED_PAIR = re.compile(r"\b[A-ZÀ-Þ][a-zà-ÿ]+[ \u00a0]+[A-ZÀ-Þ][a-zà-ÿ]+")


@pytest.fixture(scope="module")
def plan() -> tuple[Segmentation, str]:
    """The plan of the corpus and its text."""
    source, entry = corpus_document(DOCUMENT)
    return segment(DOCUMENT, source, entry), source.text


def test_units_of_the_plan(plan: tuple[Segmentation, str]) -> None:
    """The units are those that were reviewed (`GOLDEN=write pytest tests/ingest/test_layout_action_plan.py`)."""
    check_golden("pevr.txt", described(*plan))


def test_every_character_of_the_plan_is_accounted_for(plan: tuple[Segmentation, str]) -> None:
    """Nothing is lost and nothing is both kept and dropped."""
    assert unaccounted(*plan) == []
    assert kept_and_dropped(*plan) == []
    assert misquoted(*plan) == []


def test_no_tag_nor_bullet_is_left_in_a_unit(plan: tuple[Segmentation, str]) -> None:
    """What extraction left behind is never read."""
    segmentation, text = plan
    read = [words for unit in segmentation.units for words in (*dict(part_texts(unit, text)).values(), *unit.titles)]
    assert [words for words in read if re.search(r"</?\w+>|\*\*|•|^--|##", words)] == []


def test_no_name_of_a_person_is_left_in_the_plan(plan: tuple[Segmentation, str]) -> None:
    """Once the dropped names are masked, the column of who is responsible has no two capitalised words in a row."""
    segmentation, text = plan
    names = [dropped.run for dropped in segmentation.dropped if dropped.reason is DropReason.PERSONAL_DATA]
    assert names
    assert all(CAPITALISED_PAIR.search(text, name.start, name.end) for name in names)
    masked = mask(text, names)
    columns = [line.split("\t") for line in masked.split("\n") if line.count("\t") >= 6]
    assert [row[2] for row in columns if CAPITALISED_PAIR.search(row[2]) and not row[2].startswith("Direct")] == []
    assert not any(text[name.start : name.end] in masked for name in names)


def test_each_objective_of_the_plan_comes_once_with_its_targets(plan: tuple[Segmentation, str]) -> None:
    """Objectives number from 1 without a gap, and each has its indicators, each told once."""
    segmentation, text = plan
    numbers = [unit.labels["objective"] for unit in of_kind(segmentation, UnitKind.OBJECTIVE)]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    rows = [(unit.labels["objective"], *part_texts(unit, text)) for unit in of_kind(segmentation, UnitKind.INDICATOR)]
    assert {row[0] for row in rows} == set(numbers)
    assert len(rows) == len(set(rows))
    assert all(len(row) == 3 for row in rows)


def test_only_the_unreadable_target_of_the_plan_is_flagged(plan: tuple[Segmentation, str]) -> None:
    """A rate of several hundred is kept as printed, with a flag and no value."""
    flagged = [unit.labels for unit in plan[0].units if "flag" in unit.labels]
    assert [(labels["objective"], labels["target"], labels["target_value"], labels["flag"]) for labels in flagged] == [
        ("4", "592", "", "illisible")
    ]


def test_labels_and_sections_tell_the_place_of_a_unit() -> None:
    """Numbers are labels, headings are read as printed, the date of progress comes from its column title."""
    objective, indicator, means = cut(TOP + TITLES + "Un moyen\tTous\tDG\tSouvent\tFait\n").units
    place = {"issue": "1", "orientation": "2", "objective": "3"}
    assert objective.labels == place
    assert objective.titles == ("Enjeu 1 Un enjeu", "Orientation 2 Une orientation", "Objectif 3")
    assert indicator.labels == place | {"target": "80 % (un plan)", "target_value": "80 %"}
    assert indicator.titles == (*objective.titles[:2], "Objectif 3 Un objectif.")
    assert means.labels == place | {"progress_date": "3 mai 2029"}


def test_columns_are_named_by_their_titles() -> None:
    """Remarks and dates are no part of a name; an indicator and its target are named in the singular."""
    text = TOP + TITLES + "Un moyen\tTous\tDG\tSouvent\tFait\n"
    _, indicator, means = cut(text).units
    assert part_texts(indicator, text) == [("Indicateur", "Taux d'essai"), ("Cible 2031", "80 % (un plan)")]
    assert [part.name for part in means.parts] == [
        "Moyens",
        "Groupes visés",
        "Responsable",
        "Mise en œuvre de l’action",
        "État d’avancement",
    ]


def test_an_objective_that_comes_back_is_one_objective() -> None:
    """« (suite) » gives neither a second objective nor its indicators again, and its means join the others."""
    again = TOP.replace("Objectif 3", "<b>Objectif 3 (suite)</b>")
    text = f"{TOP}{TITLES}Un moyen\tTous\n{again}{TITLES}Un autre\tTous\n"
    segmentation = cut(text)
    assert [unit.kind.value for unit in segmentation.units] == ["objective", "indicator", "means", "means"]
    assert segmentation.units[2].titles == segmentation.units[3].titles
    assert unaccounted(segmentation, text) == []
    assert kept_and_dropped(segmentation, text) == []


def test_an_inner_table_counts_only_for_what_no_row_repeats() -> None:
    """Indicators run into the row of the objective are kept once, also where nothing repeats them."""
    inner = (
        "<table> <tr> <th>Indicateurs</th> <th>Cibles 2031</th> </tr> <tr> <td>Taux</td> <td>90 %</td> </tr> </table>"
    )
    row = f"Objectif 3\tUn objectif.\t{inner}\n"
    top = TOP[: TOP.index("Objectif")]
    for text in (top + row, top + row + "Taux\t90 %\n"):
        segmentation = cut(text)
        (indicator,) = of_kind(segmentation, UnitKind.INDICATOR)
        assert part_texts(indicator, text) == [("Indicateur", "Taux"), ("Cible 2031", "90 %")]
        assert unaccounted(segmentation, text) == []
        assert kept_and_dropped(segmentation, text) == []


def test_headings_may_stand_on_a_line_of_their_own() -> None:
    """« **Enjeu 1** Un enjeu » reads as the same heading in two cells does; so does an objective."""
    text = "**Enjeu 1** Un enjeu\n\n**Orientation 2** Une orientation\n\n**Objectif 3** Un objectif.\n"
    (objective,) = cut(text).units
    assert objective.titles == ("Enjeu 1 Un enjeu", "Orientation 2 Une orientation", "Objectif 3")
    assert part_texts(objective, text) == [("", "Un objectif.")]


def test_an_introduction_that_comes_back_is_read_once() -> None:
    """The paragraph below a later title is the first one repeated; the title itself is a running head."""
    text = f"Le plan est un outil d'essai.\n\n{TOP}\n## UN PLAN - ENJEU 2\n\nLe plan est un outil d'essai.\n"
    segmentation = cut(text)
    (definition,) = of_kind(segmentation, UnitKind.DEFINITION)
    assert (definition.section, definition.labels) == ((), {})
    assert {DropReason.REPEATED, DropReason.RUNNING_HEAD} <= {dropped.reason for dropped in segmentation.dropped}
    assert unaccounted(segmentation, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "a row « Objectif 1 »"),
        ("Un texte seul.\n", "a row « Objectif 1 »"),
        ("Orientation 1\tUne orientation\n", "line 1: expected an « Enjeu » above"),
        ("Enjeu 1\tUn enjeu\nObjectif 1\tUn objectif\n", "line 2: expected an « Orientation » above"),
        ("Enjeu 1\t\n", "line 1: expected a title after « Enjeu 1 »"),
        ("Enjeu 1\tUn enjeu\tun autre\n", "line 1: expected a number and a title only"),
        ("Enjeu 1\tUn enjeu\nIndicateurs\tCibles\n", "line 2: expected an « Objectif » above the indicators"),
        (TITLES, "line 1: expected an « Objectif » above the means"),
        (TOP + "MOYENS\t\n", "line 7: expected the titles of the columns"),
        (TOP + "Un moyen\tTous\n", "line 7: expected a heading"),
        (TOP.replace("Taux d'essai", "Taux\td'essai"), "line 5: expected an indicator and its target"),
    ],
)
def test_a_malformed_plan_is_refused(text: str, expected: str) -> None:
    """The error names the document, the line and what was expected there."""
    with pytest.raises(LayoutError, match=f"essai.*{re.escape(expected)}"):
        cut(text)
