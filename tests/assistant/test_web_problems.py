"""Every refusal has one shape; nothing of ours or of the client's leaks through it."""

import logging
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from fastapi import APIRouter, HTTPException
from starlette.testclient import TestClient
from web_fakes import READY, ScriptedResponder, answer, make_client, plan_library

from assistant.conversation import Answer, Question
from assistant.web.app import create_app
from assistant.web.limits import Limits
from assistant.web.problems import FieldProblem, InvalidRequestError
from assistant.web.seams import HealthReport

SHAPE = ["type", "title", "status", "detail", "detail_en", "instance"]
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
JSON = {"content-type": "application/json"}


def breaks(question: Question) -> Answer:
    """A responder that breaks its promise, with the question in the message."""
    raise RuntimeError(question.text)


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status"),
    [
        ("GET", "/nowhere", b"", {}, 404),
        ("GET", "/documents/nowhere", b"", {}, 404),
        ("GET", "/docs", b"", {}, 404),
        ("GET", "/redoc", b"", {}, 404),
        ("GET", "/static/nothing.css", b"", {}, 404),
        ("GET", "/v1/chat", b"", {}, 405),
        ("DELETE", "/health", b"", {}, 405),
        ("POST", "/v1/chat", b'{"question": "x"}', {}, 415),
        ("POST", "/v1/chat", b"question=x", {"content-type": "application/x-www-form-urlencoded"}, 415),
        ("POST", "/question", b'{"question": "x"}', JSON, 415),
        ("POST", "/v1/chat", b"{", JSON, 400),
        ("POST", "/v1/chat", b"\xff\xfe{", JSON, 400),
        ("POST", "/v1/chat", b"[" * 60_000, JSON, 400),
        ("POST", "/v1/chat", b"", JSON, 422),
        ("POST", "/v1/chat", b"{}", JSON, 422),
        ("POST", "/v1/chat", b"x" * 70_000, JSON, 413),
        ("POST", "/nowhere", b"x" * 70_000, JSON, 413),
        ("POST", "/v1/chat", b'{"question": "SECRET"}', JSON, 500),
    ],
)
def test_every_class_of_error_is_a_problem(
    method: str, path: str, body: bytes, headers: dict[str, str], status: int
) -> None:
    """One JSON shape, in French with English beside it, whatever refuses."""
    reply = make_client(respond=ScriptedResponder(breaks)).request(method, path, content=body, headers=headers)
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"
    problem = reply.json()
    assert [name for name in problem if name != "errors"] == SHAPE
    assert problem["status"] == status
    assert problem["type"].startswith("urn:balise:problem:")
    assert problem["instance"] == f"urn:balise:request:{reply.headers['x-request-id']}"
    assert "SECRET" not in reply.text
    assert "Traceback" not in reply.text


def test_a_refused_method_says_which_are_allowed() -> None:
    """The headers that HTTP asks for stay."""
    assert make_client().get("/v1/chat").headers["allow"] == "POST"


def test_a_refused_media_type_says_which_is_expected() -> None:
    """The header that the detail speaks of is there."""
    assert make_client().post("/v1/chat", content=b"x").headers["accept"] == "application/json"


@pytest.mark.parametrize("content_type", ["application/json", "application/json; charset=utf-8", "application/x+json"])
def test_json_by_any_of_its_names_is_read(content_type: str) -> None:
    """Parameters and suffixes of the media type are understood."""
    reply = make_client().post("/v1/chat", content=b'{"question": "x"}', headers={"content-type": content_type})
    assert reply.status_code == 200


def chunks(count: int) -> Iterator[bytes]:
    """A JSON string that never announces its length."""
    yield b'{"question": "'
    for _ in range(count):
        yield b"x" * 1000
    yield b'"}'


def test_a_body_in_chunks_has_the_same_limit() -> None:
    """Without Content-Length the bytes are counted as they come."""
    respond = ScriptedResponder(answer())
    client = make_client(respond=respond)
    assert client.post("/v1/chat", content=chunks(1), headers=JSON).status_code == 200
    reply = client.post("/v1/chat", content=chunks(70), headers=JSON)
    assert (reply.status_code, reply.headers["content-type"]) == (413, "application/problem+json")
    assert client.post("/question", content=chunks(70), headers=JSON | BROWSER).status_code in {413, 415}
    assert len(respond.asked) == 1


def test_the_limit_of_the_body_is_exact() -> None:
    """The last allowed byte is allowed."""
    body = b'{"question": "x"}'
    client = make_client(limits=Limits(body_bytes=len(body)))
    assert client.post("/v1/chat", content=body, headers=JSON).status_code == 200
    assert client.post("/v1/chat", content=body + b" ", headers=JSON).status_code == 413


def test_a_path_may_take_more_than_the_others() -> None:
    """The operator lets lists through where they are expected, and only there."""
    body = b'{"question": "' + b"x" * 100 + b'"}'
    client = make_client(limits=Limits(body_bytes=50, larger_bodies={"/v1/chat": 200}))
    assert client.post("/v1/chat", content=body, headers=JSON).status_code == 200
    assert client.post("/v1/chat", content=body * 2, headers=JSON).status_code == 413
    assert client.post("/question", content=body, headers=JSON).status_code == 413


