"""One try at an answer with a model: the prompt, the tools it calls, the structured reply.

In: a turn, what it is handed, an account. Out: the reply, and the messages so far so that a second try can go on from
them. Refuses (`ModelError`) a model that keeps calling tools, or that replies in no form that can be read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from assistant.model.values import ModelError, Reason, Reply, Said
from assistant.model_composer.ledger import Ledger
from assistant.model_composer.reply import ANSWER_TOOL, Answer, read_reply
from assistant.model_composer.toolbox import FIND_TOOL, Toolbox
from assistant.prompts import Prompts

MOST_ROUNDS = 6
"""Replies in a row that may call tools."""


class FindPassages(BaseModel):
    """Look for further passages of the documents, by their words (in French)."""

    model_config = ConfigDict(extra="forbid", title=FIND_TOOL)

    query: str = Field(description="the words to look for")


@dataclass(slots=True)
class Dialogue:
    """The messages of one answer, as they are exchanged."""

    prompts: Prompts
    toolbox: Toolbox
    ledger: Ledger
    messages: list[Said] = field(default_factory=list)
    _last: Reply | None = None

    def open(self, variables: Mapping[str, str]) -> Answer:
        """The first try."""
        system, user = self.prompts["compose"].fill(**variables)
        self.messages = [Said("system", system), Said("user", user)]
        return self._converse()

    def again(self, findings: str) -> Answer:
        """The second and last try, told what was wrong with the first."""
        said = "\n\n".join(self.prompts["retry"].fill(findings=findings))
        last = self._last
        if last is not None and last.calls:
            self.messages += [Said("tool", said, answers=call.id) for call in last.calls]
        else:
            self.messages.append(Said("user", said))
        return self._converse()

    def _converse(self) -> Answer:
        for _ in range(MOST_ROUNDS):
            reply = self.ledger.ask(self.messages, self._tools())
            self._last = reply
            self.messages.append(Said("assistant", reply.text, reply.calls))
            if not reply.calls or any(call.name.lower() == ANSWER_TOOL for call in reply.calls):
                return read_reply(reply)
            if self.toolbox.is_spent:
                break
            self.ledger.watch("tool")
            self.messages += [Said("tool", self.toolbox.run(call), answers=call.id) for call in reply.calls]
        raise ModelError(Reason.TOOL_LIMIT, "the model keeps calling tools")

    def _tools(self) -> Sequence[Any]:
        more = [FindPassages] if self.toolbox.find is not None else []
        return [Answer] if self.toolbox.is_spent else [*self.toolbox.tools.values(), *more, Answer]
