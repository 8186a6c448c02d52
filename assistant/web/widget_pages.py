"""The chat widget: its one file, in a version that never changes and in the current one, and the page for a frame.

In: a browser's requests. Out: `/widget.js` (checked again each hour), `/widget-DIGEST.js` (kept for good; 404 for
another version), `/widget` (the widget alone, for an `<iframe>`, its attributes in the query).
"""

import hashlib
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Query, Request, Response
from pydantic import BaseModel, Field
from starlette.responses import HTMLResponse

from assistant.conversation import BodyType, Language
from assistant.web.embedding import Sites
from assistant.web.limits import Limits
from assistant.web.openapi import refusals
from assistant.web.rendering import STATIC, Renderer

_SCRIPT = "widget.js"
_TYPE = "text/javascript; charset=utf-8"
_ANY_PAGE = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
_FOR_GOOD = "public, max-age=31536000, immutable"
_FOR_AN_HOUR = "public, max-age=3600"
_SECURITY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors {ancestors}"
)


@dataclass(frozen=True, slots=True)
class Script:
    """The built file and the address that names its very content."""

    content: bytes
    digest: str

    @classmethod
    def load(cls) -> "Script":
        """Read the built file."""
        content = (STATIC / _SCRIPT).read_bytes()
        return cls(content, hashlib.sha256(content).hexdigest()[:12])

    @property
    def address(self) -> str:
        """Where this version is served, from the root."""
        return f"/widget-{self.digest}.js"


class Frame(BaseModel):
    """The attributes of the widget in a frame. Any value is taken: what is not known is the default."""

    lang: Annotated[str, Field(description="`en` for English; French otherwise.", examples=["en"])] = ""
    theme: Annotated[str, Field(description="`light`, `dark`, `sdg` or `sdg-dark`; that of the browser otherwise.")] = (
        ""
    )
    body_type: Annotated[BodyType | Literal[""], Field(description="Whom the person works for, where it is known.")] = (
        ""
    )


def with_widget(page: HTMLResponse, ancestors: str = Sites().ancestors) -> HTMLResponse:
    """The page under a policy that lets in our script and its requests to us, and no inline code."""
    page.headers["Content-Security-Policy"] = _SECURITY.format(ancestors=ancestors)
    return page


def widget_router(renderer: Renderer, limits: Limits, sites: Sites, script: Script) -> APIRouter:
    """`GET /widget.js`, `GET /widget-DIGEST.js`, `GET /widget`."""
    router = APIRouter(tags=["widget"])

    @router.get(
        "/widget.js", response_class=Response, responses={200: {"content": {"text/javascript": {}}}, **refusals(500)}
    )
    def current(request: Request) -> Response:
        """Get the current version of the widget."""
        tag = f'"{script.digest}"'
        headers = _ANY_PAGE | {"Cache-Control": _FOR_AN_HOUR, "ETag": tag}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(script.content, media_type=_TYPE, headers=headers)

    @router.get(
        "/widget-{digest}.js",
        response_class=Response,
        responses={200: {"content": {"text/javascript": {}}}, **refusals(404, 500)},
    )
    def version(digest: str) -> Response:
        """Get the widget in this very version."""
        if digest != script.digest:
            raise HTTPException(404)
        return Response(script.content, media_type=_TYPE, headers=_ANY_PAGE | {"Cache-Control": _FOR_GOOD})

    @router.get("/widget", response_class=HTMLResponse, responses=refusals(422, 500))
    def frame(request: Request, asked: Annotated[Frame, Query()]) -> Response:
        """Show the widget alone, to be put in a frame."""
        language: Language = "en" if asked.lang == "en" else "fr"
        values: dict[str, object] = {"script": script.address, "most": limits.question_characters, "frame": asked}
        return with_widget(renderer.page(request, "widget.html", language, values), sites.ancestors)

    return router
