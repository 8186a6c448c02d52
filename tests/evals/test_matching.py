"""How an answer is searched for a string: forgiving for letters and spaces, strict for numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.matching import contains


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("Le montant est de 85.", "85"),
        ("85 % des écoles", "85"),
        ("Il est de 21\u00a0989\u00a0$.", "21 989"),
        ("Il est de 21989 $.", "21 989"),
        ("It is $21,989.", "21,989"),
        ("de 64,9 M$ à 7,3 M$", "64,9"),
        ("PRIVÉE", "prive"),
        ("L’ÉLÈVE, lui", "l'eleve"),
        ("plan   de\nvalorisation", "plan de valorisation"),
        ("en 2024 150 écoles", "150"),
        ("en 2024-2025", "2024"),
        ("Montant officiel confirmé\u00a0: 500\u202f000 $", "confirmé : 500 000 $"),
        ("volets 1, 2 et 3", "2"),
        ("4/4 offres", "4/4"),
    ],
)
def test_is_contained(text: str, variant: str) -> None:
    """Case, accents, apostrophes and spaces do not count."""
    assert contains(text, variant)


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("Le montant est de 850.", "85"),
        ("85,5 % des écoles", "85"),
        ("85.5 % of schools", "85"),
        ("1 085 écoles", "85"),
        ("21 989 $", "989"),
        ("21\u00a0989 $", "21"),
        ("$21,989", "21"),
        ("21,989", "21 989"),
        ("121 989 $", "21 989"),
        ("la mesure 151580", "15158"),
        ("10,95 M$", "10,9"),
        ("rien", ""),
        ("rien", "   "),
    ],
)
def test_is_not_contained(text: str, variant: str) -> None:
    """A number is never found inside another number; nothing is found nowhere."""
    assert not contains(text, variant)


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from(["{}", "{:_}", "{:,}"]))
def test_a_number_matches_itself_only(written: int, looked_for: int, form: str) -> None:
    """Whatever way a number is grouped, only the same number matches."""
    grouped = form.format(written).replace("_", "\u00a0")
    assert contains(f"un total de {grouped} $.", form.format(looked_for).replace("_", " ")) == (written == looked_for)


@given(st.text("aé Ω1 '’", max_size=30))
def test_a_text_contains_itself(text: str) -> None:
    """Every text with something in it contains itself."""
    assert contains(text, text) == bool(text.strip())