@pytest.mark.parametrize("announced", ["-5", "x", "9" * 400, "²"])
def test_a_false_length_is_not_a_crash(announced: str) -> None:
    """A header that is not a number is ignored; a huge one is refused."""
    headers = [(b"content-type", b"application/json"), (b"content-length", announced.encode())]
    reply = make_client().post("/v1/chat", content=b'{"question": "x"}', headers=headers)
    assert reply.status_code in {200, 413}


def test_a_browser_reads_a_page() -> None:
    """Outside /v1, someone at a browser gets words and a way home; programs keep their JSON."""
    reply = make_client().get("/documents/nowhere", headers=BROWSER)
    page = BeautifulSoup(reply.text, "html.parser")
    assert (reply.status_code, reply.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert page.h1 is not None
    assert page.h1.get_text() == "Introuvable"
    assert page.find("main").find("a", href="/") is not None  # type: ignore[union-attr]
    english = make_client().get("/documents/nowhere?lang=en", headers=BROWSER)
    assert "There is nothing at this address." in english.text
    assert make_client().get("/v1/nowhere", headers=BROWSER).headers["content-type"] == "application/problem+json"


def test_a_browser_reads_a_page_when_all_breaks() -> None:
    """The last safety net speaks HTML too."""
    form = {"content-type": "application/x-www-form-urlencoded"} | BROWSER
    reply = make_client(respond=ScriptedResponder(breaks)).post("/question", content=b"question=SECRET", headers=form)
    assert (reply.status_code, reply.headers["content-type"]) == (500, "text/html; charset=utf-8")
    assert "SECRET" not in reply.text


def test_what_breaks_is_logged_by_its_place_and_never_by_its_words(caplog: pytest.LogCaptureFixture) -> None:
    """The log holds the request id, the type and the frames; neither question nor message nor address."""
    with caplog.at_level(logging.DEBUG):
        reply = make_client(respond=ScriptedResponder(breaks)).post(
            "/v1/chat?q=SECRET", json={"question": "SECRET"}, headers={"X-Request-ID": "demande-0001"}
        )
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("assistant"))
    assert reply.headers["x-request-id"] == "demande-0001"
    assert "demande-0001" in ours
    assert "RuntimeError" in ours
    assert "test_web_problems.py" in ours
    assert "SECRET" not in ours


def test_a_normal_question_leaves_one_line_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    """Method, route, status, time, id."""
    with caplog.at_level(logging.INFO):
        make_client().post("/v1/chat", json={"question": "SECRET"})
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("assistant")]
    assert len(ours) == 1
    assert ours[0].startswith("POST /v1/chat 200 ")
    assert "SECRET" not in ours[0]


@pytest.mark.parametrize("given", ["short", "with space 123", "x" * 65, "injecté-12345", ""])
def test_a_strange_request_id_is_replaced(given: str) -> None:
    """Only a plain id of the client is taken over into headers and logs."""
    got = make_client().get("/health", headers=[(b"x-request-id", given.encode())]).headers["x-request-id"]
    assert got != given
    assert len(got) == 32


def test_ids_differ_between_requests() -> None:
    """Each request can be found again."""
    client = make_client()
    assert client.get("/health").headers["x-request-id"] != client.get("/health").headers["x-request-id"]


def test_a_further_router_uses_the_same_shape() -> None:
    """What another part refuses by our exceptions is a problem as well, any status included."""
    router = APIRouter()

    @router.get("/invalid")
    def invalid() -> None:
        raise InvalidRequestError([FieldProblem("body", "postes", "negative", "Négatif.", "Negative.")])

    @router.get("/teapot")
    def teapot() -> None:
        raise HTTPException(418, detail="SECRET")

    app = create_app(ScriptedResponder(answer()), plan_library(), lambda: READY, limits=Limits(), routers=[router])
    client = TestClient(app)
    assert client.get("/invalid").json()["errors"][0]["field"] == "postes"
    reply = client.get("/teapot")
    assert (reply.status_code, reply.json()["type"]) == (418, "urn:balise:problem:refused")
    assert "SECRET" not in reply.text


def test_health_when_ready() -> None:
    """Index version, model and corpus state."""
    reply = make_client().get("/health")
    assert reply.status_code == 200
    assert reply.json() == {
        "ready": True,
        "reason": "",
        "index_version": "v-1",
        "model": "static",
        "corpus_state": "1 document",
    }


def test_health_when_not_ready() -> None:
    """503, a problem that also holds the reason and what is known."""
    report = HealthReport(ready=False, reason="index missing", index_version="", model="static", corpus_state="absent")
    reply = make_client(health=report).get("/health")
    assert (reply.status_code, reply.headers["content-type"]) == (503, "application/problem+json")
    body = reply.json()
    assert list(body) == [*SHAPE, "ready", "reason", "index_version", "model", "corpus_state"]
    assert (body["status"], body["ready"], body["reason"]) == (503, False, "index missing")
