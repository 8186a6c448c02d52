"""Refusals of a computation, through every step on the real corpus: nothing loose, nothing lost, and what was understood.

The check is the independent one of `evals.verify`, which shares no code with the guard.
"""

from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest
from core_fakes import open_new, pipeline_of, steps_of, temporary_folder

from assistant.calculate import make_calculate
from assistant.conversation import Answer, Message, Profile, Question
from assistant.pipeline import Pipeline
from assistant.tools.figures import load_figures
from assistant.web.schemas import AnswerReply
from assistant.working import to_html, to_text
from evals.sources import load_sources
from evals.verify import verify

CORPUS = Path(__file__).parents[2] / "corpus"
SOURCES = load_sources(CORPUS)
Tongue = Literal["fr", "en"]
NOTHING = "not_in_documents"
MORE = "needs_input"

REFUSALS: list[tuple[str, Tongue, str, str]] = [
    ("Volet 1, 30 000 $ à partager : Alpha 200 postes, Bravo 150. Combien chacun?", "fr", NOTHING, "13\u00a0978\u00a0$"),
    ("Split $100,000 in component 1: Ash 10 posts, Birch 20, Cedar 5, Dale 7, Elm 9.", "en", NOTHING, "$9,945"),
    ("Volet 1 : il resterait combien à distribuer avec 200 000 $ et 11 organismes?", "fr", NOTHING, "41\u00a0879\u00a0$"),
    ("Volet 1 avec une base de 25 000 $, 40 000 $ pour A 5 postes et B 6 postes?", "fr", NOTHING, "10\u00a0000\u00a0$"),
    ("Notre part du volet 3 en 2021-2022 : 2 M$, 88 000 postes, nous 640?", "fr", NOTHING, "2021-2022"),
    ("Our 2023-2024 share of component 3: $2M, 88,000 posts, 640 of them ours?", "en", NOTHING, "2023-2024"),
    ("Total des volets 2 et 3 en 2022-2023 : 2 M$ et 1 M$, 640 postes sur 88 000?", "fr", NOTHING, "2022-2023"),
    ("Part du volet 1 en 2027-2028 : 9 M$, 65 organismes, 91 000 postes au total, nous 800?", "fr", NOTHING, "2027-2028"),
    ("Component 1 in 2025-2026: $9M, 65 bodies, 91,000 posts in total, 800 of ours: our share?", "en", NOTHING, "$21,989"),
    ("Quel est le montant de base pour 2026-2027?", "fr", NOTHING, "2026-2027"),
    ("What was the base amount in 2022-2023?", "en", NOTHING, "2022-2023"),
    ("Le montant de base de l'an prochain, c'est combien?", "fr", NOTHING, "une autre année"),
    ("Notre collège privé a 44 postes sur 91 000; le volet 2 est de 4 M$: notre part?", "fr", "answered", "30100"),
    ("We are a private school with 44 of 91,000 posts; component 1 is $4M, 70 bodies: our share?", "en", "answered", "30100"),
    ("Notre centre de services a 1200 élèves sur 130 000, enveloppe 30100 de 3 M$: notre part?", "fr", "answered", "15158"),
    ("Our school board has 1,200 of 130,000 students; measure 30100 envelope $3M: our share?", "en", "answered", "15158"),
    ("Si le gouvernement donne 140 M$ chaque année, ça fait combien pour toute la Stratégie?", "fr", "answered", "en quatre ans"),
    ("The Strategy pays 140 million every year: how much in total?", "en", "answered", "4 years"),
    ("L'enveloppe 2024-2025 du volet 3 est de 43,6 M$: notre part avec 250 postes sur 91 000?", "fr", NOTHING, "2024-2025"),
    ("With the $43.6M envelope, what is our share of component 2 with 250 of 91,000 posts?", "en", NOTHING, "$43.6M"),
    ("Volet 2, 2 M$ : Alpha -12 postes, Bravo 30 postes, combien chacun?", "fr", MORE, "Alpha"),
    ("Volet 3, 2 M$ : nous avons 700 postes, total de 650 postes, notre part?", "fr", MORE, "650"),
    ("Component 2: split $5,000 between Ash 10 posts, Birch 20 posts, Ash 5 posts", "en", MORE, "Ash"),
    ("Volet 2, 5000 $, 80 postes au total : A 10 postes, B 20 postes, combien chacun?", "fr", MORE, "(30)"),
    ("Component 3, $5,000 for 5 bodies: A 10 posts, B 20 posts. How much each?", "en", MORE, "names 2"),
    ("Volet 2, 5000,125 $ : A 10 postes, B 20 postes, combien chacun?", "fr", MORE, "5\u00a0000,125\u00a0$"),
    ("Volet 2 : répartis 900 $ entre A 0 poste et B 0 poste", "fr", NOTHING, "zéro"),
    ("Quelle enveloppe du volet 1 pour recevoir 5 000 $ avec 30 postes sur 800 et 4 organismes?", "fr", NOTHING, "21\u00a0989\u00a0$"),
    ("What envelope of component 2 is needed to get $5,000 with 0 of 800 posts?", "en", NOTHING, "$5,000"),
    ("Quel est le solde du volet 3 avec 6 M$ et 15 organismes?", "fr", MORE, "volet 1 de la mesure 15158"),
    ("Combien allons-nous recevoir?", "fr", MORE, "15158 ou 30100"),
    ("How much will we receive?", "en", MORE, "15158 or 30100"),
    ("Notre part : 5 M$, 300 postes sur 91 000?", "fr", MORE, "(1, 2 ou 3)"),
    ("Combien recevrons-nous au volet 1?", "fr", MORE, "l’enveloppe"),
    ("What is our share under 30100 with 350 of 120,000 students?", "en", MORE, "envelope"),
    ("Volet 2, 5 M$, notre part avec 300 postes sur 91,500", "fr", MORE, "91,500"),
    ("Volet 2, 5 M$, 300 postes, 91 000 postes, notre part?", "fr", MORE, "votre organisme"),
    ("Volet 2, 3 M$ ou 3,5 M$, notre part avec 300 postes sur 91 000?", "fr", MORE, "lequel des montants"),
    ("Volet 2, 2000 $ : A 10 postes, B 20 postes, 15 postes", "fr", MORE, "ce que compte «\u00a015\u00a0»"),
    ("La part de la Commission scolaire crie au volet 2 : 300 postes sur 91 000, 5 M$?", "fr", NOTHING, "distinctes"),
    ("Kativik has 300 of 91,000 posts; component 2 envelope $5M: its share?", "en", NOTHING, "Separate"),
]  # fmt: skip


