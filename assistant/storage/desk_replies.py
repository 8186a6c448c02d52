"""The approved replies that are proposed again: rows in, values out.

In: a connection inside a transaction. Out: `ReplyRecord`. A reply is found by its language and its key, which stands
for the units that it rests on; it is never deleted, it ends with a reason.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Integer, String, Table, Text, insert, select, update

from assistant.storage.schema import METADATA, Moment

_REPLY = Table(
    "desk_reply",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("key", String(64), nullable=False, index=True),
    Column("language", String(2), nullable=False),
    Column("content", Text, nullable=False),
    Column("approved_at", Moment, nullable=False),
    Column("approver", String(120), nullable=False),
    Column("ended_at", Moment, nullable=True),
    Column("ended_for", String(40), nullable=True),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class ReplyRecord:
    """A curated reply. `content` is JSON that this module never reads; `ended_for` is why it is proposed no more."""

    id: int
    key: str
    language: str
    content: str
    approved_at: datetime
    approver: str
    ended_at: datetime | None
    ended_for: str | None


class ReplyRows:
    """The table, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, key: str, language: str, content: str, approved_at: datetime, approver: str) -> int:
        """Keep one more reply; its id."""
        values = {
            "key": key,
            "language": language,
            "content": content,
            "approved_at": approved_at,
            "approver": approver,
        }
        return int(self._connection.execute(insert(_REPLY).returning(_REPLY.c.id), values).scalar_one())

    def end(self, reply: int, at: datetime, reason: str) -> bool:
        """Propose it no more; False where it had ended already or is not there."""
        wanted = (_REPLY.c.id == reply) & _REPLY.c.ended_at.is_(None)
        ended = update(_REPLY).where(wanted).values(ended_at=at, ended_for=reason)
        return self._connection.execute(ended).rowcount == 1

    def current(self, key: str | None = None, language: str | None = None) -> tuple[ReplyRecord, ...]:
        """The replies that are proposed, the latest first; those of a key and a language where they are given."""
        query = select(_REPLY).where(_REPLY.c.ended_at.is_(None)).order_by(_REPLY.c.id.desc())
        if key is not None:
            query = query.where(_REPLY.c.key == key)
        if language is not None:
            query = query.where(_REPLY.c.language == language)
        return tuple(ReplyRecord(**row._mapping) for row in self._connection.execute(query))  # noqa: SLF001 (public)

    def listed(self) -> tuple[ReplyRecord, ...]:
        """All replies, the latest first, ended ones too."""
        rows = self._connection.execute(select(_REPLY).order_by(_REPLY.c.id.desc()))
        return tuple(ReplyRecord(**row._mapping) for row in rows)  # noqa: SLF001 (its public name)

    def get(self, reply: int) -> ReplyRecord | None:
        """The reply of this id."""
        row = self._connection.execute(select(_REPLY).where(_REPLY.c.id == reply)).one_or_none()
        return ReplyRecord(**row._mapping) if row else None  # noqa: SLF001 (its public name)
