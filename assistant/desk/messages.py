"""The queue: messages come in, get a draft, are listed and opened.

In: a file or a pasted text, an account. Out: `Opened`, all that one page shows. A message is kept before it is
drafted, so that whatever stops the program in between loses nothing. Refuses (`InvalidError`) a file that is no
message.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.conversation import Status
from assistant.correspondence.errors import MessageError
from assistant.correspondence.message import IncomingMessage
from assistant.correspondence.reading import pasted, read_message
from assistant.correspondence.recheck import SentenceCheck
from assistant.correspondence.reply import DraftPart, ReplyDraft, Section
from assistant.desk.accounts import Clock
from assistant.desk.errors import InvalidError, NotFoundError, StaleError
from assistant.desk.events import Event
from assistant.desk.letters import draft_json, draft_of, message_json, message_of
from assistant.desk.seams import Checker, Drafter
from assistant.desk.values import Account, Act, Stage, require
from assistant.storage.database import Database
from assistant.storage.desk import DeskRows, desk_reading, desk_writing
from assistant.storage.desk_log import Entry
from assistant.storage.desk_messages import Listed, Note, Revision

Mask = Callable[[str], str]
"""A text without its personal data."""
_LONGEST_SUBJECT = 120


@dataclass(frozen=True, slots=True)
class Opened:
    """A message with its draft (None until it is made), the checks of each part, and what happened to it."""

    listed: Listed
    stage: Stage
    message: IncomingMessage
    draft: ReplyDraft | None
    generated: ReplyDraft | None
    checks: Mapping[str, tuple[SentenceCheck, ...]]
    revisions: tuple[Revision, ...]
    notes: tuple[Note, ...]
    log: tuple[Entry, ...]

    @property
    def unfinished(self) -> frozenset[str]:
        """The ids of the parts that stand in for an answer that failed, as they were generated."""
        if self.draft is None or self.generated is None:
            return frozenset()
        failed = {rank for rank, one in enumerate(self.generated.questions) if one.status is Status.ERROR}
        left = {part.id: part.text for part in self.generated.parts if part.question in failed and _answers(part)}
        return frozenset(part.id for part in self.draft.parts if left.get(part.id) == part.text)

    @property
    def flagged(self) -> tuple[str, ...]:
        """The ids of the parts that do not hold, or that somebody has still to write."""
        faulty = {part for part, checks in self.checks.items() if not all(check.holds for check in checks)}
        return tuple(part for part in self.checks if part in faulty | self.unfinished)

    @property
    def authors(self) -> frozenset[str]:
        """Who wrote in the draft, or submitted it."""
        written = {revision.author for revision in self.revisions if revision.author}
        return frozenset(written | ({self.listed.writer} if self.listed.writer else set()))


class Queue:
    """The messages of one database."""

    def __init__(self, database: Database, drafter: Drafter, checker: Checker, mask: Mask, clock: Clock) -> None:
        self._database = database
        self._drafter = drafter
        self._checker = checker
        self._mask = mask
        self._clock = clock

    def receive_file(self, account: Account, content: bytes, name: str) -> int:
        """Keep the message of a file; its number."""
        if not content.strip():
            raise InvalidError("message_empty")
        try:
            message = read_message(content, name)
        except MessageError as error:
            raise InvalidError("message_unreadable") from error
        return self._receive(account, message)

    def receive_text(self, account: Account, text: str) -> int:
        """Keep a pasted message; its number."""
        if not text.strip():
            raise InvalidError("message_empty")
        return self._receive(account, pasted(text))

    def prepare(self, account: Account, message: int) -> None:
        """Make the draft. Done outside any transaction; of two who ask together, one draft is kept."""
        with desk_reading(self._database) as rows:
            listed = present(rows, message)
            content = rows.messages.content(message)
        require(Act.PREPARE, account, Stage(listed.stage))
        draft = self._drafter.draft(message_of(content))
        with desk_writing(self._database) as rows:
            if not rows.messages.change(message, listed.version, self._clock(), stage=Stage.DRAFTED.value):
                raise StaleError("stale")
            rows.messages.add_revision(message, self._clock(), None, draft_json(draft))
            rows.log.add(self._clock(), account.name, Event.PREPARED, message, {"index": draft.index_version})

    def listed(self) -> tuple[Listed, ...]:
        """All messages, the oldest first."""
        with desk_reading(self._database) as rows:
            return rows.messages.listed()

    def open(self, message: int) -> Opened:
        """All that is known of a message, as of one moment."""
        with desk_reading(self._database) as rows:
            return opened(rows, message, self._checker)

    def _receive(self, account: Account, message: IncomingMessage) -> int:
        require(Act.PREPARE, account, Stage.RECEIVED)
        subject = self._mask(message.subject)[:_LONGEST_SUBJECT]
        with desk_writing(self._database) as rows:
            number = rows.messages.add(self._clock(), Stage.RECEIVED.value, subject, message_json(message))
            rows.log.add(self._clock(), account.name, Event.RECEIVED, number, {})
        return number


def _answers(part: DraftPart) -> bool:
    return part.section is Section.ANSWER


def present(rows: DeskRows, message: int) -> Listed:
    """The message of this number; `NotFoundError` when there is none."""
    listed = rows.messages.get(message)
    if listed is None:
        raise NotFoundError("message")
    return listed


def opened(rows: DeskRows, message: int, checker: Checker) -> Opened:
    """All that is known of a message, inside a transaction; each part of the draft is verified now."""
    listed = present(rows, message)
    revisions = rows.messages.revisions(message)
    draft = draft_of(revisions[-1].draft) if revisions else None
    return Opened(
        listed=listed,
        stage=Stage(listed.stage),
        message=message_of(rows.messages.content(message)),
        draft=draft,
        generated=draft_of(revisions[0].draft) if revisions else None,
        checks={part.id: checker.check(draft, part, part.text) for part in draft.parts} if draft else {},
        revisions=revisions,
        notes=rows.messages.notes(message),
        log=rows.log.about(message),
    )
