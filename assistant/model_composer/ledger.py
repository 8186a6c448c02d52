"""What a model cost for one answer: calls, tokens, prompts, and the exact exchanges.

In: exchanges as they happen. Out: an `Authorship`. Asks the model through a breaker and a deadline of its own.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from assistant.model.breaker import Breaker
from assistant.model.values import ChatModel, Exchange, ModelError, Reason, Reply, Said
from assistant.provenance import Authorship
from assistant.watch import Watch

_LEAST_SECONDS = 0.05


@dataclass(slots=True)
class Ledger:
    """One answer's account with a model. `deadline` is on the clock's scale."""

    model: ChatModel
    breaker: Breaker
    timeout: float
    deadline: float
    watch: Watch
    clock: Callable[[], float] = time.monotonic
    exchanges: list[Exchange] = field(default_factory=list)
    input_tokens: int | None = None
    output_tokens: int | None = None
    dropped: tuple[tuple[str, str], ...] = ()

    @property
    def seconds_left(self) -> float:
        """Until the deadline."""
        return self.deadline - self.clock()

    def ask(self, messages: Sequence[Said], tools: Sequence[Any]) -> Reply:
        """A reply within what is left of the budget; `ModelError` without one."""
        if self.breaker.is_open:
            raise ModelError(Reason.PAUSED, f"{self.model.name} failed several times in a row")
        if self.seconds_left < _LEAST_SECONDS:
            raise ModelError(Reason.TIMED_OUT, "nothing is left of the time for one answer")
        try:
            found = self.model.reply(messages, tools, min(self.timeout, self.seconds_left), self.watch)
        except ModelError as error:
            self.breaker.failed(error.reason)
            if error.exchange:
                self.exchanges.append(error.exchange)
            raise
        self.breaker.succeeded()
        self.exchanges.append(found.exchange)
        self.input_tokens = _sum(self.input_tokens, found.reply.input_tokens)
        self.output_tokens = _sum(self.output_tokens, found.reply.output_tokens)
        return found.reply

    def authorship(self, engine: str, prompts: Mapping[str, str], before: Authorship | None) -> Authorship:
        """The account, with what earlier steps of the same answer had."""
        earlier = before or Authorship("", self.model.name)
        return Authorship(
            engine=engine,
            model=self.model.name,
            prompts={**earlier.prompts, **prompts},
            input_tokens=_sum(earlier.input_tokens, self.input_tokens),
            output_tokens=_sum(earlier.output_tokens, self.output_tokens),
            calls=earlier.calls + len(self.exchanges),
            dropped=self.dropped,
            exchanges=(*earlier.exchanges, *(asdict(one) for one in self.exchanges)),
        )


def _sum(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else one + other
