"""Files, folders, mailboxes and pasted text to incoming messages.

In: bytes or a path. Out: messages, or for each that cannot be read an error that names it; the others go on. What a
file is comes from its content, not from its name. Nothing is written, moved or marked as read.
"""

import mailbox
import re
from collections.abc import Iterator
from pathlib import Path

from assistant.correspondence.cutting import cut
from assistant.correspondence.errors import MessageError
from assistant.correspondence.internet import LARGEST, Pieces, header_line, read_internet
from assistant.correspondence.message import Address, EarlierMessage, IncomingMessage, Notice
from assistant.correspondence.outlook import SIGNATURE, read_outlook
from assistant.web.limits import clean

Read = tuple[str, IncomingMessage | MessageError]
_KNOWN_ENDINGS = frozenset({".eml", ".msg", ".mbox", ".mbx", ".txt"})
_HEADER = re.compile(
    rb"(?:From|To|Cc|Bcc|Subject|Date|Received|Sender|References|Importance|[A-Za-z]\w*(?:-\w+)+):",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?P<name>de|from|envoy[ée]|sent|date|[àa]|to|cc|objet|sujet|subject)[\s\u00a0]?:[\s\u00a0]*(?P<value>.*)",
    re.IGNORECASE,
)
_SUBJECTS, _SENDERS = frozenset({"objet", "sujet", "subject"}), frozenset({"de", "from"})
_MAILED = re.compile(r"(?P<name>[^<>\[\]]*?)\s*[<\[](?:mailto:)?(?P<email>[^<>\[\]\s@]+@[^<>\[\]\s]+)[>\]]")
_LABELS_AT_LEAST = 2


def read_message(content: bytes, name: str) -> IncomingMessage:
    """A message from the content of a file: Outlook, Internet, or else pasted text.

    Raises:
        MessageError: it is empty, too large, too deep or damaged; the file itself is left as it was.
    """
    if not content.strip():
        raise MessageError(name, "it is empty", "Save the message again")
    if content.startswith(SIGNATURE):
        return _message(read_outlook(content, name))
    if _HEADER.match(content.lstrip(b"\xef\xbb\xbf\r\n ")):
        return _message(read_internet(content.lstrip(b"\xef\xbb\xbf\r\n "), name))
    if b"\0" in content[:1000] or len(content) > LARGEST:
        raise MessageError(name, "it is not a message", "Give an .eml or .msg file, or the words as text")
    try:
        return pasted(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return pasted(content.decode("cp1252", errors="replace"))


def pasted(text: str) -> IncomingMessage:
    """A message from words copied out of a mail program; the labels on top (« De : », « Objet : ») are read."""
    pieces = Pieces()
    lines = clean(text).split("\n")
    labels = [match for line in lines[:8] if (match := _LABEL.fullmatch(line.strip()))]
    taken = 0
    if len(labels) >= _LABELS_AT_LEAST and _LABEL.fullmatch(lines[0].strip()):
        for line in lines:
            label = _LABEL.fullmatch(line.strip())
            if label is None:
                break
            taken += 1
            _label(pieces, label["name"].lower(), label["value"])
    pieces.text = "\n".join(lines[taken:])
    return _message(pieces)


def _label(pieces: Pieces, name: str, value: str) -> None:
    if name in _SUBJECTS:
        pieces.subject = header_line(value)
    elif name in _SENDERS:
        mailed = _MAILED.fullmatch(value.strip())
        email = header_line(mailed["email"]) if mailed else ""
        pieces.sender = Address(header_line(mailed["name"] if mailed else value).strip(' "'), email)
        pieces.reply_to = (pieces.sender,) if email else ()


def read_path(path: Path) -> Iterator[Read]:
    """Every message of a file, a folder (not its subfolders) or an mbox, by name."""
    if path.is_dir():
        for inside in sorted(one for one in path.iterdir() if one.is_file() and not one.name.startswith(".")):
            if inside.suffix.lower() in _KNOWN_ENDINGS:
                yield from read_path(inside)
            else:
                yield inside.name, MessageError(inside.name, "it is no message by its name", "Save it as .eml or .msg")
        return
    try:
        with path.open("rb") as file:
            start = file.read(5)
            content = b"" if start == b"From " else start + file.read(LARGEST)
        if content or not start:
            yield path.name, read_message(content, path.name)
        else:
            yield from _mbox(path)
    except MessageError as error:
        yield path.name, error
    except OSError as error:
        yield path.name, MessageError(path.name, f"it cannot be opened ({error.strerror})", "Check the path")


def _mbox(path: Path) -> Iterator[Read]:
    box = mailbox.mbox(path, create=False)
    try:
        for rank, key in enumerate(box.iterkeys(), start=1):
            name = f"{path.name}#{rank}"
            try:
                yield name, read_message(box.get_bytes(key), name)
            except MessageError as error:
                yield name, error
    finally:
        box.close()


def _message(pieces: Pieces) -> IncomingMessage:
    parts = cut(pieces.text, pieces.subject, pieces.sender.name)
    notices = dict.fromkeys([*pieces.notices, *([] if pieces.text.strip() else [Notice.NO_TEXT])])
    return IncomingMessage(
        subject=pieces.subject,
        sender=pieces.sender,
        reply_to=pieces.reply_to,
        date=pieces.date,
        message_id=pieces.message_id,
        references=pieces.references,
        body=parts.body,
        signature=parts.signature,
        disclaimer=parts.disclaimer,
        earlier=(*parts.earlier, *(EarlierMessage(text, forwarded=True) for text in pieces.forwarded)),
        attachments=tuple(pieces.attachments),
        warnings=tuple(notices),
    )
