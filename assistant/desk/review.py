"""From draft to approved reply: submitted by one person, read by another, approved or returned with a reason.

In: an account, a message at the version that the person saw. Out: nothing; the message is at its next step. Refuses a
draft with sentences that do not hold (`FlaggedError`: there is no way around), a reader who wrote in it
(`ForbiddenError`), a return without a reason (`InvalidError`), a version that is not the latest (`StaleError`).
"""

from dataclasses import dataclass

from assistant.desk.accounts import Clock
from assistant.desk.errors import FlaggedError, ForbiddenError, InvalidError, StaleError
from assistant.desk.events import Event
from assistant.desk.memory import Memory
from assistant.desk.messages import Opened, opened
from assistant.desk.seams import Checker
from assistant.desk.values import Account, Act, Stage, require
from assistant.storage.database import Database
from assistant.storage.desk import DeskRows, desk_writing

LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True)
class _Step:
    """A message that goes to its next stage, from the version that the person saw."""

    account: Account
    found: Opened
    version: int
    stage: Stage
    event: Event


class Review:
    """The steps after writing."""

    def __init__(self, database: Database, checker: Checker, memory: Memory, clock: Clock) -> None:
        self._database = database
        self._checker = checker
        self._memory = memory
        self._clock = clock

    def submit(self, account: Account, message: int, version: int) -> None:
        """Hand the draft to a second reader."""
        with desk_writing(self._database) as rows:
            found = self._found(rows, Act.SUBMIT, account, message)
            _require_sound(found)
            self._move(rows, _Step(account, found, version, Stage.IN_REVIEW, Event.SUBMITTED), writer=account.name)

    def take_back(self, account: Account, message: int, version: int) -> None:
        """The writer goes on writing; only the person who submitted it can."""
        with desk_writing(self._database) as rows:
            found = self._found(rows, Act.TAKE_BACK, account, message)
            if found.listed.writer != account.name:
                raise ForbiddenError("not_writer")
            self._move(rows, _Step(account, found, version, Stage.DRAFTED, Event.TAKEN_BACK))

    def approve(self, account: Account, message: int, version: int) -> None:
        """Let it leave the desk, and remember its answers."""
        with desk_writing(self._database) as rows:
            found = self._found(rows, Act.APPROVE, account, message)
            _require_another(found, account)
            _require_sound(found)
            self._move(rows, _Step(account, found, version, Stage.APPROVED, Event.APPROVED), approver=account.name)
            self._memory.remember(rows, found, account)

    def give_back(self, account: Account, message: int, version: int, reason: str) -> None:
        """Return it to its writer, and say why."""
        said = reason.strip()
        if not said or len(said) > LONGEST_REASON:
            raise InvalidError("reason")
        with desk_writing(self._database) as rows:
            found = self._found(rows, Act.RETURN, account, message)
            _require_another(found, account)
            self._move(rows, _Step(account, found, version, Stage.RETURNED, Event.RETURNED))
            rows.messages.add_note(message, self._clock(), account.name, said)

    def reopen(self, account: Account, message: int, version: int) -> None:
        """Write in it again; what was approved has to be approved anew."""
        with desk_writing(self._database) as rows:
            found = self._found(rows, Act.REOPEN, account, message)
            stage = Stage.DRAFTED if found.draft else Stage.RECEIVED
            self._move(rows, _Step(account, found, version, stage, Event.REOPENED), approver=None)

    def close(self, account: Account, message: int, version: int) -> None:
        """Take it off the queue: the reply was sent, or none is needed."""
        with desk_writing(self._database) as rows:
            found = self._found(rows, Act.CLOSE, account, message)
            self._move(rows, _Step(account, found, version, Stage.CLOSED, Event.CLOSED))

    def take_out(self, account: Account, message: int, event: Event) -> Opened:
        """The approved reply, to be opened in a mail program or copied; that it was taken is logged."""
        with desk_writing(self._database) as rows:
            found = self._found(rows, Act.TAKE_OUT, account, message)
            rows.log.add(self._clock(), account.name, event, message, {"version": len(found.revisions)})
        return found

    def _found(self, rows: DeskRows, act: Act, account: Account, message: int) -> Opened:
        found = opened(rows, message, self._checker)
        require(act, account, found.stage)
        return found

    def _move(self, rows: DeskRows, step: _Step, **people: str | None) -> None:
        found, now = step.found, self._clock()
        if not rows.messages.change(found.listed.id, step.version, now, stage=step.stage.value, **people):
            raise StaleError("stale")
        rows.log.add(now, step.account.name, step.event, found.listed.id, {"version": len(found.revisions)})


def _require_sound(found: Opened) -> None:
    if found.draft is None or found.flagged:
        raise FlaggedError("flagged")


def _require_another(found: Opened, account: Account) -> None:
    if account.name in found.authors:
        raise ForbiddenError("own_draft")
