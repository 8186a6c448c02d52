"""Index tokens: words whatever their accents, case and apostrophes; numbers with the value they have."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.tokens import char_grams, fold_accents, stem, tokenize, words

SPACES = st.sampled_from([" ", "\u00a0", "\u2009", "\u202f"])
FRENCH = st.text("abcdeghlmnopqrstuvzàâæçéèêëîïôœùûüÿ '’-", max_size=40)
_ACCENTS = str.maketrans("àâçéèêëîïôùûüÿ", "aaceeeeiiouuuy")


def grouped(number: int, space: str) -> str:
    """A number with its thousands apart."""
    return f"{number:,}".replace(",", space)


@given(FRENCH)
def test_accents_case_and_apostrophes_do_not_matter(text: str) -> None:
    """The same tokens for any way of typing the same words."""
    plain = text.translate(_ACCENTS).replace("œ", "oe").replace("æ", "ae")
    for other in (text.upper(), text.replace("’", "'"), text.replace("'", "’"), text.replace("-", "\u2011"), plain):
        assert tokenize(other) == tokenize(text)
        assert char_grams(other) == char_grams(text)
        assert fold_accents(other) == fold_accents(text)


@given(st.integers(0, 10**9), SPACES)
def test_thousands_are_joined_whatever_separates_them(number: int, space: str) -> None:
    """« 21 989 $ » and « 21989 » are one number, and so is « 21,989 » in English."""
    for written in (str(number), grouped(number, space), grouped(number, ",")):
        assert words(f"soit {written} $ par an") == ["soit", str(number), "par", "an"]


@given(st.integers(0, 10**6), st.integers(0, 99), SPACES)
def test_decimals_keep_their_value(whole: int, cents: int, space: str) -> None:
    """A comma and a point are one decimal sign."""
    expected = f"{whole}.{cents:02d}"
    for written in (f"{whole},{cents:02d}", expected, f"{grouped(whole, space)},{cents:02d}", f"{whole:,}.{cents:02d}"):
        assert words(f"({written}{space}M$)") == [expected, "m"]


@given(st.integers(1, 999))
def test_a_decimal_below_one_is_no_thousand(thousandths: int) -> None:
    """« 0,125 » is an eighth."""
    assert words(f"{0},{thousandths:03d}") == [f"0.{thousandths:03d}"]


@given(st.text("0123456789 ,.\u00a0\u2009$%aé'", max_size=40))
def test_digits_are_never_added_lost_nor_moved(text: str) -> None:
    """Outside school years, the tokens hold the digits of the text, in order."""
    assert re.sub(r"\D", "", "".join(words(text))) == re.sub(r"\D", "", text)


@given(st.integers(0, 98), st.sampled_from(["-", "–", "/", " - "]))
def test_school_years_are_written_in_full(year: int, dash: str) -> None:
    """« 24-25 », « 2024/25 » and « 2024-2025 » are one year."""
    full = f"20{year:02d}-20{year + 1:02d}"
    for first, second in ((f"{year:02d}", f"{year + 1:02d}"), (f"20{year:02d}", f"{year + 1:02d}"), full.split("-")):
        assert words(f"en {first}{dash}{second}.") == ["en", full]


@pytest.mark.parametrize("text", ["2011-12-05", "05/12/2011", "10.10-11", "v10-11-12"])
def test_dates_and_sections_are_no_school_years(text: str) -> None:
    """What goes on with another number keeps its digits."""
    assert re.sub(r"\D", "", "".join(words(text))) == re.sub(r"\D", "", text)


def test_words_of_a_sentence() -> None:
    """Elisions are cut, compounds kept whole, ligatures opened."""
    assert words("L’œuvre d’une équipe-école, qu'aujourd’hui l'on appelle…") == [
        "oeuvre", "une", "equipe-ecole", "aujourd'hui", "on", "appelle",
    ]  # fmt: skip


def test_tokens_are_stems_without_stop_words() -> None:
    """A compound gives its parts and itself; plural and singular meet."""
    assert tokenize("les équipes-écoles") == [stem("equipes"), stem("ecoles"), stem("equipesecoles")]
    assert tokenize("un bien-être") == tokenize("Bien\u2011Être")
    assert tokenize("généraux") == tokenize("generaux")
    assert tokenize("de la et les") == []


def test_char_grams_survive_a_missing_letter() -> None:
    """Most pieces of a misspelt word are those of the word; numbers stay whole."""
    assert len(set(char_grams("concertation")) & set(char_grams("concerttion"))) >= 6
    assert char_grams("la mesure 15158") == ["_mes", "mesu", "esur", "sure", "ure_", "15158"]


@given(st.text())
def test_any_text_has_tokens_without_white_space(text: str) -> None:
    """Nothing fails, and no token is empty."""
    for token in (*words(text), *tokenize(text), *char_grams(text)):
        assert token
        assert not any(character.isspace() for character in token)
