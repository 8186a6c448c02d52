"""The one place that knows LangChain's chat models: messages out, a reply in, what goes wrong as `ModelError`.

In: options, messages, tools. Out: replies, streamed so that a long one can be stopped, held back whole so that no part
of one leaves unchecked. One thread with one event loop serves all calls: a deadline or a person who left closes the
connection at once, whatever the model is doing. Tracing to any service is off. The only importer of
`langchain.chat_models`, `langchain_core.messages` and `langsmith`.
"""

import asyncio
import json
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from typing import Any

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import (
    AIMessage,
    AIMessageChunk,
    BaseMessage,
    HumanMessage,
    SystemMessage,
    ToolMessage,
    convert_to_openai_messages,
)
from langchain_core.utils.function_calling import convert_to_openai_tool
from langsmith.run_helpers import tracing_context

from assistant.model.providers import client_options
from assistant.model.values import Exchange, Exchanged, ModelError, ModelOptions, Reason, Reply, Said, ToolCall
from assistant.watch import CalledOff, Watch

_CHARACTERS_A_TOKEN = 8
"""More than any language takes: a reply longer than this many times its tokens does not end by itself."""
_GRACE = 5.0
_REASONS = {401: Reason.KEY_REFUSED, 403: Reason.KEY_REFUSED, 404: Reason.UNKNOWN_MODEL, 429: Reason.BUSY}
_WAITED = ("timeout", "timedout")
_UNREACHED = ("connect", "proxyerror", "unsupportedprotocol")
_BROKEN = ("protocolerror", "readerror", "closederror", "incomplete", "jsondecodeerror", "apierror")


