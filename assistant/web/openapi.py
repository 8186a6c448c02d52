"""The OpenAPI description: what each route replies when it refuses, with examples.

In: an application whose routes are declared. Out: the same application, describing every refusal as problem details
instead of FastAPI's own shape.
"""

from typing import Any

from fastapi import FastAPI

from assistant.web.problems import INVALID, MEDIA_TYPE, FieldProblem, Problem
from assistant.web.schemas import ProblemReply

Responses = dict[int | str, dict[str, Any]]

_REF = "#/components/schemas/{model}"
_FASTAPI_SHAPES = ("HTTPValidationError", "ValidationError")
_EXAMPLE_ID = "5b0e5a3f0c4b4d5e9a5f6c1d2e3f4a5b"
_EXAMPLE_ERROR = FieldProblem("body", "question", "missing", "Ce champ est requis.", "This field is required.")


def refusals(*statuses: int) -> Responses:
    """The responses of a route for these statuses, for the `responses` argument of its decorator."""
    return {status: _refusal(status) for status in statuses}


def _refusal(status: int) -> dict[str, Any]:
    problem = Problem.of(status, _EXAMPLE_ID, [_EXAMPLE_ERROR] if status == INVALID else [])
    schema = {"$ref": _REF.format(model=ProblemReply.__name__)}
    return {"description": problem.title, "content": {MEDIA_TYPE: {"schema": schema, "example": problem.json()}}}


def describe(app: FastAPI) -> None:
    """Replace FastAPI's description of invalid requests by ours, wherever a route leaves it in."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _with_problems(generate())
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # the documented way to extend the description


def _with_problems(description: dict[str, Any]) -> dict[str, Any]:
    schemas = description.setdefault("components", {}).setdefault("schemas", {})
    for name in _FASTAPI_SHAPES:
        schemas.pop(name, None)
    problem = ProblemReply.model_json_schema(ref_template=_REF, mode="serialization")
    schemas.update(problem.pop("$defs", {}))
    schemas[ProblemReply.__name__] = problem
    for operations in description["paths"].values():
        for operation in operations.values():
            refused = operation["responses"].get(str(INVALID))
            if refused is not None and MEDIA_TYPE not in refused.get("content", {}):
                operation["responses"][str(INVALID)] = _refusal(INVALID)
    return description
