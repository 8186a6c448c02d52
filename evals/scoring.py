"""What every measure is made of: the type of a score, and what the status of an answer stands for."""

from collections.abc import Callable

from evals.answers import Answer
from evals.cases import Case
from evals.sources import Sources

Score = bool | float | None
"""True or False, a ratio from 0 to 1, or None where the measure says nothing of such a case."""

Measure = Callable[[Case, Answer, Sources], Score]

ABSTENTIONS = frozenset({"needs_input", "not_in_documents", "out_of_scope", "refused"})
ANSWERS = frozenset({"answered", "partially_answered"})


def text_of(answer: Answer) -> str:
    """The words of the answer."""
    return str(answer.get("text") or "")


def shown(answer: Answer) -> str:
    """All that the person reads: for a question of an e-mail, the whole letter."""
    return str(answer.get("letter") or text_of(answer))


def abstains(answer: Answer) -> bool:
    """No answer was given, on purpose; an error is no abstention."""
    return answer.get("status") in ABSTENTIONS


def answers(answer: Answer) -> bool:
    """An answer was given, whole or in part."""
    return answer.get("status") in ANSWERS
