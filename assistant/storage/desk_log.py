"""The audit log of the desk: who did what, when. Rows are added and read; the database itself refuses the rest.

In: a connection inside a transaction, so that an act and its line stand or fall together. Out: `Entry`. A line holds
names of accounts, codes and numbers: nothing of a message, so that it can outlive the message.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import JSON, Column, Connection, Integer, String, Table, insert, select

from assistant.storage.schema import METADATA, Moment

_EVENT = Table(
    "desk_event",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor", String(120), nullable=False),
    Column("act", String(40), nullable=False),
    Column("message_id", Integer, nullable=True, index=True),
    Column("detail", JSON, nullable=False),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `message_id` points at nothing once the message is deleted: it is no foreign key."""

    id: int
    at: datetime
    actor: str
    act: str
    message_id: int | None
    detail: Mapping[str, str | int]


class LogRows:
    """The table, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, at: datetime, actor: str, act: str, message: int | None, detail: Mapping[str, str | int]) -> None:
        """Write one line."""
        values = {"at": at, "actor": actor, "act": act, "message_id": message, "detail": dict(detail)}
        self._connection.execute(insert(_EVENT), values)

    def latest(self, most: int, before: int | None = None) -> tuple[Entry, ...]:
        """The latest lines, the newest first; those before the line `before` where it is given."""
        query = select(_EVENT).order_by(_EVENT.c.id.desc()).limit(most)
        if before is not None:
            query = query.where(_EVENT.c.id < before)
        return tuple(Entry(**row._mapping) for row in self._connection.execute(query))  # noqa: SLF001 (public)

    def about(self, message: int) -> tuple[Entry, ...]:
        """The lines about one message, the oldest first."""
        query = select(_EVENT).where(_EVENT.c.message_id == message).order_by(_EVENT.c.id)
        return tuple(Entry(**row._mapping) for row in self._connection.execute(query))  # noqa: SLF001 (public)
