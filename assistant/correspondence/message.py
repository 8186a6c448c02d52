"""An incoming message as the rest of the desk knows it, whatever file or mailbox it came from."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Notice(StrEnum):
    """What was damaged or unusual in a message, and read all the same; the words are in `prompts/drafts.yaml`."""

    CHARSET = "charset"  # not text in its declared encoding: read as Windows-1252, which loses no byte
    DEFECTS = "defects"  # the structure of the message is broken; what could be read was
    HTML_ONLY = "html_only"  # no plain text: the words of the page
    TRUNCATED = "truncated"  # longer than what is read; the rest is not
    NO_TEXT = "no_text"  # no body at all
    ENCRYPTED = "encrypted"  # the words are in an encrypted part
    ATTACHMENTS = "attachments"  # attached files are named, never opened


@dataclass(frozen=True, slots=True)
class Address:
    """A person or a service; one line each, no control characters."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message: named, never opened. `size` in bytes once decoded."""

    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class EarlierMessage:
    """What a message carries below the sender's own words: a quoted exchange, or a message that was forwarded."""

    text: str
    forwarded: bool


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """A message: what its sender wrote, apart from what came with it. Offsets of questions refer to `body`.

    `reply_to` is where a reply goes (Reply-To, else From); empty for pasted text. `date` has its time zone.
    """

    subject: str
    sender: Address
    reply_to: tuple[Address, ...]
    date: datetime | None
    message_id: str
    references: tuple[str, ...]
    body: str
    signature: str
    disclaimer: str
    earlier: tuple[EarlierMessage, ...]
    attachments: tuple[Attachment, ...]
    warnings: tuple[Notice, ...]
