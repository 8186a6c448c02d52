"""The language of a question is decided from its words; French in doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language import detect_language

FRENCH = """
C’est quoi la bienveillance?
on peut tu payer un 5 a 7
Combien pour le volet 2?
combien
montant de base?
jveux savoir ki peut etre veilleur
Le budget?
budget axe 3 svp
Qui peut être mentor au volet 3?
la date limite pour le rapport
Est-ce que le coaching est admissible?
Le team building est-il permis?
What’s up avec le volet 3, est-ce qu’on peut l’utiliser pour du mentorat?
15158
?

Quels sont les objectifs du PEVR
Définition du partenariat
Formule d’allocation 30100
Coudonc, yé où le montant?
Les « soft skills » sont-ils dans la liste?
""".split("\n")[1:-1]
ENGLISH = """
What is the base amount?
how much for component 2
Can we buy gift cards?
who can be a mentor
When is the report due?
Is a 5 à 7 eligible?
What does the Stratégie visant à valoriser le personnel scolaire fund?
Does measure 15158 cover "Veilleur bienveillant" training?
What is a centre de services scolaire?
Please list the examples of volet 3
Are private schools covered?
Tell me about the kindness component
Which schools can apply?
Base amount for 2024-2025?
funding for private schools
definition of mentoring
""".strip().splitlines()


@pytest.mark.parametrize("text", FRENCH)
def test_french(text: str) -> None:
    """Also without accents, in a few words, with English terms, or without any word."""
    assert detect_language(text) == "fr"


@pytest.mark.parametrize("text", ENGLISH)
def test_english(text: str) -> None:
    """Also when it names French things."""
    assert detect_language(text) == "en"


@given(st.text())
def test_any_text_has_a_language(text: str) -> None:
    """Never an exception, and always the same."""
    assert detect_language(text) == detect_language(text)
    assert detect_language(text) in {"fr", "en"}
