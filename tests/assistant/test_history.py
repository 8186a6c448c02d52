"""A conversation known by its id: its earlier questions come back, for a while, to that conversation only."""

from assistant.conversation import Answer, Message, Question, Status
from assistant.history import Conversations, remembering
from assistant.watch import Progress


class Clock:
    """Time as the test sets it."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def asked(conversations: Conversations, *questions: Question) -> list[tuple[str, ...]]:
    """The history that each question reached the responder with."""
    seen: list[tuple[str, ...]] = []

    def respond(question: Question, _: Progress | None = None) -> Answer:
        seen.append(tuple(message.content for message in question.history))
        return Answer("x", Status.ANSWERED, "fr", "ok")

    answer = remembering(respond, conversations)
    for question in questions:
        answer(question, None)
    return seen


def test_a_conversation_remembers_its_own_questions_only() -> None:
    """In order; a question without an id leaves nothing behind."""
    first, other, none = (Question("a", conversation="1"), Question("b", conversation="2"), Question("c"))
    last = Question("d", conversation="1")
    assert asked(Conversations(), first, other, none, last, last) == [(), (), (), ("a",), ("a", "d")]


def test_a_history_that_the_client_gives_comes_first() -> None:
    """What it says was said replaces what is kept."""
    given = Question("b", history=(Message("user", "z"),), conversation="1")
    assert asked(Conversations(), Question("a", conversation="1"), given) == [(), ("z",)]


def test_a_long_silence_forgets() -> None:
    """An hour after the last question nothing is left."""
    clock = Clock()
    conversations = Conversations(clock)
    conversations.note("1", "a")
    clock.now = 3599
    assert [message.content for message in conversations.recall("1")] == ["a"]
    clock.now = 3601
    assert conversations.recall("1") == ()


def test_memory_is_bounded() -> None:
    """The last ten questions of the last thousand conversations."""
    conversations = Conversations()
    for number in range(1100):
        for text in range(12 if number == 1099 else 1):
            conversations.note(str(number), str(text))
    assert conversations.recall("0") == ()
    assert conversations.recall("200") != ()
    assert [message.content for message in conversations.recall("1099")] == [str(n) for n in range(2, 12)]
