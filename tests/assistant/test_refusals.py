"""Refusals of a computation, through every step on the real corpus: nothing loose, and what was understood is shown.

The check is the independent one of `evals.verify`, which shares no code with the guard.
"""

from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest
from core_fakes import pipeline_of, steps_of
from real_program import real_embedder, real_index

from assistant.calculate import make_calculate
from assistant.conversation import Answer, Message, Profile, Question
from assistant.pipeline import Pipeline
from assistant.tools.figures import load_figures
from assistant.web.schemas import AnswerReply
from assistant.working import to_html, to_text
from evals.sources import load_sources
from evals.verify import verify
from ingest.catalog import load_yaml

CORPUS = Path(__file__).parents[2] / "corpus"
SOURCES = load_sources(CORPUS)
Tongue = Literal["fr", "en"]

REFUSALS: list[dict[str, Any]] = load_yaml(Path(__file__).parents[1] / "policy" / "refusals.yaml")


@cache
def assistant() -> Pipeline:
    """All the steps, over the whole corpus."""
    index = real_index()
    *before, compose = steps_of(index, embedder=real_embedder())
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


@pytest.mark.parametrize("case", [pytest.param(case, id=case["ask"]) for case in REFUSALS])
def test_a_refusal_says_nothing_that_is_not_locked(case: dict[str, Any]) -> None:
    """Its status, the figure or words that matter, no result, and what was understood of the question."""
    language: Tongue = case["language"]
    answer = ask(case["ask"], language)
    assert answer.status == case["status"]
    assert case["says"].replace("~", "\u00a0") in answer.text
    assert answer.calculation is not None
    assert answer.calculation.results == ()
    assert "None" not in to_text(answer.calculation, language)
    assert "<table" not in to_html(answer.calculation, language)


def test_what_was_given_is_shown_as_it_was_understood() -> None:
    """Measure, volet, year and inputs; the documented base amount with its year; what was worked out."""
    found = ask(REFUSALS[0]["ask"], "fr").calculation
    assert found is not None
    assert (found.measure, found.volet, found.school_year) == ("15158", "1", None)
    assert found.inputs == {"envelope": "30000", "posts:Alpha": "200", "posts:Bravo": "150"}
    assert [(one.value, one.school_year) for one in found.parameters] == [("21989", "2024-2025")]
    assert [step.exact for step in found.steps] == ["43978", "13978"]
    text = to_text(found, "fr")
    assert "Enveloppe\u00a0: 30\u00a0000\u00a0$" in text
    assert "Postes (Bravo)\u00a0: 150" in text


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
    assert answer.status == "not_in_documents"
    assert answer.calculation is not None
    assert answer.calculation.inputs["envelope"] == "9000000"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Volet 1 en 2025-2026, base de 23 000 $, 9 M$, 65 organismes, 91 000 postes au total, nous 800?", "fr"),
        ("Component 2 in 2023-2024: $2,000,000, 800 of 91,000 posts, our share?", "en"),
        ("Volets 1 et 2, enveloppes de 2 M$ et 1 M$ : Alpha 90 postes, Bravo 80 postes, en tout?", "fr"),
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
