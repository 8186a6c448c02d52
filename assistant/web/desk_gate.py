"""Who may come in: the session cookie, the token that forms repeat, where a form comes from, how often a key is tried.

In: a browser's request. Out: a `Visit`. Refuses a person who is not signed in (`NotSignedInError`), a form that does
not repeat the session's token or was sent from another site (403), and too many tries to sign in from one address.
"""

import hmac
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import HTTPException, Request, Response

from assistant.desk.sessions import Session, Sessions
from assistant.web.desk_forms import Form

_COOKIE = "balise_desk"
_MOST_TRIES = 20
_TRIES_SECONDS = 600.0
_MOST_ADDRESSES = 10_000


class NotSignedInError(Exception):
    """No session, or one that is over; `sent` is what a form held, so that it can be given back."""

    def __init__(self, sent: Mapping[str, str] | None = None) -> None:
        self.sent = dict(sent or {})
        super().__init__("not signed in")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the desk is reached, such as https://balise.example.org; empty: wherever the browser says it is."""

    url: str = ""

    def base(self, request: Request) -> str:
        """Scheme, host and port, without a slash at the end."""
        if self.url:
            return self.url.rstrip("/")
        return f"{request.url.scheme}://{request.headers.get('host', '')}"

    def check(self, request: Request) -> None:
        """Refuse (403) a form that another site sent, or that does not say who sent it."""
        if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            raise HTTPException(403)
        sent = request.headers.get("origin", "")
        known = urlsplit(self.base(request))
        if (urlsplit(sent).scheme, urlsplit(sent).netloc) != (known.scheme, known.netloc):
            raise HTTPException(403)

    def secure(self, request: Request) -> bool:
        """Whether cookies may travel over HTTPS only."""
        return urlsplit(self.base(request)).scheme == "https"


class Gate:
    """Reads and writes the cookie of a session."""

    def __init__(self, sessions: Sessions, origin: Origin) -> None:
        self._sessions = sessions
        self.origin = origin

    def visit(self, request: Request) -> Session:
        """Who is there; `NotSignedInError` otherwise."""
        session = self.session(request)
        if session is None:
            raise NotSignedInError
        return session

    def session(self, request: Request) -> Session | None:
        """Who is there, or None."""
        return self._sessions.resume(self._token(request))

    def posted(self, request: Request, form: Form) -> Session:
        """Who sent this form; 403 unless it comes from our own pages in this very session."""
        self.origin.check(request)
        session = self.session(request)
        if session is None:
            raise NotSignedInError(form.fields)
        if not hmac.compare_digest(form.fields.get("csrf", "").encode(), session.csrf.encode()):
            raise HTTPException(403)
        return session

    def let_in(self, request: Request, response: Response, token: str) -> None:
        """Give the browser the token of its new session; the one it had is over."""
        self._sessions.end(self._token(request))
        secure = self.origin.secure(request)
        response.set_cookie(self._name(request), token, path="/", secure=secure, httponly=True, samesite="lax")

    def let_out(self, request: Request, response: Response) -> None:
        """End the session."""
        self._sessions.end(self._token(request))
        response.delete_cookie(self._name(request), path="/")

    def _token(self, request: Request) -> str:
        return request.cookies.get(self._name(request), "")

    def _name(self, request: Request) -> str:
        """Over HTTPS the name itself makes browsers refuse a cookie that another host set."""
        return f"__Host-{_COOKIE}" if self.origin.secure(request) else _COOKIE


class Tries:
    """Counts the tries to sign in from each address over ten minutes; in memory, for this process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tries: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def count(self, request: Request) -> None:
        """One more; 429 where there were too many."""
        address = request.client.host if request.client else ""
        now = self._clock()
        with self._lock:
            if len(self._tries) >= _MOST_ADDRESSES:
                self._tries = {one: found for one, found in self._tries.items() if now - found[-1] < _TRIES_SECONDS}
            tries = self._tries.setdefault(address, deque())
            while tries and now - tries[0] >= _TRIES_SECONDS:
                tries.popleft()
            if len(tries) >= _MOST_TRIES:
                raise HTTPException(429, headers={"Retry-After": str(int(_TRIES_SECONDS - (now - tries[0])) + 1)})
            tries.append(now)
