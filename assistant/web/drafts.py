"""`POST /v1/drafts`: a message in (JSON, text, `.eml`, `.msg`), a draft reply out (JSON, text, HTML, `.eml`).

In: the message as the body of the request. Out: what `Accept` asks for; JSON otherwise. Nothing is kept and nothing is
sent. A message that cannot be read is a problem 422 that holds none of its words.
"""

from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from pydantic import ValidationError

from assistant.conversation import Language
from assistant.correspondence.eml import eml_name, to_eml
from assistant.correspondence.errors import MessageError
from assistant.correspondence.message import IncomingMessage
from assistant.correspondence.reading import pasted, read_message
from assistant.correspondence.rendering import reply_html, reply_text
from assistant.correspondence.reply import ReplyDraft
from assistant.replies import Replies
from assistant.web import draft_examples as examples
from assistant.web.draft_schemas import DraftReply, DraftRequest
from assistant.web.openapi import refusals
from assistant.web.problems import FieldProblem, InvalidRequestError

JSON, TEXT, HTML, EML = "application/json", "text/plain", "text/html", "message/rfc822"
OUTLOOK = "application/vnd.ms-outlook"
_TAKEN = (JSON, TEXT, EML, OUTLOOK, "application/octet-stream")
_GIVEN = (JSON, TEXT, HTML, EML)
_NO_STORE = {"Cache-Control": "no-store"}
_DOCUMENTED: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            JSON: {"schema": DraftRequest.model_json_schema(), "examples": examples.REQUESTS},
            TEXT: {"schema": {"type": "string"}, "example": examples.PASTED},
            EML: {"schema": {"type": "string", "format": "binary"}, "example": examples.RFC822},
            OUTLOOK: {"schema": {"type": "string", "format": "binary"}},
        },
    }
}


class Drafting(Protocol):
    """Makes drafts; never raises."""

    @property
    def wording(self) -> Replies:
        """The fixed sentences of letters."""
        ...

    def draft(self, message: IncomingMessage, language: Language | None = None) -> ReplyDraft:
        """The draft of a reply, in the language of the message unless another is given."""
        ...


async def _body(request: Request) -> bytes:
    return await request.body()


def drafts_router(drafting: Drafting) -> APIRouter:
    """The route, over what makes drafts."""
    router = APIRouter(tags=["drafts"])

    @router.post(
        "/v1/drafts",
        summary="Préparer un projet de réponse à un courriel",
        response_model=None,
        responses={
            200: {
                "model": DraftReply,
                "description": "A draft, never sent: to be read, completed and sent by a person.",
                "content": {JSON: {"example": examples.DRAFT}, TEXT: {}, HTML: {}, EML: {}},
            },
            **refusals(400, 406, 413, 415, 422, 500),
        },
        openapi_extra=_DOCUMENTED,
    )
    def drafts(
        request: Request,
        content: Annotated[bytes, Depends(_body)],
        language: Annotated[Language | None, Query(description="Language of the reply; the message's own.")] = None,
    ) -> Response:
        """Draft a reply to a message: one sourced answer for each of its questions."""
        form = _answer_form(request)
        message, chosen = _message(request, content)
        return _reply(drafting.draft(message, chosen or language), message, drafting.wording, form)

    return router


def _message(request: Request, content: bytes) -> tuple[IncomingMessage, Language | None]:
    media = request.headers.get("content-type", JSON).partition(";")[0].strip().lower()
    if media not in _TAKEN:
        raise HTTPException(415, headers={"Accept": ", ".join(_TAKEN)})
    try:
        if media != JSON:
            return read_message(content, "message"), None
        asked = DraftRequest.model_validate_json(content)
    except MessageError as error:
        detail = "Le message n’a pas pu être lu; enregistrez-le de nouveau ou collez-en le texte."
        english = f"The message could not be read: {error.problem}. {error.remedy}."
        raise InvalidRequestError([FieldProblem("body", "message", "unreadable", detail, english)]) from error
    except ValidationError as error:
        raise InvalidRequestError(_problems(error)) from error
    return pasted(asked.text), asked.language


def _problems(error: ValidationError) -> list[FieldProblem]:
    return [
        FieldProblem(
            "body",
            ".".join(map(str, found["loc"])) or "body",
            found["type"],
            "La valeur n’est pas valide.",
            "The value is not valid.",
        )
        for found in error.errors(include_input=False, include_url=False)
    ]


def _answer_form(request: Request) -> str:
    for choice in request.headers.get("accept", "*/*").split(","):
        media = choice.partition(";")[0].strip().lower()
        if media in _GIVEN:
            return media
        if media in {"*/*", "application/*", ""}:
            return JSON
    raise HTTPException(406)


def _reply(draft: ReplyDraft, message: IncomingMessage, wording: Replies, form: str) -> Response:
    if form == EML:
        disposition = {"Content-Disposition": f'attachment; filename="{eml_name(draft)}"'}
        return Response(to_eml(draft, message, wording), media_type=EML, headers=_NO_STORE | disposition)
    text, page = reply_text(draft, wording), reply_html(draft, wording)
    if form != JSON:
        return Response(text if form == TEXT else page, media_type=form, headers=_NO_STORE)
    reply = DraftReply.of(draft, message, text, page)
    return Response(reply.model_dump_json(), media_type=JSON, headers=_NO_STORE)
