"""A table pasted in a question: its bodies, its total, what cannot be read, and the text around it."""

from fractions import Fraction

import pytest

from assistant.parsing import tables
from assistant.parsing.bodies import Listed


@pytest.mark.parametrize("mark", ["\t", ";", " | ", "    "])
def test_the_cells_of_each_row_become_a_body(mark: str) -> None:
    """Tabs, semicolons, bars or wide spaces; the words around the table stay."""
    rows = ["volet 2, 1 M$", f"Organisme{mark}Postes", f"Nord{mark}1 200", f"Sud{mark}750,5", "Montants?"]
    pasted = tables.cut("\n".join(rows), "fr")
    assert pasted.text == "volet 2, 1 M$\nMontants?"
    assert pasted.bodies == (
        Listed("Nord", (("posts", Fraction(1200)),)),
        Listed("Sud", (("posts", Fraction(1501, 2)),)),
    )


def test_each_column_counts_what_its_header_says() -> None:
    """Youth and vocational students apart."""
    pasted = tables.cut("École\tFGJ\tFP\nA\t800\t40\nB\t450\t0", "fr")
    assert pasted.bodies[0].counts == (("fgj", Fraction(800)), ("fp", Fraction(40)))


def test_the_total_row_is_not_a_body() -> None:
    """Its number is the total, to be checked against the list; a rule of dashes is nothing."""
    pasted = tables.cut("| Organisme | Postes |\n|---|---|\n| A | 12 |\n| B | 8 |\n| Total | 21 |", "fr")
    assert [body.name for body in pasted.bodies] == ["A", "B"]
    assert pasted.total == ("posts", Fraction(21))


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Organisme;Postes\nA;120\nB;x\nC;180", "x"),
        ("École;FGJ;FP\nA;120;4\nB;100;\nC;180;2", "B"),
        ("A;120;4\nB;100;2", "120"),
        ("Organisme;Postes\nA;1,200\nB;800\nC;700", "1,200"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(text: str, doubt: str) -> None:
    """Nothing of the table is left out in silence."""
    assert doubt in tables.cut(text, "fr").doubts


@pytest.mark.parametrize(
    "text",
    [
        "Total des postes\t96 000\nNos postes\t1 200",
        "A;120",
        "volet 2; 6 M$\n1 200 postes; 96 000 au total",
        "Combien aurions-nous?",
    ],
)
def test_what_is_not_a_list_of_bodies_stays_in_the_text(text: str) -> None:
    """Labelled inputs, one row, sentences with semicolons."""
    assert tables.cut(text, "fr") == tables.Pasted(text)
