"""The adapter to LangChain: what leaves the program, what comes back, what is stopped, and what never leaves."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from model_server import Calls, Cut, Endless, Move, Mute, Redirect, Refuse, Script, Silent, Text, model_server
from pydantic import BaseModel

from assistant.model.chat import LangChainModel
from assistant.model.values import Exchanged, ModelError, ModelOptions, Reason, Said, ToolCall
from assistant.watch import CalledOff, Watch

HELLO = [Said("system", "Tu es utile."), Said("user", "Bonjour")]


class Look(BaseModel):
    """Look a thing up."""

    thing: str


def exchange(
    script: Script, tools: list[Any] | None = None, said: list[Said] | None = None, **options: Any
) -> Exchanged:
    """One exchange with a model that plays the script."""
    with model_server(script) as server:
        model = LangChainModel(ModelOptions("openai:test", url=server.url, **options))
        try:
            return model.reply(said or HELLO, tools or [], 20.0, Watch())
        finally:
            server.let_go.set()
            model.close()


def reason(move: Move, seconds: float = 20.0, **options: Any) -> Reason:
    """Why there is no reply."""
    with model_server([move]) as server:
        model = LangChainModel(ModelOptions("openai:test", url=server.url, **options))
        try:
            with pytest.raises(ModelError) as caught:
                model.reply(HELLO, [], seconds, Watch())
        finally:
            server.let_go.set()
            model.close()
    assert caught.value.exchange is not None
    assert caught.value.exchange.reason == caught.value.reason
    return caught.value.reason


def test_text_comes_back_whole_with_its_tokens_counted() -> None:
    """However it was streamed."""
    found = exchange([Text("Bonjour à vous!", piece=2, usage=(7, 5))]).reply
    assert (found.text, found.calls, found.input_tokens, found.output_tokens) == ("Bonjour à vous!", (), 7, 5)


def test_tool_calls_come_back_with_their_arguments() -> None:
    """Several at once; arguments that are no JSON come back as none."""
    found = exchange([Calls([("Look", {"thing": "été"}), ("Look", "{oups")])], [Look]).reply
    assert found.calls == (ToolCall("c0", "Look", {"thing": "été"}), ToolCall("c1", "Look", {}))


def test_what_is_sent_is_what_the_exchange_records() -> None:
    """Messages of every kind, tools, temperature; the key travels in its header and stands in no record."""
    said = [
        *HELLO,
        Said("assistant", "", (ToolCall("c0", "Look", {"thing": "x"}),)),
        Said("tool", "rien", answers="c0"),
    ]
    with model_server([Text("ok")]) as server:
        model = LangChainModel(ModelOptions("openai:test", url=server.url, key="secret", temperature=0.25))
        exchanged = model.reply(said, [Look], 20.0, Watch())
        model.close()
    sent, recorded = server.requests[0], exchanged.exchange.request
    assert sent["messages"] == recorded["messages"]
    assert sent["tools"] == recorded["tools"]
    assert (sent["temperature"], sent["model"], sent["stream"]) == (0.25, "test", True)
    assert server.headers[0]["authorization"] == "Bearer secret"
    assert "secret" not in repr(exchanged.exchange) + repr(ModelOptions("openai:x", key="secret"))


def test_no_header_describes_the_machine() -> None:
    """The library's telemetry headers are taken off."""
    with model_server([Text("ok")]) as server:
        model = LangChainModel(ModelOptions("openai:test", url=server.url))
        model.reply(HELLO, [], 20.0, Watch())
        model.close()
    assert [name for name in server.headers[0] if "stainless" in name.lower()] == []


def test_nothing_is_traced_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where the environment asks for it."""
    with model_server([Text("ok")]) as other, model_server([Text("ok")]) as server:
        monkeypatch.setenv("LANGSMITH_TRACING", "true")
        monkeypatch.setenv("LANGCHAIN_TRACING_V2", "true")
        monkeypatch.setenv("LANGSMITH_API_KEY", "x")
        monkeypatch.setenv("LANGSMITH_ENDPOINT", other.url)
        model = LangChainModel(ModelOptions("openai:test", url=server.url))
        model.reply(HELLO, [], 20.0, Watch())
        model.close()
    assert (len(server.requests), len(other.requests)) == (1, 0)


def test_a_redirection_is_not_followed() -> None:
    """The question goes to the host that was set and to no other."""
    with model_server([Text("ok")]) as other:
        assert reason(Redirect(f"{other.url}/chat/completions")) is not None
        assert other.requests == []


@pytest.mark.parametrize(
    ("move", "options", "expected"),
    [
        (Refuse(401), {}, Reason.KEY_REFUSED),
        (Refuse(404), {}, Reason.UNKNOWN_MODEL),
        (Refuse(429), {}, Reason.BUSY),
        (Refuse(503), {}, Reason.FAILED),
        (Refuse(500, "<html>"), {}, Reason.FAILED),
        (Text("  "), {}, Reason.EMPTY),
        (Text("…", finish="length"), {}, Reason.CUT),
        (Cut("Bon"), {}, Reason.CUT),
        (Endless(), {"reply_tokens": 1000}, Reason.ENDLESS),
    ],
)
def test_each_failure_has_its_reason(move: Move, options: dict[str, Any], expected: Reason) -> None:
    """Whatever the library raises."""
    assert reason(move, **options) is expected


@pytest.mark.parametrize("move", [Mute(), Silent(), Silent("Bon")])
def test_a_silent_model_is_left_at_the_deadline(move: Move) -> None:
    """Before the first byte or after."""
    assert reason(move, seconds=0.2) is Reason.TIMED_OUT


def test_a_model_that_is_not_there_is_unreachable() -> None:
    """Nobody listens."""
    with model_server([]) as server:
        url = server.url
    model = LangChainModel(ModelOptions("openai:test", url=url))
    with pytest.raises(ModelError) as caught:
        model.reply(HELLO, [], 20.0, Watch())
    model.close()
    assert caught.value.reason is Reason.UNREACHABLE


@pytest.mark.parametrize("move", [Mute(), Silent("Bon")])
def test_an_answer_called_off_closes_the_connection(move: Move) -> None:
    """At once: the server sees its client leave."""
    watch = Watch()
    with model_server([move]) as server, ThreadPoolExecutor(1) as pool:
        model = LangChainModel(ModelOptions("openai:test", url=server.url))
        waiting = pool.submit(model.reply, HELLO, [], 60.0, watch)
        assert server.reached.wait(30)
        watch.call_off()
        with pytest.raises(CalledOff):
            waiting.result(30)
        assert server.left.wait(30)
        with pytest.raises(CalledOff):
            model.reply(HELLO, [], 60.0, watch)
        model.close()
        assert len(server.requests) == 1


def test_several_threads_are_served_at_once() -> None:
    """None waits for another."""
    together = threading.Barrier(4, timeout=30)

    def play(_: object) -> Move:
        together.wait()
        return Text("ok")

    with model_server(play) as server, ThreadPoolExecutor(4) as pool:
        model = LangChainModel(ModelOptions("openai:test", url=server.url))
        found = list(pool.map(lambda _: model.reply(HELLO, [], 30.0, Watch()).reply.text, range(4)))
        model.close()
    assert found == ["ok"] * 4
