"""The database, opened: one engine, tables up to date, transactions.

In: the settings. Out: a `Database` that several threads may use. `writing()` is one transaction that holds the right
to write from its start, so that what it reads cannot change before it writes; `reading()` sees one moment. Both turn
what goes wrong into a `StorageError`.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, Pool

from assistant.errors import SettingsError, UnavailableError
from assistant.storage.address import database_url, shown
from assistant.storage.faults import ours
from assistant.storage.upgrade import upgrade

_WAIT_MS = 15_000
"""How long a writer waits for another one, in SQLite."""
_PAUSE = 0.01
"""Seconds between two attempts at what SQLite does not wait for by itself."""
_WRITING = "balise_writing"


class Database:
    """An opened database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.name = shown(engine.url)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that changes nothing."""
        with ours(self.name), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: all of it, or nothing of it when the block raises."""
        engine = self._engine.execution_options(**{_WRITING: True})
        with ours(self.name), engine.begin() as connection:
            yield connection

    def scrub(self) -> None:
        """After something was deleted: SQLite's journal, where the old pages still are, is emptied too.

        PostgreSQL frees what was deleted by itself (autovacuum).
        """
        if self._engine.dialect.name != "sqlite":
            return
        with ours(self.name), closing(self._engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let the connections go."""
        self._engine.dispose()


def open_database(setting: str, data: Path) -> Database:
    """Open the database of `BALISE_DATABASE` and bring its tables up to date.

    Raises:
        SettingsError: the setting is not an address of a database.
        StorageError: it cannot be reached, written to, or was written by a later version.
    """
    url = database_url(setting, data)
    with ours(shown(url)):
        _make_folder(url)
        upgrade(_engine(url, foreign_keys=False, poolclass=NullPool).execution_options(**{_WRITING: True}))
        return Database(_engine(url, foreign_keys=True))


def _make_folder(url: URL) -> None:
    if url.get_backend_name() != "sqlite" or url.database is None:
        return
    try:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnavailableError(f"{url.database}: its folder cannot be made ({error.strerror}).") from error


def _engine(url: URL, *, foreign_keys: bool, poolclass: type[Pool] | None = None) -> Engine:
    """The values of statements stay out of logs and messages: they are what people wrote."""
    if url.get_backend_name() != "sqlite":
        try:
            return create_engine(url, hide_parameters=True, pool_pre_ping=True, poolclass=poolclass)
        except ModuleNotFoundError as error:
            raise SettingsError("BALISE_DATABASE names PostgreSQL. Run: pip install 'balise[postgres]'") from error
    engine = create_engine(url, hide_parameters=True, poolclass=poolclass)
    event.listen(engine, "connect", _Pragmas(foreign_keys=foreign_keys))
    event.listen(engine, "begin", _begin)
    return engine


class _Pragmas:
    """Sets a new SQLite connection up."""

    def __init__(self, *, foreign_keys: bool) -> None:
        self._foreign_keys = foreign_keys

    def __call__(self, connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:  # noqa: ARG002 (signature)
        connection.isolation_level = None  # the driver begins nothing by itself: `_begin` does
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
        _keep_journal(cursor)
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten: it was what a person wrote
        cursor.execute(f"PRAGMA foreign_keys = {'ON' if self._foreign_keys else 'OFF'}")
        cursor.close()


def _keep_journal(cursor: DBAPICursor) -> None:
    """Choose the write-ahead journal: while another program writes, SQLite refuses at once, whatever its timeout."""
    end = time.monotonic() + _WAIT_MS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > end:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
