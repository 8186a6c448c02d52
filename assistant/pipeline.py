"""The order of the steps, and the net under them: whatever breaks becomes an `error` answer, never a guess."""

import hashlib
import logging
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.conversation import Answer, Draft, PipelineStep, Question, Statement, Status, Turn
from assistant.guard import Guard
from assistant.language import detect_language
from assistant.provenance import Understood
from assistant.replies import Replies
from assistant.watch import CalledOff, Progress, watch_of

_LOG = logging.getLogger(__name__)

NamedStep = tuple[str, PipelineStep]


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Runs named steps in order on a turn, then the guard. Deterministic: same question, same index, same answer."""

    steps: Sequence[NamedStep]
    guard: Guard
    replies: Replies
    index_version: str
    engine: str = "extractive"

    def answer(self, question: Question, progress: Progress | None = None) -> Answer:
        """Answer a question; `progress` is told the name of each step as it starts, and may call the answer off.

        Never raises. An answer that was called off is an error answer that nobody reads.
        """
        started = time.perf_counter()
        language = question.language or detect_language(question.text)
        turn = Turn(question, language, question.text, watch=watch_of(progress))
        removed: tuple[tuple[str, str], ...] = ()
        try:
            turn = self._run(turn)
            verdict = self.guard.check(turn.draft or Draft(Status.ERROR, ()))
            draft, removed = verdict.draft, verdict.removed
        except CalledOff:
            draft = Draft(Status.ERROR, ())
        except Exception as error:  # noqa: BLE001 (the one net: what breaks is never served, nor brings the service down)
            _log(error)
            draft = Draft(Status.ERROR, ())
        elapsed = (time.perf_counter() - started) * 1000
        return self._finish(turn, draft, removed, elapsed)

    def _run(self, turn: Turn) -> Turn:
        for name, step in self.steps:
            if name:  # one without a name tells of its own steps
                turn.watch(name)
            turn = step(turn)
            if turn.draft is not None:
                break
        turn.watch("guard")
        return turn

    def _finish(self, turn: Turn, draft: Draft, removed: tuple[tuple[str, str], ...], elapsed: float) -> Answer:
        text = "\n\n".join(_marked(statement) for statement in draft.statements)
        engine = turn.authorship.engine if turn.authorship else self.engine
        if draft.status is Status.ERROR:
            text = self.replies.say("unverified" if removed else "error", turn.language)
        return Answer(
            id=self._id(turn, engine),
            status=draft.status,
            language=turn.language,
            text=text,
            understood=_understood(turn),
            statements=draft.statements,
            citations=draft.citations,
            calculation=draft.calculation,
            missing=draft.missing,
            conflicts=draft.conflicts,
            eligibility=draft.eligibility,
            nearest=draft.nearest,
            referral=draft.referral,
            index_version=self.index_version,
            engine=engine,
            elapsed_ms=round(elapsed, 1),
            removed=len(removed),
            authorship=turn.authorship,
            trace={"standalone": turn.standalone, "candidates": turn.candidates, "removed": removed},
        )

    def _id(self, turn: Turn, engine: str) -> str:
        """The same question on the same index has the same id, so that two answers can be compared."""
        question = turn.question
        seen = [
            question.text,
            turn.language,
            repr(question.history),
            repr(question.profile),
            self.index_version,
            engine,
        ]
        return hashlib.sha256("\x1f".join(seen).encode(errors="backslashreplace")).hexdigest()[:16]


def _understood(turn: Turn) -> Understood:
    route = turn.route
    numbered = {key: tuple(sorted(values)) for key, values in route.numbered.items()}
    return Understood(turn.standalone, route.measure, numbered, route.body_type, route.school_year)


def _marked(statement: Statement) -> str:
    """The text of a statement with the marks of the citations that it does not show yet."""
    missing = "".join(f"[{number}]" for number in statement.citations if f"[{number}]" not in statement.text)
    return f"{statement.text} {missing}" if missing else statement.text


def _log(error: BaseException) -> None:
    """Where it broke, without the message: it may hold the question, which is personal."""
    frames = traceback.extract_tb(error.__traceback__)
    place = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    _LOG.error("%s in a step, at %s: an error answer is served", type(error).__name__, place)
