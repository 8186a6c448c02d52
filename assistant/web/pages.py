"""The HTML pages of questions: home with the widget, a question answered without script; the page of a problem.

In: a browser's requests, French unless `?lang=en`. Out: pages rendered from the same responder and library as the API.
A question comes in a form body, never in an address, so that it stays out of logs and histories.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.responses import HTMLResponse, RedirectResponse

from assistant.conversation import Language, Question
from assistant.web.chat_request import question_problems
from assistant.web.limits import Limits, clean
from assistant.web.negotiation import FORM, require_form
from assistant.web.openapi import refusals
from assistant.web.problems import FieldProblem, Problem, ProblemPage
from assistant.web.rendering import Renderer
from assistant.web.schemas import AnswerReply
from assistant.web.seams import Library, Responder
from assistant.web.widget_pages import Script, with_widget

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


def question_pages(
    respond: Responder, library: Library, limits: Limits, renderer: Renderer, script: Script
) -> APIRouter:
    """`GET /` and `POST /question`."""
    router = APIRouter(tags=["pages"], default_response_class=HTMLResponse)
    asking = _Asking(respond, library, limits, renderer, script)

    @router.get("/", responses=refusals(500))
    def home(request: Request, lang: Lang = "") -> Response:
        """Show the widget; a plain form where scripts do not run."""
        return asking.form(request, language_of(lang))

    @router.get("/question", include_in_schema=False)
    def question_form(lang: Lang = "") -> Response:
        """Lead to the form someone who reloads or shares the address of an answer."""
        return RedirectResponse("/?lang=en" if language_of(lang) == "en" else "/", 303)

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


def problem_page(renderer: Renderer) -> ProblemPage:
    """How a browser is told that something was refused."""

    def show(request: Request, problem: Problem) -> Response:
        language = language_of(request.query_params.get("lang", ""))
        return renderer.page(request, "problem.html", language, {"problem": problem}, problem.status)

    return show


def language_of(asked: str) -> Language:
    """English where it is asked for, French otherwise."""
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
    def __init__(
        self, respond: Responder, library: Library, limits: Limits, renderer: Renderer, script: Script
    ) -> None:
        self.respond = respond
        self.library = library
        self.limits = limits
        self.renderer = renderer
        self.script = script

    def form(
        self, request: Request, language: Language, question: str = "", problems: Sequence[FieldProblem] = ()
    ) -> HTMLResponse:
        values: dict[str, object] = {
            "most": self.limits.question_characters,
            "question": question,
            "problems": problems,
            "documents": self.library.documents(),
            "script": self.script.address,
        }
        return with_widget(self.renderer.page(request, "home.html", language, values, 422 if problems else 200))

    def answer(self, request: Request, form: dict[str, str]) -> HTMLResponse:
        """In French pages the language of the answer follows the question; English is an explicit choice."""
        language = language_of(form.get("lang", ""))
        text = clean(form.get("question", ""))
        problems = question_problems(text, self.limits)
        if problems:
            return self.form(request, language, text, problems)
        asked = _LANGUAGES.get(form.get("answer", ""), "en" if language == "en" else None)
        reply = AnswerReply.of(self.respond(Question(text, language=asked)))
        values: dict[str, object] = {"question": text, "answer": reply, "most": self.limits.question_characters}
        return self.renderer.page(request, "answer.html", language, values)
