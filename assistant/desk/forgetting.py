"""What is known of one message, given out or forgotten; and all that is too old, forgotten.

In: an administrator and a message, or a moment. Out: JSON with everything, or a count. The log keeps that a message
was deleted, by whom and when; it never held anything of the message.
"""

import json
from datetime import datetime

from assistant.desk.accounts import Clock
from assistant.desk.events import COMMAND, Event
from assistant.desk.messages import present
from assistant.desk.values import Account, Act, Stage, require
from assistant.storage.database import Database
from assistant.storage.desk import DeskRows, desk_writing


class Forgetting:
    """Export, deletion, retention."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def export(self, account: Account | None, message: int) -> str:
        """All that the database holds about a message, as JSON; without an account, asked from the command line."""
        with desk_writing(self._database) as rows:
            self._require(rows, Act.EXPORT, account, message)
            found = _everything(rows, message)
            rows.log.add(self._clock(), _name(account), Event.EXPORTED, message, {})
        return json.dumps(found, ensure_ascii=False, indent=2, default=str)

    def delete(self, account: Account | None, message: int) -> None:
        """Forget a message, its drafts and its notes."""
        with desk_writing(self._database) as rows:
            self._require(rows, Act.DELETE, account, message)
            rows.messages.delete(message)
            rows.log.add(self._clock(), _name(account), Event.DELETED, message, {})
        self._database.scrub()

    def purge(self, before: datetime) -> int:
        """Forget the messages received before this moment; their number."""
        with desk_writing(self._database) as rows:
            old = rows.messages.older(before)
            for message in old:
                rows.messages.delete(message)
                rows.log.add(self._clock(), COMMAND, Event.PURGED, message, {})
        self._database.scrub()
        return len(old)

    @staticmethod
    def _require(rows: DeskRows, act: Act, account: Account | None, message: int) -> None:
        stage = Stage(present(rows, message).stage)
        if account is not None:
            require(act, account, stage)


def _everything(rows: DeskRows, message: int) -> dict[str, object]:
    listed = present(rows, message)
    return {
        "message": {name: getattr(listed, name) for name in listed.__slots__}
        | {"content": json.loads(rows.messages.content(message))},
        "drafts": [
            {"number": one.number, "made_at": one.made_at, "author": one.author, "draft": json.loads(one.draft)}
            for one in rows.messages.revisions(message)
        ],
        "notes": [
            {"made_at": one.made_at, "author": one.author, "text": one.text} for one in rows.messages.notes(message)
        ],
        "log": [
            {"at": one.at, "actor": one.actor, "act": one.act, "detail": dict(one.detail)}
            for one in rows.log.about(message)
        ],
    }


def _name(account: Account | None) -> str:
    return COMMAND if account is None else account.name
