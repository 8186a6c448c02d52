"""`POST /v1/chat/workbook`: the computation of an answer as a spreadsheet whose formulas recompute.

In: the same question as `POST /v1/chat`; it is answered again, which gives the same computation. Out: XLSX. Refuses
(422) a question whose answer holds no computation.
"""

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Response

from assistant.web import examples
from assistant.web.allocations import XLSX
from assistant.web.chat_request import ChatRequest
from assistant.web.limits import Limits
from assistant.web.negotiation import require_json
from assistant.web.openapi import refusals
from assistant.web.problems import FieldProblem, InvalidRequestError
from assistant.web.seams import Responder
from assistant.workbook import write

_HEADERS = {"Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="simulation.xlsx"'}
_NOTHING = FieldProblem(
    "body",
    "question",
    "no_computation",
    "La réponse à cette question ne contient pas de calcul.",
    "The answer to this question holds no computation.",
)


def workbooks_router(respond: Responder, limits: Limits) -> APIRouter:
    """The route, over this responder."""
    router = APIRouter(tags=["questions"])

    @router.post(
        "/v1/chat/workbook",
        response_class=Response,
        responses={
            200: {"description": "A workbook.", "content": {XLSX: {}}},
            **refusals(400, 413, 415, 422, 500),
        },
        dependencies=[Depends(require_json)],
    )
    def workbook(body: Annotated[ChatRequest, Body(openapi_examples=examples.QUESTIONS)]) -> Response:
        """Get the computation of an answer as a workbook, always a simulation."""
        answer = respond(body.question_within(limits))
        if answer.calculation is None or not answer.calculation.results:
            raise InvalidRequestError([_NOTHING])
        return Response(write(answer.calculation, answer.language), media_type=XLSX, headers=_HEADERS)

    return router
