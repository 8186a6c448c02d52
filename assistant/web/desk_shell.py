"""What all pages of the desk share: who is there, how a page is shown, how a refusal is told.

In: a request, a template with its values. Out: a page, or a redirection after something was done. Every refusal of the
desk becomes a page with its reason in words; a form whose session is over gives back what it held.
"""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.routing import APIRoute
from starlette.responses import HTMLResponse, RedirectResponse

from assistant.conversation import Language
from assistant.desk.desk import Desk
from assistant.desk.errors import (
    DeskError,
    FlaggedError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    SignInError,
    StaleError,
    StateError,
)
from assistant.desk.sessions import Session
from assistant.desk.values import Role
from assistant.web.desk_gate import Gate, NotSignedInError
from assistant.web.rendering import HERE, Renderer, static

SECURITY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
WORDS = HERE / "desk_words.yaml"
_STATUSES: dict[type[DeskError], int] = {
    NotFoundError: 404,
    ForbiddenError: 403,
    StateError: 409,
    StaleError: 409,
    FlaggedError: 409,
    InvalidError: 422,
    SignInError: 401,
}
_REFUSED = {401, 403, 429}
_Handler = Callable[[Request], Coroutine[Any, Any, Response]]


def desk_renderer(words: Path = WORDS) -> Renderer:
    """Pages with the words of the desk, which may run the one script of the desk."""
    return Renderer(words, security=SECURITY)


@dataclass(frozen=True, slots=True)
class Shell:
    """The desk, its door, its pages."""

    desk: Desk
    gate: Gate
    renderer: Renderer

    def page(
        self, request: Request, name: str, values: dict[str, object], session: Session | None, status: int = 200
    ) -> HTMLResponse:
        """A page of the desk; `session` gives it its navigation."""
        roles = session.account.roles if session else frozenset()
        shared: dict[str, object] = {
            "session": session,
            "number": request.path_params.get("message"),
            "administrator": Role.ADMINISTRATOR in roles,
            "desk_style": static("desk.css"),
            "desk_script": static("desk.js"),
            "done": request.query_params.get("done", ""),
        }
        if request.method == "POST":  # the address of a form leads nowhere when it is followed
            shared["other"] = _other(request)
        return self.renderer.page(request, f"desk/{name}", language(request), shared | values, status)

    def router(self) -> APIRouter:
        """A router whose refusals are pages."""
        return APIRouter(
            prefix="/desk",
            include_in_schema=False,
            default_response_class=HTMLResponse,
            route_class=_route_of(self),
        )

    def refused(self, request: Request, code: str, status: int) -> HTMLResponse:
        """The page that says why something was not done."""
        return self.page(
            request, "refused.html", {"code": code, "back": _back(request)}, self.gate.session(request), status
        )

    def not_signed_in(self, request: Request, error: NotSignedInError) -> Response:
        """Lead to the door; whoever was writing gets their text back first."""
        written = [
            text for name, text in error.sent.items() if name.startswith(("text-", "added-", "reason", "message"))
        ]
        if request.method == "POST":
            return self.page(
                request, "expired.html", {"written": [text for text in written if text.strip()]}, None, 401
            )
        place = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(address(request, "/desk/sign-in", next=place), 303)


def language(request: Request) -> Language:
    """English where the address asks for it, French otherwise."""
    return "en" if request.query_params.get("lang") == "en" else "fr"


def address(request: Request, path: str, fragment: str = "", **query: str) -> str:
    """An address of ours in the language of this request."""
    kept = query | ({"lang": "en"} if language(request) == "en" else {})
    return f"{path}{f'?{urlencode(kept)}' if kept else ''}{f'#{quote(fragment)}' if fragment else ''}"


def _back(request: Request) -> str:
    """The page that a form was on, or the queue."""
    message = request.path_params.get("message")
    return address(request, f"/desk/messages/{message}" if request.method == "POST" and message else "/desk")


def _other(request: Request) -> str:
    message = request.path_params.get("message")
    path = f"/desk/messages/{message}" if message else "/desk"
    return path if language(request) == "en" else f"{path}?lang=en"


def goes(request: Request, path: str, fragment: str = "", **query: str) -> RedirectResponse:
    """To another page, after something was done."""
    return RedirectResponse(address(request, path, fragment, **query), 303)


def _route_of(shell: Shell) -> type[APIRoute]:
    class DeskRoute(APIRoute):
        def get_route_handler(self) -> _Handler:
            handler = super().get_route_handler()

            async def handle(request: Request) -> Response:
                try:
                    return await handler(request)
                except NotSignedInError as error:
                    return shell.not_signed_in(request, error)
                except DeskError as error:
                    return shell.refused(request, error.code, _STATUSES[type(error)])
                except HTTPException as error:
                    if error.status_code not in _REFUSED:
                        raise
                    response = shell.refused(request, f"http_{error.status_code}", error.status_code)
                    response.headers.update(error.headers or {})
                    return response

            return handle

    return DeskRoute
