"""What a paragraph is for, from its words and the headings above it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.documents import UnitKind
from ingest.kinds import announces_examples, kind_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Courriel : info@exemple.qc.ca", UnitKind.CONTACT),
        ("Écrire à soutien@exemple.org pour toute question.", UnitKind.CONTACT),
        ("L’enveloppe est répartie selon l’effectif.", UnitKind.ALLOCATION_RULE),
        ("Le solde va au prorata des postes.", UnitKind.ALLOCATION_RULE),
        ("Un montant de 11 M$ est ajouté.", UnitKind.FIGURE),
        ("La cible est de 79,7 %.", UnitKind.FIGURE),
        ("Une somme de 21\u2009989 $ est versée.", UnitKind.FIGURE),
        ("L'équipe, c’est un groupe qui se définit par son but.", UnitKind.DEFINITION),
        ("On entend par mentor une personne d’expérience.", UnitKind.DEFINITION),
        ("Le rapport est remis au plus tard le 30 juin.", UnitKind.DEADLINE),
        ("D'ici juin 2027, le plan est revu.", UnitKind.DEADLINE),
        ("Le personnel est présent depuis 2022.", UnitKind.NARRATIVE),
    ],
)
def test_words_tell_the_kind(text: str, kind: UnitKind) -> None:
    """Without headings, the words decide, with either apostrophe."""
    assert kind_of(text) is kind
    assert kind_of(text.replace("’", "'")) is kind


def test_headings_decide_before_words() -> None:
    """What stands under « Définitions » defines; what stands under « Formule et normes d’allocation » rules."""
    assert kind_of("Un texte.", ("Quelques définitions d’intérêt", "Mentorat")) is UnitKind.DEFINITION
    assert kind_of("Un texte.", ("Volet 1", "Formule et normes d’allocation")) is UnitKind.ALLOCATION_RULE
    assert kind_of("Un texte.", ("Formule et normes d’allocation", "Autre chose")) is UnitKind.NARRATIVE


def test_examples_are_announced_by_words_that_leave_the_list_open() -> None:
    """« par exemple », « notamment », « pourraient »: a list of examples; « les suivantes »: a list."""
    assert announces_examples("Les montants pourraient servir à :")
    assert announces_examples("Les dépenses, par exemple :")
    assert not announces_examples("Les pièces à joindre sont les suivantes :")


@given(st.text("0123456789 ,.$%M", max_size=400))
def test_any_text_has_a_kind(text: str) -> None:
    """Long runs of digits and spaces are decided too."""
    assert kind_of(text) in UnitKind
