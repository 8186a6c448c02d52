"""The tables are brought up to date when the program starts: once, whole, whatever happens meanwhile."""

import importlib
import multiprocessing
import os
import pkgutil
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import autogenerate, op
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from assistant import storage
from assistant.errors import SchemaError, StorageError
from assistant.storage.database import Database, open_database
from assistant.storage.schema import METADATA
from assistant.storage.upgrade import configuration

FORK = multiprocessing.get_context("fork")


def tables(database: Database) -> set[str]:
    """The names of the tables."""
    with database.reading() as connection:
        return set(inspect(connection).get_table_names())


def version(database: Database) -> str | None:
    """The version that the tables are at."""
    with database.reading() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def test_migrations_make_the_tables_that_the_program_uses(database: Database) -> None:
    """Tables, columns, types, names of constraints: nothing to add, nothing too much."""
    for module in pkgutil.walk_packages(storage.__path__, "assistant.storage."):
        if "migrations" not in module.name:
            importlib.import_module(module.name)
    with database.reading() as connection:
        differences = autogenerate.compare_metadata(MigrationContext.configure(connection), METADATA)
    assert differences == []


def test_history_is_one_line() -> None:
    """One first migration, one last: two people did not take the same number."""
    script = ScriptDirectory.from_config(configuration())
    assert len(script.get_heads()) == len(script.get_bases()) == 1


def test_opening_again_changes_nothing(opened: Callable[[], Database]) -> None:
    """The tables are at the last version and stay there."""
    first = opened()
    before = tables(first), version(first)
    second = opened()
    assert (tables(second), version(second)) == before
    assert before[1] == ScriptDirectory.from_config(configuration()).get_current_head()


def test_processes_that_start_together_make_the_tables_once(setting: str, tmp_path: Path) -> None:
    """All of them can work afterwards."""
    start = FORK.Barrier(4)

    def begin() -> None:
        start.wait()
        open_database(setting, tmp_path).close()

    processes = [FORK.Process(target=begin) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4
    database = open_database(setting, tmp_path)
    assert "feedback" in tables(database)
    database.close()


def test_a_program_that_starts_while_another_one_writes_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite by itself refuses to choose its journal then, without waiting; it is tried again until it can be."""
    waited: list[float] = []
    with closing(sqlite3.connect(tmp_path / "balise.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr(
            "assistant.storage.database.time.sleep", lambda pause: waited.append(pause) or other.rollback()
        )
        open_database("sqlite", tmp_path).close()
    assert waited


def test_a_process_killed_half_way_leaves_nothing(setting: str, tmp_path: Path) -> None:
    """Killed after its first table was made; the next one finds an empty database and makes them all."""

    def die() -> None:
        make = op.create_table

        def make_and_die(*arguments: Any, **options: Any) -> None:
            make(*arguments, **options)
            os.kill(os.getpid(), signal.SIGKILL)

        op.create_table = make_and_die
        open_database(setting, tmp_path)

    process = FORK.Process(target=die)
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    database = open_database(setting, tmp_path)
    assert version(database) == ScriptDirectory.from_config(configuration()).get_current_head()
    database.close()


def test_a_migration_that_fails_leaves_nothing(
    setting: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: Callable[[], Database]
) -> None:
    """All of its statements are undone, and the reason is said."""
    with monkeypatch.context() as patched:
        patched.setattr(op, "create_index", lambda *_, **__: op.execute("SELECT 1 FROM nowhere"))
        with pytest.raises(StorageError, match="nowhere"):
            open_database(setting, tmp_path)
    assert "feedback" in tables(opened())


def test_tables_of_a_later_version_are_left_alone(opened: Callable[[], Database]) -> None:
    """The message says what to install."""
    with opened().writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaError, match=r"9999.*Install the version of Balise that wrote them"):
        opened()


def test_sqlite_is_set_for_a_server(tmp_path: Path) -> None:
    """Readers do not wait for a writer; foreign keys are kept; nothing else lies beside the file than SQLite's own."""
    database = open_database("sqlite", tmp_path)
    with database.reading() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
    database.close()
    assert {path.name.partition("-")[0] for path in tmp_path.iterdir()} == {"balise.sqlite"}
