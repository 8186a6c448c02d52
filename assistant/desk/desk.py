"""The desk put together: one database, one clock, and the parts of the assistant that it uses."""

from dataclasses import dataclass
from datetime import UTC, datetime

from assistant.desk.accounts import Accounts, Clock
from assistant.desk.editing import Editing
from assistant.desk.forgetting import Forgetting
from assistant.desk.journal import Journal
from assistant.desk.keys import Keys
from assistant.desk.memory import Memory
from assistant.desk.messages import Mask, Queue
from assistant.desk.outgoing import Outgoing
from assistant.desk.proposing import Proposing
from assistant.desk.review import Review
from assistant.desk.seams import Checker, Drafter, Sources
from assistant.desk.sessions import Lifetimes, Sessions
from assistant.replies import Replies
from assistant.storage.database import Database


@dataclass(frozen=True, slots=True)
class Parts:
    """What the desk needs of the assistant."""

    drafter: Drafter
    checker: Checker
    sources: Sources
    wording: Replies
    mask: Mask


@dataclass(frozen=True, slots=True)
class Desk:
    """All that can be done at the desk. Safe to use from several threads."""

    accounts: Accounts
    sessions: Sessions
    queue: Queue
    editing: Editing
    review: Review
    memory: Memory
    proposing: Proposing
    outgoing: Outgoing
    forgetting: Forgetting
    journal: Journal
    wording: Replies
    clock: Clock


def open_desk(
    database: Database,
    parts: Parts,
    lifetimes: Lifetimes | None = None,
    keys: Keys | None = None,
    clock: Clock | None = None,
) -> Desk:
    """The desk over a database; approved replies whose sources have changed end now."""
    now = clock or _now
    memory = Memory(database, parts.sources, now)
    memory.refresh()
    review = Review(database, parts.checker, memory, now)
    return Desk(
        accounts=Accounts(database, keys or Keys(), now),
        sessions=Sessions(database, lifetimes or Lifetimes(), now),
        queue=Queue(database, parts.drafter, parts.checker, parts.mask, now),
        editing=Editing(database, parts.checker, now),
        review=review,
        memory=memory,
        proposing=Proposing(database, parts.checker, memory, now),
        outgoing=Outgoing(review, parts.wording),
        forgetting=Forgetting(database, now),
        journal=Journal(database),
        wording=parts.wording,
        clock=now,
    )


def _now() -> datetime:
    return datetime.now(UTC)
