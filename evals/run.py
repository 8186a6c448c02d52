"""Asks each case its question, as many times as wanted, times it, and keeps whatever came back.

In: cases and `ask`, any callable from a case to the public JSON of its answer. Out: one `Outcome` a case and repeat, in
the order of the cases. A crash, a late or an impossible answer is a recorded outcome: the run goes on.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from evals.answers import NO_ANSWER, Answer, malformed
from evals.cases import Case

Ask = Callable[[Case], dict[str, Any]]
Turn = tuple[str, int]
"""The id of a case and which of its repeats."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came back for a case, after how many seconds; `failure` says why nothing did, and is empty otherwise."""

    case: Case
    answer: Answer
    seconds: float
    failure: str = ""
    repeat: int = 1


@dataclass(frozen=True, slots=True)
class Run:
    """The outcomes of all cases, and the seconds that asking `asked` of them took with that many clients at once.

    The others were asked before, by the same command that was interrupted.
    """

    outcomes: tuple[Outcome, ...]
    seconds: float
    clients: int
    asked: int

    @property
    def first(self) -> tuple[Outcome, ...]:
        """The first outcome of each case: what is scored."""
        return tuple(outcome for outcome in self.outcomes if outcome.repeat == 1)


@dataclass(frozen=True, slots=True)
class Conditions:
    """How to run: clients at once, seconds given to each answer, the clock, and how many times each case is asked."""

    clients: int
    timeout: float
    clock: Callable[[], float]
    repeat: int = 1


def run(
    cases: Sequence[Case],
    ask: Ask,
    conditions: Conditions,
    tell: Callable[[Outcome], object] = lambda _: None,
    done: Mapping[Turn, Outcome] | None = None,
) -> Run:
    """Ask every case; `tell` hears of each outcome as it comes, one at a time; what is `done` is not asked again.

    A late answer is given up, not stopped: in process, what it still computes slows the ones that follow.
    """
    known = done or {}
    turns = [(case, repeat) for repeat in range(1, conditions.repeat + 1) for case in cases]
    left = [(case, repeat) for case, repeat in turns if (case.id, repeat) not in known]
    lock = threading.Lock()

    def one(turn: tuple[Case, int]) -> Outcome:
        outcome = _outcome(*turn, ask, conditions)
        with lock:
            tell(outcome)
        return outcome

    began = conditions.clock()
    with ThreadPoolExecutor(conditions.clients) as clients:
        asked = list(clients.map(one, left))
    seconds = conditions.clock() - began
    all_known = {**known, **{(outcome.case.id, outcome.repeat): outcome for outcome in asked}}
    return Run(tuple(all_known[case.id, repeat] for case, repeat in turns), seconds, conditions.clients, len(asked))


def _outcome(case: Case, repeat: int, ask: Ask, conditions: Conditions) -> Outcome:
    began = conditions.clock()
    failure, answer = "", NO_ANSWER
    try:
        answer = _asked(ask, case).result(conditions.timeout)
        failure = malformed(answer)
    except TimeoutError:
        failure = f"no answer within {conditions.timeout:g} s"
    except Exception as error:  # noqa: BLE001 (whatever breaks in the assistant is a result of the evaluation)
        failure = f"{type(error).__name__}: {error}"
    return Outcome(case, NO_ANSWER if failure else answer, conditions.clock() - began, failure, repeat)


def _asked(ask: Ask, case: Case) -> "Future[dict[str, Any]]":
    """The answer to come, from a thread that does not outlive the program."""
    future: Future[dict[str, Any]] = Future()

    def work() -> None:
        try:
            future.set_result(ask(case))
        except Exception as error:  # noqa: BLE001 (handed over to whoever waits)
            future.set_exception(error)

    threading.Thread(target=work, daemon=True).start()
    return future
