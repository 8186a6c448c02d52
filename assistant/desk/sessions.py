"""Sessions: who is signed in, for how long.

In: an account, then the token that its browser sends back. Out: a `Session`. Refuses (None) a token that is unknown,
idle for too long, too old, or whose account was closed. The token itself is never kept: only its digest is.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from assistant.desk.accounts import Clock, account_of
from assistant.desk.events import Event
from assistant.desk.values import Account
from assistant.storage.database import Database
from assistant.storage.desk import desk_reading, desk_writing
from assistant.storage.desk_accounts import SessionRecord

_SEEN_EVERY = timedelta(minutes=1)
"""How exactly the last use is known: writing it at each page would make every reader a writer."""


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """How long a session lasts without being used, and altogether."""

    idle: timedelta = timedelta(minutes=30)
    longest: timedelta = timedelta(hours=10)


@dataclass(frozen=True, slots=True)
class Session:
    """A person who is signed in, and the token that their forms must repeat."""

    account: Account
    csrf: str


class Sessions:
    """The sessions of one database."""

    def __init__(self, database: Database, lifetimes: Lifetimes, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.lifetimes = lifetimes

    def open(self, account: Account) -> str:
        """A new session; its token, for the browser alone."""
        token = secrets.token_urlsafe(32)
        now = self._clock()
        with desk_writing(self._database) as rows:
            rows.accounts.end_old_sessions(now - self.lifetimes.longest, now - self.lifetimes.idle)
            rows.accounts.open_session(SessionRecord(_digest(token), account.id, secrets.token_urlsafe(32), now, now))
        return token

    def resume(self, token: str) -> Session | None:
        """The session of this token."""
        now = self._clock()
        with desk_reading(self._database) as rows:
            record = rows.accounts.session(_digest(token)) if token else None
            holder = rows.accounts.get(record.account_id) if record else None
        if record is None or holder is None or not holder.active:
            return None
        if now - record.seen_at > self.lifetimes.idle or now - record.started_at > self.lifetimes.longest:
            return None
        if now - record.seen_at > _SEEN_EVERY:
            with desk_writing(self._database) as rows:
                rows.accounts.seen(record.digest, now)
        return Session(account_of(holder), record.csrf)

    def end(self, token: str) -> None:
        """Sign out; a token that opens nothing is no error."""
        with desk_writing(self._database) as rows:
            record = rows.accounts.session(_digest(token))
            holder = rows.accounts.get(record.account_id) if record else None
            if record is not None and holder is not None:
                rows.accounts.end_session(record.digest)
                rows.log.add(self._clock(), holder.name, Event.SIGNED_OUT, None, {})


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
