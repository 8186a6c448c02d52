"""An Outlook message (`.msg`) to its pieces; the only importer of python-oxmsg.

In: bytes. Out: the same pieces as an Internet message. Refuses (MessageError) what is damaged.
"""

import re
from datetime import UTC
from email.utils import getaddresses

from oxmsg import Message

from assistant.correspondence.errors import MessageError
from assistant.correspondence.internet import LARGEST, Pieces, header_line
from assistant.correspondence.message import Address, Attachment, Notice
from assistant.correspondence.page import page_text
from assistant.web.limits import clean
from ingest.errors import ReadError

SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How an OLE file starts."""
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,250}>")
_INTERNET_MESSAGE_ID, _IN_REPLY_TO, _REFERENCES = 0x1035, 0x1042, 0x1039
_SENDER_SMTP, _SENDER_NAME = 0x5D01, 0x0C1A
_LONGEST_TEXT = 200_000
# What olefile and python-oxmsg raise on damaged files; neither has a base class of its own.
_BROKEN = (OSError, ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError, ArithmeticError)


def read_outlook(content: bytes, name: str) -> Pieces:
    """The pieces of a message."""
    if len(content) > LARGEST:
        raise MessageError(name, f"it is larger than {LARGEST // 1_000_000} MB", "Open it in Outlook")
    try:
        return _pieces(Message.load(content))
    except (*_BROKEN, ReadError) as error:
        raise MessageError(name, "it is not a readable Outlook message", "Save it again as .eml or .msg") from error


def _pieces(message: Message) -> Pieces:
    headers = {name.lower(): value for name, value in message.message_headers.items()}
    sender = _address(message)
    given = getaddresses([header_line(headers.get("reply-to", ""))])
    reply_to = tuple(Address(header_line(name), header_line(email)) for name, email in given if "@" in email)
    body = message.body or ""
    page = "" if body.strip() else message.html_body or ""
    text = clean(body or (page_text(page, "message") if page.strip() else ""))
    attached = [
        Attachment(header_line(one.file_name or "") or "?", header_line(one.mime_type or ""), one.size)
        for one in message.attachments
    ]
    sent = message.sent_date
    found = {
        Notice.HTML_ONLY: bool(page.strip()),
        Notice.NO_TEXT: not text,
        Notice.TRUNCATED: len(text) > _LONGEST_TEXT,
        Notice.ATTACHMENTS: bool(attached),
    }
    return Pieces(
        subject=header_line(message.subject),
        sender=sender,
        reply_to=reply_to or ((sender,) if sender.email else ()),
        date=sent if sent is None or sent.tzinfo else sent.replace(tzinfo=UTC),
        message_id=next(iter(_ids(message, _INTERNET_MESSAGE_ID, headers.get("message-id", ""))), ""),
        references=_ids(message, _REFERENCES, headers.get("references", "")) or _ids(message, _IN_REPLY_TO, ""),
        text=text[:_LONGEST_TEXT],
        attachments=attached,
        notices=[notice for notice, here in found.items() if here],
    )


def _address(message: Message) -> Address:
    """The sender; inside an organisation the address is an internal name, and the real one a property apart."""
    given = getaddresses([header_line(message.sender or "")])
    shown, email = next(((name, email) for name, email in given if "@" in email), ("", ""))
    name = shown or message.properties.str_prop_value(_SENDER_NAME) or ""
    own = email or message.properties.str_prop_value(_SENDER_SMTP) or ""
    return Address(header_line(name).strip('"'), header_line(own))


def _ids(message: Message, prop: int, header: str) -> tuple[str, ...]:
    value = message.properties.str_prop_value(prop) or header
    return tuple(_MESSAGE_ID.findall(header_line(value)))
