"""A draft as a file that mail programs open for writing.

In: a draft and the message it answers. Out: the bytes of an `.eml`: `X-Unsent: 1`, no sender, no date, no Message-ID
(the program that sends it gives them), `In-Reply-To` and `References` of the message, text and HTML. Nothing of the
message reaches a header but its checked identifiers and addresses. Same draft, same bytes.
"""

import re
from email.errors import MessageError as EmailError
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from email.policy import SMTP

from assistant.correspondence.message import Address, IncomingMessage
from assistant.correspondence.rendering import reply_html, reply_text
from assistant.correspondence.reply import ReplyDraft
from assistant.replies import Replies
from ingest.tokens import fold_accents

_ID = re.compile(r"<[!-;=?-~]{1,250}>")
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}", re.ASCII)
_MOST_REFERENCES = 30


def to_eml(draft: ReplyDraft, message: IncomingMessage, wording: Replies) -> bytes:
    """The file. The identifiers go before what the library writes: it would encode long ones and break the thread."""
    mail = EmailMessage(policy=SMTP)
    mail["X-Unsent"] = "1"
    to = [address for one in draft.to if (address := _address(one)) is not None]
    if to:
        mail["To"] = to
    mail["Subject"] = re.sub(r"\s+", " ", draft.subject).strip()
    mail.set_content(reply_text(draft, wording), cte="quoted-printable")
    mail.add_alternative(reply_html(draft, wording), subtype="html", cte="quoted-printable")
    mail.set_boundary(f"=-balise-{draft.id}")
    mail["Content-Language"] = "fr-CA" if draft.language == "fr" else "en-CA"
    return _thread(message) + mail.as_bytes()


def eml_name(draft: ReplyDraft) -> str:
    """A plain file name, such as `reponse-question-mesure-15158.eml`."""
    words = re.findall(r"[a-z0-9]+", fold_accents(draft.subject.removeprefix("RE:")))
    return "-".join(["reponse" if draft.language == "fr" else "reply", *words])[:60].rstrip("-") + ".eml"


def _thread(message: IncomingMessage) -> bytes:
    own = message.message_id if _ID.fullmatch(message.message_id) else ""
    known = [one for one in message.references if _ID.fullmatch(one) and one != own]
    known = [*known[:1], *known[1:][-_MOST_REFERENCES:]]
    lines = [f"In-Reply-To: {own}"] if own else []
    if known or own:
        lines.append("References: " + "\r\n ".join([*known, *([own] if own else [])]))
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _address(one: Address) -> HeaderAddress | None:
    if not _EMAIL.fullmatch(one.email):
        return None
    try:
        return HeaderAddress(one.name, addr_spec=one.email)
    except (EmailError, ValueError, IndexError):
        return None
