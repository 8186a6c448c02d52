"""The table of means: rows whole across page breaks, cells under their columns."""

import re

from hypothesis import given
from hypothesis import strategies as st
from plan_samples import means_of


def test_a_row_cut_by_a_page_is_put_back_together() -> None:
    """Below a blank line, a row that opens with a small letter, or has no first cell, goes on the row above."""
    assert means_of("Un moyen qui\tDes\tDG\tDeux\t\n\ncontinue.\tgens\t\tfois\tFait\n") == [
        {
            "Moyens": "Un moyen qui continue.",
            "Groupes visés": "Des gens",
            "Responsable": "DG",
            "Mise en œuvre de l’action": "Deux fois",
            "État d’avancement": "Fait",
        }
    ]
    assert means_of("Un moyen\tTous\tDG\tDeux\tFait\n\n\t\t\tfois\n--\t--\t--\n")[0]["Mise en œuvre de l’action"] == (
        "Deux fois"
    )


def test_the_upper_piece_of_a_row_joins_the_row_below_the_break() -> None:
    """A piece without first cell, above a blank line, opens the next row; words told twice are kept once."""
    first, second = means_of(
        "Un moyen\tTous\tDG\tSouvent\tFait\n"
        "\tDes gens de\t\t\tLa première étape est très avan\n"
        "\n\nUn autre moyen\tDes gens de bien\tDG\tSouvent\test très avan cée.\n"
    )
    assert first["État d’avancement"] == "Fait"
    assert second["Groupes visés"] == "Des gens de bien"
    assert second["État d’avancement"] == "La première étape est très avan cée."


def test_words_repeated_with_other_accents_are_kept_once() -> None:
    """Extraction may lose an accent in one of the two copies."""
    (row,) = means_of("\tPour des élèves doués\n\nUn moyen\televes doués et <b>tous</b>\tDG\n")[-1:]
    assert row["Groupes visés"] == "Pour des élèves doués et tous"


def test_a_list_that_slipped_by_a_column_goes_back_where_it_goes_on() -> None:
    """« a) » above the break joins the only column where « b) » opens below it."""
    rows = "Un moyen\tTous\tDG\tSouvent\tFait\n\t\t\t\ta) Un essai.\n\nUn autre\tTous\tDG\tb) Deux essais.\tb) oui\n"
    assert means_of(rows)[1]["État d’avancement"] == "a) Un essai. b) oui"
    slipped = means_of(rows.replace("b) oui", "oui"))[1]
    assert slipped["Mise en œuvre de l’action"] == "a) Un essai. b) Deux essais."
    assert slipped["État d’avancement"] == "oui"


def test_rows_are_aligned_with_or_without_the_empty_columns_of_their_titles() -> None:
    """An empty column beside a title may be missing from the rows; an empty cell at the end is no column."""
    titles = "MOYENS\t\tGroupes visés\tResponsable\n"
    expected = {"Moyens": "Un moyen", "Groupes visés": "Tous", "Responsable": "DG"}
    for row in ("Un moyen\t\tTous\tDG\n", "Un moyen\tTous\tDG\n", "Un moyen\tTous\tDG\t\n"):
        assert means_of(row, titles=titles) == [expected]


def test_text_of_no_column_is_kept_apart() -> None:
    """A line without cells below a table, or a cell too many, is not lost."""
    (row,) = means_of("Un moyen\tTous\tDG\tSouvent\tFait\tEn trop\n\n**Une remarque**\n")
    assert row["suite"] == "En trop Une remarque"


words = st.lists(st.sampled_from("le plan aide 12 élèves à agir".split()), min_size=1, max_size=4).map(" ".join)
tags = st.sampled_from(["{}", "<b>{}</b>", "<p>{}</p> <p>suite</p>", "**{}**", "<u>{}</u> : oui", "• {}"])


@given(st.lists(st.tuples(*[st.tuples(words, tags)] * 5), min_size=1, max_size=4))
def test_cells_come_out_without_their_tags(table: list[tuple[tuple[str, str], ...]]) -> None:
    """Whatever tags the cells hold, each means reads as its cells do without them, in order."""
    rows = "".join("\t".join(tag.format(text) for text, tag in row) + "\n" for row in table)
    expected = [[re.sub(r"</?\w+>|\*\*|• ", "", tag.format(text)).strip() for text, tag in row] for row in table]
    assert [list(row.values()) for row in means_of(rows)] == expected
