"""Markdown to the marked-up form."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import ReadError
from ingest.readers.markdown import marked, read_markdown
from ingest.readers.markup import MarkedText

WORDS = st.text(alphabet="abcé œ’15,;", min_size=1, max_size=30).filter(str.strip)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Un **mot** et *un autre*, __gras__, _penché_, ~~barré~~.", "Un mot et un autre, gras, penché, barré."),
        ("2 * 3 * 4, snake_case_name, 5*6", "2 * 3 * 4, snake_case_name, 5*6"),
        ("Voir [le guide](https://x.ca/a_b) et [la page][p].", "Voir le guide et la page."),
        ("<https://x.ca/a> et `code` ![logo](l.png)", "https://x.ca/a et code "),
        ("Un appel[^1] et <u>un</u> mot<br>de plus &amp; plus", "Un appel[^1] et un mot de plus & plus"),
        (r"\*pas penché\* et 1\. rien", "*pas penché* et 1. rien"),
        ("Titre\n=====\n\nSous-titre\n---", "# Titre\n\n## Sous-titre"),
        ("## Titre ##", "## Titre"),
        ("* un\n+ deux\n1. trois\n2) quatre\n- [x] fait", "- un\n- deux\n- trois\n- quatre\n- fait"),
        ("Depuis l’an\n12. mars reste là", "Depuis l’an\n12. mars reste là"),
        ("> cité\n> encore", "cité\nencore"),
        ("a\n\n***\n\nb", "a\n\n\nb"),
        ("| A | B |\n|---|:-:|\n| 1 | **2** |\n| 3 |", "A\tB\n--\t--\n1\t2\n3\t"),
        ("---\ntitle: x\n---\nTexte", "Texte"),
        ("a <!-- caché\nsur deux lignes --> b", "a  b"),
        ("```\ncode\n```", "code"),
        ("[ref]: https://x.ca", ""),
    ],
)
def test_marks_go_and_words_stay(markdown: str, expected: str) -> None:
    """Each kind of mark of Markdown."""
    assert marked(markdown) == expected


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("heading"), WORDS),
            st.tuples(st.just("item"), WORDS),
            st.tuples(st.just("paragraph"), WORDS),
            st.tuples(st.just("table"), WORDS),
        ),
        min_size=1,
    )
)
def test_our_own_form_is_kept(blocks: list[tuple[str, str]]) -> None:
    """A file already in the marked-up form comes out unchanged."""
    made = MarkedText()
    for kind, words in blocks:
        if kind == "heading":
            made.heading(2, words)
        elif kind == "item":
            made.item(words)
        elif kind == "table":
            made.table([[["A"], ["B"]], [[words], ["b"]]], header=True)
        else:
            made.paragraph(words)
    text = made.text
    assert marked(text) == text


def test_a_file_of_marks_only_is_refused(tmp_path: Path) -> None:
    """No text, no source."""
    path = tmp_path / "a.md"
    path.write_text("---\n\n***\n")
    with pytest.raises(ReadError, match="no text"):
        read_markdown(path)
