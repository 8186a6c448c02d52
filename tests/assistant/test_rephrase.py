"""A follow-up takes what it lacks from the earlier question; a question that stands by itself is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation import Language, Message, Question, Turn
from assistant.language import detect_language
from assistant.rephrase import rephrase
from assistant.route import numbered


def follow(text: str, *earlier: str, language: Language | None = None) -> Turn:
    """The turn after the step; earlier questions each got an answer."""
    history = tuple(
        message for one in earlier for message in (Message("user", one), Message("assistant", "Voici. Et l’axe 4?"))
    )
    question = Question(text, language, history)
    return rephrase(Turn(question, language or detect_language(text), text))


@pytest.mark.parametrize(
    ("earlier", "text", "named"),
    [
        ("Quel est le budget de l’axe 1?", "Et l’axe 3?", {"axis": {"3"}}),
        ("Quel est le budget de l’axe 1?", "pis l’axe 3", {"axis": {"3"}}),
        ("What is the budget of axis 1?", "And axis 2?", {"axis": {"2"}}),
        ("What is the budget of axis 1?", "What about axis 2?", {"axis": {"2"}}),
        ("Quelle est la règle du volet 1?", "même question pour le volet 2", {"volet": {"2"}}),
        ("Quelle est la cible de l’objectif 4?", "Et pour l’objectif 10.1?", {"objective": {"10.1"}}),
        ("How is component 2 shared?", "same for component 3", {"volet": {"3"}}),
        ("Que finance l’action 3?", "Et l’action 12", {"action": {"12"}}),
    ],
)
def test_what_is_named_anew_replaces_what_it_is_of_a_kind_with(
    earlier: str, text: str, named: dict[str, set[str]]
) -> None:
    """Only the new number is left, and the words of the earlier question are there."""
    standalone = follow(text, earlier).standalone
    assert numbered(standalone) == named
    assert earlier.split(maxsplit=1)[0] in standalone


@pytest.mark.parametrize(
    ("earlier", "text"),
    [
        ("C’est quoi un veilleur bienveillant?", "Est-ce qu’il est payé?"),
        ("C’est quoi un veilleur bienveillant?", "Pourquoi?"),
        ("What is a mentor?", "Can they be paid?"),
        ("C’est quoi un veilleur bienveillant?", "Doit-il suivre une formation?"),
        ("What is the base amount?", "and for private schools?"),
        ("Quel est le montant de base?", "Et au privé?"),
        ("Quel est le montant de base?", "En 2023-2024?"),
        ("Peut-on payer un souper?", "et un déjeuner"),
        ("Peut-on payer un souper?", "mais pour les bénévoles?"),
        ("Que vise le PEVR pour la rétention?", "Qui est responsable de cette cible?"),
        ("Quelle est la formule du volet 1?", "Pis celle-là du volet 2?"),
    ],
)
def test_a_follow_up_carries_the_earlier_question(earlier: str, text: str) -> None:
    """The stand-alone question has the subject of the one before."""
    found = follow(text, earlier)
    assert found.standalone != text
    assert text in found.standalone
    assert any(word in found.standalone for word in earlier.split() if len(word) > 5)


@pytest.mark.parametrize(
    "text",
    [
        "Quel est le budget total de la Stratégie pour les quatre années?",
        "What is the definition of a learning community in the guide?",
        "Combien de postes d’enseignants faut-il pour le volet 2?",
        "Quelle est la date de la reddition de comptes?",
        "Qui a signé la lettre du ministre en janvier 2021?",
        "Est-il possible de payer un repas avec le volet 1?",
        "Est-ce que les écoles privées reçoivent un montant de base en 2024-2025?",
    ],
)
def test_a_question_that_stands_by_itself_is_left_alone(text: str) -> None:
    """Whatever was said before."""
    assert follow(text, "Quel est le montant de base du volet 1?").standalone == text


def test_without_an_earlier_question_nothing_changes() -> None:
    """A follow-up to nothing, or to the assistant's words only."""
    assert follow("Et l’axe 3?").standalone == "Et l’axe 3?"
    history = (Message("assistant", "Bonjour! Que voulez-vous savoir de l’axe 1?"),)
    before = Turn(Question("Et l’axe 3?", None, history), "fr", "Et l’axe 3?")
    assert rephrase(before) == before


def test_a_chain_of_follow_ups_keeps_the_subject() -> None:
    """The question before the last may be a follow-up itself."""
    found = follow("Et l’axe 3?", "Quel est le budget de l’axe 1?", "Et l’axe 2?").standalone
    assert "budget" in found
    assert numbered(found) == {"axis": {"3"}}


@pytest.mark.parametrize(
    ("text", "earlier", "language", "expected"),
    [
        ("2023-2024?", "What is the base amount?", None, "en"),
        ("Axis 3?", "What is the budget of axis 1?", None, "en"),
        ("And component 2?", "Quelle est la règle du volet 1?", None, "en"),
        ("Et au privé?", "What is the base amount for a public body?", None, "fr"),
        ("2023-2024?", "What is the base amount?", "fr", "fr"),
    ],
)
def test_the_language_is_that_of_the_follow_up_or_of_the_conversation(
    text: str, earlier: str, language: Language | None, expected: Language
) -> None:
    """A follow-up without words of either language goes on in that of the conversation; a given language stays."""
    assert follow(text, earlier, language=language).language == expected


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=3))
def test_any_text_can_follow_any_other(text: str, earlier: list[str]) -> None:
    """Backslashes, digits, nothing at all: never an exception."""
    found = follow(text, *earlier)
    assert found.question.text == text
    if found.standalone != text:
        assert text in found.standalone
