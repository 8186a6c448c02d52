"""Personal data in what people write is hidden; what a question is about stays."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.personal import masked, personal_data
from ingest.fold import MASK

PUBLISHED = {"financement@education.gouv.qc.ca"}


@pytest.mark.parametrize(
    "marked",
    [
        "Écrivez à ⟦jean.tremblay@css-exemple.qc.ca⟧ ou à ⟦jtremblay@exemple.com⟧.",
        "lien ?to=⟦anne%40exemple.org⟧",
        "Mme ⟦Aurélie Test-Lavigueur⟧ (matricule ⟦000-48-213⟧, NAS ⟦000 000 018⟧, cell. ⟦418 555-0142⟧)",
        "mon NAS: ⟦046454286⟧",
        "Le ⟦046 454 286⟧ est à moi",
        "⟦(514) 555-0199 poste 23⟧",
        "call ⟦+1 514-555-0199 x 2⟧ or ⟦5145550199⟧",
        "Code permanent : ⟦TREM12345678⟧",
        "health insurance number ⟦TREM 1234 5678⟧",
        "Je m’appelle ⟦Marie-Ève St-Pierre⟧ et j’ai une question",
        "my name is ⟦John Smith⟧.",
        "Je suis ⟦Marie Tremblay⟧, de l’école",
        "M. ⟦Jean de la Durantaye⟧ demande",
        "Mme ⟦Roy⟧ du CSS des Rives",
        "⟦H2X 1Y4⟧",
    ],
)
def test_what_points_at_a_person_is_hidden(marked: str) -> None:
    """What stands between brackets, and nothing else."""
    hidden = re.sub("⟦(.*?)⟧", lambda found: re.sub(r"\S", MASK, found[1]), marked)
    assert masked(re.sub("[⟦⟧]", "", marked), PUBLISHED) == hidden


@pytest.mark.parametrize(
    "text",
    [
        "Écrire à financement@education.gouv.qc.ca ou FINANCEMENT@education.gouv.qc.ca",
        "Notre part de 21 989 $ sur 43,6 M$ pour 2024-2025, mesures 15158 et 30100",
        "Une enveloppe de 123 456 789 $ et de 2500000000 dollars, 046 454 286 $",
        "An envelope of 123 456 780 for 12 345 positions",
        "Je suis Directrice d’école; je suis au CSS",
        "Madame la ministre a signé la lettre du 27 janvier 2021",
        "Le volet 2 de la mesure 15158 à 85 %, 1 250 ETC, page 12",
    ],
)
def test_what_a_question_is_about_stays(text: str) -> None:
    """Amounts, measures, years, offices, published addresses."""
    assert masked(text, PUBLISHED) == text


@given(st.text())
def test_length_and_spaces_are_kept(text: str) -> None:
    """Whatever the text; hiding twice hides no more."""
    hidden = masked(text)
    assert len(hidden) == len(text)
    assert all(new in {MASK, old} for old, new in zip(text, hidden, strict=True))
    assert masked(hidden) == hidden


@given(
    st.from_regex(r"[a-z]{1,8}\.?[a-z]{1,8}@[a-z]{2,9}\.[a-z]{2,4}", fullmatch=True), st.text("\n ,;:()<>", max_size=3)
)
def test_no_address_is_missed(address: str, around: str) -> None:
    """Wherever it stands among spaces and punctuation."""
    assert "@" not in masked(f"{around}{address}{around}")
    assert len(list(personal_data(f"x {around}{address}{around} y"))) == 1
