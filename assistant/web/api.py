"""The JSON routes: `POST /v1/chat`, `GET /v1/documents`, `GET /health`.

In: HTTP requests of the public contract. Out: answers, catalog cards, the state of the service. No policy here:
everything is asked of the seams and put in the words of the contract.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Request, Response

from assistant.web import examples
from assistant.web.chat_request import ChatRequest
from assistant.web.limits import Limits
from assistant.web.negotiation import EVENTS, JSON, require_json, wants_events
from assistant.web.openapi import refusals
from assistant.web.problems import Problem, problem_response, request_id
from assistant.web.schemas import AnswerReply, DocumentReply, DocumentsReply, HealthReply
from assistant.web.seams import Health, Library, Responder
from assistant.web.stream import answer_events

_NO_STORE = {"Cache-Control": "no-store"}
_CHAT_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "An answer; its status says what it is worth. As events when `text/event-stream` is asked for.",
        "content": {
            JSON: {"examples": examples.ANSWERS},
            EVENTS: {"schema": {"type": "string"}, "example": examples.EVENTS},
        },
    },
    **refusals(400, 413, 415, 422, 500),
}


def chat_router(respond: Responder, limits: Limits) -> APIRouter:
    """`POST /v1/chat`: a question, answered as JSON or as server-sent events."""
    router = APIRouter(tags=["questions"])

    @router.post(
        "/v1/chat", response_model=AnswerReply, responses=_CHAT_RESPONSES, dependencies=[Depends(require_json)]
    )
    def chat(request: Request, body: Annotated[ChatRequest, Body(openapi_examples=examples.QUESTIONS)]) -> Response:
        """Ask a question; the answer rests on verbatim quotes of the documents, or says that they do not tell."""
        question = body.question_within(limits)
        if wants_events(request):
            return answer_events(respond, question, request_id(request))
        reply = AnswerReply.of(respond(question))
        return Response(reply.model_dump_json(), media_type=JSON, headers=_NO_STORE)

    return router


def documents_router(library: Library) -> APIRouter:
    """`GET /v1/documents`: the catalog."""
    router = APIRouter(tags=["documents"])

    @router.get("/v1/documents", responses=_with_example(examples.DOCUMENTS))
    def documents() -> DocumentsReply:
        """List the documents: who issued each, with what authority, for when, and where to read it."""
        cards = (DocumentReply.of(e, pages_known=bool(library.pages(e.id))) for e in library.documents())
        return DocumentsReply(documents=tuple(cards))

    return router


def health_router(health: Health) -> APIRouter:
    """`GET /health`: 200 when questions can be answered, else 503 with the reason."""
    router = APIRouter(tags=["service"])

    @router.get("/health", response_model=HealthReply, responses=_with_example(examples.HEALTH) | refusals(503))
    def state(request: Request) -> Response:
        """Tell whether questions can be answered, on which index, with which model and corpus."""
        reply = HealthReply.model_validate(health())
        if reply.ready:
            return Response(reply.model_dump_json(), media_type=JSON, headers=_NO_STORE)
        return problem_response(Problem.of(503, request_id(request)), _NO_STORE, reply.model_dump())

    return router


def _with_example(example: object) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {JSON: {"example": example}}}, **refusals(500)}
