"""An answer as server-sent events: `progress` while it is prepared, then one `answer`, or an `error` (a problem).

In: a responder and a question. Out: a response whose events come as the steps start. The responder runs in a thread of
the server's pool and hands over its events without ever waiting for the client, so a client that leaves holds nothing;
its answer is called off, and a language model that is at work on it is stopped.
"""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable

from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event
from starlette.concurrency import run_in_threadpool

from assistant.conversation import Question
from assistant.watch import CalledOff, Watch
from assistant.web.boundary import log_error
from assistant.web.problems import INTERNAL, Problem
from assistant.web.schemas import AnswerReply
from assistant.web.seams import Responder

_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
PING_SECONDS = 15.0

Tell = Callable[[bytes | None], None]


def answer_events(respond: Responder, question: Question, request_id: str) -> EventSourceResponse:
    """The streamed form of `POST /v1/chat`; a comment is sent every `PING_SECONDS` so that proxies keep it open."""
    return EventSourceResponse(_events(respond, question, request_id), headers=_HEADERS)


async def _events(respond: Responder, question: Question, request_id: str) -> AsyncIterator[bytes]:
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[bytes | None] = asyncio.Queue()

    def tell(event: bytes | None) -> None:
        loop.call_soon_threadsafe(queue.put_nowait, event)

    watch = Watch(lambda step: tell(format_sse_event(event="progress", data_str=json.dumps({"step": step}))))
    work = asyncio.ensure_future(run_in_threadpool(_work, respond, question, request_id, watch, tell))
    try:
        while True:
            try:
                event = await asyncio.wait_for(queue.get(), PING_SECONDS)
            except TimeoutError:
                yield KEEPALIVE_COMMENT
                continue
            if event is None:
                break
            yield event
        await work
    finally:
        watch.call_off()


def _work(respond: Responder, question: Question, request_id: str, watch: Watch, tell: Tell) -> None:
    try:
        reply = AnswerReply.of(respond(question, watch))
        tell(format_sse_event(event="answer", data_str=reply.model_dump_json()))
    except CalledOff:
        return
    except Exception as error:  # noqa: BLE001 (the first byte is gone: whatever failed must become an event)
        log_error(request_id, error)
        problem = Problem.of(INTERNAL, request_id).json()
        tell(format_sse_event(event="error", data_str=json.dumps(problem, ensure_ascii=False)))
    finally:
        with contextlib.suppress(RuntimeError):  # the loop may have gone with its client
            tell(None)
