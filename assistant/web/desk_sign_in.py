"""Coming in and going out: by name and key, or through the provider of identities.

In: forms of a browser. Out: a session in a cookie, and the way to the page that was asked for. Says the same of a wrong
name, a wrong key and a locked account. Until an account exists, every page says how to make the first one.
"""

import json
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from assistant.desk.errors import SignInError
from assistant.desk.oidc import Attempt, Provider
from assistant.web.desk_forms import Form, read_form
from assistant.web.desk_gate import Tries
from assistant.web.desk_shell import Shell, address, goes

_ATTEMPT = "balise_oidc"
_ATTEMPT_SECONDS = 600
_CALLBACK = "/desk/oidc/callback"
_LONGEST_NEXT = 300


def sign_in_pages(shell: Shell, provider: Provider | None, tries: Tries) -> APIRouter:
    """`/desk/sign-in`, `/desk/sign-out`, `/desk/oidc/…`."""
    router = shell.router()

    @router.get("/sign-in")
    def form(request: Request) -> Response:
        """Show the way in, or why there is none yet."""
        if not shell.desk.accounts.exist():
            return shell.page(request, "closed.html", {}, None)
        if shell.gate.session(request):
            return goes(request, "/desk")
        return _form(shell, request, provider)

    @router.post("/sign-in")
    def sign_in(request: Request, sent: Annotated[Form, Depends(read_form)]) -> Response:
        """Open a session."""
        shell.gate.origin.check(request)
        tries.count(request)
        try:
            account = shell.desk.accounts.sign_in(sent.text("name"), sent.text("key").strip())
        except SignInError as error:
            return _form(shell, request, provider, sent, error.code)
        response = RedirectResponse(_next(request, sent.text("next")), 303)
        shell.gate.let_in(request, response, shell.desk.sessions.open(account))
        return response

    @router.post("/sign-out")
    def sign_out(request: Request, sent: Annotated[Form, Depends(read_form)]) -> Response:
        """End the session."""
        shell.gate.posted(request, sent)
        response = goes(request, "/desk/sign-in", done="signed_out")
        shell.gate.let_out(request, response)
        return response

    if provider is not None:
        _add_provider(router, shell, provider, tries)
    return router


def _form(
    shell: Shell, request: Request, provider: Provider | None, sent: Form | None = None, code: str = ""
) -> Response:
    values: dict[str, object] = {
        "name": sent.text("name") if sent else "",
        "next": sent.text("next") if sent else request.query_params.get("next", ""),
        "provider": provider is not None,
        "code": code,
        "idle": int(shell.desk.sessions.lifetimes.idle.total_seconds() // 60),
    }
    return shell.page(request, "sign_in.html", values, None, 401 if code else 200)


def _next(request: Request, place: str) -> str:
    """The page that was asked for, where it is one of the desk; never another site."""
    inside = place == "/desk" or place.startswith(("/desk/", "/desk?"))
    return place if inside and len(place) < _LONGEST_NEXT and "\\" not in place else address(request, "/desk")


def _add_provider(router: APIRouter, shell: Shell, provider: Provider, tries: Tries) -> None:
    @router.get("/oidc/start")
    def start(request: Request) -> Response:
        """Send the browser to the provider, with what proves later that it is the same browser."""
        url, attempt = provider.start(shell.gate.origin.base(request) + _CALLBACK)
        kept = json.dumps(
            [attempt.state, attempt.nonce, attempt.verifier, _next(request, request.query_params.get("next", ""))]
        )
        response = RedirectResponse(url, 303)
        response.set_cookie(
            _ATTEMPT,
            kept.encode().hex(),
            max_age=_ATTEMPT_SECONDS,
            path="/desk/oidc",
            secure=shell.gate.origin.secure(request),
            httponly=True,
            samesite="lax",
        )
        return response

    @router.get("/oidc/callback")
    def callback(request: Request, code: str = "", state: str = "") -> Response:
        """Receive the browser back and open a session."""
        tries.count(request)
        attempt, place = _attempt(request)
        identity = provider.finish(shell.gate.origin.base(request) + _CALLBACK, attempt, code, state)
        account = shell.desk.accounts.sign_in_identity(identity)
        response = RedirectResponse(place, 303)
        shell.gate.let_in(request, response, shell.desk.sessions.open(account))
        response.delete_cookie(_ATTEMPT, path="/desk/oidc")
        return response


def _attempt(request: Request) -> tuple[Attempt, str]:
    try:
        state, nonce, verifier, place = json.loads(bytes.fromhex(request.cookies.get(_ATTEMPT, "")))
        return Attempt(str(state), str(nonce), str(verifier)), _next(request, str(place))
    except ValueError as error:
        raise SignInError("oidc_state") from error
