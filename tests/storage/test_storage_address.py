"""`BALISE_DATABASE`: what it accepts, and that a password is never shown."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import SettingsError, StorageError
from assistant.settings import Settings
from assistant.storage.address import database_url, shown
from assistant.storage.database import open_database

DATA = Path("/data")


def test_the_default_is_a_file_of_the_data_folder() -> None:
    """SQLite, named."""
    url = database_url("sqlite", DATA)
    assert (url.get_backend_name(), url.database) == ("sqlite", "/data/balise.sqlite")
    assert shown(url) == "/data/balise.sqlite"


@pytest.mark.parametrize(
    ("setting", "driver"),
    [
        ("sqlite:////elsewhere/b.sqlite", "sqlite+pysqlite"),
        ("postgresql://u:p@db:5433/balise", "postgresql+pg8000"),
        ("postgres://u:p@db/balise", "postgresql+pg8000"),
        ("postgresql+pg8000://u:p@db/balise", "postgresql+pg8000"),
    ],
)
def test_the_driver_is_chosen_for_the_operator(setting: str, driver: str) -> None:
    """An address as everyone writes it is enough."""
    assert database_url(setting, DATA).drivername == driver


@pytest.mark.parametrize(
    "setting",
    ["", "here", "mysql://u:hushhush@db/x", "postgresql+psycopg://u:hushhush@db/x", "postgresql://u:hushhush@db",
     "sqlite://", "sqlite:///:memory:", "postgresql://u:hush:hush@db:hushhush/x", "://hushhush", "sqlite+hushhush"],
)  # fmt: skip
def test_anything_else_is_refused_with_what_is_accepted(setting: str) -> None:
    """Without repeating what was given, which may hold a password; nor does a cause show it."""
    with pytest.raises(SettingsError, match="postgresql://user:password@host") as refusal:
        database_url(setting, DATA)
    assert "hushhush" not in str(refusal.value).replace("sqlite+hushhush", "")
    assert refusal.value.__cause__ is None


@given(st.text(st.characters(codec="ascii", exclude_categories=["C"]), min_size=6))
def test_a_password_is_never_shown(password: str) -> None:
    """Whatever its characters; nor are options, which may hold one too."""
    secret = f"§{password}"
    url = database_url("postgresql://user@host:1/name", DATA).set(password=secret, query={"password": secret})
    assert "§" not in shown(url)
    assert shown(url) == "postgresql://user@host:1/name"


def test_settings_do_not_show_it_either() -> None:
    """Printed whole, as a debugger or a log would."""
    settings = Settings(database="postgresql://u:hushhush@h/d")
    assert "hushhush" not in repr(settings) + str(settings)


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    """Nothing listens there."""
    with pytest.raises(StorageError, match=r"postgresql://u@127\.0\.0\.1:1/d: the database cannot be used") as failure:
        open_database("postgresql://u:hushhush@127.0.0.1:1/d", DATA)
    assert "hushhush" not in str(failure.value)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """A file stands where the folder should."""
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="its folder cannot be made"):
        open_database("sqlite", tmp_path / "file")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    """And left as it is."""
    (tmp_path / "balise.sqlite").write_text("Ceci n’est pas une base de données. " * 99, encoding="utf-8")
    with pytest.raises(StorageError, match=r"balise\.sqlite: the database cannot be used \(file is not a database\)"):
        open_database("sqlite", tmp_path)
    assert (tmp_path / "balise.sqlite").read_text("utf-8").startswith("Ceci")
