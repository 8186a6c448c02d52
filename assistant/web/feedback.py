"""`POST /v1/feedback`: what a person thought of an answer.

In: JSON of exactly this shape. Out: 201 with the entry as it was kept, personal data hidden before anything is stored;
503 when it could not be kept. Refuses unknown reasons, empty ids, texts that are too long.
"""

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, HTTPException, Request
from pydantic import BaseModel, ConfigDict, Field, StrictBool

from assistant.conversation import Language
from assistant.errors import StorageError
from assistant.personal import masked
from assistant.storage.feedback import Feedback, Reason
from assistant.web.boundary import log_error
from assistant.web.chat_request import too_long
from assistant.web.limits import Limits, clean
from assistant.web.negotiation import JSON, require_json
from assistant.web.openapi import refusals
from assistant.web.problems import FieldProblem, InvalidRequestError, request_id

_UNAVAILABLE = 503


class FeedbackRequest(BaseModel):
    """Whether the answer was useful, and why not. The question goes along so that it can be asked again in a test."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    answer_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$", description="The `id` of the answer.")]
    useful: StrictBool
    language: Annotated[Language, Field(description="The language of the answer.")]
    reasons: Annotated[tuple[Reason, ...], Field(max_length=len(Reason), description="Each counts once.")] = ()
    question: Annotated[str, Field(description="As it was asked; at most as long as a question may be.")] = ""
    comment: Annotated[str, Field(description="2 000 characters at most.")] = ""


class FeedbackReply(BaseModel):
    """The entry as it was kept: `█` stands where personal data was hidden."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    received_at: datetime
    kept_until: date
    answer_id: str
    useful: bool
    language: Language
    reasons: tuple[Reason, ...]
    question: str
    comment: str


@dataclass(frozen=True, slots=True)
class FeedbackBook:
    """Where feedback goes and what surrounds it.

    `keep` raises `StorageError`; `now` gives an aware moment; `published` are the addresses that are nobody's own.
    """

    keep: Callable[[Feedback], None]
    now: Callable[[], datetime]
    retention: timedelta
    index_version: str
    published: Collection[str]


_EXAMPLES: dict[str, Any] = {
    "useful": {
        "summary": "Une réponse utile",
        "value": {
            "answer_id": "8d0c6c1e6f1b4d0f",
            "useful": True,
            "language": "fr",
            "question": "Qu’est-ce qu’un veilleur bienveillant?",
        },
    },
    "wrong": {
        "summary": "Une réponse à corriger",
        "value": {
            "answer_id": "8d0c6c1e6f1b4d0f",
            "useful": False,
            "language": "fr",
            "reasons": ["wrong_figure", "out_of_date"],
            "question": "Quel est le montant de base par organisme pour la mesure 15158?",
            "comment": "Le montant donné est celui de 2024-2025; je l’ai demandé pour cette année.",
        },
    },
}
_REPLY_EXAMPLE = {
    "id": "2f4c1c8e6d5b4a39",
    "received_at": "2026-03-02T17:04:05Z",
    "kept_until": "2027-03-02",
    **_EXAMPLES["wrong"]["value"],
}


def feedback_router(book: FeedbackBook, limits: Limits) -> APIRouter:
    """The route."""
    router = APIRouter(tags=["questions"])

    @router.post(
        "/v1/feedback",
        status_code=201,
        responses={201: {"content": {JSON: {"example": _REPLY_EXAMPLE}}}, **refusals(400, 413, 415, 422, 500, 503)},
        dependencies=[Depends(require_json)],
    )
    def feedback(request: Request, body: Annotated[FeedbackRequest, Body(openapi_examples=_EXAMPLES)]) -> FeedbackReply:
        """Say whether an answer was useful. People read it to mend the assistant; nobody answers it."""
        entry = _entry(body, book, limits)
        try:
            book.keep(entry)
        except StorageError as error:
            log_error(request_id(request), error)
            raise HTTPException(_UNAVAILABLE) from error
        return _reply(entry, book.retention)

    return router


def _entry(body: FeedbackRequest, book: FeedbackBook, limits: Limits) -> Feedback:
    """What is kept; `InvalidRequestError` lists every text that is too long."""
    question, comment = clean(body.question), clean(body.comment)
    problems: list[FieldProblem] = [
        *too_long("question", question, limits.question_characters),
        *too_long("comment", comment, limits.comment_characters),
    ]
    if problems:
        raise InvalidRequestError(problems)
    return Feedback(
        id=uuid.uuid4().hex[:16],
        received_at=book.now(),
        answer_id=body.answer_id,
        useful=body.useful,
        language=body.language,
        question=masked(question, book.published),
        reasons=tuple(reason for reason in Reason if reason in body.reasons),
        comment=masked(comment, book.published),
        index_version=book.index_version,
    )


def _reply(entry: Feedback, retention: timedelta) -> FeedbackReply:
    return FeedbackReply(
        id=entry.id,
        received_at=entry.received_at,
        kept_until=(entry.received_at + retention).date(),
        answer_id=entry.answer_id,
        useful=entry.useful,
        language=entry.language,
        reasons=entry.reasons,
        question=entry.question,
        comment=entry.comment,
    )
