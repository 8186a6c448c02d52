"""The draft as a file that mail programs open for writing: threaded, unsent, accents right, nothing injected."""

import email
from dataclasses import replace
from email import policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mail_made import drafted, eml, garden_drafter, wording

from assistant.correspondence.eml import eml_name, to_eml
from assistant.correspondence.message import Address
from assistant.correspondence.reading import read_message
from assistant.correspondence.rendering import reply_html, reply_text

BODY = "Bonjour,\n\nQuel est le montant de base par école? Et la date limite du rapport, c’est quand?\n\nMerci"


def back(content: bytes) -> EmailMessage:
    """The file parsed again."""
    message = email.message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert message.defects == []
    return message


def written(**headers: str) -> EmailMessage:
    """The reply to such a message, parsed back."""
    message = read_message(eml(BODY, **headers), "m")
    return back(to_eml(garden_drafter().draft(message), message, wording()))


def test_it_opens_as_an_unsent_reply_in_its_thread() -> None:
    """X-Unsent, no sender, no date, no identifier of its own; To, In-Reply-To and References of the message."""
    reply = written(
        subject="TR: Serre à l’été", message_id="<a@x.qc>", references="<0@x.qc> <1@x.qc>", reply_to="É <e@x.qc>"
    )
    assert reply["X-Unsent"] == "1"
    assert [reply[name] for name in ("From", "Date", "Message-ID", "Bcc")] == [None] * 4
    assert reply["Subject"] == "RE: Serre à l’été"
    assert reply["Content-Language"] == "fr-CA"
    assert reply["To"] == "É <e@x.qc>"
    assert reply["In-Reply-To"] == "<a@x.qc>"
    assert reply["References"].split() == ["<0@x.qc>", "<1@x.qc>", "<a@x.qc>"]


def test_both_forms_say_the_letter() -> None:
    """Plain text and HTML, accents and no-break spaces kept."""
    draft = drafted(BODY)
    message = read_message(eml(BODY), "m")
    reply = back(to_eml(draft, message, wording()))
    plain, page = reply.get_body(("plain",)), reply.get_body(("html",))
    assert plain is not None
    assert page is not None
    assert plain.get_content().replace("\r\n", "\n") == reply_text(draft, wording())
    assert page.get_content().replace("\r\n", "\n") == reply_html(draft, wording())
    assert "4\u00a0321\u00a0$" in plain.get_content() or "4 321 $" in plain.get_content()


def test_the_same_draft_gives_the_same_bytes() -> None:
    """No date, no random boundary."""
    message = read_message(eml(BODY), "m")
    draft = drafted(BODY)
    assert to_eml(draft, message, wording()) == to_eml(draft, message, wording())


def test_long_identifiers_are_not_encoded() -> None:
    """Encoded words would break the thread; lines are folded between identifiers."""
    long = "<" + "a" * 200 + "@exemple.quebec>"
    reply = written(message_id=long)
    assert reply["In-Reply-To"] == long


EMPTY = drafted("Bonjour")
EVIL = "x\r\nBcc: espion@exemple.org\r\n\r\nCoucou"


def test_nothing_of_a_message_reaches_a_header_unchecked() -> None:
    """Line breaks in the subject, names, addresses and identifiers start no header."""
    message = replace(
        read_message(eml(BODY), "m"),
        subject=EVIL,
        message_id=f"<{EVIL}@x.qc>",
        references=(f"<{EVIL}>", "<ok@x.qc>", "<a b@x.qc>"),
        reply_to=(Address(EVIL, "a@x.qc"), Address("B", f"b@x.qc{EVIL}"), Address('"; x', "c@x.qc")),
    )
    reply = back(to_eml(garden_drafter().draft(message), message, wording()))
    assert reply["Bcc"] is None
    assert reply["In-Reply-To"] is None
    assert reply["References"] == "<ok@x.qc>"
    assert "espion" not in str(reply["To"])


@settings(max_examples=40)
@given(st.text(max_size=80), st.text(max_size=40), st.text(max_size=40))
def test_any_subject_and_sender_give_a_file_that_parses(subject: str, name: str, local: str) -> None:
    """One subject, no stray header, a body."""
    message = replace(read_message(eml("Qui?"), "m"), subject=subject, reply_to=(Address(name, f"{local}@x.qc"),))
    draft = replace(EMPTY, subject=f"RE: {subject}", to=message.reply_to)
    reply = back(to_eml(draft, message, wording()))
    allowed = {
        "x-unsent",
        "to",
        "subject",
        "content-language",
        "mime-version",
        "content-type",
        "in-reply-to",
        "references",
    }
    assert {key.lower() for key in reply} <= allowed
    assert reply.get_body(("plain",)) is not None


def test_the_file_name_is_plain() -> None:
    """ASCII letters, digits and hyphens, whatever the subject."""
    assert eml_name(replace(drafted("Qui?"), subject="RE: Été ../../x; «\u00a0y\u00a0»")) == "reponse-ete-x-y.eml"


@pytest.mark.parametrize("text", ["<script>alert(1)</script> & «\u00a0a\u00a0»", "<img src=x onerror=y>"])
def test_the_page_escapes_what_people_wrote(text: str) -> None:
    """No markup of a message or of a writer is markup of the page."""
    draft = drafted("Bonjour")
    page = reply_html(replace(draft, parts=(replace(draft.parts[0], text=text),), subject=text), wording())
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("&lt;") >= 2
