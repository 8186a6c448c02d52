"""The accounts of the desk and their sessions: rows in, values out.

In: a connection inside a transaction. Out: `AccountRecord`, `SessionRecord`. Holds hashes only: neither a key nor the
token of a session can be read back. Refuses (`ConflictError`) a name or an identity that another account has.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Integer,
    Row,
    Select,
    String,
    Table,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    update,
)

from assistant.storage.schema import METADATA, Moment

_ACCOUNT = Table(
    "desk_account",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", String(120), nullable=False),
    Column("folded_name", String(120), nullable=False),
    Column("roles", String(64), nullable=False),
    Column("key_hash", String(255), nullable=True),
    Column("issuer", String(255), nullable=True),
    Column("subject", String(255), nullable=True),
    Column("active", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Moment, nullable=True),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("folded_name"),
    UniqueConstraint("issuer", "subject"),
    sqlite_autoincrement=True,
)
_SESSION = Table(
    "desk_session",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("account_id", ForeignKey("desk_account.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("csrf", String(64), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
)


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """An account as it is kept; `folded_name` is the name without capitals, by which it is found."""

    id: int
    name: str
    folded_name: str
    roles: str
    key_hash: str | None
    issuer: str | None
    subject: str | None
    active: bool
    failures: int
    locked_until: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """An open session: `digest` is that of its token."""

    digest: str
    account_id: int
    csrf: str
    started_at: datetime
    seen_at: datetime


class AccountRows:
    """The two tables, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, name: str, folded_name: str, roles: str, key_hash: str | None, created_at: datetime) -> int:
        """A new account; its id."""
        values = {
            "name": name,
            "folded_name": folded_name,
            "roles": roles,
            "key_hash": key_hash,
            "active": True,
            "failures": 0,
            "created_at": created_at,
        }
        return int(self._connection.execute(insert(_ACCOUNT).returning(_ACCOUNT.c.id), values).scalar_one())

    def change(self, account: int, **values: object) -> None:
        """Set some columns of an account."""
        self._connection.execute(update(_ACCOUNT).where(_ACCOUNT.c.id == account).values(**values))

    def count(self) -> int:
        """How many accounts there are, active or not."""
        return int(self._connection.execute(select(func.count()).select_from(_ACCOUNT)).scalar_one())

    def listed(self) -> tuple[AccountRecord, ...]:
        """All accounts, by name."""
        rows = self._connection.execute(select(_ACCOUNT).order_by(_ACCOUNT.c.folded_name))
        return tuple(AccountRecord(**row._mapping) for row in rows)  # noqa: SLF001 (its public name)

    def get(self, account: int) -> AccountRecord | None:
        """The account of this id."""
        return self._one(select(_ACCOUNT).where(_ACCOUNT.c.id == account))

    def named(self, folded_name: str) -> AccountRecord | None:
        """The account of this name, without capitals."""
        return self._one(select(_ACCOUNT).where(_ACCOUNT.c.folded_name == folded_name))

    def identified(self, issuer: str, subject: str) -> AccountRecord | None:
        """The account that this identity of a provider opens."""
        return self._one(select(_ACCOUNT).where(_ACCOUNT.c.issuer == issuer, _ACCOUNT.c.subject == subject))

    def open_session(self, session: SessionRecord) -> None:
        """Keep a new session."""
        values = {name: getattr(session, name) for name in SessionRecord.__slots__}
        self._connection.execute(insert(_SESSION), values)

    def session(self, digest: str) -> SessionRecord | None:
        """The session of this digest."""
        row = self._connection.execute(select(_SESSION).where(_SESSION.c.digest == digest)).one_or_none()
        return SessionRecord(**row._mapping) if row else None  # noqa: SLF001 (its public name)

    def seen(self, digest: str, at: datetime) -> None:
        """The session was used at this moment."""
        self._connection.execute(update(_SESSION).where(_SESSION.c.digest == digest).values(seen_at=at))

    def end_session(self, digest: str) -> None:
        """Forget one session."""
        self._connection.execute(delete(_SESSION).where(_SESSION.c.digest == digest))

    def end_sessions_of(self, account: int) -> None:
        """Forget all sessions of an account."""
        self._connection.execute(delete(_SESSION).where(_SESSION.c.account_id == account))

    def end_old_sessions(self, started_before: datetime, seen_before: datetime) -> int:
        """Forget the sessions that are over; their number."""
        over = (_SESSION.c.started_at < started_before) | (_SESSION.c.seen_at < seen_before)
        return self._connection.execute(delete(_SESSION).where(over)).rowcount

    def _one(self, query: Select[tuple[object, ...]]) -> AccountRecord | None:
        row: Row[tuple[object, ...]] | None = self._connection.execute(query).one_or_none()
        return AccountRecord(**row._mapping) if row else None  # noqa: SLF001 (its public name)
