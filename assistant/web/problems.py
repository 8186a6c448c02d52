"""Every error of the HTTP interface in one shape: problem details (RFC 9457), in French with an English `detail_en`.

In: what FastAPI, Starlette or a route refused. Out: `application/problem+json`, or the same words as a page for a
browser. No text of an exception and nothing that the client sent as a value is ever repeated in a problem.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from assistant.web.limits import clean
from assistant.web.negotiation import wants_html

MEDIA_TYPE = "application/problem+json"
MALFORMED, TOO_LARGE, INVALID, INTERNAL = 400, 413, 422, 500
_MOST_ERRORS = 100
_LONGEST_FIELD = 80

_WORDS: Mapping[int, tuple[str, str, str, str]] = {
    400: (
        "malformed",
        "Requête mal formée",
        "Le corps de la requête n’est pas du JSON valide en UTF-8.",
        "The body of the request is not valid UTF-8 JSON.",
    ),
    404: ("not-found", "Introuvable", "Cette adresse ne mène à rien.", "There is nothing at this address."),
    405: (
        "method-not-allowed",
        "Méthode non permise",
        "Cette adresse n’accepte pas cette méthode HTTP.",
        "This address does not accept this HTTP method.",
    ),
    406: (
        "not-acceptable",
        "Format non offert",
        "Aucun des formats demandés n’est offert.",
        "None of the requested formats is available.",
    ),
    413: (
        "too-large",
        "Requête trop volumineuse",
        "Le corps de la requête dépasse la taille permise.",
        "The body of the request is larger than allowed.",
    ),
    415: (
        "unsupported-media-type",
        "Format non pris en charge",
        "Le corps de la requête doit être du type que l’en-tête Accept de cette réponse indique.",
        "The body of the request must be of the type named by the Accept header of this response.",
    ),
    422: (
        "invalid-request",
        "Requête non valide",
        "Un ou plusieurs champs ne sont pas valides.",
        "One or more fields are not valid.",
    ),
    500: (
        "internal-error",
        "Erreur interne",
        "Une erreur est survenue; elle est consignée sous l’identifiant de la requête. Veuillez réessayer.",
        "An error occurred; it is logged under the request id. Please try again.",
    ),
    503: (
        "unavailable",
        "Service non prêt",
        "Le service ne peut pas répondre pour le moment.",
        "The service cannot answer at the moment.",
    ),
}
_OTHER = ("refused", "Requête refusée", "La requête n’a pas été acceptée.", "The request was not accepted.")

_FIELD_WORDS: Mapping[str, tuple[str, str]] = {
    "missing": ("Ce champ est requis.", "This field is required."),
    "extra_forbidden": ("Ce champ n’est pas prévu.", "This field is not expected."),
    "string_type": ("Une chaîne de caractères est attendue.", "A string is expected."),
    "string_unicode": ("Le texte n’est pas de l’Unicode valide.", "The text is not valid Unicode."),
    "string_pattern_mismatch": ("Le format n’est pas celui qui est attendu.", "The format is not the expected one."),
    "list_type": ("Une liste est attendue.", "A list is expected."),
    "tuple_type": ("Une liste est attendue.", "A list is expected."),
    "model_type": ("Un objet JSON est attendu.", "A JSON object is expected."),
    "model_attributes_type": ("Un objet JSON est attendu.", "A JSON object is expected."),
}
_FIELD_OTHER = ("La valeur n’est pas valide.", "The value is not valid.")


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field. `place` is body, query or path; `field` its path, such as `history.3.content`."""

    place: str
    field: str
    code: str
    detail: str
    detail_en: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Problem details: `status` is the HTTP status, `instance` names this very request in the log."""

    type: str
    title: str
    status: int
    detail: str
    detail_en: str
    instance: str
    errors: tuple[FieldProblem, ...] = ()

    @staticmethod
    def of(status: int, request_id: str, errors: Sequence[FieldProblem] = ()) -> "Problem":
        """The fixed words of this status."""
        code, title, detail, detail_en = _WORDS.get(status, _OTHER)
        return Problem(
            type=f"urn:balise:problem:{code}",
            title=title,
            status=status,
            detail=detail,
            detail_en=detail_en,
            instance=f"urn:balise:request:{request_id}",
            errors=tuple(errors),
        )

    def json(self) -> dict[str, Any]:
        """The members of the problem; `errors` only where there are any."""
        members = asdict(self)
        if not self.errors:
            del members["errors"]
        return members


ProblemPage = Callable[[Request, Problem], Response]
"""Shows a problem to someone reading with a browser."""


class InvalidRequestError(Exception):
    """A request whose shape is right and whose content is not; carries every problem found."""

    def __init__(self, errors: Sequence[FieldProblem]) -> None:
        self.errors = tuple(errors)
        super().__init__(f"{len(self.errors)} invalid field(s)")


def request_id(request: Request) -> str:
    """The id of this request in headers and logs."""
    return str(getattr(request.state, "request_id", "unknown"))


def problem_response(
    problem: Problem, headers: Mapping[str, str] | None = None, more: Mapping[str, object] | None = None
) -> Response:
    """The problem as JSON; `more` are extension members."""
    content = problem.json() | dict(more or {})
    return JSONResponse(content, problem.status, headers, media_type=MEDIA_TYPE)


class Refuser:
    """Answers every refusal with a problem: JSON for programs, `page` for browsers outside `/v1`."""

    def __init__(self, page: ProblemPage) -> None:
        self._page = page

    def install(self, app: FastAPI) -> None:
        """Take over all that the application refuses by an exception."""
        app.exception_handler(HTTPException)(self._refused)
        app.exception_handler(InvalidRequestError)(self._invalid)
        app.exception_handler(RequestValidationError)(self._unreadable)

    def answer(
        self,
        request: Request,
        status: int,
        errors: Sequence[FieldProblem] = (),
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """The problem of this status, in the form that the client reads."""
        problem = Problem.of(status, request_id(request), errors)
        if not wants_html(request) or request.url.path.startswith("/v1/"):
            return problem_response(problem, headers)
        response = self._page(request, problem)
        response.headers.update(headers or {})
        return response

    def _refused(self, request: Request, error: HTTPException) -> Response:
        return self.answer(request, error.status_code, headers=error.headers)

    def _invalid(self, request: Request, error: InvalidRequestError) -> Response:
        return self.answer(request, INVALID, error.errors)

    def _unreadable(self, request: Request, error: RequestValidationError) -> Response:
        found = error.errors()
        if any(item["type"] == "json_invalid" for item in found):
            return self.answer(request, MALFORMED)
        return self.answer(request, INVALID, [_field_problem(item) for item in found[:_MOST_ERRORS]])


def _field_problem(error: Mapping[str, Any]) -> FieldProblem:
    place, *path = (str(step) for step in error["loc"])
    detail, detail_en = _field_words(error["type"], error.get("ctx", {}))
    field = clean(".".join(path))[:_LONGEST_FIELD]
    return FieldProblem(place, field, error["type"], detail, detail_en)


def _field_words(code: str, context: Mapping[str, Any]) -> tuple[str, str]:
    if code in {"literal_error", "enum"}:
        allowed = ", ".join(re.findall(r"'([^']*)'", str(context.get("expected", ""))))
        return f"Valeurs permises\u00a0: {allowed}.", f"Allowed values: {allowed}."
    if code in {"string_too_long", "too_long"}:
        most = context.get("max_length", "?")
        return f"La longueur permise est de {most} au plus.", f"The longest allowed is {most}."
    return _FIELD_WORDS.get(code, _FIELD_OTHER)
