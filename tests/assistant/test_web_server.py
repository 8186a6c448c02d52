"""The application in a real server on a loopback port: many clients at once, clients that leave, bodies in chunks."""

import json
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection

import httpx2
import pytest
import uvicorn
from fastapi import FastAPI
from web_fakes import STEPS, ScriptedResponder, answer, events, make_app

from assistant.conversation import Answer, Question
from assistant.web.seams import Progress

CLIENTS = 8
PATIENCE = 30


@contextmanager
def served(app: FastAPI) -> Iterator[int]:
    """The port of a server of this application; the socket listens before the server starts, so no one need wait."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        listening.close()
        assert not thread.is_alive()


def echo(question: Question) -> Answer:
    """An answer that tells which question it answers."""
    return answer(id=question.text, text=f"Réponse à {question.text}")


def test_eight_clients_at_once_each_get_their_own_answer() -> None:
    """JSON and streams side by side: no answer goes to another client."""
    together = threading.Barrier(CLIENTS, timeout=PATIENCE)

    def meet(question: Question) -> Answer:
        if question.text.endswith("-0"):
            together.wait()
        return echo(question)

    def work(number: int) -> None:
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE) as client:
            for turn in range(5):
                text = f"q-{number}-{turn}"
                reply = client.post("/v1/chat", json={"question": text})
                assert reply.json()["text"] == f"Réponse à {text}"
                streamed = client.post(
                    "/v1/chat", json={"question": f"s{text}1"}, headers={"Accept": "text/event-stream"}
                )
                *progress, (name, data) = events(streamed.text)
                assert [json.loads(step)["step"] for _, step in progress] == list(STEPS)
                assert (name, json.loads(data)["id"]) == ("answer", f"s{text}1")
                assert client.get("/documents/plan").status_code == 200

    with served(make_app(respond=ScriptedResponder(meet))) as port, ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(work, range(CLIENTS)))


class Halting:
    """Stops in the middle of its work until it is let go."""

    def __init__(self) -> None:
        self.let_go = threading.Event()
        self.finished = threading.Event()

    def __call__(self, question: Question, progress: Progress | None = None) -> Answer:
        if progress is not None:
            try:
                progress("screen")
                assert self.let_go.wait(PATIENCE)
                progress("guard")
            finally:
                self.finished.set()
        return echo(question)


def test_progress_arrives_while_the_step_runs() -> None:
    """The first event is read before the responder goes on: nothing is held back until the end."""
    respond = Halting()
    with (
        served(make_app(respond=respond)) as port,
        httpx2.Client(timeout=PATIENCE) as client,
        client.stream(
            "POST", f"http://127.0.0.1:{port}/v1/chat", json={"question": "q"}, headers={"Accept": "text/event-stream"}
        ) as reply,
    ):
        lines = reply.iter_lines()
        assert [next(lines), next(lines)] == ["event: progress", 'data: {"step": "screen"}']
        respond.let_go.set()
        assert "event: answer" in list(lines)


def test_a_client_that_leaves_holds_nothing() -> None:
    """The responder ends (called off, where the server saw it leave), the server goes on answering and then stops."""
    respond = Halting()
    with served(make_app(respond=respond)) as port:
        with (
            httpx2.Client(timeout=PATIENCE) as client,
            client.stream(
                "POST",
                f"http://127.0.0.1:{port}/v1/chat",
                json={"question": "q"},
                headers={"Accept": "text/event-stream"},
            ) as reply,
        ):
            assert next(reply.iter_lines()) == "event: progress"
        with httpx2.Client(timeout=PATIENCE) as other:
            assert other.post(f"http://127.0.0.1:{port}/v1/chat", json={"question": "r"}).json()["id"] == "r"
        respond.let_go.set()
        assert respond.finished.wait(PATIENCE)


@pytest.mark.parametrize("chunked", [False, True])
def test_a_large_body_is_refused_by_the_running_server(chunked: bool) -> None:  # noqa: FBT001 (a table)
    """413 as a problem, whether the length is announced or not."""
    body = b'{"question": "' + b"x" * 70_000 + b'"}'
    with served(make_app()) as port:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        content = iter([body[:30_000], body[30_000:]]) if chunked else body
        connection.request(
            "POST", "/v1/chat", body=content, headers={"Content-Type": "application/json"}, encode_chunked=chunked
        )
        reply = connection.getresponse()
        assert (reply.status, reply.headers["content-type"]) == (413, "application/problem+json")
        assert json.loads(reply.read())["status"] == 413
        connection.close()
