"""Whatever a language model does, people get a proved answer: its own where it holds, else the deterministic one."""

import pytest
from model_behaviours import BEHAVIOURS, FALLBACK, Behaviour, play, served
from model_world import assert_proved, deterministic

from assistant.conversation import Question, Status


@pytest.mark.parametrize("behaviour", BEHAVIOURS, ids=lambda one: one.name)
def test_no_unproved_statement_is_served(behaviour: Behaviour) -> None:
    """The answer is whose it should be, for the reason that its engine gives; its quotes and figures are proved."""
    answer = play(behaviour).answer
    assert (served(answer), answer.status is Status.ERROR) == (behaviour.served, False), answer.engine
    assert behaviour.reason in answer.engine
    assert_proved(answer, behaviour.question)
    assert [words for words in behaviour.never if words in answer.text] == []
    if behaviour.served == FALLBACK:
        expected = deterministic().answer(Question(behaviour.question))
        assert (answer.text, answer.citations, answer.status) == (expected.text, expected.citations, expected.status)


def test_there_are_enough_behaviours() -> None:
    """At least sixty, each with its own name."""
    assert len({one.name for one in BEHAVIOURS}) == len(BEHAVIOURS) >= 60
