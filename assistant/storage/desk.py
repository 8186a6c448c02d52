"""All tables of the desk in one transaction, so that an act, its effects and its line in the log stand together."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from assistant.storage.database import Database
from assistant.storage.desk_accounts import AccountRows
from assistant.storage.desk_log import LogRows
from assistant.storage.desk_messages import MessageRows
from assistant.storage.desk_replies import ReplyRows


@dataclass(frozen=True, slots=True)
class DeskRows:
    """The tables, inside one transaction."""

    accounts: AccountRows
    messages: MessageRows
    log: LogRows
    replies: ReplyRows


@contextmanager
def desk_writing(database: Database) -> Iterator[DeskRows]:
    """A transaction: all of it, or nothing when the block raises."""
    with database.writing() as connection:
        yield DeskRows(AccountRows(connection), MessageRows(connection), LogRows(connection), ReplyRows(connection))


@contextmanager
def desk_reading(database: Database) -> Iterator[DeskRows]:
    """A transaction that changes nothing and sees one moment."""
    with database.reading() as connection:
        yield DeskRows(AccountRows(connection), MessageRows(connection), LogRows(connection), ReplyRows(connection))