class LangChainModel:
    """A chat model of LangChain behind our Protocol."""

    def __init__(self, options: ModelOptions) -> None:
        """Make the client; nothing is sent.

        Raises:
            ImportError: the package of the provider is not installed.
            ValueError: the provider or an option is refused by the library.
        """
        self.name = options.name
        self._most = options.reply_tokens * _CHARACTERS_A_TOKEN
        self._options = {"model": options.name, "temperature": options.temperature, "max_tokens": options.reply_tokens}
        chosen = client_options(options)
        self._clients = (chosen.get("http_client"), chosen.get("http_async_client"))
        made = init_chat_model(
            options.name,
            temperature=options.temperature,
            max_tokens=options.reply_tokens,
            timeout=options.timeout,
            max_retries=0,
            **chosen,
        )
        if not isinstance(made, BaseChatModel):
            raise TypeError(f"{options.name!r} gives no chat model")
        self._model = made
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="language model", daemon=True)
        self._thread.start()

    def reply(self, messages: Sequence[Said], tools: Sequence[Any], seconds: float, watch: Watch) -> Exchanged:
        """See `ChatModel.reply`."""
        said = [_message(one) for one in messages]
        request = {
            **self._options,
            "messages": [_as_sent(one) for one in convert_to_openai_messages(said)],
            "tools": [convert_to_openai_tool(tool) for tool in tools],
        }
        began = time.monotonic()
        try:
            chunk = self._wait(said, tools, seconds, watch)
            reply = _reply(chunk, ends=self.name.startswith("openai:"))
        except CalledOff:
            raise
        except Exception as error:
            mapped = _mapped(error, self.name)
            mapped.exchange = Exchange(request, None, mapped.reason, time.monotonic() - began)
            raise mapped from error
        shown = convert_to_openai_messages([AIMessage(chunk.content, tool_calls=chunk.tool_calls)])[0]
        usage = {"input_tokens": reply.input_tokens, "output_tokens": reply.output_tokens}
        return Exchanged(reply, Exchange(request, {**shown, "usage": usage}, "", time.monotonic() - began))

    def _wait(self, said: list[BaseMessage], tools: Sequence[Any], seconds: float, watch: Watch) -> AIMessageChunk:
        if watch.is_off:
            raise CalledOff
        future = asyncio.run_coroutine_threadsafe(self._read(said, tools, seconds), self._loop)
        try:
            with watch.stopping(future.cancel):
                return future.result(seconds + _GRACE)
        except CancelledError as error:
            raise CalledOff from error
        finally:
            future.cancel()

    async def _read(self, said: list[BaseMessage], tools: Sequence[Any], seconds: float) -> AIMessageChunk:
        """The whole reply, put together; its connection is closed however this ends."""
        model = self._model.bind_tools(list(tools)) if tools else self._model
        whole: AIMessageChunk | None = None
        length = 0
        with tracing_context(enabled=False):
            async with asyncio.timeout(seconds):
                stream = model.astream(said)
                try:
                    async for chunk in stream:
                        if isinstance(chunk, AIMessageChunk):
                            length += len(chunk.text) + sum(len(c.get("args") or "") for c in chunk.tool_call_chunks)
                            whole = chunk if whole is None else whole + chunk
                        if length > self._most:
                            raise ModelError(Reason.ENDLESS, f"{self.name}: more than {self._most} characters")
                finally:
                    await stream.aclose()  # type: ignore[attr-defined]  # an async generator, typed as an iterator
        if whole is None:
            raise ModelError(Reason.EMPTY, f"{self.name}: not one chunk came")
        return whole

    def close(self) -> None:
        """Drop the calls that are under way, close the connections, stop the thread."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(_GRACE)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_GRACE)
        self._loop.close()

    async def _end(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        if self._clients[0] is not None:
            self._clients[0].close()
        if self._clients[1] is not None:
            await self._clients[1].aclose()
        await self._loop.shutdown_asyncgens()


def _message(one: Said) -> BaseMessage:
    match one.speaker:
        case "system":
            return SystemMessage(one.text)
        case "user":
            return HumanMessage(one.text)
        case "tool":
            return ToolMessage(one.text, tool_call_id=one.answers)
    calls = [{"name": call.name, "args": dict(call.arguments), "id": call.id} for call in one.calls]
    return AIMessage(one.text, tool_calls=calls)


def _as_sent(message: dict[str, Any]) -> dict[str, Any]:
    """A message that only calls tools has no content."""
    return {**message, "content": message["content"] or None} if message.get("tool_calls") else message


def _reply(whole: AIMessageChunk, *, ends: bool) -> Reply:
    """Text and calls. A call whose arguments are no JSON object stands there with none: the tool then refuses it.

    `ends`: a whole reply of this provider says how it ended.
    """
    finish = str(whole.response_metadata.get("finish_reason") or whole.response_metadata.get("stop_reason") or "")
    if finish in {"length", "max_tokens"}:
        raise ModelError(Reason.CUT, "the reply reached its limit of tokens")
    if ends and not finish:
        raise ModelError(Reason.CUT, "the reply stopped in the middle")
    usage: Mapping[str, Any] = whole.usage_metadata or {}
    calls = tuple(_calls(whole))
    if not whole.text.strip() and not calls:
        raise ModelError(Reason.EMPTY, "neither text nor a tool call")
    return Reply(whole.text, calls, usage.get("input_tokens"), usage.get("output_tokens"))


def _calls(whole: AIMessageChunk) -> Iterator[ToolCall]:
    calls: list[tuple[str | None, str | None, dict[str, Any]]]
    calls = [(call["id"], call["name"], call["args"]) for call in whole.tool_calls]
    calls += [(call["id"], call["name"], {}) for call in whole.invalid_tool_calls]
    for rank, (identity, name, arguments) in enumerate(calls):
        yield ToolCall(identity or f"call-{rank}", str(name or ""), arguments)


def _mapped(error: Exception, name: str) -> ModelError:
    """Ours for any provider's: by the HTTP status where there is one, else by the kinds of the errors in the chain."""
    if isinstance(error, ModelError):
        return error
    chain = list(_chain(error))
    said = f"{name}: {type(error).__name__}: {' '.join(str(error).split())[:300]}"
    for one in chain:
        status = getattr(one, "status_code", None) or getattr(getattr(one, "response", None), "status_code", None)
        if isinstance(status, int):
            return ModelError(_REASONS.get(status, Reason.FAILED), said)
    kinds = " ".join(type(one).__name__.lower() for one in chain)
    if any(isinstance(one, TimeoutError) for one in chain) or any(word in kinds for word in _WAITED):
        return ModelError(Reason.TIMED_OUT, said)
    if any(word in kinds for word in _UNREACHED) or any(isinstance(one, ConnectionError) for one in chain):
        return ModelError(Reason.UNREACHABLE, said)
    if any(word in kinds for word in _BROKEN) or isinstance(error, json.JSONDecodeError):
        return ModelError(Reason.CUT, said)
    return ModelError(Reason.FAILED, said)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
