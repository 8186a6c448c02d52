"""Bringing the tables up to date when the program starts.

In: the address of a database. Out: its tables, at the last version. All migrations run in one transaction that
nobody else can enter: a process that comes second waits, then finds nothing to do; one that is killed half-way
leaves everything as it was. Refuses (`SchemaError`) tables of a version that this program does not know.
"""

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from assistant.errors import SchemaError

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x62616C697365  # the letters of the name, as the number that PostgreSQL locks on
_LOG = logging.getLogger(__name__)


def configuration() -> Config:
    """Alembic's configuration; there is no ini file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def upgrade(engine: Engine) -> None:
    """Run the migrations that are missing. `engine` writes without foreign keys (see `migrations/env.py`)."""
    config = configuration()
    wanted = ScriptDirectory.from_config(config).get_current_head()
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        found = _version(connection)
        if found == wanted:
            return
        _LOG.info("Tables at version %s; bringing them to %s.", found or "none", wanted)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        _check(connection)


def _version(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _check(connection: Connection) -> None:
    """SQLite: the rows still point at rows that exist; foreign keys were not looked at while tables were rebuilt."""
    if connection.dialect.name == "sqlite" and connection.execute(text("PRAGMA foreign_key_check")).first():
        raise SchemaError("A migration left rows that point at nothing; nothing was changed.")