@cache
def assistant() -> Pipeline:
    """All the steps, over the whole corpus; the embedder plays no part in a computation."""
    index = open_new(CORPUS, temporary_folder() / "data")
    *before, compose = steps_of(index)
    return pipeline_of(index, (*before, ("calculate", make_calculate(load_figures(CORPUS))), compose))


def ask(text: str, language: Tongue, *earlier: str, profile: Profile | None = None) -> Answer:
    """The answer, checked: none of its statements fell, and the independent verifier finds nothing."""
    history = tuple(Message("user", said) for said in earlier)
    answer = assistant().answer(Question(text, language, history, profile or Profile()))
    assert answer.trace["removed"] == ()
    assert verify("x", public(answer), SOURCES) == ()
    return answer


def public(answer: Answer) -> dict[str, Any]:
    """The answer as clients see it."""
    return AnswerReply.of(answer).model_dump(mode="json")


@pytest.mark.parametrize(("text", "language", "status", "says"), REFUSALS)
def test_a_refusal_says_nothing_that_is_not_locked(text: str, language: Tongue, status: str, says: str) -> None:
    """Its status, the figure or words that matter, no result, and what was understood of the question."""
    answer = ask(text, language)
    assert answer.status == status
    assert says in answer.text
    assert answer.calculation is not None
    assert answer.calculation.results == ()
    assert "None" not in to_text(answer.calculation, language)
    assert "<table" not in to_html(answer.calculation, language)


def test_what_was_given_is_shown_as_it_was_understood() -> None:
    """Measure, volet, year and inputs; the documented base amount with its year; what was worked out."""
    found = ask(*REFUSALS[0][:2]).calculation
    assert found is not None
    assert (found.measure, found.volet, found.school_year) == ("15158", "1", None)
    assert found.inputs == {"envelope": "30000", "posts:Alpha": "200", "posts:Bravo": "150"}
    assert [(one.value, one.school_year) for one in found.parameters] == [("21989", "2024-2025")]
    assert [step.exact for step in found.steps] == ["43978", "13978"]
    text = to_text(found, "fr")
    assert "Enveloppe\u00a0: 30\u00a0000\u00a0$" in text
    assert "Postes\u00a0: Bravo\u00a0: 150" in text


def test_a_number_in_doubt_is_not_shown_as_understood() -> None:
    """It is named, as it was typed, apart from the inputs."""
    found = ask("Volet 2, 5 M$, notre part avec 300 postes sur 91,500", "fr").calculation
    assert found is not None
    assert found.inputs == {"envelope": "5000000", "posts": "300", "to_clarify": "91,500"}


def test_a_measure_that_does_not_apply_shows_none_of_its_figures() -> None:
    """A private school is not shown the base amount of the public network as its own."""
    found = ask("Notre école privée: 30 postes sur 91 000, volet 1, 4 M$, 70 organismes, notre part?", "fr").calculation
    assert found is not None
    assert found.parameters == ()


def test_the_year_and_the_network_of_the_profile_count_as_given() -> None:
    """What the client says of the person is locked like the question."""
    text = "Notre part du volet 1 : 9 M$, 65 organismes, 91 000 postes au total, nous 800?"
    answer = ask(text, "fr", profile=Profile("public", "2025-2026"))
    assert "2025-2026" in answer.text
    assert ask(text, "fr", profile=Profile("private")).status == "answered"


def test_a_follow_up_is_refused_with_the_inputs_of_the_conversation() -> None:
    """« et en 2025-2026? » after a computation."""
    before = "Volet 1, 2024-2025 : 9 M$, 65 organismes, 91 000 postes au total, nous 800: notre part?"
    answer = ask("et en 2025-2026?", "fr", before)
    assert answer.status == NOTHING
    assert answer.calculation is not None
    assert answer.calculation.inputs["envelope"] == "9000000"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Volet 1 en 2025-2026, base de 23 000 $, 9 M$, 65 organismes, 91 000 postes au total, nous 800: notre part?", "fr"),
        ("Component 2 in 2023-2024: $2,000,000, 800 of 91,000 posts, our share?", "en"),
        ("Volets 1 et 2, enveloppes de 2 M$ et 1 M$ : École 12 avec 90 postes, École 15 avec 80 postes, en tout?", "fr"),
        ("l'axe 3 balance-t-il avec ses actions?", "fr"),
        ("on est à 75 % en lecture 4e année primaire, il manque combien de points pour la cible?", "fr"),
    ],
)  # fmt: skip
def test_no_sentence_of_an_amount_is_lost(text: str, language: Tongue) -> None:
    """Assumptions and working cite what gives their figures, so that the guard takes none of them out."""
    answer = ask(text, language)
    assert answer.status == "answered"
    assert answer.calculation is not None
    assert answer.calculation.results
