"""The messages of the desk, the versions of their drafts, and what readers wrote about them: rows in, values out.

In: a connection inside a transaction. Out: `MessageRecord`, `Revision`, `Note`. The message and the drafts are JSON
texts that this module never reads. Deleting a message deletes all that hangs on it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)

from assistant.storage.schema import METADATA, Moment

_MESSAGE = Table(
    "desk_message",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("received_at", Moment, nullable=False, index=True),
    Column("changed_at", Moment, nullable=False),
    Column("stage", String(16), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("subject", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("writer", String(120), nullable=True),
    Column("approver", String(120), nullable=True),
    sqlite_autoincrement=True,
)
_REVISION = Table(
    "desk_revision",
    METADATA,
    Column("message_id", ForeignKey("desk_message.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("made_at", Moment, nullable=False),
    Column("author", String(120), nullable=True),
    Column("draft", Text, nullable=False),
)
_NOTE = Table(
    "desk_note",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("message_id", ForeignKey("desk_message.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("made_at", Moment, nullable=False),
    Column("author", String(120), nullable=False),
    Column("text", Text, nullable=False),
    sqlite_autoincrement=True,
)
_LISTED = [column for column in _MESSAGE.columns if column.name != "content"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A message as the queue shows it. `version` grows with every change; `subject` is free of personal data."""

    id: int
    received_at: datetime
    changed_at: datetime
    stage: str
    version: int
    subject: str
    writer: str | None
    approver: str | None


@dataclass(frozen=True, slots=True)
class Revision:
    """One version of a draft; `author` is None for the one that the program generated (number 1)."""

    message_id: int
    number: int
    made_at: datetime
    author: str | None
    draft: str


@dataclass(frozen=True, slots=True)
class Note:
    """Why a reader returned a draft."""

    id: int
    message_id: int
    made_at: datetime
    author: str
    text: str


class MessageRows:
    """The three tables, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, received_at: datetime, stage: str, subject: str, content: str) -> int:
        """A new message at version 1; its id, which is never given again."""
        values = {
            "received_at": received_at,
            "changed_at": received_at,
            "stage": stage,
            "version": 1,
            "subject": subject,
            "content": content,
        }
        return int(self._connection.execute(insert(_MESSAGE).returning(_MESSAGE.c.id), values).scalar_one())

    def change(self, message: int, version: int, at: datetime, **values: object) -> bool:
        """Set some columns and raise the version by one; False, and nothing done, where it is at another version."""
        wanted = (_MESSAGE.c.id == message) & (_MESSAGE.c.version == version)
        changed = update(_MESSAGE).where(wanted).values(version=version + 1, changed_at=at, **values)
        return self._connection.execute(changed).rowcount == 1

    def listed(self) -> tuple[Listed, ...]:
        """All messages, the oldest first."""
        rows = self._connection.execute(select(*_LISTED).order_by(_MESSAGE.c.received_at, _MESSAGE.c.id))
        return tuple(Listed(**row._mapping) for row in rows)  # noqa: SLF001 (its public name)

    def get(self, message: int) -> Listed | None:
        """The message of this id, without its content."""
        row = self._connection.execute(select(*_LISTED).where(_MESSAGE.c.id == message)).one_or_none()
        return Listed(**row._mapping) if row else None  # noqa: SLF001 (its public name)

    def content(self, message: int) -> str:
        """What came in, as JSON."""
        return str(self._connection.execute(select(_MESSAGE.c.content).where(_MESSAGE.c.id == message)).scalar_one())

    def older(self, before: datetime) -> tuple[int, ...]:
        """The messages received before this moment."""
        return tuple(self._connection.execute(select(_MESSAGE.c.id).where(_MESSAGE.c.received_at < before)).scalars())

    def delete(self, message: int) -> None:
        """Forget a message with its drafts and notes."""
        self._connection.execute(delete(_MESSAGE).where(_MESSAGE.c.id == message))

    def add_revision(self, message: int, at: datetime, author: str | None, draft: str) -> int:
        """Keep one more version of the draft; its number, from 1."""
        number = len(self.revisions(message)) + 1
        values = {"message_id": message, "number": number, "made_at": at, "author": author, "draft": draft}
        self._connection.execute(insert(_REVISION), values)
        return number

    def revisions(self, message: int) -> tuple[Revision, ...]:
        """All versions of the draft, the generated one first."""
        query = select(_REVISION).where(_REVISION.c.message_id == message).order_by(_REVISION.c.number)
        return tuple(Revision(**row._mapping) for row in self._connection.execute(query))  # noqa: SLF001 (public)

    def add_note(self, message: int, at: datetime, author: str, text: str) -> None:
        """Keep what a reader wrote."""
        values = {"message_id": message, "made_at": at, "author": author, "text": text}
        self._connection.execute(insert(_NOTE), values)

    def notes(self, message: int) -> tuple[Note, ...]:
        """What readers wrote, the oldest first."""
        query = select(_NOTE).where(_NOTE.c.message_id == message).order_by(_NOTE.c.id)
        return tuple(Note(**row._mapping) for row in self._connection.execute(query))  # noqa: SLF001 (public)
