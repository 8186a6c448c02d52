"""The linter of expected questions finds what was put there to be found, and nothing in a clean corpus."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from core_fakes import GARDEN, LETTER, QUESTIONS, HashEmbedder, garden_index, open_new, write_corpus

from assistant.ranking import load_ranking
from assistant.route import make_route
from assistant.signals import SignalReader
from evals.__main__ import main
from evals.commands import linting
from evals.lint import Finding, alike, misled
from ingest.expected import ExpectedQuestion

INDEX = garden_index()


def findings(*questions: ExpectedQuestion) -> list[Finding]:
    """What the linter says of these questions, asked over the small corpus beside its own."""
    reader = SignalReader(INDEX, HashEmbedder())
    reader.questions = (*INDEX.expectations.questions, *questions)
    route = make_route([stored.entry for stored in INDEX.documents.values()])
    told: list[None] = []
    found = list(misled(reader, route, load_ranking(), 0.5, lambda: told.append(None)))
    assert len(told) == len(reader.questions)
    return [one for one in found if one.question in {question.text for question in questions}]


def leading_to(words: str) -> str:
    """The target that a question of the small corpus with these words leads to."""
    return next(question.leads_to for question in INDEX.expectations.questions if words in question.text)


def test_a_question_under_the_wrong_passage_is_found() -> None:
    """It names both passages; the same question under its own passage is no finding."""
    deadline, composters = leading_to("date limite"), leading_to("composteurs")
    text = "Combien d’argent pour les composteurs de la lettre?"
    (found,) = findings(ExpectedQuestion(deadline, "fr", text))
    assert (found.kind, found.leads_to, found.other) == ("astray", deadline, composters)
    assert findings(ExpectedQuestion(composters, "fr", text)) == []


def test_a_gap_that_a_passage_answers_is_found() -> None:
    """A question that the guide answers word for word, kept under a known gap."""
    (found,) = findings(ExpectedQuestion("gap/tracteur", "fr", "Quelle est la date limite pour le rapport?"))
    assert (found.kind, found.other) == ("answered", leading_to("date limite"))


def test_nearly_equal_questions_under_two_entries_are_found() -> None:
    """Not those under the same entry."""
    texts = ["Combien pour les composteurs?", "combien pour les composteurs", "combien pour les composteurs !", "Autre"]
    leads = ["a", "b", "b", "c"]
    questions = [ExpectedQuestion(to, "fr", text) for to, text in zip(leads, texts, strict=True)]
    found = list(alike(questions, np.asarray(HashEmbedder().encode_queries(texts))))
    assert {(one.leads_to, one.other) for one in found} == {("a", "b")}
    assert all(one.kind == "alike" and one.likelihood >= 0.97 for one in found)


def test_the_command_says_what_waits_for_a_review(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """How many questions nobody has reviewed, beside the passages that have none."""
    drafted = [{**one, "reviewed": one["about"] != "base amount"} for one in QUESTIONS]
    corpus = write_corpus(tmp_path / "corpus", {"jardin": GARDEN, "lettre": LETTER}, questions=drafted)
    index = open_new(corpus, tmp_path / "data")
    made = SimpleNamespace(index=index, signals=SignalReader(index, HashEmbedder()))
    monkeypatch.setattr(linting.assemble, "build", lambda _: made)
    monkeypatch.setattr(linting, "load_embedder", lambda *_, **__: HashEmbedder())
    assert main(["lint"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert "3 passage(s) without an expected question" in said
    assert "4 expected question(s) not reviewed yet" in said
