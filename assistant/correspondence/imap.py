"""A mailbox over IMAP: messages are read without being marked, and a draft can be put beside the others. Nothing else.

In: an account. Out: messages (the folder is opened with EXAMINE, the words are taken with BODY.PEEK, so that nothing
changes on the server), or one more message in the folder of drafts (APPEND). There is no other command: nothing is
deleted, moved or sent. TLS always, certificates checked.
"""

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from assistant.correspondence.errors import MessageError
from assistant.correspondence.internet import LARGEST
from assistant.correspondence.reading import Read, read_message

_SECONDS = 30
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_NAME = re.compile(r"[ -~]{1,200}")


@dataclass(frozen=True, slots=True)
class Account:
    """Where the mailbox is, and who opens it."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    drafts: str = "Drafts"


def fetch(account: Account, *, limit: int, unseen: bool = False, tls: ssl.SSLContext | None = None) -> Iterator[Read]:
    """The newest messages of the folder, oldest of them first, each by the name `imap-<uid>`.

    Raises:
        MessageError: the server, the account or the folder cannot be reached; a message that cannot be read is a value.
    """
    with _session(account, tls) as session:
        _done(session.select(_quoted(account, account.folder), readonly=True), account, "open the folder")
        found = _done(session.uid("SEARCH", "UNSEEN" if unseen else "ALL"), account, "list the folder")
        uids = found[0].split() if found and isinstance(found[0], bytes) else []
        for uid in uids[-limit:]:
            name = f"imap-{uid.decode()}"
            try:
                yield name, read_message(_content(session, uid.decode(), account, name), name)
            except MessageError as error:
                yield name, error


def append_draft(account: Account, content: bytes, *, tls: ssl.SSLContext | None = None) -> None:
    """Put a draft in the folder of drafts, with the flag that says so; `MessageError` where it was not put."""
    with _session(account, tls) as session:
        _done(session.append(_quoted(account, account.drafts), r"(\Draft)", "", content), account, "add the draft")


def _content(session: imaplib.IMAP4, uid: str, account: Account, name: str) -> bytes:
    sized = _done(session.uid("FETCH", uid, "(RFC822.SIZE)"), account, "read a message")
    size = _SIZE.search(b" ".join(piece for piece in sized if isinstance(piece, bytes)))
    if size and int(size[1]) > LARGEST:
        raise MessageError(name, f"it is larger than {LARGEST // 1_000_000} MB", "Open it in a mail program")
    got = _done(session.uid("FETCH", uid, "(BODY.PEEK[])"), account, "read a message")
    content = next((piece[1] for piece in got if isinstance(piece, tuple)), b"")
    return content if isinstance(content, bytes) else b""


@contextmanager
def _session(account: Account, tls: ssl.SSLContext | None) -> Iterator[imaplib.IMAP4]:
    try:
        session = imaplib.IMAP4_SSL(
            account.host, account.port, ssl_context=tls or ssl.create_default_context(), timeout=_SECONDS
        )
    except (OSError, imaplib.IMAP4.error) as error:
        raise _failed(account, "reach the server") from error
    try:
        session.login(account.user, account.password)
        yield session
    except (OSError, imaplib.IMAP4.error) as error:
        raise _failed(account, "use the mailbox") from error
    finally:
        _leave(session)


def _leave(session: imaplib.IMAP4) -> None:
    try:
        session.logout()
    except (OSError, imaplib.IMAP4.error):
        session.shutdown()


def _done(reply: tuple[str, Sequence[object]], account: Account, doing: str) -> Sequence[object]:
    status, data = reply
    if status != "OK":
        raise _failed(account, doing)
    return data


def _failed(account: Account, doing: str) -> MessageError:
    """The server's own words are left out: they may quote what it was sent."""
    return MessageError(f"{account.host}:{account.port}", f"could not {doing}", "Check BALISE_IMAP_… and the server")


def _quoted(account: Account, folder: str) -> str:
    if not _NAME.fullmatch(folder):
        raise MessageError(f"{account.host}:{account.port}", "a folder name is not plain ASCII", "Give its IMAP name")
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
