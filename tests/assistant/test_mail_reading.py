"""Messages in, whatever file they come in: words, headers and attachments right; damage said; nothing lost."""

import base64
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mail_made import eml, msg

from assistant.correspondence.errors import MessageError
from assistant.correspondence.internet import LARGEST
from assistant.correspondence.message import Address, IncomingMessage, Notice
from assistant.correspondence.reading import pasted, read_message, read_path

BODY = "Bonjour,\n\nQuel est le montant de base à l’école?\n\nMerci,\nJosiane Fiset"


def read(content: bytes) -> IncomingMessage:
    """A message of this content."""
    return read_message(content, "m.eml")


def test_an_internet_message_gives_its_headers_and_words() -> None:
    """Accents, addresses, date with its zone, identifiers."""
    headers = {"message_id": "<a@x.qc>", "references": "<0@x.qc> <1@x.qc>", "reply_to": "Équipe <equipe@x.qc>"}
    message = read(eml(BODY, subject="Mesure 15158 à l’été", **headers))
    assert message.subject == "Mesure 15158 à l’été"
    assert message.sender == Address("Josiane Fiset", "josiane@exemple.quebec")
    assert message.reply_to == (Address("Équipe", "equipe@x.qc"),)
    assert message.date is not None
    assert message.date.astimezone(UTC) == datetime(2026, 11, 12, 14, 30, tzinfo=UTC)
    assert (message.message_id, message.references) == ("<a@x.qc>", ("<0@x.qc>", "<1@x.qc>"))
    assert message.body == "Bonjour,\n\nQuel est le montant de base à l’école?"
    assert message.warnings == ()


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "iso-8859-15", "utf-16"])
def test_accents_are_right_in_every_usual_charset(charset: str) -> None:
    """Declared and true."""
    text = "Déjà l'été à Val-d'Or?"
    mail = b"From: a@b.qc\r\nContent-Type: text/plain; charset=" + charset.encode() + b"\r\n"
    mail += b"Content-Transfer-Encoding: base64\r\n\r\n"
    assert read(mail + base64.b64encode(text.encode(charset))).body == text


@pytest.mark.parametrize("declared", ["x-nothing", "utf-8"])
def test_a_wrong_charset_loses_no_letter_and_is_said(declared: str) -> None:
    """Windows-1252 bytes under an unknown name, or under another one."""
    mail = f"From: a@b.qc\r\nContent-Type: text/plain; charset={declared}\r\n\r\n".encode() + "Été à 5 €?".encode(
        "cp1252"
    )
    message = read(mail)
    assert message.body == "Été à 5 €?"
    assert message.warnings == (Notice.CHARSET,)


def test_bytes_without_any_charset_are_read_as_utf8() -> None:
    """What programs send in spite of the standard."""
    assert read(b"From: a@b.qc\r\n\r\n" + "L’été?".encode()).body == "L’été?"


def test_an_html_body_gives_its_words() -> None:
    """Lists, paragraphs and entities; scripts, styles and hidden text are left out."""
    page = (
        "<html><head><style>p{}</style><meta charset=iso-8859-1></head><body><p>Bonjour&nbsp;!</p>"
        "<ul><li>Qui est visé&nbsp;?<li>Combien&nbsp;?</ul><script>x()</script><p style='display:none'>ignore</p>"
        "<p>Merci<br>Josée</p></body></html>"
    )
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "a@b.qc"
    mail.set_content(page, subtype="html", charset="utf-8")
    message = read(mail.as_bytes())
    assert [line for line in message.body.splitlines() if line] == [
        "Bonjour\xa0!", "- Qui est visé\xa0?", "- Combien\xa0?",
    ]  # fmt: skip
    assert message.signature == "Merci\nJosée"
    assert message.warnings == (Notice.HTML_ONLY,)


def test_of_two_forms_the_plain_one_is_read_unless_it_is_empty() -> None:
    """multipart/alternative."""
    assert read(eml("Le texte?", page="<p>La page?</p>")).body == "Le texte?"
    assert read(eml(" \n", page="<p>La page?</p>")).body == "La page?"


