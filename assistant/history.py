"""Conversations kept by id: what was asked before, for follow-ups whose client sends no history itself.

In: a function that answers a question. Out: the same, which gives a question with a conversation id and no history the
earlier questions of that conversation. Kept in memory only, for a while, and only so many; a restart forgets them.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Protocol

from assistant.conversation import Answer, Message, Question
from assistant.watch import Progress


class Respond(Protocol):
    """Answers a question, telling of each step as it starts."""

    def __call__(self, question: Question, progress: Progress | None = None) -> Answer:
        """The answer."""


_CONVERSATIONS = 1000
_QUESTIONS = 10
_SECONDS = 3600.0


@dataclass(slots=True)
class _Kept:
    said: float
    questions: list[Message] = field(default_factory=list)


class Conversations:
    """The last questions of the last conversations. Safe to use from several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = Lock()

    def recall(self, conversation: str) -> tuple[Message, ...]:
        """What was asked in a conversation, oldest first; nothing after an hour of silence."""
        with self._lock:
            kept = self._kept.get(conversation)
            if kept is None or self._clock() - kept.said > _SECONDS:
                self._kept.pop(conversation, None)
                return ()
            return tuple(kept.questions)

    def note(self, conversation: str, text: str) -> None:
        """Keep a question; the oldest question, and the conversation longest silent, make room."""
        with self._lock:
            kept = self._kept.setdefault(conversation, _Kept(self._clock()))
            kept.said = self._clock()
            kept.questions = [*kept.questions, Message("user", text)][-_QUESTIONS:]
            self._kept.move_to_end(conversation)
            while len(self._kept) > _CONVERSATIONS:
                self._kept.popitem(last=False)


def remembering(respond: Respond, conversations: Conversations) -> Respond:
    """`respond`, with the history of the conversation that a question names; a history that is given comes first."""

    def answer(question: Question, progress: Progress | None = None) -> Answer:
        if question.conversation is None:
            return respond(question, progress)
        earlier = question.history or conversations.recall(question.conversation)
        answered = respond(replace(question, history=earlier), progress)
        conversations.note(question.conversation, question.text)
        return answered

    return answer
