"""`POST /v1/chat` as server-sent events."""

import asyncio
import json
import logging
import threading

import pytest
from web_fakes import STEPS, ScriptedResponder, answer, events, full_answer, make_client

from assistant.conversation import Answer, Question
from assistant.web import stream
from assistant.web.seams import Progress

EVENTS = {"Accept": "text/event-stream"}


def test_progress_then_one_answer() -> None:
    """Steps come in order, then the very answer that JSON would give, then nothing."""
    client = make_client(respond=ScriptedResponder(full_answer()))
    reply = client.post("/v1/chat", json={"question": "Combien?"}, headers=EVENTS)
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("text/event-stream")
    assert reply.headers["x-accel-buffering"] == "no"
    assert reply.headers["cache-control"] == "no-store"
    *progress, last = events(reply.text)
    assert progress == [("progress", json.dumps({"step": step})) for step in STEPS]
    assert last[0] == "answer"
    assert json.loads(last[1]) == client.post("/v1/chat", json={"question": "Combien?"}).json()


def test_line_ends_in_an_answer_do_not_break_the_stream() -> None:
    """Text of several lines stays within one data field."""
    client = make_client(respond=ScriptedResponder(answer(text="un\n\nevent: answer\ndata: faux\r\ntrois")))
    found = events(client.post("/v1/chat", json={"question": "?"}, headers=EVENTS).text)
    assert [name for name, _ in found].count("answer") == 1
    assert json.loads(found[-1][1])["text"] == "un\n\nevent: answer\ndata: faux\r\ntrois"


@pytest.mark.parametrize(
    ("accept", "streamed"),
    [
        ("text/event-stream", True),
        ("text/event-stream, application/json;q=0.5", True),
        ("application/json, text/event-stream;q=0.9", False),
        ("text/event-stream;q=0", False),
        ("text/event-stream;q=x", False),
        ("application/json", False),
        ("*/*", False),
        ("", False),
    ],
)
def test_events_are_given_only_where_asked_for_by_name(accept: str, streamed: bool) -> None:  # noqa: FBT001 (a table)
    """JSON is the default; the quality values of Accept are respected."""
    reply = make_client().post("/v1/chat", json={"question": "?"}, headers={"Accept": accept})
    assert reply.headers["content-type"].startswith("text/event-stream") == streamed


def test_an_invalid_request_is_a_plain_problem_before_any_event() -> None:
    """Nothing has been streamed yet: the status of HTTP says it."""
    reply = make_client().post("/v1/chat", json={"question": ""}, headers=EVENTS)
    assert (reply.status_code, reply.headers["content-type"]) == (422, "application/problem+json")


def test_a_failure_after_the_first_byte_is_an_error_event(caplog: pytest.LogCaptureFixture) -> None:
    """The problem comes as an event, without the text of the exception, which is not logged either."""

    def breaks(question: Question) -> Answer:
        raise ValueError(question.text)

    with caplog.at_level(logging.DEBUG):
        reply = make_client(respond=ScriptedResponder(breaks)).post(
            "/v1/chat", json={"question": "QUESTION-SECRETE"}, headers=EVENTS
        )
    *progress, (name, data) = events(reply.text)
    assert [event for event, _ in progress] == ["progress"] * len(STEPS)
    problem = json.loads(data)
    assert (name, problem["status"], problem["type"]) == ("error", 500, "urn:balise:problem:internal-error")
    assert problem["instance"].endswith(reply.headers["x-request-id"])
    assert "QUESTION-SECRETE" not in reply.text + caplog.text
    assert reply.headers["x-request-id"] in caplog.text
    assert "ValueError" in caplog.text


def test_a_slow_answer_is_kept_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    """While a step lasts, comments keep the connection open; the answer still comes after them."""
    monkeypatch.setattr(stream, "PING_SECONDS", 0.001)
    pinged = threading.Event()

    def slow(question: Question, progress: Progress | None = None) -> Answer:
        del question, progress
        assert pinged.wait(30)
        return answer()

    async def read() -> list[bytes]:
        found = []
        async for chunk in stream.answer_events(slow, Question("?"), "r-1").body_iterator:
            assert isinstance(chunk, bytes)
            found.append(chunk)
            pinged.set()
        return found

    first, *_, last = asyncio.run(read())
    assert first == b": ping\n\n"
    assert last.startswith(b"event: answer\n")
