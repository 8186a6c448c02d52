"""The OpenAPI description: every route, its examples and its refusals, all true."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from web_fakes import entry, make_client, plan_library

from assistant.conversation import Status
from assistant.web import examples
from assistant.web.chat_request import ChatRequest
from assistant.web.limits import Limits
from assistant.web.schemas import AnswerReply, DocumentsReply, HealthReply, ProblemReply
from ingest.catalog import load_catalog
from ingest.fold import fold

CORPUS = Path(__file__).parents[2] / "corpus"
DESCRIPTION = make_client().get("/openapi.json").json()


def references(value: object) -> Iterator[str]:
    """Every `$ref` of a description."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "$ref":
                yield inner
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def test_every_route_is_described() -> None:
    """The public addresses, no more."""
    assert {path: list(operations) for path, operations in DESCRIPTION["paths"].items()} == {
        "/v1/chat": ["post"],
        "/v1/chat/workbook": ["post"],
        "/v1/documents": ["get"],
        "/health": ["get"],
        "/": ["get"],
        "/question": ["post"],
        "/widget.js": ["get"],
        "/widget-{digest}.js": ["get"],
        "/widget": ["get"],
        "/documents": ["get"],
        "/documents/{document}": ["get"],
        "/documents/{document}/original": ["get"],
    }


def test_every_reference_leads_somewhere() -> None:
    """No schema is named and left out."""
    schemas = DESCRIPTION["components"]["schemas"]
    assert {ref.removeprefix("#/components/schemas/") for ref in references(DESCRIPTION)} <= set(schemas)
    assert "HTTPValidationError" not in schemas


def test_every_refusal_is_described_as_a_problem() -> None:
    """From 400 on there is one media type, with an example of the very shape."""
    for operations in DESCRIPTION["paths"].values():
        for operation in operations.values():
            refusals = {code: r for code, r in operation["responses"].items() if int(code) >= 400}
            assert refusals
            for code, response in refusals.items():
                problem = response["content"]["application/problem+json"]
                assert ProblemReply.model_validate(problem["example"]).status == int(code)


def test_an_answer_is_described_with_examples_of_several_statuses() -> None:
    """Both forms of a 200, and requests."""
    chat = DESCRIPTION["paths"]["/v1/chat"]["post"]
    ok = chat["responses"]["200"]["content"]
    assert set(ok) == {"application/json", "text/event-stream"}
    assert ok["application/json"]["schema"] == {"$ref": "#/components/schemas/AnswerReply"}
    statuses = {e["value"]["status"] for e in ok["application/json"]["examples"].values()}
    assert {"answered", "partially_answered", "needs_input", "not_in_documents", "refused"} <= statuses
    assert chat["requestBody"]["content"]["application/json"]["examples"]


@pytest.mark.parametrize("name", examples.QUESTIONS)
def test_examples_of_questions_are_accepted(name: str) -> None:
    """A reader can send them as they are."""
    value = examples.QUESTIONS[name]["value"]
    assert make_client().post("/v1/chat", json=value).status_code == 200
    assert ChatRequest.model_validate(value).question_within(Limits()).text == value["question"]


@pytest.mark.parametrize("name", examples.ANSWERS)
def test_examples_of_answers_are_exact_instances(name: str) -> None:
    """Same names, same order, a status of the closed set; what a language model cost is there only with one."""
    value = examples.ANSWERS[name]["value"]
    assert json.loads(AnswerReply.model_validate(value).model_dump_json()) == value
    assert list(value) == [name for name in AnswerReply.model_fields if name != "language_model"]
    assert Status(value["status"]) == name


@pytest.mark.parametrize("name", examples.ANSWERS)
def test_quotes_in_examples_stand_in_the_corpus(name: str) -> None:
    """Even an example quotes word for word, at its offsets, from the page it names."""
    catalog = load_catalog(CORPUS)
    for cited in examples.ANSWERS[name]["value"]["citations"]:
        card = catalog[cited["document"]]
        text = (CORPUS / "documents" / card.file).read_text(encoding="utf-8")
        assert fold(text[cited["start"] : cited["end"]]) == cited["quote"]
        assert (cited["source_file"], cited["title"]) == (card.original_file, card.short_title)
        line = text.count("\n", 0, cited["start"]) + 1
        assert max(page.page for page in card.pages if page.line <= line) == cited["page"]


def test_other_examples_are_exact_instances() -> None:
    """Documents and health."""
    assert DocumentsReply.model_validate(examples.DOCUMENTS).model_dump(mode="json") == json.loads(
        json.dumps(examples.DOCUMENTS)
    )
    assert HealthReply.model_validate(examples.HEALTH).ready


def test_documents_are_cards() -> None:
    """The catalog as JSON; what is unknown stays so; whether pages are known is said."""
    reply = make_client(library=plan_library()).get("/v1/documents")
    assert reply.json() == {
        "documents": [
            {
                "id": "plan",
                "title": "Titre complet de plan",
                "short_title": "Titre de plan",
                "issuer": "Ministère de l’Éducation",
                "authority": "ministry",
                "kind": "letter",
                "language": "fr",
                "issued": "2024-01-27",
                "validity": "2024-2025",
                "status": "current",
                "source_file": "000_plan.txt",
                "url": "/documents/plan",
                "published_at": None,
                "pages_known": True,
            }
        ]
    }
    assert entry().published_at == "unknown"
