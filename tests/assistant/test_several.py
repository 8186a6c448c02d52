"""A text to its questions: several in one sentence, in lists, with what they lean on; one question stays one."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation import Language
from assistant.several import Asked, questions_in


def texts(text: str, language: Language = "fr") -> list[str]:
    """The questions as they would be asked."""
    return [asked.text for asked in questions_in(text, language)]


ONE: list[tuple[Language, str]] = [
    ("fr", "Est-ce que le volet 1, le volet 2 et le volet 3 s'adressent aux écoles et aux centres?"),
    ("fr", "Quels sont les trois volets et leurs objectifs?"),
    ("fr", "Peut-on acheter des chandails, des tasses et des crayons pour l'équipe?"),
    ("fr", "Une personne qui est libérée et qui reçoit une prime est-elle admissible?"),
    ("fr", "Est-ce que la mesure permet d'offrir une formation, et dans quel volet?"),
    ("fr", "Peut-on financer la formation pour le personnel? Dans quel volet?"),
    ("fr", "Si l'enveloppe est de 1 000 000 $, combien recevrait notre CSS qui compte 400 postes sur 2 000?"),
    ("fr", "Comment et quand l'argent est-il versé?"),
    ("fr", "Est-ce plus formel ou est-ce moins formel que la COP?"),
    ("fr", "J'aimerais savoir si le personnel de soutien et le personnel enseignant sont visés."),
    ("fr", "Le 5 à 7 de Noël, avec alcool, est-ce que c'est admissible?"),
    ("fr", "Pour une question qui n'est pas financière, quel est le bon contact?"),
    ("fr", "Notre CSS a 1 200 postes, l'enveloppe est de 12 000 000 $ : combien recevrons-nous au volet 1?"),
    ("fr", "Que dit le guide au sujet de « Répondez présent? » et de la plateforme?"),
    ("fr", "Cible 2027 en lecture, 4e année du primaire, svp"),
    ("en", "Can we use component 1 money for gifts, meals and certificates?"),
    ("en", "If the envelope were $2M and we had 400 posts out of 2,000, what would our share be?"),
    ("en", "What is the difference between a community of practice and a professional learning community?"),
    ("en", "My son has a fever, should he go to school?"),
]
SEVERAL: list[tuple[Language, int, str]] = [
    ("fr", 2, "Combien reçoit chaque organisme et quand l'argent est-il versé?"),
    ("fr", 2, "J'aimerais savoir si le personnel de soutien est visé et si les directions le sont aussi."),
    ("fr", 2, "D'une part, quel est le montant de base? D'autre part, qui peut être veilleur?"),
    ("fr", 3, "Quel est le montant de base, comment le solde est-il réparti et qui doit faire la reddition?"),
    ("fr", 2, "Pourriez-vous me donner le montant de base et la date limite de la reddition?"),
    ("fr", 2, "c'est quoi un veilleur bienveillant pis est-ce qu'il est payé?"),
    ("fr", 2, "Bonjour, quel est le montant de base et à qui dois-je écrire pour le versement? Merci!"),
    ("fr", 3, "Mes questions : a) quel est le montant de base; b) qui est admissible; c) la date de la reddition."),
    ("fr", 2, "Deux questions.\nQuel est le montant de base\nEst-ce que les repas sont admissibles"),
    ("fr", 2, "1- Quel est le montant de base\n2- Est-ce que les repas sont admissibles\n"),
    ("en", 2, "How is the envelope shared and when is the report due?"),
    ("en", 2, "Are meals covered, and can we carry over the balance?"),
    ("en", 2, "First, what is the base amount? Second, who is the contact?"),
]
NONE: list[tuple[Language, str]] = [
    ("fr", "Bonjour, comment allez-vous? Merci pour votre réponse rapide. Bonne journée!"),
    ("fr", "Peux-tu répondre à ce courriel? Merci"),
    ("fr", "N'hésitez pas à me joindre si vous avez des questions."),
    ("fr", "Si une partie n'est pas de votre ressort, dites-moi simplement où écrire."),
    ("fr", "Quand j'étais directrice, on avait un plan. Je vous l'envoie."),
    ("en", "Hope you are well. Thanks for your help. Please let me know if you need anything else."),
    ("fr", ""),
]


@pytest.mark.parametrize(("language", "text"), ONE)
def test_one_question_stays_one(language: Language, text: str) -> None:
    """Whatever its commas, its « et », its subordinate clauses."""
    assert len(questions_in(text, language)) == 1


@pytest.mark.parametrize(("language", "count", "text"), SEVERAL)
def test_several_questions_are_told_apart(language: Language, count: int, text: str) -> None:
    """In one sentence, in several, in lists, with or without question marks."""
    assert len(questions_in(text, language)) == count


@pytest.mark.parametrize(("language", "text"), NONE)
def test_pleasantries_and_statements_ask_nothing(language: Language, text: str) -> None:
    """Greetings, thanks, offers, hand-overs between colleagues, conditions."""
    assert questions_in(text, language) == ()


def test_each_thing_that_a_request_asks_is_a_bare_question() -> None:
    """« d'une part …, d'autre part … », subordinate clauses, items of a list."""
    asked = "Pouvez-vous m'indiquer d'une part si les écoles sont visées et d'autre part quand se fait la reddition?"
    assert texts(asked) == [
        "Est-ce que les écoles sont visées?",
        "Quand se fait la reddition?",
    ]
    assert texts("Could you tell me:\n- how it is shared;\n- whether adult staff are covered.", "en") == [
        "How it is shared?",
        "Adult staff are covered?",
    ]
    assert texts("Could you confirm: (1) the base amount; (2) who reports; (3) when the report is due?", "en") == [
        "What is the base amount?",
        "Who reports?",
        "When the report is due?",
    ]


def test_the_topic_of_a_sentence_or_a_list_goes_with_each_question() -> None:
    """« Pour le volet 2, … et …? »; « deux choses au sujet de la 15158 : »."""
    assert texts("Pour le volet 2, quel est le mode de répartition et peut-on reporter le solde?") == [
        "Pour le volet 2, quel est le mode de répartition?",
        "Pour le volet 2, peut-on reporter le solde?",
    ]
    listed = "On se demandait deux choses au sujet de la 15158 :\n- peut-on offrir un repas?\n- qui fait la reddition?"
    assert texts(listed) == [
        "Au sujet de la 15158, peut-on offrir un repas?",
        "Au sujet de la 15158, qui fait la reddition?",
    ]


def test_a_sentence_that_a_question_points_to_goes_before_it() -> None:
    """And only then: other context is left out."""
    text = "Elle parle des cours de secourisme. Est-ce que la mesure permet de les offrir? Le volet 1 existe-t-il?"
    assert texts(text) == [
        "Elle parle des cours de secourisme. Est-ce que la mesure permet de les offrir?",
        "Le volet 1 existe-t-il?",
    ]


def test_a_pronoun_names_the_question_before_it() -> None:
    """« et à quoi sert-il? » says nothing alone; « et quand l’argent est-il versé? » does."""
    assert [one.after for one in questions_in("Quel est le montant de l'axe 1 et à quoi sert-il?", "fr")] == [None, 0]
    assert [one.after for one in questions_in("What is a plan and what is it for?", "en")] == [None, 0]
    assert [one.after for one in questions_in("Qui est visé et quand l’argent est-il versé?", "fr")] == [None, None]


def test_the_numbers_of_a_computation_go_with_it_wherever_they_stand() -> None:
    """Before or after the question that asks for the computation."""
    text = "Pouvez-vous simuler le volet 2? On prend 520 000 $ : A 410 postes, B 96,5.\n\nEt qui fait la reddition?"
    first, second = questions_in(text, "fr")
    assert "520 000 $ : A 410 postes, B 96,5" in first.text
    assert second.text == "Qui fait la reddition?"


def test_an_elliptic_question_names_the_one_it_follows() -> None:
    """« Et pour le volet 2? » is asked with the question before it as history."""
    first, second = questions_in("Quel est le montant de base du volet 1? Et pour le volet 2?", "fr")
    assert (first.after, second.after, second.text) == (None, 0, "Et pour le volet 2?")


def test_own_words_stand_at_their_offsets() -> None:
    """Accents and typographic apostrophes included."""
    text = "Bonjour,\n\nJ’ai un été chargé. Où est l’échéancier, et à qui écrit-on?"
    assert [text[one.start : one.end] for one in questions_in(text, "fr")] == ["Où est l’échéancier", "à qui écrit-on?"]


@given(st.text(alphabet="aeéquêtions ?.,;:!-()\n«»’'1)b où et que", max_size=200), st.sampled_from(["fr", "en"]))
def test_any_text_gives_questions_in_order_within_it(text: str, language: Language) -> None:
    """Spans are inside the text, not empty, in order, and never overlap."""
    found = questions_in(text, language)
    assert all(0 <= one.start < one.end <= len(text) and one.text.strip() for one in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(_context_precedes(one, text) for one in found)


def _context_precedes(one: Asked, text: str) -> bool:
    return all(0 <= start < end <= len(text) for start, end in one.context)
