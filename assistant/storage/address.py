"""`BALISE_DATABASE` to the address of a database.

In: the setting and the data folder. Out: an SQLAlchemy URL: SQLite in the data folder for `sqlite`, an SQLite file of
one's own, or PostgreSQL through pg8000. Refuses (`SettingsError`, the password never shown) anything else.
"""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from assistant.errors import SettingsError

DEFAULT = "sqlite"
FILE = "balise.sqlite"
_DRIVERS = {
    "sqlite": "sqlite+pysqlite",
    "postgres": "postgresql+pg8000",
    "postgresql": "postgresql+pg8000",
    "postgresql+pg8000": "postgresql+pg8000",
}
_ACCEPTED = (
    "Give `sqlite` (a file in the data folder), `sqlite:////folder/file.sqlite`, or "
    "`postgresql://user:password@host:5432/name`."
)


def database_url(setting: str, data: Path) -> URL:
    """The address to connect to; `SettingsError` says what the setting accepts, without repeating it."""
    if setting == DEFAULT:
        return URL.create("sqlite+pysqlite", database=str(data / FILE))
    try:
        url = make_url(setting)
    except (ArgumentError, ValueError):
        # the cause would show the setting, and with it a password
        raise SettingsError(f"BALISE_DATABASE is not an address of a database. {_ACCEPTED}") from None
    driver = _DRIVERS.get(url.drivername)
    if driver is None:
        raise SettingsError(f"BALISE_DATABASE names {url.drivername!r}, which is not supported. {_ACCEPTED}")
    if not url.database or (driver.startswith("sqlite") and url.database == ":memory:"):
        raise SettingsError(f"BALISE_DATABASE names no database to keep things in. {_ACCEPTED}")
    return url.set(drivername=driver)


def shown(url: URL) -> str:
    """The address for a log or a message: the password and the options are left out."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return URL.create("postgresql", url.username, None, url.host, url.port, url.database).render_as_string()
