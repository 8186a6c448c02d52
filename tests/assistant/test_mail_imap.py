"""A mailbox over a real IMAP server on the loopback: read without being marked, drafts added, nothing else."""

import ssl
from pathlib import Path

import pytest
from imap_served import PASSWORD, USER, Mailbox, served
from mail_made import eml

from assistant.correspondence.errors import MessageError
from assistant.correspondence.imap import Account, append_draft, fetch
from assistant.correspondence.message import IncomingMessage


def account(port: int, **changes: str) -> Account:
    """The account of the server."""
    values = {"user": USER, "password": PASSWORD} | changes
    return Account("127.0.0.1", port, **values)


def bodies(found: list[tuple[str, IncomingMessage | MessageError]]) -> dict[str, str]:
    """The words of each message that could be read."""
    return {name: one.body for name, one in found if isinstance(one, IncomingMessage)}


def test_messages_are_read_and_nothing_changes_on_the_server(tmp_path: Path) -> None:
    """EXAMINE, BODY.PEEK: no command that could change anything is sent, and no flag is set."""
    box = Mailbox({3: eml("Un?"), 7: eml("Deux à l’été?"), 9: eml("Trois?")})
    with served(box, tmp_path) as (port, tls):
        assert bodies(list(fetch(account(port), limit=2, tls=tls))) == {"imap-7": "Deux à l’été?", "imap-9": "Trois?"}
    verbs = {command.split()[0] for command in box.commands}
    assert verbs <= {"CAPABILITY", "LOGIN", "EXAMINE", "UID", "LOGOUT"}
    assert {" ".join(command.split()[:2]) for command in box.commands if command.startswith("UID")} == {
        "UID SEARCH", "UID FETCH",
    }  # fmt: skip
    assert all("PEEK" in command or "SIZE" in command for command in box.commands if "FETCH" in command)
    assert box.flags == {}


def test_unread_messages_alone(tmp_path: Path) -> None:
    """When asked."""
    box = Mailbox({3: eml("Un?"), 7: eml("Deux?")}, flags={3: {"\\Seen"}})
    with served(box, tmp_path) as (port, tls):
        assert bodies(list(fetch(account(port), limit=9, unseen=True, tls=tls))) == {"imap-7": "Deux?"}


def test_a_bad_message_does_not_stop_the_others(tmp_path: Path) -> None:
    """It is named."""
    box = Mailbox({3: b"\x89PNG\0", 7: eml("Deux?")})
    with served(box, tmp_path) as (port, tls):
        found = list(fetch(account(port), limit=9, tls=tls))
    assert isinstance(found[0][1], MessageError)
    assert bodies(found) == {"imap-7": "Deux?"}


def test_a_draft_is_added_with_its_flag(tmp_path: Path) -> None:
    """In the folder of drafts, byte for byte."""
    box = Mailbox({})
    with served(box, tmp_path) as (port, tls):
        append_draft(account(port, drafts="Brouillons du mois"), b"X-Unsent: 1\r\n\r\nBonjour\r\n", tls=tls)
    assert box.appended == [("Brouillons du mois", "\\Draft", b"X-Unsent: 1\r\n\r\nBonjour\r\n")]


@pytest.mark.parametrize("changes", [{"password": "other"}, {"folder": "Absent"}, {"folder": "a\r\nDELETE INBOX"}])
def test_what_the_server_refuses_is_an_error_of_ours(tmp_path: Path, changes: dict[str, str]) -> None:
    """Without the password or the server's words; a line break in a name reaches no server."""
    box = Mailbox({})
    with served(box, tmp_path) as (port, tls), pytest.raises(MessageError) as raised:
        list(fetch(account(port, **changes), limit=9, tls=tls))
    assert PASSWORD not in str(raised.value)
    assert not any(command.startswith("DELETE") for command in box.commands)


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    """And so is a server that is not there; the password is not sent."""
    box = Mailbox({})
    with served(box, tmp_path) as (port, _), pytest.raises(MessageError):
        list(fetch(account(port), limit=9, tls=ssl.create_default_context()))
    assert box.commands == []
    with pytest.raises(MessageError):
        list(fetch(account(port), limit=9))


def test_the_password_is_in_no_representation() -> None:
    """Of the account."""
    assert PASSWORD not in repr(account(993))
