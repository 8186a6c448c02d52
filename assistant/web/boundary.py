"""The outermost layer of the HTTP interface: request ids, headers of safety, size of bodies, the last safety net.

In: any ASGI request. Out: the application's response with an `X-Request-ID`, or a problem. Both layers are plain ASGI
so that streams pass through untouched. What is logged is the route, the status and the time, never a path, a query,
a body or the text of an exception, since each of them may hold what a person asked.
"""

import logging
import re
import time
import traceback
import uuid
from collections.abc import Iterator

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.limits import Limits
from assistant.web.problems import INTERNAL, TOO_LARGE, Refuser

REQUEST_ID = "X-Request-ID"
_ACCEPTED_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_CLOSE = {"Connection": "close"}
_LOG = logging.getLogger(__name__)


class Boundary:
    """Gives each request an id (the client's, where it is a plain one); turns whatever escapes into a problem 500."""

    def __init__(self, app: ASGIApp, refuser: Refuser) -> None:
        self.app = app
        self.refuser = refuser

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on (ASGI)."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get(REQUEST_ID, "")
        request_id = given if _ACCEPTED_ID.fullmatch(given) else uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        status = 0
        began = time.perf_counter()

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers[REQUEST_ID] = request_id
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "same-origin")
            await send(message)

        try:
            await self.app(scope, receive, send_on)
        except Exception as error:  # noqa: BLE001 (the last safety net: no error of ours may reach a client as it is)
            log_error(request_id, error)
            if not status:
                await self.refuser.answer(Request(scope), INTERNAL)(scope, receive, send_on)
        finally:
            elapsed = (time.perf_counter() - began) * 1000
            _LOG.info("%s %s %s %.1f ms %s", scope["method"], _route(scope), status, elapsed, request_id)


class BodyLimit:
    """Refuses (413) a body over the limit of its path, whether its length is announced or it comes in chunks."""

    def __init__(self, app: ASGIApp, refuser: Refuser, limits: Limits) -> None:
        self.app = app
        self.refuser = refuser
        self.limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body counted (ASGI)."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = self.limits.bytes_of(scope["path"])
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdecimal() and int(announced) > most:
            refusal = self.refuser.answer(Request(scope), TOO_LARGE, headers=_CLOSE)
            await refusal(scope, receive, send)
            return
        received = 0

        async def receive_counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > most:
                raise HTTPException(TOO_LARGE, headers=_CLOSE)
            return message

        await self.app(scope, receive_counted, send)


def log_error(request_id: str, error: BaseException) -> None:
    """Log where an error arose, under the request id: types and frames, without any message."""
    _LOG.error("request %s failed\n%s", request_id, "\n".join(_frames(error)))


def _frames(error: BaseException | None) -> Iterator[str]:
    while error is not None:
        yield from (line.rstrip() for line in traceback.format_tb(error.__traceback__))
        yield f"{type(error).__module__}.{type(error).__qualname__}"
        error = error.__cause__ or error.__context__


def _route(scope: Scope) -> str:
    return str(getattr(scope.get("route"), "path", "-"))
