"""Tables and columns of a page: reading order from the plain and the layout text, and nothing lost."""

from collections import Counter
from pathlib import Path

import documents_made as made
import pytest
from documents_made import LEFT, PITCH, Drawn
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.pdf import read_pdf
from ingest.readers.pdf_columns import in_reading_order

ROWS = [
    (["Actions"], ["Exemples"]),
    (["Élaboration d’actions de", "valorisation"], ["• Mandater un responsable pour coordonner", "et diffuser."]),
    (["Promotion locale"], ["• Investir les plateformes.", "• Faire connaître les projets."]),
    (["Partenariats avec divers", "organismes"], ["• Imaginer des projets."]),
]
WRITTEN = (
    "Actions Exemples\n\n"
    "Élaboration d’actions de\nvalorisation\n• Mandater un responsable pour coordonner\net diffuser.\n\n"
    "Promotion locale • Investir les plateformes.\n• Faire connaître les projets.\n\n"
    "Partenariats avec divers\norganismes\n• Imaginer des projets.\n"
)
TABLE_WORDS = st.text(alphabet="abcdé ", max_size=12)


def grid(rows: list[list[str]], columns: list[float]) -> list[Drawn]:
    """Cells of one line each, drawn line by line."""
    return [
        Drawn(cell, x, down=PITCH if i == 0 else 0)
        for row in rows
        for i, (cell, x) in enumerate(zip(row, columns, strict=True))
    ]


@pytest.mark.parametrize("by_line", [True, False])
def test_a_two_column_table_is_read_row_by_row(tmp_path: Path, *, by_line: bool) -> None:
    """Left cell, then right cell, whatever the order it was drawn in."""
    assert read_pdf(made.pdf(tmp_path / "a.pdf", [made.table(ROWS, by_line=by_line)])).text == WRITTEN


def test_text_around_a_table_stays_where_it_is(tmp_path: Path) -> None:
    """A table in the middle of a page."""
    before = (
        "Les montants alloués pourraient, par exemple, servir à financer les actions qui sont ci-dessous, au choix :"
    )
    after = "Les organismes scolaires, par le biais de leurs conseillers, seront invités à partager leurs publications."
    page = [before, *made.table(ROWS, by_line=True), Drawn(after, down=30)]
    assert read_pdf(made.pdf(tmp_path / "a.pdf", [page])).text == f"{before}\n\n{WRITTEN}\n{after}\n"


def test_rows_of_a_wide_table_are_lines_of_cells(tmp_path: Path) -> None:
    """Three columns or more: cells apart by tabs, a wrapped cell on the line of its row."""
    rows = [
        ["Organisme", "Montant", "Maximum"],
        ["CSS de Montréal", "1 234,50 $", "10 000 $"],
        ["CSS de la rive", "234 $", "20 000 $"],
        ["nord du fleuve", "", ""],
        ["CSS des Îles", "2 $", "1 $"],
    ]
    assert read_pdf(made.pdf(tmp_path / "a.pdf", [grid(rows, [LEFT, 200, 300])])).text == (
        "Organisme\tMontant\tMaximum\n\nCSS de Montréal\t1 234,50 $\t10 000 $\n\n"
        "CSS de la rive nord du fleuve\t234 $\t20 000 $\n\nCSS des Îles\t2 $\t1 $\n"
    )


def test_columns_of_running_text_are_read_one_after_the_other(tmp_path: Path) -> None:
    """Two columns drawn line by line across the page."""
    left = ["Le personnel scolaire contribue à la", *["réussite des élèves et au mieux-être"] * 7, "du milieu."]
    right = ["Le guide présente des actions que les", *["organismes peuvent mettre en œuvre et"] * 7, "adapter."]
    page = [piece for a, b in zip(left, right, strict=True) for piece in (Drawn(a), Drawn(b, 260, down=0))]
    assert read_pdf(made.pdf(tmp_path / "a.pdf", [page])).text == "\n".join([*left, *right]) + "\n"


def test_bulleted_and_numbered_lines_are_no_table(tmp_path: Path) -> None:
    """A bullet set apart from its text makes no column."""
    page = [
        piece
        for mark, words in [("•", "un"), ("•", "deux"), ("", "suite de deux"), ("1.", "trois"), ("2.", "quatre")]
        for piece in (Drawn(mark), Drawn(words, LEFT + 30, down=0))
    ]
    text = read_pdf(made.pdf(tmp_path / "a.pdf", [page])).text
    assert text == "• un\n• deux\nsuite de deux\n1. trois\n2. quatre\n"


def test_a_label_centred_on_its_row_keeps_the_order_of_the_drawing(tmp_path: Path) -> None:
    """Cell by cell, the producer knows better than the lines of the page."""
    rows = [("Mentorat", ["• Un premier moyen", "• Un deuxième", "• Un troisième"])] * 2
    page: list[Drawn | str] = []
    for label, bullets in rows:
        page.append(Drawn(label, LEFT, 30 + PITCH))
        page += [Drawn(line, 210, -PITCH if i == 0 else PITCH) for i, line in enumerate(bullets)]
    text = read_pdf(made.pdf(tmp_path / "a.pdf", [page])).text
    assert [line for line in text.split("\n") if line] == [line for label, more in rows for line in (label, *more)]


def test_a_wide_space_gives_a_blank_line(tmp_path: Path) -> None:
    """Paragraphs apart on the page are apart in the text; lines of one are not."""
    page = ["Un paragraphe", "sur deux lignes.", Drawn("Un autre", down=24), "sur deux lignes."]
    text = read_pdf(made.pdf(tmp_path / "a.pdf", [page])).text
    assert text == "Un paragraphe\nsur deux lignes.\n\nUn autre\nsur deux lignes.\n"


def test_where_the_two_texts_differ_the_plain_one_stands() -> None:
    """A layout text that misses characters changes nothing."""
    layout = "A     x\nB     y\nC     z"
    assert in_reading_order("A\nB\nC\nx\ny\nz manque", layout) == "A\nB\nC\nx\ny\nz manque"


@given(
    rows=st.lists(st.tuples(TABLE_WORDS, st.integers(0, 12), TABLE_WORDS, st.integers(0, 2)), max_size=12),
    by_line=st.booleans(),
)
def test_no_character_is_lost_or_added(rows: list[tuple[str, int, str, int]], *, by_line: bool) -> None:
    """Whatever the page looks like, the text holds the characters of the plain text, white space aside."""
    layout = "\n".join("\n" * gap + left + " " * space + right for left, space, right, gap in rows)
    plain = "\n".join(f"{left} {right}" for left, _, right, _ in rows)
    if not by_line:
        plain = "\n".join([*(left for left, *_ in rows), *(right for _, _, right, _ in rows)])
    text = in_reading_order(plain, layout)
    assert Counter("".join(text.split())) == Counter("".join(plain.split()))
