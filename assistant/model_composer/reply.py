"""What a model replied, read with patience and believed in nothing: statements with the tokens and words they rest on.

In: the text of a reply, or the arguments of the tool `answer`. Out: an `Answer`. Refuses (`ModelError`) what holds no
whole JSON object of the form asked for; a statement that is not of the form is left out and counted, the others stay.
"""

import json
import re
from collections.abc import Mapping
from itertools import islice
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.model.values import ModelError, Reason, Reply

_MOST_STATEMENTS = 30
_MOST_OPENINGS = 50
"""Braces that are tried as the start of the reply."""
_OBJECT = re.compile(r"\{")


class _Lenient(BaseModel):
    """Further keys carry nothing: they are dropped, where a form of ours would refuse them."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Support(_Lenient):
    """The token of a passage or of a tool result, and the exact words of the passage."""

    token: str
    words: str = ""


class ReplyStatement(_Lenient):
    """One statement of the answer."""

    text: str
    support: tuple[Support, ...] = ()


class Answer(_Lenient):
    """Give the answer: statements in the language asked for, each with the tokens and exact words it rests on."""

    model_config = ConfigDict(frozen=True, extra="ignore", title="answer")

    status: Literal["answered", "partially_answered", "needs_input", "not_in_documents", "out_of_scope"]
    statements: Annotated[tuple[ReplyStatement, ...], Field(max_length=_MOST_STATEMENTS)] = ()
    eligibility: Literal["explicitly_listed", "close_to_a_listed_example", "not_mentioned"] | None = None
    mailbox: Literal["financement", "valorisation"] | None = None


def read_reply(reply: Reply) -> Answer:
    """The structured answer of a reply that calls no other tool."""
    for call in reply.calls:
        if call.name.lower() == ANSWER_TOOL:
            return _answer(call.arguments)
    return _answer(_object(reply.text))


ANSWER_TOOL = "answer"


def json_object(text: str) -> Mapping[str, Any]:
    """The first whole JSON object of a text; `ModelError` where there is none."""
    return _object(text)


def _object(text: str) -> Mapping[str, Any]:
    decoder = json.JSONDecoder()
    for match in islice(_OBJECT.finditer(text), _MOST_OPENINGS):
        try:
            found, _ = decoder.raw_decode(text, match.start())
        except (json.JSONDecodeError, RecursionError):
            continue
        if isinstance(found, dict) and found:
            return found
    raise ModelError(Reason.UNREADABLE, "the reply holds no whole JSON object")


def _answer(found: Mapping[str, Any]) -> Answer:
    kept = dict(found)
    statements = kept.get("statements", [])
    if isinstance(statements, list):
        kept["statements"] = [one for one in statements[:_MOST_STATEMENTS] if _is_statement(one)]
    try:
        return Answer.model_validate(kept)
    except ValidationError as error:
        fields = ", ".join(sorted({".".join(map(str, one["loc"])) or "answer" for one in error.errors()}))
        raise ModelError(Reason.UNREADABLE, f"the reply is not of the form asked for: {fields}") from error


def _is_statement(found: object) -> bool:
    try:
        ReplyStatement.model_validate(found)
    except ValidationError:
        return False
    return True
