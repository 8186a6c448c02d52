"""What a question asks for and about is read from its words, in either language; what is not said stays unknown."""

import pytest
from core_fakes import garden_index, turn

from assistant.conversation import BodyType, Profile, Question, Turn
from assistant.route import body_type, make_route, needs, numbered, school_year


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Quelle est la règle du volet 2?", {"volet": "2"}),
        ("le deuxième volet, ça dit quoi", {"volet": "2"}),
        ("volet deux pis volet trois", {"volet": "23"}),
        ("les volets 1, 2 et 3", {"volet": "123"}),
        ("component 3 or component 1?", {"volet": "13"}),
        ("the second component", {"volet": "2"}),
        ("Le volet bienveillance couvre quoi?", {"volet": "2"}),
        ("budget de l’axe 4", {"axis": "4"}),
        ("axis 1 versus axis 2", {"axis": "12"}),
        ("l’action 16 de la Stratégie", {"action": {"16"}}),
        ("actions 3 et 12", {"action": {"3", "12"}}),
        ("objectif 10.1", {"objective": {"10.1"}}),
        ("obj 4 c koi la cible", {"objective": "4"}),
        ("objectives 5 and 6", {"objective": "56"}),
        ("L’objectif 1 et l’axe 2", {"objective": "1", "axis": "2"}),
        ("Quel est le montant de base?", {}),
        ("volet 7", {}),
        ("le développement de 3 compétences", {}),
        ("", {}),
    ],
)
def test_numbered_things(question: str, expected: dict[str, str | set[str]]) -> None:
    """Volets, axes, actions and objectives, in digits, in words, before or after the noun."""
    assert dict(numbered(question)) == {key: frozenset(values) for key, values in expected.items()}


@pytest.mark.parametrize(
    ("question", "need"),
    [
        ("Combien on reçoit?", "amount"),
        ("C’est quoi le montant de base", "amount"),
        ("how much do we get", "amount"),
        ("quel est le budget de l’axe 1", "amount"),
        ("Combien de volets?", "count"),
        ("How many components are there?", "count"),
        ("C’est quand la reddition de comptes?", "date"),
        ("When is the report due?", "date"),
        ("à quel moment doit-on répondre", "date"),
        ("A qui j’écris pour une question de sous", "contact"),
        ("quel courriel utiliser", "contact"),
        ("c’est quoi la bienveillance", "definition"),
        ("Qu’est-ce que le mentorat?", "definition"),
        ("what does mentoring mean", "definition"),
        ("On peut tu payer un party", "eligibility"),
        ("Est-ce admissible?", "eligibility"),
        ("Can we buy mugs?", "eligibility"),
        ("Is coaching allowed?", "eligibility"),
        ("comment l’enveloppe est répartie", "rule"),
        ("how is it allocated", "rule"),
        ("Quelle est la cible de rétention?", "target"),
        ("What percentage is targeted in 2027?", "target"),
        ("Qui est responsable de la mesure?", "person"),
        ("Who coordinates?", "person"),
    ],
)
def test_asked_attributes(question: str, need: str) -> None:
    """With or without accents, in spoken French or in English."""
    assert need in needs(question)


def test_a_question_may_ask_for_nothing_in_particular() -> None:
    """No attribute is guessed."""
    assert needs("Parle-moi du guide") == frozenset()


@pytest.mark.parametrize(
    ("question", "profile", "expected"),
    [
        ("Pour une école privée", None, "private"),
        ("les établissements privés", "public", "private"),
        ("for an independent school", None, "private"),
        ("un CSS de la région", None, "public"),
        ("centre de services scolaire", "private", "public"),
        ("our school board", None, "public"),
        ("le public ou le privé?", "private", None),
        ("Combien reçoit-on?", "private", "private"),
        ("Combien reçoit-on?", None, None),
    ],
)
def test_body_type(question: str, profile: BodyType | None, expected: BodyType | None) -> None:
    """The question decides, then the profile; both named is undecided."""
    assert body_type(question, Profile(profile)) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("en 2024-2025", "2024-2025"),
        ("pour 24-25?", "2024-2025"),
        ("in 2025–26", "2025-2026"),
        ("2023/2024", "2023-2024"),
        ("de 2022-2026", "2021-2022"),
        ("volets 1-2", "2021-2022"),
        ("rien", "2021-2022"),
    ],
)
def test_school_year(question: str, expected: str) -> None:
    """Two consecutive years, written in any usual way; otherwise the profile's."""
    assert school_year(question, Profile(school_year="2021-2022")) == expected


def routed(question: str) -> Turn:
    """The turn after the step."""
    entries = [stored.entry for stored in garden_index().documents.values()]
    return make_route(entries)(turn(question))


def test_documents_are_known_by_the_cues_of_the_catalog() -> None:
    """Case and accents do not matter; several may be named."""
    assert routed("Que dit la LETTRE?").route.documents == {"lettre"}
    assert routed("Le jardin ou la lettre").route.documents == {"jardin", "lettre"}
    assert routed("Que dit le guide?").route.documents == frozenset()


def test_a_measure_is_known_by_its_number_alone() -> None:
    """One measure is kept; two leave it open."""
    assert routed("la mesure 15158").route.measure == "15158"
    assert routed("15158 ou 30100?").route.measure is None
    assert routed("mesure 151580").route.measure is None


def test_the_standalone_question_is_read() -> None:
    """What the earlier turns gave counts."""
    step = make_route([])
    found = step(Turn(Question("Et l’axe 3?"), "fr", "Quel est le budget de l’axe 3?"))
    assert found.route.numbered == {"axis": frozenset("3")}
    assert "amount" in found.route.needs
