"""The HTML pages of documents: their list, the source viewer, the original files.

In: a browser's requests, French unless `?lang=en`. Out: pages without any script, and files with the headers that keep
what they hold from doing anything. An unknown document is 404; a place that makes no sense is said on the page.
"""

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Query, Request, Response
from pydantic import BaseModel, Field
from starlette.responses import FileResponse, HTMLResponse

from assistant.web.document_view import PDF, Place, document_values
from assistant.web.openapi import refusals
from assistant.web.pages import Lang, language_of
from assistant.web.rendering import Renderer
from assistant.web.schemas import UNKNOWN
from assistant.web.seams import Library, Original
from ingest.catalog import CatalogEntry

_FRAMED = (
    "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'"
)
"""Of the page that shows an original beside the text."""
_INERT = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"
"""For a file that a browser may show: nothing in it runs, loads or belongs to our origin."""
_OF_PDF = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
"""A sandbox would keep browsers from showing a PDF; they run nothing of it outside their own viewer."""
_SHOWN = frozenset({PDF, "text/plain; charset=utf-8", "text/html"})


_FILES = {
    "description": "The file, inline where a browser can show it safely.",
    "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in (PDF, "text/plain")},
}


class _PlaceQuery(BaseModel):
    """Where a citation points in a document. Any text is taken: what makes no sense highlights nothing."""

    start: Annotated[str, Field(description="Offset of the first character quoted.", examples=["14353"])] = ""
    end: Annotated[str, Field(description="Offset after the last character quoted.", examples=["14462"])] = ""
    span: Annotated[
        list[str], Field(description="Further quotes, as `start-end`; 20 at most.", examples=[["14353-14462"]])
    ] = []
    page: Annotated[str, Field(description="The printed page: where the original opens.", examples=["5"])] = ""
    part: Annotated[str, Field(description="The part of a very long document; that of the quote if left out.")] = ""
    beside: Annotated[str, Field(description="`1` to show a PDF original beside the text.")] = ""
    lang: Lang = ""

    def place(self) -> Place:
        """The same, its spans together."""
        spans = [(self.start, self.end)] if self.start or self.end else []
        spans += [(start, end) for start, _, end in (one.partition("-") for one in self.span)]
        return Place(tuple(spans), self.page, self.part, beside=self.beside == "1")


def document_pages(library: Library, renderer: Renderer) -> APIRouter:
    """`GET /documents`, `GET /documents/{document}` and `GET /documents/{document}/original`."""
    router = APIRouter(tags=["pages"])
    framing = Renderer(security=_FRAMED)

    @router.get("/documents", response_class=HTMLResponse, responses=refusals(500))
    def documents(request: Request, lang: Lang = "") -> Response:
        """List the documents."""
        cards = [(entry, library.original(entry.id)) for entry in library.documents()]
        given = [(entry, original if isinstance(original, Original) else None) for entry, original in cards]
        values: dict[str, object] = {"cards": given, "unknown": UNKNOWN}
        return renderer.page(request, "documents.html", language_of(lang), values)

    @router.get("/documents/{document}", response_class=HTMLResponse, responses=refusals(404, 500))
    def viewer(request: Request, document: str, asked: Annotated[_PlaceQuery, Query()]) -> Response:
        """Show a whole document, the quoted spans highlighted; `#quote` in the address scrolls to the first."""
        values = document_values(library, _entry(library.documents(), document), asked.place(), request.query_params)
        shown_by = framing if values["is_beside"] else renderer
        return shown_by.page(request, "document.html", language_of(asked.lang), values)

    @router.get("/documents/{document}/original", responses={200: _FILES, **refusals(404, 500)})
    def original(document: str) -> Response:
        """Give the file that a document was read from, personal data masked; `#page=N` opens a PDF at a page."""
        entry = _entry(library.documents(), document)
        found = library.original(entry.id)
        if not isinstance(found, Original):
            raise HTTPException(404)
        return _file(found)

    return router


def _entry(entries: Sequence[CatalogEntry], document: str) -> CatalogEntry:
    found = next((entry for entry in entries if entry.id == document), None)
    if found is None:
        raise HTTPException(404)
    return found


def _file(found: Original) -> Response:
    disposition = "inline" if found.media_type in _SHOWN else "attachment"
    headers = {
        "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(found.name, safe='')}",
        "Content-Security-Policy": _OF_PDF if found.media_type == PDF else _INERT,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-cache",
    }
    if isinstance(found.content, str):
        return Response(found.content, media_type=found.media_type, headers=headers)
    return FileResponse(found.content, media_type=found.media_type, headers=headers)
