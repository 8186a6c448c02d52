"""A polite request to the bare question in it; a request for something else is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation import Language
from assistant.direct_questions import direct

REQUESTS: list[tuple[Language, str, str]] = [
    ("fr", "Pourriez-vous me confirmer les trois volets de la mesure?", "Quels sont les trois volets de la mesure?"),
    ("fr", "Pouvez-vous m’indiquer le nom de la formation?", "Quel est le nom de la formation?"),
    ("fr", "J'aimerais connaître l'échéance?", "Quel est l’échéance?"),
    ("fr", "J'aimerais savoir à qui s'adressait la plateforme?", "À qui s'adressait la plateforme?"),
    ("fr", "Pouvez-vous me dire si le rôle est rémunéré?", "Est-ce que le rôle est rémunéré?"),
    ("fr", "Je me demande s'il faut un formulaire?", "Est-ce qu’il faut un formulaire?"),
    ("fr", "Serait-il possible de me dire combien d’élèves sont visés?", "Combien d’élèves sont visés?"),
    ("en", "Could you tell me how the envelope is shared?", "How the envelope is shared?"),
    ("en", "I'd like to know whether adult staff are covered?", "Adult staff are covered?"),
    ("en", "Please confirm the base amount?", "What is the base amount?"),
]
KEPT: list[tuple[Language, str]] = [
    ("fr", "Pouvez-vous simuler le volet 2 avec 520 000 $?"),
    ("fr", "Pouvez-vous me dire combien nous recevrions avec 400 postes sur 2 000?"),
    ("fr", "Pouvez-vous m'expliquer la différence entre CAP et COP?"),
    ("fr", "Quel est le montant de base?"),
    ("en", "Can we buy gifts?"),
]


@pytest.mark.parametrize(("language", "asked", "bare"), REQUESTS)
def test_the_words_that_only_ask_for_an_answer_are_left_out(language: Language, asked: str, bare: str) -> None:
    """In both languages, before a noun, a question word, « si »."""
    assert direct(asked, language) == bare


@pytest.mark.parametrize(("language", "asked"), KEPT)
def test_any_other_question_is_left_alone(language: Language, asked: str) -> None:
    """Computations, comparisons, questions that are bare already."""
    assert direct(asked, language) == asked


@given(st.text(max_size=120), st.sampled_from(["fr", "en"]))
def test_any_text_gives_a_question_no_longer_than_a_few_words_more(text: str, language: Language) -> None:
    """Nothing is lost but the request: the end of the text stays."""
    bare = direct(text, language)
    assert len(bare) <= len(text) + len("Quelle est la ")
    assert bare[-5:].lower() == text[-5:].lower() or len(bare) < len("Quelle est la ")
