"""Workbooks: live formulas that a spreadsheet engine recomputes to the same amounts, and text that stays text."""

import io
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import formualizer
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.calculate import make_calculate
from assistant.conversation import Calculation, Question, Turn
from assistant.tools.allocation import CENT, DOLLAR, Body
from assistant.tools.errors import InvalidInput
from assistant.tools.figures import load_figures
from assistant.tools.ground import lay_ground
from assistant.tools.scenarios import volets_of_each
from assistant.tools.share_lists import share_of_each
from assistant.workbook import read_cells, write

FIGURES = load_figures(Path(__file__).parents[2] / "corpus")
CALCULATE = make_calculate(FIGURES)


def recomputed(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """The cells of each sheet after an independent engine has computed every formula."""
    done = formualizer.recalculate_xlsx_bytes(content)
    assert done["summary"]["total_errors"] == 0
    book = openpyxl.load_workbook(io.BytesIO(done["bytes"]), data_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def amounts(sheet: list[tuple[Any, ...]]) -> dict[str, Fraction]:
    """The amount of each body of a recomputed list sheet."""
    return {str(row[0]): Fraction(str(row[9])).limit_denominator(100) for row in sheet[11:-1]}


def listed(calculation: Calculation) -> dict[str, Fraction]:
    """The amount of each body of a computation."""
    return {result.label: Fraction(result.amount) for result in calculation.results}


weights = st.decimals(0, 4000, places=2, allow_nan=False).map(Fraction)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(weights, min_size=1, max_size=25).filter(any),
    st.integers(600_000, 90_000_000),
    st.booleans(),
    st.booleans(),
)
def test_a_list_recomputes_to_the_same_amounts(
    values: list[Fraction],
    envelope: int,
    in_cents: bool,  # noqa: FBT001 (drawn by hypothesis)
    with_base: bool,  # noqa: FBT001 (drawn by hypothesis)
) -> None:
    """Ties, zeros, decimals, dollars and cents: the formulas are the largest-remainder method itself."""
    ground = lay_ground(FIGURES, "fr", "15158", "1" if with_base else "2", unit=CENT if in_cents else DOLLAR)
    found = share_of_each(ground, Fraction(envelope), [Body(f"b{i:02d}", value) for i, value in enumerate(values)])
    sheets = recomputed(write(found, "fr"))
    assert amounts(sheets["Simulation"]) == listed(found)
    assert sheets["Simulation"][9][1] == 0


def test_several_volets_have_a_sheet_each_and_a_total() -> None:
    """The total of each body adds its volets up."""
    grounds = [lay_ground(FIGURES, "fr", "15158", volet) for volet in ("1", "3")]
    bodies = [Body("A", Fraction(10)), Body("B", Fraction("7.5"))]
    found = volets_of_each(grounds, [Fraction(100_000), Fraction(1001)], bodies)
    sheets = recomputed(write(found, "fr"))
    assert set(sheets) == {"Volet 1", "Volet 3", "Total", "Notes"}
    assert {row[0]: row[1] for row in sheets["Total"][1:]} == listed(found)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Volet 1 : enveloppe de 14,2 M$, 70 organismes, 98 450 postes au total, combien pour nos 1236 postes?", "fr"),
        ("Part d'un CSS de 415 postes au volet 3 si l'enveloppe est de 6 M$ et qu'il y a 96 000 postes en tout?", "fr"),
        ("30100: 640 youth and 15 vocational students out of 52,000, envelope $1M, our share?", "en"),
        ("Total des 3 volets : 5 M$, 2 M$ et 1,5 M$, 300 postes sur 25 000, 20 organismes, notre part?", "fr"),
        (
            "quelle enveloppe du volet 1 faut-il pour avoir 250 000 $ avec 1000 postes sur 80 000 et 60 organismes?",
            "fr",
        ),
        ("Volet 2 : l'enveloppe passe de 4 M$ à 4,2 M$, de combien change notre part, 744 postes sur 31 500?", "fr"),
        ("valeur d'un poste au volet 1, enveloppe de 5 M$, 70 organismes, 98 000 postes au total?", "fr"),
        ("montant de base de neuf organismes en tout?", "fr"),
        ("S'il y a 4 organismes et 500 000 $ au volet 1, combien reste-t-il une fois la base sortie?", "fr"),
        ("Si on additionne les quatre axes, on arrive à combien?", "fr"),
        ("l'axe 2 balance-t-il avec ses actions?", "fr"),
        ("quelle part de l'axe 1 va à l'action 2?", "fr"),
        ("laquelle des actions coûte le plus cher?", "fr"),
        ("les 140 M$, ça fait combien par année en moyenne?", "fr"),
        ("la somme de tous les montants de la lettre?", "fr"),
        ("on est à 78,5 % en lecture 4e année primaire, combien de points de la cible?", "fr"),
    ],
)
def test_each_line_recomputes_to_its_result(text: str, language: Literal["fr", "en"]) -> None:
    """Every step and result is a formula over named lines."""
    found = CALCULATE(Turn(Question(text, language), language, text)).calculation
    assert found is not None
    lines = next(iter(recomputed(write(found, language)).values()))
    results = [Fraction(str(row[1])).limit_denominator(10_000) for row in lines[-len(found.results) :]]
    assert results == [Fraction(result.amount) for result in found.results]
    steps = lines[-len(found.results) - len(found.steps) : -len(found.results)]
    for row, step in zip(steps, found.steps, strict=True):
        assert abs(Fraction(str(row[1])) - Fraction(step.exact)) < Fraction(1, 10**6)


def test_text_never_becomes_a_formula() -> None:
    """A name that starts as one is stored as text."""
    name = '=HYPERLINK("http://x","y")'
    found = share_of_each(lay_ground(FIGURES, "fr", "15158", "2"), Fraction(10), [Body(name, Fraction(1))])
    sheet = openpyxl.load_workbook(io.BytesIO(write(found, "fr"))).worksheets[0]
    cell = sheet["A12"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (name, "s", True)


def test_numbers_beyond_a_spreadsheet_are_refused() -> None:
    """Rather than recomputed wrongly."""
    found = share_of_each(
        lay_ground(FIGURES, "fr", "15158", "2"),
        Fraction(10**13),
        [Body("a", Fraction("12345.67")), Body("b", Fraction(1))],
    )
    with pytest.raises(InvalidInput, match="CSV"):
        write(found, "fr")


def test_the_cells_of_a_sent_workbook_are_read() -> None:
    """Numbers as numbers, booleans as text, formulas by their cached values."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["id", "posts"], ["A", 750.5], ["B", True], [None, None]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    assert read_cells(out.getvalue())[:3] == (("id", "posts"), ("A", 750.5), ("B", "True"))


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 neither"])
def test_what_is_not_a_workbook_is_refused(content: bytes) -> None:
    """A zip that is none, or nothing at all."""
    with pytest.raises(InvalidInput):
        read_cells(content)