def test_attachments_are_named_and_not_read() -> None:
    """Size decoded; a text file attached is no part of the body."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "a@b.qc"
    mail.set_content("Voir la pièce. Qui est visé?")
    mail.add_attachment(b"\0" * 3000, maintype="application", subtype="pdf", filename="plan d’été.pdf")
    mail.add_attachment("Combien?", filename="notes.txt")
    message = read(mail.as_bytes())
    assert message.body == "Voir la pièce. Qui est visé?"
    first = message.attachments[0]
    assert (first.name, first.media_type, first.size) == ("plan d’été.pdf", "application/pdf", 3000)
    assert message.warnings == (Notice.ATTACHMENTS,)


def test_an_attached_message_is_an_earlier_message() -> None:
    """What « transférer en pièce jointe » does."""
    inner = EmailMessage(policy=SMTP)
    inner["From"] = "Odile <o@b.qc>"
    inner["Subject"] = "Demande"
    inner.set_content("Quel est le montant?")
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "a@b.qc"
    mail["Subject"] = "TR: Demande"
    mail.set_content("Pour toi.")
    mail.add_attachment(inner)
    message = read(mail.as_bytes())
    assert message.body == "Pour toi."
    assert message.earlier[0].forwarded
    assert "Quel est le montant?" in message.earlier[0].text


def test_an_outlook_message_gives_the_same() -> None:
    """A real compound file: subject, sender, identifiers, words, attachment."""
    strings = {"p0037": "Mesure à l’été", "p0C1A": "Josiane Fiset", "p1035": "<a@x.qc>", "p1042": "<0@x.qc>"}
    content = msg(body=BODY, attachment=b"x" * 5000, p5D01="josiane@exemple.quebec", p0C1F="/O=ORG/CN=JF", **strings)
    message = read_message(content, "m.msg")
    assert message.subject == "Mesure à l’été"
    assert message.sender == Address("Josiane Fiset", "josiane@exemple.quebec")
    assert (message.message_id, message.references) == ("<a@x.qc>", ("<0@x.qc>",))
    assert message.body == "Bonjour,\n\nQuel est le montant de base à l’école?"
    assert [(one.name, one.size) for one in message.attachments] == [("plan d’action.pdf", 5000)]


def test_an_outlook_message_in_html_gives_its_words() -> None:
    """And says so."""
    message = read_message(msg(page="<p>Combien à l’été?</p>".encode()), "m.msg")
    assert (message.body, message.warnings) == ("Combien à l’été?", (Notice.HTML_ONLY,))


def test_pasted_text_with_the_labels_of_a_mail_program() -> None:
    """« De : », « Objet : » on top are headers; without them all is body."""
    labelled = (
        "De : Josée Roy <josee@x.qc>\nEnvoyé : 12 novembre 2026\nÀ : valorisation\nObjet : Volet 2\n\nQui est visé?"
    )
    message = pasted(labelled)
    assert (message.sender, message.subject, message.body) == (
        Address("Josée Roy", "josee@x.qc"),
        "Volet 2",
        "Qui est visé?",
    )
    assert pasted("Objet flou : qui est visé?").body == "Objet flou : qui est visé?"


def test_a_folder_and_an_mbox_give_every_message_and_name_the_bad_ones(tmp_path: Path) -> None:
    """A bad message does not stop the others; hidden files are left alone; nothing is written."""
    (tmp_path / "a.eml").write_bytes(eml("Un?"))
    (tmp_path / "b.msg").write_bytes(msg(body="Deux?")[:700])
    (tmp_path / "c.docx").write_bytes(b"x")
    (tmp_path / "d.mbox").write_bytes(
        b"From a\n" + eml("Trois?").replace(b"\r\n", b"\n") + b"\nFrom b\n\nFrom c\n" + eml("Q?")
    )
    (tmp_path / ".cache").write_bytes(b"x")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    found = {name: one if isinstance(one, MessageError) else one.body for name, one in read_path(tmp_path)}
    assert {name: body for name, body in found.items() if isinstance(body, str)} == {
        "a.eml": "Un?", "d.mbox#1": "Trois?", "d.mbox#3": "Q?",
    }  # fmt: skip
    assert {name for name, one in found.items() if isinstance(one, MessageError)} == {"b.msg", "c.docx", "d.mbox#2"}
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_path_that_is_not_there_is_an_error_with_its_name(tmp_path: Path) -> None:
    """Not a trace."""
    [(name, error)] = read_path(tmp_path / "absent.eml")
    assert name == "absent.eml"
    assert isinstance(error, MessageError)


def _nested(depth: int) -> bytes:
    head = b"From: a@b.qc\r\n"
    for level in range(depth):
        head += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level)
    return head + b"Content-Type: text/plain\r\n\r\nBombe?\r\n"


HOSTILE: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "multiparts in multiparts": lambda: _nested(300),
    "a thousand levels": lambda: _nested(3000),
    "ten thousand parts": lambda: (
        b"From: a@b.qc\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        + b"--b\r\nContent-Type: image/png\r\n\r\nx\r\n" * 10_000
    ),
    "binary": lambda: bytes(range(256)) * 100,
    "an image": lambda: b"\x89PNG\r\n\x1a\n\0\0\0",
    "too large": lambda: b"From: a@b.qc\r\n\r\n" + b"x" * LARGEST,
    "a torn outlook file": lambda: msg(body="Combien?")[:1500],
    "a garbled outlook file": lambda: msg(body="Combien?")[:512] + b"\xff" * 4096,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_message_made_to_break_is_refused_by_name(kind: str) -> None:
    """One clear error, which holds none of its words."""
    with pytest.raises(MessageError) as raised:
        read(HOSTILE[kind]())
    assert str(raised.value).startswith("m.eml: ")
    assert "Combien" not in str(raised.value)


DAMAGED: dict[str, bytes] = {
    "no boundary": b"From: a@b.qc\r\nContent-Type: multipart/mixed\r\n\r\nQui est vis\xc3\xa9?",
    "boundary never closed": b"From: a@b.qc\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n"
    b"Qui est vis\xc3\xa9?",
    "bad base64": b"From: a@b.qc\r\nContent-Transfer-Encoding: base64\r\n\r\nUXVpIGVzdCB2aXPDqT8=!!",
    "bad date": b"From: a@b.qc\r\nDate: hier\r\n\r\nQui est vis\xc3\xa9?",
    "bad address": b'From: <<<>>>,@,"\r\n\r\nQui est vis\xc3\xa9?',
    "bad encoded words": b"From: a@b.qc\r\nSubject: =?utf-8?q?=ZZ?= =?x?b?%%%?=\r\n\r\nQui est vis\xc3\xa9?",
    "nul bytes": b"From: a@b.qc\r\n\r\nQui est\0 vis\xc3\xa9?",
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_damaged_message_is_read_as_far_as_it_goes(kind: str) -> None:
    """Its words are there."""
    assert "Qui est visé?" in read(DAMAGED[kind]).body


def test_headers_cannot_be_injected() -> None:
    """A line break hidden in an encoded word, a control character, a bidirectional override: one clean line."""
    subject = "=?utf-8?q?Bonjour=0D=0ABcc:_x@y.qc=00=E2=80=AE?="
    message = read(b"From: =?utf-8?q?A=0AB?= <a@b.qc>\r\nSubject: " + subject.encode() + b"\r\n\r\nQui?")
    assert message.subject == "Bonjour Bcc: x@y.qc"
    assert message.sender.name == "A B"


def test_a_very_long_message_is_cut_and_says_so() -> None:
    """The time it takes grows with its length and no faster."""
    message = read(eml("Qui est visé?\n" + "bla " * 100_000))
    assert Notice.TRUNCATED in message.warnings
    assert "Qui est visé?" in message.body


@given(st.binary(max_size=400))
def test_any_bytes_give_a_message_or_an_error_of_ours(content: bytes) -> None:
    """Nothing else leaves."""
    for start in (
        b"",
        b"From: a@b.qc\r\nContent-Type: multipart/mixed; boundary=b\r\n",
        bytes.fromhex("d0cf11e0a1b11ae1"),
    ):
        try:
            message = read(start + content)
        except MessageError:
            continue
        assert isinstance(message.body, str)
