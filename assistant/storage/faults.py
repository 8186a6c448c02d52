"""SQLAlchemy's, the drivers' and alembic's exceptions as ours: the only place that knows both.

In: a block of code over the database. Out: what it gives; what it raises is a `StorageError` that names the database,
without its password, and never the values of a statement, which may be what a person wrote.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic.util.exc import CommandError
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from assistant.errors import ConflictError, SchemaError, StorageError, UnavailableError

_CONSTRAINTS = "23"  # the class of SQLSTATE codes for what breaks a constraint


@contextmanager
def ours(name: str) -> Iterator[None]:
    """Run the block; `name` is the database as people may see it (`address.shown`)."""
    try:
        yield
    except DBAPIError as error:
        if _breaks_a_rule(error):
            raise ConflictError(f"{name}: a record breaks a rule of its table ({_what(error)})") from error
        raise UnavailableError(
            f"{name}: the database cannot be used ({_what(error)}). Check that it runs, that it can be written to, "
            "and that its disk is not full."
        ) from error
    except CommandError as error:
        raise SchemaError(
            f"{name}: the tables are of a version that this program does not know ({error}). Install the version "
            "of Balise that wrote them, or a later one."
        ) from error
    except SQLAlchemyError as error:
        raise StorageError(f"{name}: {type(error).__name__}") from error


def _breaks_a_rule(error: DBAPIError) -> bool:
    """Whether a constraint refused it. pg8000 says so of a repeated key only: for the others, the code tells."""
    return isinstance(error, IntegrityError) or _fields(error).get("C", "").startswith(_CONSTRAINTS)


def _fields(error: DBAPIError) -> dict[str, str]:
    """The fields of a PostgreSQL server's message, as pg8000 gives them: C is its code, M its words."""
    said = error.orig.args[0] if error.orig is not None and error.orig.args else None
    return said if isinstance(said, dict) else {}


def _what(error: DBAPIError) -> str:
    """What the database said, without the statement and its values."""
    if fields := _fields(error):
        return " ".join(fields[key] for key in ("C", "M") if key in fields)
    return str(error.orig.args[0]) if error.orig is not None and error.orig.args else type(error).__name__
