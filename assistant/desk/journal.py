"""Reading the audit log, the newest lines first."""

from assistant.desk.errors import ForbiddenError
from assistant.desk.values import Account, Role
from assistant.storage.database import Database
from assistant.storage.desk import desk_reading
from assistant.storage.desk_log import Entry


class Journal:
    """The log of one database; nothing in it can be changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def latest(self, account: Account, most: int, before: int | None = None) -> tuple[Entry, ...]:
        """The latest lines; `ForbiddenError` for anybody but an administrator."""
        if not account.has(Role.ADMINISTRATOR):
            raise ForbiddenError("role")
        with desk_reading(self._database) as rows:
            return rows.log.latest(most, before)
