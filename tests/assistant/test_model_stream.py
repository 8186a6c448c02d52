"""A streamed answer tells of its steps and is called off when its client leaves; no unproved word is in any event."""

import asyncio
import json
import threading

import pytest
from model_server import Calls, Move, Request, Silent
from model_world import BASE, QUOTE, TRUE, assistant, said

from assistant.conversation import Answer, Question, Status
from assistant.watch import CalledOff, Progress, Watch
from assistant.web import stream

POISON = "99 999 $"


async def _collect(events: object) -> list[bytes]:
    return [chunk async for chunk in events.body_iterator]  # type: ignore[attr-defined]  # starlette's own


def test_steps_are_told_and_only_the_proved_answer_is_shown() -> None:
    """The model's first words, wrong, are in no event."""

    def play(request: Request) -> Move:
        bad = (f"Le montant est de {POISON}.", QUOTE)
        return Calls([("answer", said(request, bad if len(request["messages"]) == 2 else (TRUE, QUOTE)))])

    with assistant(play) as (pipeline, server, _):
        chunks = asyncio.run(_collect(stream.answer_events(pipeline.answer, Question(BASE), "r-1")))
    text = b"".join(chunks).decode()
    steps = [json.loads(line[6:])["step"] for line in text.splitlines() if line.startswith('data: {"step"')]
    assert [step for step in steps if step in {"model", "check", "retry", "guard"}] == [
        "model",
        "check",
        "retry",
        "check",
        "guard",
    ]
    assert POISON not in text
    assert POISON in json.dumps(server.requests[1], ensure_ascii=False)
    assert "21\u00a0989" in text or "21\\u00a0989" in text


def test_a_client_that_leaves_stops_the_model() -> None:
    """The connection to the model is closed, and no more is asked of it."""

    async def leave(server_reached: threading.Event, events: object) -> None:
        iterator = events.body_iterator  # type: ignore[attr-defined]  # starlette's own
        async for _ in iterator:
            if await asyncio.to_thread(server_reached.wait, 0.01):
                break
        await iterator.aclose()

    with assistant([Silent('{"status": ')]) as (pipeline, server, _):
        asyncio.run(leave(server.reached, stream.answer_events(pipeline.answer, Question(BASE), "r-1")))
        assert server.left.wait(30)
        assert len(server.requests) == 1


def test_an_answer_called_off_before_it_starts_asks_nothing() -> None:
    """Not even the model."""
    watch = Watch()
    watch.call_off()
    with assistant([Silent()]) as (pipeline, server, _):
        assert pipeline.answer(Question(BASE), watch).status is Status.ERROR
        assert server.requests == []


def test_a_responder_that_hears_of_it_stops() -> None:
    """The stream ends without an answer and without an error."""
    ended = threading.Event()

    def respond(question: Question, progress: Progress | None = None) -> Answer:
        assert progress is not None
        try:
            while True:
                progress(question.text)
        except CalledOff:
            ended.set()
            raise

    async def leave() -> None:
        iterator = stream.answer_events(respond, Question("?"), "r-1").body_iterator
        await anext(iterator)
        await iterator.aclose()  # type: ignore[attr-defined]  # an async generator

    asyncio.run(leave())
    assert ended.wait(30)


def test_a_watch_tells_and_stops() -> None:
    """What waits is told once; what starts later does not start."""
    told: list[str] = []
    stopped: list[int] = []
    watch = Watch(told.append)
    watch("un")
    with watch.stopping(lambda: stopped.append(1)):
        watch.call_off()
        watch.call_off()
    assert (told, stopped, watch.is_off) == (["un"], [1, 1], True)
    with pytest.raises(CalledOff), watch.stopping(lambda: stopped.append(2)):
        raise AssertionError
    with pytest.raises(CalledOff):
        watch("deux")
    assert (told, stopped) == (["un"], [1, 1])
