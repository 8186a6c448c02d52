"""An Internet message (`.eml`, RFC 5322 and MIME) to its pieces, with the standard library's parser.

In: bytes. Out: headers as clean lines, the text that a reader sees first, names of attachments, attached messages.
Wrong charsets and broken structures are read as far as they go and said in `notices`; a message that is too large, too
deep or not a message is refused. Attachments are never opened.
"""

import email
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime

from assistant.correspondence.errors import MessageError
from assistant.correspondence.message import Address, Attachment, Notice
from assistant.correspondence.page import page_text
from assistant.web.limits import clean
from ingest.errors import ReadError

LARGEST = 50_000_000
"""Bytes of the largest message that is read."""
_DEEPEST = 40
_MOST_PARTS = 500
_MOST_MULTIPARTS = 100
_MOST_MARKS = 5_000  # lines that may part two pieces; looked at before the parser, whose time grows with them
_LONGEST_TEXT = 200_000
_LONGEST_HEADER = 4_000
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,250}>")
_LATIN = frozenset({"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii", "iso8859-1", "windows-1252", "cp1252"})
# What the header and body parsers of the standard library raise on messages made to break them.
_BROKEN = (ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError, OverflowError)


@dataclass(slots=True)
class Pieces:
    """What a message is made of; `forwarded` are the texts of messages attached to it."""

    subject: str = ""
    sender: Address = field(default_factory=lambda: Address("", ""))
    reply_to: tuple[Address, ...] = ()
    date: datetime | None = None
    message_id: str = ""
    references: tuple[str, ...] = ()
    text: str = ""
    forwarded: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def read_internet(content: bytes, name: str) -> Pieces:
    """The pieces of a message; `MessageError` for one that is too large, too deep or not a message."""
    if len(content) > LARGEST:
        raise MessageError(name, f"it is larger than {LARGEST // 1_000_000} MB", "Open it in a mail program")
    if content.lower().count(b"boundary=") > _MOST_MULTIPARTS or content.count(b"\n--") > _MOST_MARKS:
        raise MessageError(name, "it has too many parts, or parts in parts", "Open it in a mail program")
    try:
        message = email.message_from_bytes(content, policy=policy.default)
    except _BROKEN as error:
        raise MessageError(name, "its structure cannot be read", "Open it in a mail program, save it again") from error
    if not message.keys():
        raise MessageError(name, "it has no header", "Give its words as pasted text")
    return _pieces(message, name)


def _pieces(message: EmailMessage, name: str) -> Pieces:
    sender = next(iter(_addresses(message, "From")), Address("", ""))
    reply_to = tuple(_addresses(message, "Reply-To")) or ((sender,) if sender.email else ())
    references = _ids(message, "References") or _ids(message, "In-Reply-To")
    pieces = Pieces(
        subject=header_line(_header(message, "Subject")),
        sender=sender,
        reply_to=reply_to,
        date=_date(_header(message, "Date")),
        message_id=next(iter(_ids(message, "Message-ID")), ""),
        references=references,
    )
    texts = list(_texts(message, pieces, name, 0))
    whole = clean("\n\n".join(text for text in texts if text.strip()))
    _note(pieces, Notice.NO_TEXT, when=not whole)
    _note(pieces, Notice.TRUNCATED, when=len(whole) > _LONGEST_TEXT)
    _note(pieces, Notice.ATTACHMENTS, when=bool(pieces.attachments))
    pieces.text = whole[:_LONGEST_TEXT]
    return pieces


def _note(pieces: Pieces, notice: Notice, *, when: bool = True) -> None:
    if when and notice not in pieces.notices:
        pieces.notices.append(notice)


def header_line(value: str) -> str:
    """A header as one clean line: no line break, no control or invisible character can start another header."""
    return re.sub(r"\s+", " ", clean(value.replace("\0", " ")))[:_LONGEST_HEADER].strip()


def _header(message: EmailMessage, name: str) -> str:
    """A header decoded, the raw text where it cannot be."""
    try:
        return str(message.get(name, ""))[:_LONGEST_HEADER]
    except _BROKEN:
        raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
        return _decoded(str(raw)[:_LONGEST_HEADER])


def _decoded(raw: str) -> str:
    try:
        return str(make_header(decode_header(raw)))
    except _BROKEN:
        return raw


def _addresses(message: EmailMessage, name: str) -> Iterator[Address]:
    for shown, address in getaddresses([_header(message, name)]):
        if "@" in address:
            yield Address(header_line(shown), header_line(address))


