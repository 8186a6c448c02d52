"""Every calculation item of the development set, through the step, without a language model."""

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from assistant.calculate import make_calculate
from assistant.conversation import Message, Question, Turn
from assistant.tools.figures import load_figures

ROOT = Path(__file__).parents[2]
CALCULATE = make_calculate(load_figures(ROOT / "corpus"))
CASES = ROOT / "evals" / "cases"


def questions() -> Iterator[Any]:
    """The questions of the set."""
    for line in (CASES / "dev_questions.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        yield pytest.param(case, id=case["id"])


def emails() -> Iterator[Any]:
    """The e-mails of the set that ask for a computation."""
    for line in (CASES / "dev_emails.jsonl").read_text(encoding="utf-8").splitlines():
        mail = json.loads(line)
        for asked in mail["questions"]:
            if "calculation" in asked:
                yield pytest.param(mail, asked["calculation"], id=mail["id"])


def ask(text: str, language: Any, history: tuple[Message, ...] = ()) -> Turn:
    """The turn after the step."""
    return CALCULATE(Turn(Question(text, language, history), language, text))


def check(turn: Turn, expected: dict[str, Any], operation: str) -> None:
    """Compare a turn with what its item expects."""
    if "refusal" in expected:
        assert turn.calculation is None
        assert turn.problem is not None
        assert turn.problem.code == expected["refusal"]
        return
    assert turn.calculation is not None
    amounts = {result.label: result.amount for result in turn.calculation.results}
    if operation == "list":
        assert amounts == expected["dollars"]
    else:
        assert next(iter(amounts.values())) == expected["dollars"]
        assert Fraction(turn.calculation.results[0].exact) == Fraction(expected["exact"])


@pytest.mark.parametrize("case", [case for case in questions() if "calculation" in case.values[0]])
def test_a_calculation_item_is_exact(case: dict[str, Any]) -> None:
    """The amounts of the item, or its refusal and no amount."""
    history = tuple(Message(turn["role"], turn["content"]) for turn in case.get("history") or [])
    calculation = case["calculation"]
    check(ask(case["question"], case["lang"], history), calculation["expected"], calculation["operation"])


@pytest.mark.parametrize(("mail", "calculation"), list(emails()))
def test_a_calculation_in_an_email_is_found_in_its_body(mail: dict[str, Any], calculation: dict[str, Any]) -> None:
    """The whole body is read, greetings and other questions included."""
    check(ask(mail["body"], mail["lang"]), calculation["expected"], calculation["operation"])


_COMPUTED = {"budget", "conflict", "false_premise", "allocation_calc", "unanswerable", "follow_up"}


@pytest.mark.parametrize("case", [case for case in questions() if "calculation" not in case.values[0]])
def test_a_question_that_asks_for_a_text_is_left_to_the_passages(case: dict[str, Any]) -> None:
    """No allocation is ever computed for it; arithmetic on printed amounts only where its kind allows it."""
    history = tuple(Message(turn["role"], turn["content"]) for turn in case.get("history") or [])
    turn = ask(case["question"], case["lang"], history)
    assert turn.calculation is None or turn.calculation.measure is None
    if case["kind"] not in _COMPUTED:
        assert turn.calculation is None
        assert turn.problem is None
