"""Servers for the browser tests: a stage whose answers a test directs, and another site that embeds the widget."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import uvicorn
from fastapi import FastAPI
from stage_answers import shelf
from web_fakes import READY, STEPS, answer

from assistant.conversation import Answer, Question
from assistant.storage.feedback import Feedback
from assistant.web.app import create_app
from assistant.web.embedding import Sites
from assistant.web.feedback import FeedbackBook, feedback_router
from assistant.web.limits import Limits
from assistant.web.seams import Library, Progress

PATIENCE = 30
Play = Callable[[Question], Answer]


@contextmanager
def loopback(app: FastAPI) -> Iterator[str]:
    """The address of a server of this application; its socket listens before it starts, so no one need wait."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        listening.close()
        assert not thread.is_alive()


@dataclass
class Stage:
    """Answers as `play` says, after `held` steps waits for the curtain; keeps what it was asked and told."""

    library: Library = field(default_factory=shelf)
    address: str = ""
    play: Play = lambda _: answer()
    held: int = len(STEPS)
    curtain: threading.Event = field(default_factory=threading.Event)
    asked: list[Question] = field(default_factory=list)
    kept: list[Feedback] = field(default_factory=list)

    @classmethod
    @contextmanager
    def started(cls, site: str) -> Iterator["Stage"]:
        """A stage that pages of this site may embed."""
        stage = cls()
        book = FeedbackBook(stage.kept.append, lambda: datetime.now(UTC), timedelta(days=1), "v-1", frozenset())
        app = create_app(
            stage.respond,
            stage.library,
            lambda: READY,
            limits=Limits(),
            routers=[feedback_router(book, Limits())],
            sites=Sites(f"self {site}"),
        )
        with loopback(app) as address:
            stage.address = address
            yield stage

    def reset(self) -> None:
        """As before anything was asked."""
        self.play, self.held, self.curtain = lambda _: answer(), len(STEPS), threading.Event()
        self.asked.clear()
        self.kept.clear()

    def respond(self, question: Question, progress: Progress | None = None) -> Answer:
        """A responder: announces `held` steps, and waits there for the curtain where there are more."""
        self.asked.append(question)
        play, held, curtain = self.play, self.held, self.curtain
        for step in STEPS[:held]:
            if progress is not None:
                progress(step)
        if held < len(STEPS):
            curtain.wait(PATIENCE)
        return play(question)


@dataclass
class Host:
    """Another site: its pages by path, each with a content security policy."""

    address: str
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    @contextmanager
    def started(cls) -> Iterator["Host"]:
        """A running site."""
        pages: dict[str, tuple[str, str]] = {}

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body, policy = pages.get(self.path, ("", ""))  # none for the icon that browsers ask for
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                if policy:
                    self.send_header("Content-Security-Policy", policy)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield cls(f"http://127.0.0.1:{server.server_port}", pages)
        finally:
            server.shutdown()
            thread.join(PATIENCE)
            server.server_close()

    def page(self, body: str, policy: str = "", path: str = "/", lang: str = "fr") -> str:
        """Put a page there; its address."""
        head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        self.pages[path] = (
            f'<!doctype html><html lang="{lang}"><head>{head}<title>Intranet</title></head>{body}</html>',
            policy,
        )
        return self.address + path