def _ids(message: EmailMessage, name: str) -> tuple[str, ...]:
    return tuple(_MESSAGE_ID.findall(_header(message, name)))


def _date(value: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(value)
    except _BROKEN:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _texts(part: EmailMessage, pieces: Pieces, name: str, depth: int) -> Iterator[str]:
    """The texts that a reader sees, in order; what is no text is noted."""
    if depth > _DEEPEST or len(pieces.attachments) + len(pieces.forwarded) > _MOST_PARTS:
        raise MessageError(name, "it has too many parts, or parts in parts", "Open it in a mail program")
    _note(pieces, Notice.DEFECTS, when=bool(part.defects) and part.is_multipart())
    kind = part.get_content_type()
    children = part.get_payload() if part.is_multipart() else []
    if kind == "message/rfc822":
        inner = [child for child in children if isinstance(child, EmailMessage)]
        pieces.forwarded.extend(_forwarded(child, pieces, name, depth) for child in inner)
    elif kind == "multipart/alternative":
        yield from _alternative(_emails(children), pieces, name, depth)
    elif part.is_multipart():
        _note(pieces, Notice.ENCRYPTED, when=kind == "multipart/encrypted")
        for child in _emails(children):
            yield from _texts(child, pieces, name, depth + 1)
    elif kind.startswith("multipart/"):  # its boundary is missing: the words are all in one piece
        _note(pieces, Notice.DEFECTS)
        yield _letters(part, pieces)
    elif kind in {"text/plain", "text/html"} and not _is_file(part):
        yield _text(part, pieces, name, is_page=kind == "text/html")
    else:
        _note(pieces, Notice.ENCRYPTED, when=kind in {"application/pkcs7-mime", "application/x-pkcs7-mime"})
        pieces.attachments.append(Attachment(_file_name(part), header_line(kind), len(_content(part))))


def _emails(children: object) -> Sequence[EmailMessage]:
    return [child for child in children if isinstance(child, EmailMessage)] if isinstance(children, list) else []


def _alternative(children: Sequence[EmailMessage], pieces: Pieces, name: str, depth: int) -> Iterator[str]:
    """The plain text where it says something, else the richest form that does."""
    plain = sorted(children, key=lambda child: child.get_content_type() != "text/plain")
    for child in plain:
        texts = [text for text in _texts(child, pieces, name, depth + 1) if text.strip()]
        if texts:
            yield from texts
            return


def _forwarded(message: EmailMessage, pieces: Pieces, name: str, depth: int) -> str:
    head = [f"{label}: {value}" for label in ("From", "Date", "Subject") if (value := _header(message, label))]
    return clean("\n".join([*map(header_line, head), "", *_texts(message, pieces, name, depth + 1)]))[:_LONGEST_TEXT]


def _is_file(part: EmailMessage) -> bool:
    try:
        return part.get_content_disposition() == "attachment" or part.get_filename() is not None
    except _BROKEN:
        return False


def _file_name(part: EmailMessage) -> str:
    try:
        return header_line(part.get_filename() or "") or header_line(part.get_content_type())
    except _BROKEN:
        return header_line(part.get_content_type())


def _content(part: EmailMessage) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except _BROKEN:
        return b""
    return content if isinstance(content, bytes) else b""


def _text(part: EmailMessage, pieces: Pieces, name: str, *, is_page: bool) -> str:
    text = _letters(part, pieces)
    if not is_page:
        return _flowed(text) if "format=flowed" in _header(part, "Content-Type").lower().replace('"', "") else text
    _note(pieces, Notice.HTML_ONLY)
    try:
        return page_text(text, name)
    except ReadError as error:
        if not text.strip():
            return ""
        raise MessageError(name, "its HTML cannot be read", "Copy its words and give them as pasted text") from error


def _letters(part: EmailMessage, pieces: Pieces) -> str:
    content = _content(part)
    declared = str(part.get_content_charset() or "us-ascii")
    for charset in ("utf-8", "cp1252") if declared in _LATIN and declared.endswith("ascii") else (declared,):
        try:
            return content.decode("cp1252" if charset in _LATIN else charset)
        except (LookupError, ValueError):
            continue
    _note(pieces, Notice.CHARSET)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _flowed(text: str) -> str:
    """RFC 3676: a line that ends with a space goes on; the mark of a signature does not."""
    return re.sub(r"(?m)(?<!^--) \r?\n(?!>)", " ", text)
