"""Databases to test on: SQLite always, PostgreSQL where its server is installed (a cluster of the tests' own)."""

import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from assistant.storage.database import Database, open_database

_NAMES = (f"test{n}" for n in itertools.count())


def programs() -> Path | None:
    """The folder of the newest PostgreSQL server, in the path or where Debian puts it."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return installed[-1].parent if installed else None


def runner() -> str | None:
    """The server refuses to run as root: who runs it then; None for ourselves."""
    names = {user.pw_name for user in pwd.getpwall()}
    return None if os.geteuid() else "postgres" if "postgres" in names else "nobody"


@contextmanager
def served(folder: Path, binaries: Path) -> Iterator[str]:
    """A server over this empty folder; its address, which lacks the name of a database."""
    user = runner()
    if user:
        shutil.chown(folder, user)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def call(program: str, *arguments: str) -> None:
        command = [binaries / program, "-D", folder / "cluster", *arguments]
        nowhere = subprocess.DEVNULL
        subprocess.run(command, check=True, stdout=nowhere, stderr=nowhere, cwd=folder, user=user)

    call("initdb", "-U", "balise", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
    options = f"-F -p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    call("pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql://balise@127.0.0.1:{port}/"
    finally:
        call("pg_ctl", "-w", "-m", "immediate", "stop")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server."""
    binaries = programs()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed")
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), binaries) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgres"])
def setting(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A `BALISE_DATABASE` that leads to an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/balise.sqlite"
    address, name = request.getfixturevalue("postgres"), next(_NAMES)
    engine = create_engine(address.replace("://", "+pg8000://") + "postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"{address}{name}"


@pytest.fixture
def opened(setting: str, tmp_path: Path) -> Iterator[Callable[[], Database]]:
    """Opens the same database, as many times as wanted."""
    databases: list[Database] = []

    def open_again() -> Database:
        databases.append(open_database(setting, tmp_path))
        return databases[-1]

    yield open_again
    for database in databases:
        database.close()


@pytest.fixture
def database(opened: Callable[[], Database]) -> Database:
    """An empty database, its tables up to date."""
    return opened()
