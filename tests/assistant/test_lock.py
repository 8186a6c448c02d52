"""Figures are read as values: every form of one figure is the same, anything changed in it is loose."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.lock import Figure, figures, loose

SPACES = (" ", "\u00a0", "\u202f", "\u2009", "\u2007", "\t", "\n", "  ")
CORPUS = Path(__file__).parents[2] / "corpus" / "documents"
FEW = settings(max_examples=40)
space = st.sampled_from(SPACES)
narrow = st.sampled_from(SPACES[:-1])


@st.composite
def amounts(draw: st.DrawFn) -> Decimal:
    """A positive amount in dollars and cents (« 1,001 » alone is one thousand and one in English)."""
    return Decimal(draw(st.integers(1, 10**13))).scaleb(-draw(st.integers(0, 2)))


def plain(amount: Decimal) -> tuple[str, str]:
    """Whole and decimal digits, without useless zeros."""
    whole, _, fraction = format(amount, "f").partition(".")
    return whole, fraction.rstrip("0")


def grouped(whole: str, mark: str) -> str:
    """Digits in groups of three."""
    return f"{int(whole):,}".replace(",", mark)


@st.composite
def french(draw: st.DrawFn, amount: Decimal) -> str:
    """« 21 989,5 », grouped with any space or not at all."""
    whole, fraction = plain(amount)
    number = grouped(whole, draw(narrow)) if draw(st.booleans()) else whole
    return f"{number},{fraction}" if fraction else number


@st.composite
def english(draw: st.DrawFn, amount: Decimal) -> str:
    """« 21,989.5 »."""
    whole, fraction = plain(amount)
    number = grouped(whole, ",") if draw(st.booleans()) else whole
    return f"{number}.{fraction}" if fraction else number


@st.composite
def dollars(draw: st.DrawFn, amount: Decimal) -> str:
    """One way of writing this amount of money, in French or English, with or without a scale."""
    form = draw(st.sampled_from(("fr", "en", "M$", "k$", "$M", "millions", "million", "milliards", "hyphen")))
    gap = draw(space | st.just(""))
    power = {"M$": 6, "k$": 3, "$M": 6, "millions": 6, "million": 6, "milliards": 9, "hyphen": 6}.get(form, 0)
    comma, point = draw(french(amount.scaleb(-power))), draw(english(amount.scaleb(-power)))
    blank = draw(space)
    ways = {
        "fr": (f"{comma}{gap}$", f"{comma}{blank}dollars"),
        "en": (f"${point}", f"$ {point}", f"{point} dollars"),
        "M$": (f"{comma}{gap}M$", f"{comma}{gap}M $"),
        "k$": (f"{comma}{gap}k$", f"{comma}{gap}k $"),
        "$M": (f"${point}M", f"${point} million", f"${point} M"),
        "hyphen": (f"${point}-million",),
        "million": (f"{amount.scaleb(-6):f}{blank}million dollars",),
    }
    return draw(st.sampled_from(ways.get(form, (f"{comma}{blank}{form}{blank}de{blank}dollars",))))


@FEW
@given(st.data(), amounts())
def test_every_way_of_writing_an_amount_is_the_same_figure(data: st.DataObject, amount: Decimal) -> None:
    """French or English, any space, any scale: one value, in dollars, locked by any other way."""
    one, other = data.draw(dollars(amount)), data.draw(dollars(amount))
    assert figures(one) == figures(other) == {Figure(format(amount.normalize(), "f"), "$")}
    assert not loose(f"Le budget est de {one}.", f"Budget : {other};")


@FEW
@given(st.data(), amounts(), amounts())
def test_another_amount_is_loose(data: st.DataObject, amount: Decimal, other: Decimal) -> None:
    """Two amounts that differ never lock each other, however they are written."""
    assume(amount != other)
    assert loose(data.draw(dollars(amount)), data.draw(dollars(other)))


@FEW
@given(st.data(), amounts())
def test_a_changed_scale_is_loose(data: st.DataObject, amount: Decimal) -> None:
    """A thousand times more or less never passes."""
    factor = data.draw(st.sampled_from((-6, -3, 3, 6)))
    assert loose(data.draw(dollars(amount)), data.draw(dollars(amount.scaleb(factor))))


@FEW
@given(st.data(), amounts())
def test_a_changed_unit_is_loose(data: st.DataObject, amount: Decimal) -> None:
    """Dollars, per cent and euros are not one another."""
    number = data.draw(french(amount))
    for text, source in (
        (f"{number} %", f"{number} $"),
        (f"{number} $", f"{number} %"),
        (f"{number} €", f"{number} $"),
    ):
        assert loose(text, source)


@FEW
@given(st.data(), st.integers(1, 99_999).map(lambda hundredths: Decimal(hundredths).scaleb(-2)))
def test_every_way_of_writing_a_percentage_is_the_same_figure(data: st.DataObject, amount: Decimal) -> None:
    """Decimal comma or point, sign or words."""
    forms = [f"{data.draw(french(amount))}{gap}{sign}" for gap in (" ", "\u00a0") for sign in ("%", "pour cent")]
    forms += [f"{data.draw(english(amount))}{sign}" for sign in ("%", " per cent", " percent")]
    assert {figures(form) for form in forms} == {frozenset({Figure(format(amount.normalize(), "f"), "%")})}


@FEW
@given(st.data(), amounts())
def test_a_changed_digit_is_loose(data: st.DataObject, amount: Decimal) -> None:
    """One digit of a written amount replaced by another."""
    text = data.draw(dollars(amount))
    place = data.draw(st.sampled_from([i for i, character in enumerate(text) if character.isdigit()]))
    digit = data.draw(st.sampled_from([d for d in "123456789" if d != text[place]]))
    assert loose(text[:place] + digit + text[place + 1 :], text)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("le 31 mai 2022", "May 31, 2022"),
        ("on May 31, 2022", "Le 31 mai 2022"),
        ("1er juin 2022", "June 1st, 2022"),
        ("l’année scolaire 2024-2025", "2024–2025"),
        ("the 2024–25 school year", "l’année scolaire 2024-2025"),
        ("27 janv. 2021", "27 janvier 2021"),
        ("Sept 5, 2022", "5 septembre 2022"),
        ("mesures 15158 et 30100", "Mesures 15158 et 30100 – Soutenir"),
        ("valeur 5/5", "5/5"),
        ("de 4 à 6 fois par an", "4 à 6 fois"),
        ("objectif 10.1", "10.1 Favoriser"),
        ("12 à 17 ans", "17 ans et 12 ans"),
        ("43,6 millions", "43,6 M$"),
        ("écrivez à financement@education.gouv.qc.ca.", "Courriel : financement@education.gouv.qc.ca"),
        ("(https://exemple.quebec/page?a=1#b)", "voir https://exemple.quebec/page?a=1#b"),
        ("Measure 15158 may fund it", "La mesure 15158"),
        ("Le volet 1 [1][2]", "Volet 1"),
        ("c’est-à-dire p. ex. ceci, etc.", ""),
    ],
)
def test_a_figure_of_the_source_is_not_loose(text: str, source: str) -> None:
    """Dates, school years, measures, targets, addresses, in either language."""
    assert not loose(text, source)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("le 31 juin 2022", "31 mai 2022"),
        ("in May 2022", "30 juin 2022"),
        ("May 31", "31 juin"),
        ("by May", "avril"),
        ("27.01.2022", "27.01.2021"),
        ("section 3.2.9", "3.2.1"),
        ("axes 1,2,4", "axes 1,2,3"),
        ("2025-2026", "2024-2025"),
        ("objectif 10.2", "objectif 10.1"),
        ("10.1", "101"),
        ("5/6", "5/5"),
        ("4 à 7 fois", "4 à 6 fois"),
        ("mesure 15159", "mesure 15158"),
        ("finances@education.gouv.qc.ca", "financement@education.gouv.qc.ca"),
        ("https://exemple.ca/b", "https://exemple.ca/a"),
        ("voir exemple.ca/b", "voir exemple.ca/a"),
        ("voir site.example", ""),
        ("voir ftp://site/x", ""),
        ("mailto:x@site.io", ""),
        ("12 000", "12 et 000"),
        ("1 [1] 500 $", "1 500 $"),
        ("5 $", "15 $"),
        ("1\u200b500", "1500"),
    ],
)
def test_a_figure_that_the_source_lacks_is_loose(text: str, source: str) -> None:
    """Another day, month, year, section, measure, address."""
    assert loose(text, source)


def test_figures_of_different_sources_are_not_read_as_one() -> None:
    """« 21 » in one quote and « 989 $ » in the next do not give 21 989 $."""
    assert loose("21 989 $", "volet 21", "989 $")


def test_no_precision_is_lost_in_a_long_number() -> None:
    """The last of forty digits counts."""
    assert loose("1" * 40, "1" * 39 + "2")


@given(st.text(max_size=200) | st.text(alphabet="0123456789 .,$%MkGmilonsde\u00a0\u202f²٣@/:-[]", max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    """It never raises, and a text holds all its own figures."""
    assert not loose(text, text)


@pytest.mark.parametrize(
    "text", ["0,000,000", "²", "٣,٣", "½", "[", "$", "1,", ",1", "1.", "\ud800 5", "5 M$M$", "9" * 5000]
)
def test_odd_texts_can_be_read(text: str) -> None:
    """What only looks like a number breaks nothing."""
    assert not loose(text, text)


@pytest.mark.parametrize("piece", ["a.", "a@", "1,", "1 000 ", "1", ".", "https://", "$", "2024-25 ", "1.a", "-"])
def test_a_hostile_text_is_read_in_bounded_steps(piece: str) -> None:
    """A long text made of one piece repeated ends (a quadratic reading would take minutes)."""
    assert not loose(piece * 5000, piece * 5000)


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def test_a_document_holds_the_figures_of_each_of_its_lines(path: Path) -> None:
    """Cutting a real source into lines makes up no figure."""
    text = path.read_text(encoding="utf-8")
    assert not loose(" | ".join(text.splitlines()), text)
