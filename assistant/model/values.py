"""What is said to a language model and what comes back, as values that know no library.

In: nothing. Out: messages, tools, replies, the reasons why there is no reply, and the `ChatModel` that exchanges them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, Protocol

from assistant.errors import AssistantError
from assistant.watch import Watch

Speaker = Literal["system", "user", "assistant", "tool"]


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A tool that the model asks for; `arguments` are what it wrote, unchecked."""

    id: str
    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """One message. `calls` are those of an assistant's message, `answers` the id of the call that a tool answers."""

    speaker: Speaker
    text: str
    calls: tuple[ToolCall, ...] = ()
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model replied: text, tools it asks for, and the tokens that its server counted (None: it did not)."""

    text: str
    calls: tuple[ToolCall, ...] = ()
    input_tokens: int | None = None
    output_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request, exactly, and what came of it: a reply or the reason why there is none."""

    request: Mapping[str, object]
    reply: Mapping[str, object] | None
    reason: str
    seconds: float


class Reason(StrEnum):
    """Why a model's answer is not served. The engine of an answer names it."""

    TIMED_OUT = "timed out"
    UNREACHABLE = "unreachable"
    KEY_REFUSED = "key refused"
    UNKNOWN_MODEL = "unknown model"
    BUSY = "busy"
    FAILED = "failed"
    CUT = "cut off"
    ENDLESS = "endless reply"
    EMPTY = "empty reply"
    UNREADABLE = "unreadable reply"
    TOOL_LIMIT = "too many tool calls"
    PAUSED = "paused after failures"
    UNSUPPORTED = "not supported by the documents"
    NEEDS_INPUT = "input missing"


class ModelError(AssistantError):
    """The model gave no reply that can be used; `reason` says why, the message says what happened, for an operator."""

    def __init__(self, reason: Reason, message: str, exchange: Exchange | None = None) -> None:
        self.reason = reason
        self.exchange = exchange
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """How to reach a model, and within what limits.

    `name` is `provider:model`; `timeout` bounds one reply and `budget` one answer, in seconds; `context_tokens` bounds
    what is read to it, `reply_tokens` what it may write. `only_host` forbids any other host.
    """

    name: str
    url: str = ""
    key: str = field(default="", repr=False)
    timeout: float = 30.0
    budget: float = 45.0
    temperature: float = 0.0
    context_tokens: int = 48_000
    reply_tokens: int = 4_000
    only_host: str = ""


@dataclass(frozen=True, slots=True)
class Exchanged:
    """A reply with the record of its exchange."""

    reply: Reply
    exchange: Exchange


class ChatModel(Protocol):
    """Exchanges messages with a language model. Safe to use from several threads."""

    @property
    def name(self) -> str:
        """`provider:model`."""

    def reply(self, messages: Sequence[Said], tools: Sequence[Any], seconds: float, watch: Watch) -> Exchanged:
        """The reply, within this many seconds. `ModelError` without one; `CalledOff` as soon as nobody waits.

        `tools` are LangChain tools, or pydantic models whose fields are the arguments.
        """
