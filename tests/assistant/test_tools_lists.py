"""Lists as people export them: delimiters, encodings, decimal commas, totals, every bad row at once."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.tools.errors import BadRows, InvalidInput
from assistant.tools.lists import BodyTable, csv_cells, decode, exact_number, table

PLAIN = {"A": Fraction(1200), "B": Fraction("750.5")}


def read(text: str, *, by_posts: bool = True, leave_out: bool = False) -> BodyTable:
    """The bodies of a delimited text."""
    return table(csv_cells(text), by_posts=by_posts, leave_out=leave_out)


@pytest.mark.parametrize(
    "text",
    [
        "id,posts\nA,1200\nB,750.5\n",
        "Organisme;Postes\nA;1200\nB;750,5\n",
        "Nom\tNombre de postes\nA\t1 200\nB\t750,5\n",
        "\n Organisme scolaire ;Postes d’enseignants;Remarque\nA;1\u00a0200;x\n;;\nB;750,5;\nTotal;1950,5\n",
        'identifiant,etc\n"A","1200"\n"B","750,5"\n',
    ],
)
def test_tables_are_read_as_people_write_them(text: str) -> None:
    """French or English headers, three delimiters, blank lines, a total row that agrees."""
    assert {body.id: body.weight for body in read(text).bodies} == PLAIN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings_are_recognised(encoding: str) -> None:
    """Accents survive."""
    content = "École;Postes\nÉcole du Lac;12\n".encode(encoding)
    assert read(decode(content)).bodies[0].id == "École du Lac"


def test_pupils_are_the_sum_of_both_sectors() -> None:
    """FGA has no column: it is not in the key."""
    listed = read("école;fgj;fp;type\nX;812;;privé\nY;1455;60;privé\n", by_posts=False)
    assert [body.weight for body in listed.bodies] == [812, 1515]


BAD = "id;postes\nA;12\nB;douze\nA;3\nC;-1\nD;1,200\n;4\nE;\nKativik;5\n"


def test_every_bad_row_is_listed_with_its_line() -> None:
    """Text, duplicate, negative, two readings, no name, no number, separate rules: all at once."""
    with pytest.raises(BadRows) as caught:
        read(BAD)
    assert [row.line for row in caught.value.rows] == [3, 4, 5, 6, 7, 8, 9]


def test_bad_rows_are_left_out_only_on_demand() -> None:
    """The rest is computed, and what was left out is kept."""
    listed = read(BAD, leave_out=True)
    assert [body.id for body in listed.bodies] == ["A"]
    assert len(listed.left_out) == 7


def test_a_total_that_does_not_agree_is_a_bad_row() -> None:
    """One of the two is wrong: a person must say which."""
    with pytest.raises(BadRows, match="line 4"):
        read("id,posts\nA,1\nB,2\nTotal,4\n")


@pytest.mark.parametrize("text", ["", "\n\n", "a,b\n1,2\n", "id,id,posts\nA,A,1\n", "id\nA\n"])
def test_a_table_without_its_columns_is_refused(text: str) -> None:
    """The refusal names the columns."""
    with pytest.raises(InvalidInput):
        read(text)


def test_a_body_of_the_wrong_kind_is_a_bad_row() -> None:
    """A private school in a list of 15158."""
    with pytest.raises(BadRows):
        read("id;postes;type\nA;1;public\nB;2;privé\n")


@pytest.mark.parametrize("cell", [True, None, float("nan"), float("inf"), "1e5x", "", "=1+1", "1,234", "٣"])
def test_what_is_not_a_plain_number_is_none(cell: object) -> None:
    """Booleans, infinities, formulas, and thousands that could be decimals."""
    assert exact_number(cell) is None  # type: ignore[arg-type]


@given(st.decimals(0, 10**9, places=2, allow_nan=False))
def test_numbers_come_back_exact_in_both_notations(value: object) -> None:
    """A decimal comma or point, with or without spaces between thousands."""
    plain = f"{value:.2f}"
    grouped = f"{value:,.2f}".replace(",", "\u00a0").replace(".", ",")
    assert exact_number(plain) == exact_number(grouped) == Fraction(plain)
