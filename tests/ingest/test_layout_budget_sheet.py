"""The strategy's budget sheet: amounts as printed, never guessed, apart from the statements."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from segmentation_checks import (
    check_golden,
    corpus_document,
    described,
    kept_and_dropped,
    misquoted,
    part_texts,
    unaccounted,
)

from ingest.documents import DropReason, Segmentation, Source, Unit, UnitKind
from ingest.errors import LayoutError
from ingest.fold import fold
from ingest.layouts.budget_sheet import segment

DOCUMENT = "strategie-valorisation-2022-2026"

AXES = """\
AXE 1
Un premier axe sur
deux lignes

5 M$
Une visée

ACTIONS

1. Ouvrir 100 lieux
pour tous 4,5 M$

2. Écouter sans compter

AXE 2
Un second axe

600 000 $
Une autre visée

ACTIONS

3. Mesurer le tout 600 000 $

"""
TITLE = "Le titre du plan\n"
SHEET = AXES + TITLE


def cut(text: str) -> Segmentation:
    """A sheet as the layout reads it."""
    return segment("essai", Source(text), corpus_document(DOCUMENT)[1])


def lines_of(segmentation: Segmentation) -> list[Unit]:
    """The budget lines among the units."""
    return [unit for unit in segmentation.units if unit.kind is UnitKind.BUDGET_LINE]


def test_units_of_the_strategy() -> None:
    """The units are those that were reviewed (`GOLDEN=write pytest tests/ingest/test_layout_budget_sheet.py`)."""
    source, entry = corpus_document(DOCUMENT)
    check_golden("strategie.txt", described(segment(DOCUMENT, source, entry), source.text))


def test_every_character_of_the_strategy_is_accounted_for() -> None:
    """Nothing is lost, nothing is both kept and dropped, and only table headers are dropped."""
    source, entry = corpus_document(DOCUMENT)
    segmentation = segment(DOCUMENT, source, entry)
    assert unaccounted(segmentation, source.text) == []
    assert kept_and_dropped(segmentation, source.text) == []
    assert misquoted(segmentation, source.text) == []
    assert {dropped.reason for dropped in segmentation.dropped} == {DropReason.TABLE_HEADER}


def test_actions_of_the_strategy_are_numbered_without_a_gap_and_amounts_stand_in_the_source() -> None:
    """Each action is there once; a label « amount » is what is printed, and where none is printed there is none."""
    source, entry = corpus_document(DOCUMENT)
    units = lines_of(segment(DOCUMENT, source, entry))
    actions = [unit.labels["action"] for unit in units if "action" in unit.labels]
    assert actions == [str(number) for number in range(1, len(actions) + 1)]
    for unit in units:
        amounts = [text for name, text in part_texts(unit, source.text) if name == "amount"]
        assert amounts == ([unit.labels["amount"]] if "amount" in unit.labels else [])
        assert ("amount" in unit.labels) != (unit.labels.get("amount_printed") == "no")
        assert all(amount in fold(source.text) for amount in amounts)


def test_parts_of_axes_and_actions() -> None:
    """An axis has its title, amount and aim; an action its number, statement and amount if printed."""
    units = lines_of(cut(SHEET))
    assert [part_texts(unit, SHEET) for unit in units[:3]] == [
        [("", "AXE 1 Un premier axe sur deux lignes"), ("amount", "5 M$"), ("aim", "Une visée")],
        [("number", "1."), ("", "Ouvrir 100 lieux pour tous"), ("amount", "4,5 M$")],
        [("number", "2."), ("", "Écouter sans compter")],
    ]
    assert units[2].labels == {"axis": "1", "action": "2", "amount_printed": "no"}
    assert units[1].titles == ("Le titre du plan", "AXE 1 Un premier axe sur deux lignes")


@pytest.mark.parametrize(
    "text",
    [
        f"Un titre\n2030-2034\nPlus de 6 M$ pour tous\n\n{AXES}",
        f"{AXES}UN SLOGAN\n\nUn titre\n2030-2034\nPlus de 6 M$ pour tous\n",
    ],
    ids=["above", "below"],
)
def test_title_and_total_stand_above_or_below_the_axes(text: str) -> None:
    """The title is found on either side, and the grand total keeps the words that qualify it."""
    segmentation = cut(text)
    title, total = [unit for unit in segmentation.units if unit.kind is not UnitKind.BUDGET_LINE]
    assert part_texts(title, text)[0] == ("", "Un titre 2030-2034")
    assert (total.kind, total.labels) == (UnitKind.FIGURE, {"amount": "Plus de 6 M$"})
    assert unaccounted(segmentation, text) == []


spaces = st.sampled_from(["", " ", "\u00a0", "\u2009", "\u202f", " \n"])
thousands = st.sampled_from([" ", "\u00a0", "\u2009", "\u202f"])


@given(
    st.one_of(
        st.tuples(st.integers(1, 999), thousands, st.integers(0, 999), spaces).map(
            lambda made: f"{made[0]}{made[1]}{made[2]:03d}{made[3]}$"
        ),
        st.tuples(st.integers(1, 99), st.integers(0, 9), spaces, st.sampled_from(["", " "])).map(
            lambda made: f"{made[0]},{made[1]}{made[2]}M{made[3]}$"
        ),
    ),
    st.sampled_from(["Ouvrir 100 lieux", "Suivre la période 2022-2026", "Aider 3,5 fois plus"]),
)
def test_amounts_come_out_whole_whatever_spaces_they_hold(amount: str, statement: str) -> None:
    """An amount is read whole at the end of an action, and no digit of the statement is taken with it."""
    text = SHEET.replace("Mesurer le tout 600 000 $", f"{statement} pour tous {amount}")
    unit = lines_of(cut(text))[-1]
    assert part_texts(unit, text)[1:] == [("", f"{statement} pour tous"), ("amount", fold(amount))]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (SHEET, "Un texte sans axe\n", "expected a line « AXE 1 »"),
        ("\n5 M$\n", "\n", "line 7: expected the title and the amount of AXE 1"),
        ("ACTIONS\n\n3. Mesurer le tout 600 000 $\n\n", "", "line 15: expected ACTIONS and numbered actions"),
        ("1. Ouvrir", "Ouvrir", "line 10: expected a numbered action"),
        ("2. Écouter", "4. Écouter", "line 13: expected action 2"),
        ("Le titre du plan", "", "expected the title of the strategy"),
    ],
)
def test_a_malformed_sheet_is_refused(old: str, new: str, expected: str) -> None:
    """The error names the document, the line and what was expected there."""
    with pytest.raises(LayoutError, match=f"essai.*{expected}"):
        cut(SHEET.replace(old, new))
