"""A loopback server of the OpenAI chat-completions form, streaming and tools included, that plays scripted models.

A script gives, for each request in turn, what the model does: text, tool calls, a status, silence, a broken line. What
was asked is kept, so that a test can look at exactly what left the program.
"""

import json
import socketserver
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Request = dict[str, Any]


@dataclass(frozen=True)
class Text:
    """A reply in text, streamed in pieces of `piece` characters."""

    text: str
    piece: int = 40
    finish: str = "stop"
    usage: tuple[int, int] | None = (1000, 50)


@dataclass(frozen=True)
class Calls:
    """Tool calls: (name, arguments as JSON text or as a dict)."""

    calls: Sequence[tuple[str, Any]]
    text: str = ""


@dataclass(frozen=True)
class Refuse:
    """An HTTP status with an error body."""

    status: int
    body: str = '{"error": {"message": "no", "type": "x", "code": "y"}}'


@dataclass(frozen=True)
class Silent:
    """Headers and `text`, then nothing until the client leaves or the server is told to let go."""

    text: str = ""


@dataclass(frozen=True)
class Mute:
    """Not even headers."""


@dataclass(frozen=True)
class Cut:
    """Some text, then the connection is cut without an end."""

    text: str
    abrupt: bool = True


@dataclass(frozen=True)
class Endless:
    """The same text for ever."""

    text: str = "encore et encore "


@dataclass(frozen=True)
class Raw:
    """These bytes as the body, with this type."""

    body: bytes
    content_type: str = "text/event-stream"


@dataclass(frozen=True)
class Redirect:
    """Elsewhere."""

    location: str


Move = Text | Calls | Refuse | Silent | Mute | Cut | Endless | Raw | Redirect
Script = Sequence[Move | Callable[[Request], Move]] | Callable[[Request], Move]


@dataclass
class ModelServer:
    """What the server was told to play and what it was asked."""

    script: Script
    requests: list[Request] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    let_go: threading.Event = field(default_factory=threading.Event)
    left: threading.Event = field(default_factory=threading.Event)
    reached: threading.Event = field(default_factory=threading.Event)
    url: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def next(self, request: Request) -> Move:
        with self._lock:
            place = len(self.requests)
            self.requests.append(request)
        self.reached.set()
        if callable(self.script):
            return self.script(request)
        move = self.script[min(place, len(self.script) - 1)]
        return move(request) if callable(move) else move


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    board: ModelServer

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        pass

    def do_GET(self) -> None:
        self._send(200, b'{"data": []}', "application/json")

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.board.headers.append(dict(self.headers.items()))
        move = self.board.next(body)
        try:
            self._play(move, streamed=bool(body.get("stream")))
        except (BrokenPipeError, ConnectionResetError):
            self.board.left.set()
            self.close_connection = True

    def _play(self, move: Move, *, streamed: bool) -> None:
        match move:
            case Refuse(status, body):
                self._send(status, body.encode(), "application/json")
            case Redirect(location):
                self.send_response(307)
                self.send_header("Location", location)
                self.send_header("Content-Length", "0")
                self.end_headers()
            case Raw(body, kind):
                self._send(200, body, kind)
            case Mute():
                self._wait()
            case _ if not streamed:
                self._whole(move)
            case _:
                self._stream(move)

    def _stream(self, move: Move) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        for event in events(move):
            self.wfile.write(event)
            self.wfile.flush()
        if isinstance(move, Silent):
            self._wait()
        if isinstance(move, Cut) and move.abrupt:
            self.connection.close()

    def _wait(self) -> None:
        """Until the client leaves or the test lets go."""
        self.connection.settimeout(0.02)
        while not self.board.let_go.is_set():
            try:
                if not self.connection.recv(1):
                    self.board.left.set()
                    break
            except TimeoutError:
                continue
            except OSError:
                self.board.left.set()
                break
        self.close_connection = True

    def _whole(self, move: Move) -> None:
        message = {"role": "assistant", "content": move.text} if isinstance(move, Text) else {"role": "assistant"}
        reply = {"id": "1", "object": "chat.completion", "model": "m", "choices": [{"index": 0, "message": message}]}
        self._send(200, json.dumps(reply).encode(), "application/json")

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def events(move: Move) -> Iterator[bytes]:  # noqa: C901 (one case a move)
    """The server-sent events of a move."""

    def chunk(delta: dict[str, Any], finish: str | None = None, **more: object) -> bytes:
        choices = [{"index": 0, "delta": delta, "finish_reason": finish}]
        body = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": choices, **more}
        return f"data: {json.dumps(body)}\n\n".encode()

    yield chunk({"role": "assistant", "content": ""})
    match move:
        case Text(text, piece, finish, usage):
            yield from (chunk({"content": text[i : i + piece]}) for i in range(0, len(text), piece))
            yield chunk({}, finish)
            if usage:
                counted = {"prompt_tokens": usage[0], "completion_tokens": usage[1], "total_tokens": sum(usage)}
                yield f"data: {json.dumps({'id': '1', 'choices': [], 'usage': counted})}\n\n".encode()
            yield b"data: [DONE]\n\n"
        case Calls(calls, text):
            if text:
                yield chunk({"content": text})
            for place, (name, arguments) in enumerate(calls):
                written = arguments if isinstance(arguments, str) else json.dumps(arguments)
                start = {"index": place, "id": f"c{place}", "type": "function"}
                yield chunk({"tool_calls": [{**start, "function": {"name": name, "arguments": ""}}]})
                half = len(written) // 2
                for piece in (written[:half], written[half:]):
                    yield chunk({"tool_calls": [{"index": place, "function": {"arguments": piece}}]})
            yield chunk({}, "tool_calls")
            yield b"data: [DONE]\n\n"
        case Silent(text) | Cut(text):
            if text:
                yield chunk({"content": text})
        case Endless(text):
            while True:
                yield chunk({"content": text * 50})


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@contextmanager
def model_server(script: Script) -> Iterator[ModelServer]:
    """The server, on a free port of the loopback."""
    board = ModelServer(script)
    handler = type("Handler", (_Handler,), {"board": board})
    server = _Server(("127.0.0.1", 0), handler)
    assert isinstance(server, socketserver.ThreadingMixIn)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    board.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield board
    finally:
        board.let_go.set()
        server.shutdown()
        server.server_close()
        thread.join()
