"""`POST /v1/allocations`: a list of bodies in (JSON, CSV or XLSX), its amounts out (JSON, CSV or XLSX).

In: JSON with everything, or a CSV or XLSX list with the rest in the query. Out: what `Accept` asks for; JSON otherwise.
Refusals are problem details: all the rows that cannot be used at once, and nothing computed.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal, TypeVar

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.conversation import BodyType, Calculation, Language
from assistant.list_allocation import Form, compute, read_table, to_csv
from assistant.list_allocation import Request as Allocating
from assistant.tools.errors import BadRows, InvalidInput, ToolError, Wording
from assistant.tools.figures import Figures
from assistant.tools.lists import BodyTable, exact_number, read_records
from assistant.web.calculation_reply import CalculationReply
from assistant.web.openapi import refusals
from assistant.web.problems import FieldProblem, InvalidRequestError
from assistant.workbook import write

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
JSON = "application/json"
_FORMS: dict[str, Form] = {CSV: "csv", XLSX: "xlsx", JSON: "json"}
_Amount = Annotated[str, Field(pattern=r"^\d{1,15}([.,]\d{1,2})?$")]
_Count = Decimal | str
_Shape = TypeVar("_Shape", bound=BaseModel)


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Options(_Strict):
    """What to compute: one envelope for each volet, in order; one alone for measure 30100."""

    measure: Literal["15158", "30100"] = "15158"
    volet: Annotated[tuple[Literal["1", "2", "3"], ...], Field(max_length=3)] = ()
    envelope: Annotated[tuple[_Amount, ...], Field(min_length=1, max_length=3)]
    school_year: Annotated[str, Field(pattern=r"^20\d\d-20\d\d$")] | None = None
    base_amount: _Amount | None = None
    cents: bool = False
    language: Language = "fr"
    body_type: BodyType | None = None
    leave_out_bad_rows: bool = False


class BodyRow(_Strict):
    """A body: its posts under measure 15158, its FGJ and FP pupils (or their sum, `headcount`) under 30100."""

    id: str
    posts: _Count | None = None
    fgj: _Count | None = None
    fp: _Count | None = None
    headcount: _Count | None = None
    type: str | None = None


class AllocationRequest(Options):
    """Everything in one JSON object."""

    bodies: Annotated[tuple[BodyRow, ...], Field(min_length=1)]


_EXAMPLE: dict[str, Any] = {
    "measure": "15158",
    "volet": ["1"],
    "envelope": ["1000000"],
    "school_year": "2024-2025",
    "bodies": [{"id": "A", "posts": "1200"}, {"id": "B", "posts": "750.5"}, {"id": "C", "posts": "49.5"}],
}
_BESIDE_A_TABLE = "Avec un tableau CSV ou XLSX; dans le corps avec JSON. / With a table; in the body with JSON."
_OPTIONS = Options.model_json_schema(ref_template="#/components/schemas/{model}")
_DOCUMENTED: dict[str, Any] = {
    "parameters": [
        {"name": name, "in": "query", "description": _BESIDE_A_TABLE, "schema": schema}
        for name, schema in _OPTIONS["properties"].items()
    ],
    "requestBody": {
        "required": True,
        "content": {
            JSON: {"schema": AllocationRequest.model_json_schema(), "example": _EXAMPLE},
            CSV: {"schema": {"type": "string"}, "example": "organisme;postes\nA;1200\nB;750,5\nC;49,5\n"},
            XLSX: {"schema": {"type": "string", "format": "binary"}},
        },
    },
}


async def _body(request: Request) -> bytes:
    return await request.body()


def router(figures: Figures) -> APIRouter:
    """The route, over these figures."""
    routes = APIRouter(tags=["allocations"])

    @routes.post(
        "/v1/allocations",
        summary="Répartir une enveloppe entre des organismes (simulation)",
        response_model=None,
        responses={
            200: {"model": CalculationReply, "content": {CSV: {}, XLSX: {}}},
            **refusals(400, 406, 413, 415, 422, 500),
        },
        openapi_extra=_DOCUMENTED,
    )
    def allocate(
        request: Request,
        content: Annotated[bytes, Depends(_body)],
    ) -> Response:
        """A simulation, never an official amount: the envelope and the counts are those of the request."""
        form = _form(request)
        answer_form = _answer_form(request)
        try:
            options, listed = _read(request, content, form)
            calculation = compute(figures, _allocating(options), listed)
            return _reply(calculation, options.language, answer_form)
        except ToolError as error:
            raise InvalidRequestError(problems_of(error)) from error

    return routes


def problems_of(error: ToolError) -> tuple[FieldProblem, ...]:
    """A refusal of the tools as fields of a problem: one for each bad row, or one for the whole."""
    if isinstance(error, BadRows):
        return tuple(
            FieldProblem("body", f"bodies.{row.line}", error.code, row.reason.fr, row.reason.en) for row in error.rows
        )
    return (FieldProblem("body", "bodies", error.code, error.sentence.fr, error.sentence.en),)


def _form(request: Request) -> Form:
    media = request.headers.get("content-type", JSON).partition(";")[0].strip().lower()
    form = _FORMS.get(media)
    if form is None:
        raise HTTPException(415, headers={"Accept": ", ".join(_FORMS)})
    return form


def _answer_form(request: Request) -> Form:
    accepted = [part.partition(";")[0].strip().lower() for part in request.headers.get("accept", "*/*").split(",")]
    for media in accepted:
        if media in _FORMS:
            return _FORMS[media]
        if media in {"*/*", "application/*", ""}:
            return "json"
    raise HTTPException(406)


def _read(request: Request, content: bytes, form: Form) -> tuple[Options, BodyTable]:
    if form == "json":
        asked = _valid(AllocationRequest, content)
        rows = [(line, row.model_dump(exclude_none=True)) for line, row in enumerate(asked.bodies, start=1)]
        by_posts = asked.measure == "15158"
        return asked, read_records(rows, by_posts=by_posts, leave_out=asked.leave_out_bad_rows)
    query = request.query_params
    several = {name: query.getlist(name) for name in ("volet", "envelope") if query.getlist(name)}
    options = _valid(Options, {name: query[name] for name in query if name not in several} | several)
    by_posts = options.measure == "15158"
    return options, read_table(content, form, by_posts=by_posts, leave_out=options.leave_out_bad_rows)


def _valid(shape: type[_Shape], data: object) -> _Shape:
    try:
        return shape.model_validate_json(data) if isinstance(data, bytes) else shape.model_validate(data)
    except ValidationError as error:
        raise InvalidRequestError(_field_problems(error)) from error


def _field_problems(error: ValidationError) -> Sequence[FieldProblem]:
    return [
        FieldProblem(
            "body",
            ".".join(str(step) for step in found["loc"]) or "body",
            found["type"],
            "La valeur n’est pas valide.",
            "The value is not valid.",
        )
        for found in error.errors(include_input=False, include_url=False)
    ]


def _allocating(options: Options) -> Allocating:
    volets = options.volet
    if options.measure == "15158" and not volets:
        raise InvalidInput(Wording("Il manque le volet (1, 2 ou 3).", "The volet is missing (1, 2 or 3)."))
    if options.measure == "30100" and volets:
        raise InvalidInput(Wording("La mesure 30100 n’a pas de volets.", "Measure 30100 has no volets."))
    if len(options.envelope) != max(len(volets), 1):
        raise InvalidInput(
            Wording("Il faut une enveloppe pour chaque volet.", "There must be one envelope for each volet.")
        )
    return Allocating(
        options.measure,
        volets,
        tuple(_amount(text) for text in options.envelope),
        options.school_year,
        None if options.base_amount is None else _amount(options.base_amount),
        options.cents,
        options.language,
        options.body_type,
    )


def _amount(text: str) -> Fraction:
    return exact_number(text) or Fraction(text.replace(",", "."))


def _reply(calculation: Calculation, language: Language, form: Form) -> Response:
    match form:
        case "csv":
            return _file(to_csv(calculation, language).encode("utf-8-sig"), CSV, "csv")
        case "xlsx":
            return _file(write(calculation, language), XLSX, "xlsx")
        case _:
            return Response(CalculationReply.of(calculation).model_dump_json(), media_type=JSON)


def _file(content: bytes, media: str, ending: str) -> Response:
    return Response(
        content, media_type=media, headers={"Content-Disposition": f'attachment; filename="allocation.{ending}"'}
    )
