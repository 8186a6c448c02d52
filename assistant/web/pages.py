"""The HTML pages: home, a question answered without any script, the list of documents, the source viewer.

In: a browser's requests, French unless `?lang=en`. Out: pages rendered from the same responder and library as the API.
A question comes in a form body, never in an address, so that it stays out of logs and histories.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from pydantic import BaseModel, Field
from starlette.responses import HTMLResponse, RedirectResponse

from assistant.conversation import Language, Question
from assistant.web.chat_request import question_problems
from assistant.web.highlight import parse_span
from assistant.web.limits import Limits, clean
from assistant.web.negotiation import FORM, require_form
from assistant.web.openapi import refusals
from assistant.web.problems import FieldProblem, Problem, ProblemPage
from assistant.web.rendering import Renderer
from assistant.web.schemas import UNKNOWN, AnswerReply
from assistant.web.seams import Library, Responder
from assistant.web.viewer import View, view
from ingest.catalog import CatalogEntry

_MOST_FIELDS = 10
_FORM_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            FORM: {
                "schema": {
                    "type": "object",
                    "required": ["question"],
                    "properties": {"question": {"type": "string"}, "lang": {"type": "string", "enum": ["fr", "en"]}},
                },
                "example": {"question": "Qu’est-ce qu’un veilleur bienveillant?"},
            }
        },
    }
}
_LANGUAGES: Mapping[str, Language] = {"fr": "fr", "en": "en"}
Lang = Annotated[str, Query(description="`en` for English around the documents; French otherwise.", examples=["en"])]


class Place(BaseModel):
    """Where a citation points in a document. Any text is taken: what makes no sense highlights nothing."""

    start: Annotated[str, Field(description="Offset of the first character quoted.", examples=["14353"])] = ""
    end: Annotated[str, Field(description="Offset after the last character quoted.", examples=["14462"])] = ""
    page: Annotated[str, Field(description="The printed page, for people; not needed.", examples=["5"])] = ""
    lang: Lang = ""


def question_pages(respond: Responder, library: Library, limits: Limits, renderer: Renderer) -> APIRouter:
    """`GET /` and `POST /question`."""
    router = APIRouter(tags=["pages"], default_response_class=HTMLResponse)
    asking = _Asking(respond, library, limits, renderer)

    @router.get("/", responses=refusals(500))
    def home(request: Request, lang: Lang = "") -> Response:
        """Show a plain form that asks a question."""
        return asking.form(request, _language(lang))

    @router.get("/question", include_in_schema=False)
    def question_form(lang: Lang = "") -> Response:
        """Lead to the form someone who reloads or shares the address of an answer."""
        return RedirectResponse("/?lang=en" if _language(lang) == "en" else "/", 303)

    @router.post(
        "/question",
        responses=refusals(413, 415, 422, 500),
        dependencies=[Depends(require_form)],
        openapi_extra=_FORM_BODY,
    )
    def question(request: Request, form: Annotated[dict[str, str], Depends(_form)]) -> Response:
        """Answer the question of the form, without any script."""
        return asking.answer(request, form)

    return router


def document_pages(library: Library, renderer: Renderer) -> APIRouter:
    """`GET /documents` and `GET /documents/{document}`."""
    router = APIRouter(tags=["pages"], default_response_class=HTMLResponse)

    @router.get("/documents", responses=refusals(500))
    def documents(request: Request, lang: Lang = "") -> Response:
        """List the documents."""
        values: dict[str, object] = {"documents": library.documents(), "unknown": UNKNOWN}
        return renderer.page(request, "documents.html", _language(lang), values)

    @router.get("/documents/{document}", responses=refusals(404, 500))
    def viewer(request: Request, document: str, place: Annotated[Place, Query()]) -> Response:
        """Show a whole document, the quoted span highlighted; `#quote` in the address scrolls to it."""
        entry = next((entry for entry in library.documents() if entry.id == document), None)
        if entry is None:
            raise HTTPException(404)
        values = _document(library, entry, place)
        return renderer.page(request, "document.html", _language(place.lang), values)

    return router


def problem_page(renderer: Renderer) -> ProblemPage:
    """How a browser is told that something was refused."""

    def show(request: Request, problem: Problem) -> Response:
        language = _language(request.query_params.get("lang", ""))
        return renderer.page(request, "problem.html", language, {"problem": problem}, problem.status)

    return show


def _language(asked: str) -> Language:
    return _LANGUAGES.get(asked, "fr")


async def _form(request: Request) -> dict[str, str]:
    """The first value of each field; an unreadable form holds nothing."""
    body = (await request.body()).decode("utf-8", "replace")
    try:
        fields = parse_qs(body, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return {}
    return {name: values[0] for name, values in fields.items()}


class _Asking:
    def __init__(self, respond: Responder, library: Library, limits: Limits, renderer: Renderer) -> None:
        self.respond = respond
        self.library = library
        self.limits = limits
        self.renderer = renderer

    def form(
        self, request: Request, language: Language, question: str = "", problems: Sequence[FieldProblem] = ()
    ) -> HTMLResponse:
        values: dict[str, object] = {
            "most": self.limits.question_characters,
            "question": question,
            "problems": problems,
            "documents": self.library.documents(),
        }
        return self.renderer.page(request, "home.html", language, values, 422 if problems else 200)

    def answer(self, request: Request, form: dict[str, str]) -> HTMLResponse:
        """In French pages the language of the answer follows the question; English is an explicit choice."""
        language = _language(form.get("lang", ""))
        text = clean(form.get("question", ""))
        problems = question_problems(text, self.limits)
        if problems:
            return self.form(request, language, text, problems)
        asked = _LANGUAGES.get(form.get("answer", ""), "en" if language == "en" else None)
        reply = AnswerReply.of(self.respond(Question(text, language=asked)))
        values: dict[str, object] = {"question": text, "answer": reply, "most": self.limits.question_characters}
        return self.renderer.page(request, "answer.html", language, values)


def _document(library: Library, entry: CatalogEntry, place: Place) -> dict[str, object]:
    text = library.text(entry.id)
    span = parse_span(place.start, place.end, len(text))
    shown = view(text, library.units(entry.id), library.pages(entry.id), span)
    notice = _notice(shown, asked=bool(place.start or place.end), valid=span is not None)
    return {"entry": entry, "view": shown, "notice": notice, "unknown": UNKNOWN}


def _notice(shown: View, *, asked: bool, valid: bool) -> str:
    if not asked or shown.quoted:
        return ""
    return "notice_span_not_shown" if valid else "notice_invalid_span"
