"""Figures compare by value, across languages and ways of writing."""

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evals.figures import figures, supported

FRENCH = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
ENGLISH = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def backed(text: str, by: str) -> bool:
    """Whether every figure of a text, which has one, is backed."""
    found = figures(text)
    assert found
    return all(supported(figure, figures(by)) for figure in found)


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("$21,989", "21\u00a0989\u00a0$"),
        ("21989 dollars", "21 989 $"),
        ("43.6 million", "43,6 M$"),
        ("$43.6M", "43,6 M\u00a0$"),
        ("43 600 000 $", "$43.6 million"),
        ("1,5 milliard", "1 500 000 000 $"),
        ("85%", "85 %"),
        ("85 per cent", "85 pour cent"),
        ("85", "85 %"),
        ("May 31, 2022", "31 mai 2022"),
        ("2022-05-31", "le 31 mai 2022"),
        ("July 1", "1er juillet"),
        ("juin 2027", "June 30, 2027"),
        ("Sept. 5, 2023", "5 septembre 2023"),
        ("2022", "le 31 mai 2022"),
        ("2024–2025", "l’année scolaire 2024-2025"),
        ("from 2022 to 2026", "2022-2026"),
        ("2024-25", "2024-2025"),
        ("2025", "2024-2025"),
        ("Financement@Education.gouv.qc.ca.", "(financement@education.gouv.qc.ca)"),
        ("quebec.ca/education", "https://www.quebec.ca/education/"),
        ("la mesure 15158", "mesures 15158 et 30100"),
        ("4e année", "4 élèves"),
    ],
)
def test_same_value(text: str, by: str) -> None:
    """The same value written in another way is backed."""
    assert backed(text, by)


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("21 998 $", "21 989 $"),
        ("21 989 %", "21 989 $"),
        ("43,6 M$", "43,6 %"),
        ("43,6 M$", "43,6 $"),
        ("989 $", "21 989 $"),
        ("85", "85,5"),
        ("31 mai 2023", "31 mai 2022"),
        ("30 mai 2022", "31 mai 2022"),
        ("31 mai 2022", "31 mai"),
        ("juin 2022", "31 mai 2022"),
        ("2025-2026", "2024-2025"),
        ("2024-2025", "2023-2024 et 2025-2026"),
        ("financement@education.gouv.ca", "financement@education.gouv.qc.ca"),
        ("15185", "15158"),
        ("12", "rien"),
    ],
)
def test_other_value(text: str, by: str) -> None:
    """Another value, another unit, or more than the support says, is not backed."""
    assert not backed(text, by)


def test_a_month_takes_no_number_that_is_not_a_day() -> None:
    """The verb "may" makes no date, and a percentage after a French month is not a day."""
    assert [figure.text for figure in figures("Component 2 may fund 3 things. En juin 85 % des cas")] == [
        "2",
        "3",
        "85 %",
    ]


def test_small_ordinals_are_told_from_other_numbers() -> None:
    """Numbers after a label are ordinals, lists included; amounts and school years are not."""
    found = figures("volets 1, 2 et 3, axe 4 (5 actions), action 12 : 64,9 M$, volet 1 000, volet 1, 2024-2025")
    assert [figure.text for figure in found if figure.ordinal] == ["1", "2", "3", "4", "12", "1"]


@given(st.decimals(0, 10**9, places=2), st.sampled_from([" ", "\u00a0", "\u202f"]))
def test_amounts_compare_across_languages(amount: object, space: str) -> None:
    """A French amount backs the same English amount, and the other way round."""
    english = f"${amount:,}"
    french = f"{amount:,}".replace(",", space).replace(".", ",") + f"{space}$"
    assert backed(english, french)
    assert backed(french, english)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_wrong_amount_is_not_backed(one: int, other: int) -> None:
    """Two amounts that differ never back each other."""
    assume(one != other)
    assert not backed(f"{one:,} $".replace(",", "\u00a0"), f"soit {other:,} $.".replace(",", " "))


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)),
    st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)),
)
def test_dates_compare_across_languages(one: dt.date, other: dt.date) -> None:
    """French, English and ISO forms of a date are one value; two dates are not."""

    def forms(date: dt.date) -> tuple[str, str, str]:
        day = "1er" if date.day == 1 else str(date.day)
        english = f"{ENGLISH[date.month - 1]} {date.day}, {date.year}"
        return f"{day} {FRENCH[date.month - 1]} {date.year}", english, date.isoformat()

    assert all(backed(a, b) for a in forms(one) for b in forms(one))
    assert one == other or not any(backed(a, b) for a in forms(one) for b in forms(other))
