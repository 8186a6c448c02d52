"""The mutation check: the program broken on purpose in many ways, each caught by the gate; whole again after each."""

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

import pytest
from real_program import real_data

from assistant import assemble
from assistant.assemble import Assistant
from assistant.conversation import Question
from assistant.settings import load_settings
from evals import mutations
from evals.__main__ import main
from evals.cases import load_cases
from evals.mutations.check import Finding, check
from evals.mutations.damages import DAMAGES
from evals.sources import load_sources

CASES = Path(mutations.__file__).parents[1] / "cases" / "dev_questions.jsonl"
LEAST = 12


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    """The real one, over the real corpus."""
    return assemble.build(load_settings().model_copy(update={"data": real_data()}))


@pytest.fixture(scope="module")
def findings(assistant: Assistant) -> Sequence[Finding]:
    """What became of every damage on the development questions."""
    sources = load_sources(load_settings().corpus)
    return tuple(check(assistant, load_cases([CASES]), sources, lambda: None))


def test_the_gate_catches_every_damage(findings: Sequence[Finding]) -> None:
    """Each changes answers, and each closes the gate."""
    assert len(findings) == len(DAMAGES) >= LEAST
    assert [finding.damage.name for finding in findings if not finding.changed] == []
    assert [finding.damage.name for finding in findings if not finding.caught] == []


def test_the_program_is_whole_again_after_each_damage(assistant: Assistant) -> None:
    """The same answer before and after, and another one in between."""
    question = Question("Quel est le montant de base du volet 1 en 2024-2025?")
    before = assistant.pipeline.answer(question).text
    for damage in DAMAGES:
        with damage.apply(assistant):
            assistant.pipeline.answer(question)
        assert assistant.pipeline.answer(question).text == before


def test_the_gate_stays_open_for_what_is_not_broken(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing broken: nothing changed, nothing fell. What the check finds is not its own doing."""
    harmless = [type(DAMAGES[0])("none", "nothing", one.shows_in, 4, lambda _: nullcontext()) for one in DAMAGES[:2]]
    monkeypatch.setattr("evals.mutations.check.DAMAGES", harmless)
    sources = load_sources(load_settings().corpus)
    found = tuple(check(assistant, load_cases([CASES]), sources, lambda: None))
    assert [(one.changed, one.fell, one.caught) for one in found] == [(0, (), False)] * 2


def test_the_command_prints_a_table(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One row a damage; exit code 1 when one is not caught."""
    monkeypatch.setattr("assistant.assemble.build", lambda _settings: assistant)
    monkeypatch.setattr("evals.mutations.check.DAMAGES", DAMAGES[1:2])
    assert main(["mutate"]) == 0
    shown = capsys.readouterr().out
    assert "always abstains" in shown
    assert "1 of 1 caught" in shown
