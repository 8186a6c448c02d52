"""Accounts: who may sign in, with which roles, by which key or identity.

In: a name with a key, or an identity that a provider vouches for. Out: an `Account`. Refuses (`SignInError`, always
with the same code) a wrong name, a wrong key, an inactive or a locked account, so that trying teaches nothing; five
wrong keys in a row lock an account for a quarter of an hour. Keys are kept as hashes.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from assistant.desk.errors import InvalidError, NotFoundError, SignInError
from assistant.desk.events import COMMAND, PROGRAM, Event
from assistant.desk.keys import Keys, new_key
from assistant.desk.oidc import Identity
from assistant.desk.values import Account, Role
from assistant.storage.database import Database
from assistant.storage.desk import DeskRows, desk_reading, desk_writing
from assistant.storage.desk_accounts import AccountRecord

Clock = Callable[[], datetime]
MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
_NAME = re.compile(r"[\w@.'’ +-]{2,120}")
_RESERVED = frozenset({PROGRAM, COMMAND})


class Accounts:
    """The accounts of one database."""

    def __init__(self, database: Database, keys: Keys, clock: Clock) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock

    def exist(self) -> bool:
        """Whether the desk is open at all: it is closed until there is an account."""
        with desk_reading(self._database) as rows:
            return rows.accounts.count() > 0

    def listed(self) -> tuple[Account, ...]:
        """All accounts, by name."""
        with desk_reading(self._database) as rows:
            return tuple(account_of(record) for record in rows.accounts.listed())

    def add(self, name: str, roles: Iterable[Role], by: str, *, keyed: bool = True) -> tuple[Account, str]:
        """A new account and its key, which is shown once; without a key it opens through a provider only."""
        shown = " ".join(unicodedata.normalize("NFC", name).split())
        if not _NAME.fullmatch(shown) or folded(shown) in _RESERVED:
            raise InvalidError("name")
        given = frozenset(roles)
        if not given:
            raise InvalidError("roles")
        key = new_key() if keyed else ""
        hashed = self._keys.hash(key) if keyed else None
        with desk_writing(self._database) as rows:
            if rows.accounts.named(folded(shown)):
                raise InvalidError("name_taken")
            number = rows.accounts.add(shown, folded(shown), _joined(given), hashed, self._clock())
            rows.log.add(self._clock(), by, Event.ACCOUNT_ADDED, None, {"account": shown, "roles": _joined(given)})
            return account_of(_present(rows, number)), key

    def change(self, account: int, by: str, roles: Iterable[Role], *, active: bool) -> Account:
        """Give an account these roles; close or open it. Its sessions end. Somebody stays able to do this."""
        given = frozenset(roles)
        if not given:
            raise InvalidError("roles")
        with desk_writing(self._database) as rows:
            found = _present(rows, account)
            rows.accounts.change(account, roles=_joined(given), active=active, failures=0, locked_until=None)
            if not any(one.active and Role.ADMINISTRATOR in roles_of(one) for one in rows.accounts.listed()):
                raise InvalidError("last_administrator")
            rows.accounts.end_sessions_of(account)
            detail: dict[str, str | int] = {"account": found.name, "roles": _joined(given), "active": int(active)}
            rows.log.add(self._clock(), by, Event.ACCOUNT_CHANGED, None, detail)
            return account_of(_present(rows, account))

    def renew_key(self, account: int, by: str) -> str:
        """A new key in place of the old one, shown once; the sessions of the account end, its lock is lifted."""
        key = new_key()
        hashed = self._keys.hash(key)
        with desk_writing(self._database) as rows:
            found = _present(rows, account)
            rows.accounts.change(account, key_hash=hashed, failures=0, locked_until=None)
            rows.accounts.end_sessions_of(account)
            rows.log.add(self._clock(), by, Event.KEY_RENEWED, None, {"account": found.name})
        return key

    def named(self, name: str) -> Account:
        """The account of this name; `NotFoundError` when there is none."""
        with desk_reading(self._database) as rows:
            record = rows.accounts.named(folded(name))
        if record is None:
            raise NotFoundError("account")
        return account_of(record)

    def sign_in(self, name: str, key: str) -> Account:
        """The account that this name and this key open."""
        with desk_reading(self._database) as rows:
            found = rows.accounts.named(folded(name))
        usable = found is not None and found.active and not _locked(found, self._clock())
        matches = self._keys.matches(key, found.key_hash if found is not None and usable else None)
        with desk_writing(self._database) as rows:
            record = rows.accounts.get(found.id) if found is not None else None
            if record is not None and matches and record.active and not _locked(record, self._clock()):
                return self._opened(rows, record, key)
            self._failed(rows, record)
        raise SignInError("sign_in")

    def sign_in_identity(self, identity: Identity) -> Account:
        """The account bound to this identity; at the first time, the one that bears its name and is bound to none."""
        with desk_writing(self._database) as rows:
            record = rows.accounts.identified(identity.issuer, identity.subject)
            if record is None:
                named = rows.accounts.named(folded(identity.name))
                record = named if named is not None and named.subject is None else None
            if record is not None and record.active:
                rows.accounts.change(record.id, issuer=identity.issuer, subject=identity.subject)
                return self._opened(rows, record)
        raise SignInError("oidc_unknown")

    def _opened(self, rows: DeskRows, record: AccountRecord, key: str = "") -> Account:
        rows.accounts.change(record.id, failures=0, locked_until=None)
        if key and record.key_hash and self._keys.outdated(record.key_hash):
            rows.accounts.change(record.id, key_hash=self._keys.hash(key))
        rows.log.add(self._clock(), record.name, Event.SIGNED_IN, None, {})
        return account_of(record)

    def _failed(self, rows: DeskRows, record: AccountRecord | None) -> None:
        """Count it. A name that is no account is not logged: it may be a key typed in the wrong field."""
        if record is None:
            rows.log.add(self._clock(), PROGRAM, Event.SIGN_IN_FAILED, None, {})
            return
        rows.log.add(self._clock(), record.name, Event.SIGN_IN_FAILED, None, {})
        if _locked(record, self._clock()):
            return
        failures = record.failures + 1
        if failures < MOST_FAILURES:
            rows.accounts.change(record.id, failures=failures)
            return
        rows.accounts.change(record.id, failures=0, locked_until=self._clock() + LOCKED_FOR)
        rows.log.add(self._clock(), record.name, Event.LOCKED, None, {"minutes": LOCKED_FOR.seconds // 60})


def folded(name: str) -> str:
    """A name without its capitals and spare spaces, by which it is found."""
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()[:120]


def account_of(record: AccountRecord) -> Account:
    """What the rest of the desk sees of an account."""
    return Account(
        id=record.id,
        name=record.name,
        roles=roles_of(record),
        active=record.active,
        has_key=record.key_hash is not None,
        locked_until=record.locked_until,
    )


def roles_of(record: AccountRecord) -> frozenset[Role]:
    """The roles of a row."""
    return frozenset(Role(name) for name in record.roles.split())


def _joined(roles: Iterable[Role]) -> str:
    return " ".join(role.value for role in Role if role in set(roles))


def _locked(record: AccountRecord, now: datetime) -> bool:
    return record.locked_until is not None and now < record.locked_until


def _present(rows: DeskRows, account: int) -> AccountRecord:
    record = rows.accounts.get(account)
    if record is None:
        raise NotFoundError("account")
    return record
