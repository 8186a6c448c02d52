"""`POST /v1/drafts`: a message in any form, the draft in the form asked for, problems without the message’s words."""

import email
import json
from email import policy

import pytest
from fastapi import FastAPI
from mail_made import eml, garden_drafter, msg
from starlette.testclient import TestClient
from web_fakes import READY, ScriptedResponder, answer, plan_library

from assistant.web.app import create_app
from assistant.web.drafts import drafts_router
from assistant.web.limits import Limits

BODY = "Bonjour,\n\nQuel est le montant de base par école?\n\nMerci,\nJosiane Fiset"


def app() -> FastAPI:
    """The application with the route over the small corpus."""
    limits = Limits(larger_bodies={"/v1/drafts": 200_000})
    routers = [drafts_router(garden_drafter())]
    return create_app(ScriptedResponder(answer()), plan_library(), lambda: READY, limits=limits, routers=routers)


CLIENT = TestClient(app())


def test_pasted_text_gives_a_draft() -> None:
    """Parts, citations, verdicts, both written forms; never kept by a cache."""
    response = CLIENT.post("/v1/drafts", json={"text": BODY})
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    draft = response.json()
    assert [one["status"] for one in draft["questions"]] == ["answered"]
    assert draft["citations"][0]["url"].startswith("/documents/jardin?")
    assert draft["text"].startswith("Madame, Monsieur,")
    assert draft["html"].startswith("<!DOCTYPE html>")
    assert {part["section"] for part in draft["parts"]} >= {"greeting", "reminder", "question", "answer", "signature"}


@pytest.mark.parametrize(
    ("media", "content"),
    [
        ("message/rfc822", eml(BODY, subject="Été")),
        ("application/vnd.ms-outlook", msg(body=BODY, p0037="Été")),
        ("text/plain; charset=utf-8", f"De : A\nObjet : Été\n\n{BODY}".encode()),
        ("application/octet-stream", eml(BODY, subject="Été")),
    ],
)
def test_a_message_in_any_form_gives_the_same_questions(media: str, content: bytes) -> None:
    """Told by its content."""
    draft = CLIENT.post("/v1/drafts", content=content, headers={"Content-Type": media}).json()
    assert draft["subject"] == "RE: Été"
    assert [one["text"] for one in draft["questions"]] == ["Quel est le montant de base par école?"]


def test_the_form_is_the_one_that_is_asked_for() -> None:
    """.eml with its name, text, HTML."""
    request = {"content": eml(BODY, message_id="<a@x.qc>"), "headers": {"Content-Type": "message/rfc822"}}

    def asked(media: str) -> tuple[str, bytes]:
        headers = request["headers"] | {"Accept": media}  # type: ignore[operator]
        response = CLIENT.post("/v1/drafts", content=request["content"], headers=headers)  # type: ignore[arg-type]
        return response.headers["content-type"].partition(";")[0], response.content

    media, content = asked("message/rfc822")
    parsed = email.message_from_bytes(content, policy=policy.default)
    assert (media, parsed["In-Reply-To"], parsed["X-Unsent"]) == ("message/rfc822", "<a@x.qc>", "1")
    assert asked("text/plain")[1].startswith(b"Madame")
    assert asked("text/html")[1].startswith(b"<!DOCTYPE")


def test_an_english_reply_when_asked() -> None:
    """In the query with a file, in the body with JSON."""
    headers = {"Content-Type": "message/rfc822"}
    assert CLIENT.post("/v1/drafts?language=en", content=eml(BODY), headers=headers).json()["language"] == "en"
    assert CLIENT.post("/v1/drafts", json={"text": BODY, "language": "en"}).json()["language"] == "en"


@pytest.mark.parametrize(
    ("status", "media", "content"),
    [
        (415, "image/png", b"x"),
        (422, "message/rfc822", b""),
        (422, "application/vnd.ms-outlook", b"\x89PNG\0"),
        (422, "application/json", b'{"text": ""}'),
        (422, "application/json", b'{"text": "Secret?", "to": "x"}'),
        (422, "application/json", b"Secret?"),
        (413, "message/rfc822", b"From: a@b.qc\r\n\r\n" + b"x" * 300_000),
    ],
)
def test_what_cannot_be_read_is_a_problem(status: int, media: str, content: bytes) -> None:
    """In both languages, without a word of the message."""
    response = CLIENT.post("/v1/drafts", content=content, headers={"Content-Type": media})
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert "Secret" not in response.text


def test_a_form_that_is_not_offered_is_refused() -> None:
    """406."""
    assert CLIENT.post("/v1/drafts", json={"text": BODY}, headers={"Accept": "application/pdf"}).status_code == 406


def test_the_route_is_described_with_examples() -> None:
    """Requests and reply; the example of the reply has its shape."""
    operation = CLIENT.get("/openapi.json").json()["paths"]["/v1/drafts"]["post"]
    assert {"application/json", "message/rfc822"} <= set(operation["requestBody"]["content"])
    example = operation["responses"]["200"]["content"]["application/json"]["example"]
    draft = CLIENT.post("/v1/drafts", json={"text": BODY}).json()
    assert set(example) == set(draft)
    optional = {"referral", "calculation"}  # null: left out of the description
    assert set(example["questions"][0]) | optional == set(draft["questions"][0])
    assert set(example["parts"][-1]) == set(draft["parts"][-1])
    for request in operation["requestBody"]["content"]["application/json"]["examples"].values():
        assert CLIENT.post(
            "/v1/drafts", content=json.dumps(request["value"]), headers={"Content-Type": "application/json"}
        ).is_success
