"""The part that each number of a question plays: amounts with their volets, counts, changes, and what is in doubt."""

from fractions import Fraction

import pytest

from assistant.conversation import Language
from assistant.parsing.reading import read
from assistant.parsing.sentence import Change


@pytest.mark.parametrize(
    ("text", "envelopes"),
    [
        ("volets 1 et 2 : 2 M$ pour le volet 2 et 4 M$ pour le volet 1", (4, 2)),
        ("volet 2 : 2 M$; volet 3 : 1 M$", (2, 1)),
        ("les trois volets, 4 M$ (volet 1), 2 M$ (volet 2) et 1 M$ (volet 3)", (4, 2, 1)),
        ("volets 2 et 3 : 2 M$ et 1 M$", (2, 1)),
        ("volets 1, 2 et 3 : 4 M$ et 2 M$ puis 1 M$ pour le volet 1", ()),
    ],
)
def test_each_envelope_goes_with_its_volet(text: str, envelopes: tuple[int, ...]) -> None:
    """In the order of the volets; left out, to be asked for, where the words do not say whose each is."""
    assert read(text, "fr").envelopes == tuple(Fraction(amount * 1_000_000) for amount in envelopes)


@pytest.mark.parametrize(
    "text",
    [
        "on a reçu 75 000 $ au volet 2 avec 1 200 postes sur 96 000",
        "le Ministère nous a versé 75 000 $ pour nos 1 200 postes",
        "notre part est de 75 000 $ au volet 2",
    ],
)
def test_what_the_body_received_is_not_an_envelope(text: str) -> None:
    """Nor anything else: the envelope is asked for."""
    reading = read(text, "fr")
    assert (reading.envelope, reading.envelopes, reading.target) == (None, (), None)


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("1,150.5 posts of ours", "en", "1150.5"),
        ("nos 1.150,5 postes", "fr", "1150.5"),
        ("nos 2035,5 postes", "fr", "2035.5"),
        ("nos 1 150,25 postes", "fr", "1150.25"),
    ],
)
def test_a_grouped_number_keeps_its_decimals(text: str, language: Language, value: str) -> None:
    """The marks of either language, and a count that looks like a year."""
    assert read(text, language).own == (("posts", Fraction(value)),)


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("et si on perdait 25 postes?", -25),
        ("what if we lost 25 posts?", -25),
        ("et si on avait 25 postes de plus?", 25),
        ("ajoute 25 postes", 25),
        ("et si on passait de 1 200 à 1 225 postes?", 25),
    ],
)
def test_a_supposed_change_is_a_change(text: str, by: int) -> None:
    """It is not the new count of the body."""
    assert read(text, "fr").changes == (Change("posts", Fraction(by)),)


@pytest.mark.parametrize(
    "text",
    [
        "on a perdu 25 postes", "nous avons 1 200 postes, 45 de plus que l'an dernier",
        "si le total augmente de 500 postes",
        "entre 1 200 et 1 300 postes chez nous", "6 M€ et nos 1 200 postes", "6 M$ sur 2 ans, nos 1 200 postes",
        "nos 1 200 postes, 300", "6 M$ majorés de 3 % de plus, 5 % de moins",
    ],
)  # fmt: skip
def test_what_is_not_plain_is_in_doubt(text: str) -> None:
    """A change that has happened, a comparison, a range, another currency, several years, a bare number."""
    assert read(text, "fr").doubts


@pytest.mark.parametrize(
    "text",
    ["Tél. : 514 555-0142, poste 2210", "le 14 novembre 2024", "de 13 h 30 à 15 h", "G1R 5A5", "depuis 2019"],
)
def test_telephones_dates_and_hours_count_nothing(text: str) -> None:
    """Neither does the extension of a telephone, which is called « poste » too."""
    reading = read(f"volet 2, 6 M$, nos 1 200 postes. {text}", "fr")
    assert (reading.own, reading.total, reading.unclear, reading.doubts) == ((("posts", Fraction(1200)),), None, (), ())
    assert not reading.names.vague_year
