"""Asks each case its question, times it, and keeps whatever came back.

In: cases and `ask`, any callable from the request of `POST /v1/chat` to its answer. Out: one `Outcome` a case, in the
order of the cases. A crash, a late or an impossible answer is a recorded outcome: the run goes on.
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from evals.answers import NO_ANSWER, Answer, malformed
from evals.cases import Case

Request = dict[str, object]
Ask = Callable[[Request], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came back for a case, after how many seconds; `failure` says why nothing did, and is empty otherwise."""

    case: Case
    answer: Answer
    seconds: float
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """The outcomes of all cases, and the seconds that the whole took with that many clients at once."""

    outcomes: tuple[Outcome, ...]
    seconds: float
    clients: int


@dataclass(frozen=True, slots=True)
class Conditions:
    """How to run: clients at once, seconds given to each answer, and the clock."""

    clients: int
    timeout: float
    clock: Callable[[], float]


def run(cases: Sequence[Case], ask: Ask, conditions: Conditions, progress: Callable[[], object] = lambda: None) -> Run:
    """Ask every case; `progress` is called after each answer.

    A late answer is given up, not stopped: in process, what it still computes slows the ones that follow.
    """
    began = conditions.clock()
    with ThreadPoolExecutor(conditions.clients) as clients:
        outcomes = tuple(_counted(clients.map(lambda case: _outcome(case, ask, conditions), cases), progress))
    return Run(outcomes, conditions.clock() - began, conditions.clients)


def _counted(outcomes: Iterable[Outcome], progress: Callable[[], object]) -> Iterable[Outcome]:
    for outcome in outcomes:
        progress()
        yield outcome


def _outcome(case: Case, ask: Ask, conditions: Conditions) -> Outcome:
    began = conditions.clock()
    try:
        answer = _asked(ask, case.request()).result(conditions.timeout)
    except TimeoutError:
        return Outcome(case, NO_ANSWER, conditions.clock() - began, f"no answer within {conditions.timeout:g} s")
    except Exception as error:  # noqa: BLE001 (whatever breaks in the assistant is a result of the evaluation)
        return Outcome(case, NO_ANSWER, conditions.clock() - began, f"{type(error).__name__}: {error}")
    seconds = conditions.clock() - began
    problem = malformed(answer)
    return Outcome(case, NO_ANSWER, seconds, problem) if problem else Outcome(case, answer, seconds)


def _asked(ask: Ask, request: Request) -> "Future[dict[str, Any]]":
    """The answer to come, from a thread that does not outlive the program."""
    future: Future[dict[str, Any]] = Future()

    def work() -> None:
        try:
            future.set_result(ask(request))
        except Exception as error:  # noqa: BLE001 (handed over to whoever waits)
            future.set_exception(error)

    threading.Thread(target=work, daemon=True).start()
    return future
