"""Messages and drafts as the database keeps them: JSON in, values out, and back.

In: JSON that the desk wrote itself. Out: an `IncomingMessage`, a `ReplyDraft`. Refuses (pydantic's `ValidationError`)
a text of another shape: one that a version of the program with other fields wrote.
"""

from pydantic import TypeAdapter

from assistant.correspondence.message import IncomingMessage
from assistant.correspondence.reply import ReplyDraft

_MESSAGE = TypeAdapter(IncomingMessage)
_DRAFT = TypeAdapter(ReplyDraft)


def message_json(message: IncomingMessage) -> str:
    """A message, to keep."""
    return _MESSAGE.dump_json(message).decode()


def message_of(kept: str) -> IncomingMessage:
    """A message that was kept."""
    return _MESSAGE.validate_json(kept)


def draft_json(draft: ReplyDraft) -> str:
    """A draft, to keep."""
    return _DRAFT.dump_json(draft).decode()


def draft_of(kept: str) -> ReplyDraft:
    """A draft that was kept."""
    return _DRAFT.validate_json(kept)
