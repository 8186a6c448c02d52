"""What `POST /v1/chat` accepts, and how it becomes a `Question`.

In: JSON of exactly this shape; anything else is refused with every wrong field. Out: a question whose text and history
are free of invisible characters and within the limits of the operator.
"""

import re
from collections.abc import Sequence
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from assistant.conversation import BodyType, Language, Message, Profile, Question, Role
from assistant.web.limits import Limits, clean
from assistant.web.problems import FieldProblem, InvalidRequestError

_SCHOOL_YEAR = re.compile(r"([0-9]{4})-([0-9]{4})")


def _consecutive(school_year: str) -> str:
    found = _SCHOOL_YEAR.fullmatch(school_year)
    if found is None or int(found[2]) != int(found[1]) + 1:
        raise ValueError("not two consecutive years")
    return school_year


class _Request(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MessageRequest(_Request):
    """An earlier turn of the conversation."""

    role: Role
    content: str


class ProfileRequest(_Request):
    """What the client knows of the person who asks; never more than this."""

    body_type: BodyType | None = None
    school_year: Annotated[str, Field(examples=["2024-2025"]), AfterValidator(_consecutive)] | None = None


class ChatRequest(_Request):
    """A question, and what the client knows around it."""

    question: Annotated[str, Field(description="2 000 characters at most, unless the operator set another limit.")]
    conversation: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")] | None = None
    history: Annotated[
        tuple[MessageRequest, ...], Field(description="Earlier turns, oldest first: 20 at most, 4 000 characters each.")
    ] = ()
    language: Annotated[
        Language | None, Field(description="Language of the answer; read from the question when left out.")
    ] = None
    profile: ProfileRequest = ProfileRequest()

    def question_within(self, limits: Limits) -> Question:
        """The question; `InvalidRequestError` lists all that is empty or goes over a limit."""
        text = clean(self.question)
        history = tuple(Message(message.role, clean(message.content)) for message in self.history)
        errors = [*question_problems(text, limits), *_history_problems(history, limits)]
        if errors:
            raise InvalidRequestError(errors)
        return Question(
            text=text,
            language=self.language,
            history=tuple(message for message in history if message.content),
            profile=Profile(self.profile.body_type, self.profile.school_year),
            conversation=self.conversation,
        )


def question_problems(text: str, limits: Limits) -> list[FieldProblem]:
    """What is wrong with the text of a question, once cleaned: nothing in it, or too much."""
    if not text:
        return [FieldProblem("body", "question", "empty", "La question est vide.", "The question is empty.")]
    return too_long("question", text, limits.question_characters)


def _history_problems(history: Sequence[Message], limits: Limits) -> list[FieldProblem]:
    if len(history) > limits.history_messages:
        count, most = len(history), limits.history_messages
        detail = f"L’historique compte {count}\u00a0messages; la limite est de {most}."
        detail_en = f"The history holds {count} messages; the limit is {most}."
        return [FieldProblem("body", "history", "too_many", detail, detail_en)]
    return [
        problem
        for rank, message in enumerate(history)
        for problem in too_long(f"history.{rank}.content", message.content, limits.history_characters)
    ]


def too_long(field: str, text: str, most: int) -> list[FieldProblem]:
    """What is wrong with a text of this field when it goes over a limit, in characters."""
    if len(text) <= most:
        return []
    detail = f"Le texte compte {_grouped(len(text))}\u00a0caractères; la limite est de {_grouped(most)}."
    detail_en = f"The text has {len(text):,} characters; the limit is {most:,}."
    return [FieldProblem("body", field, "too_long", detail, detail_en)]


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")
