"""The questions of an e-mail, scored in the draft that answers the whole message.

In: an e-mail, the public JSON of a draft (`POST /v1/drafts`), a question as a reader summed it up. Out: the message
as a mail program sends it; the part of the draft that takes up the question, as the JSON of an answer. A summed-up
question goes with the found one that has most of its words; none, where no word is shared.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr
from typing import Any

from evals.cases import Email
from evals.language import FUNCTION_WORDS

Draft = Mapping[str, Any]
UNTAKEN = "untaken"
_WORD = re.compile(r"[^\W_]{2,}")
_STEM = 5
_SPOKEN = {"answer", "referral"}


def as_message(email: Email) -> bytes:
    """The e-mail as an .eml file. Its address is made up: the test set has names only."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = email.subject
    message["From"] = formataddr((email.from_name, "expediteur@example.org"))
    message["To"] = "valorisation@example.org"
    message["Message-ID"] = f"<{email.id}@example.org>"
    message.set_content(email.body)
    return message.as_bytes()


def taken_up(draft: Draft, question: str) -> int | None:
    """The rank of the found question that a summed-up one stands for; None where the draft takes none up."""
    wanted = _words(question)
    shares = [len(wanted & _words(f"{found['text']} {found['asked']}")) for found in draft["questions"]]
    best = max(shares, default=0)
    return shares.index(best) if best else None


def answer_in(draft: Draft, question: str) -> dict[str, Any]:
    """What the draft says to a question, in the form of an answer; `letter` is the whole reply.

    A question that is not taken up gives an answer of status `error` with `untaken`: the letter leaves it out.
    """
    common = {"language": draft["language"], "letter": draft["text"], "index_version": draft["index_version"]}
    rank = taken_up(draft, question)
    if rank is None:
        return {**common, "status": "error", "text": "", "citations": [], UNTAKEN: True}
    found = draft["questions"][rank]
    parts = [part for part in draft["parts"] if part["question"] == rank and part["section"] in _SPOKEN]
    return {
        **common,
        "status": found["status"],
        "text": "\n\n".join(part["text"] for part in parts),
        "statements": [{name: part[name] for name in ("text", "citations", "kind")} for part in parts],
        "citations": _cited(draft["citations"], parts),
        "calculation": found["calculation"],
        "nearest": found["nearest"],
        "referral": found["referral"],
        "engine": found["engine"],
        "elapsed_ms": draft["elapsed_ms"],
        "found_question": found["text"],
        "rank": rank,
    }


def _cited(citations: Sequence[Mapping[str, Any]], parts: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    used = {number for part in parts for number in part["citations"]}
    return [citation for citation in citations if citation["n"] in used]


def _words(text: str) -> set[str]:
    """The first letters of its words, without case, accents and function words."""
    plain = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(one for one in plain if not unicodedata.combining(one))
    return {word[:_STEM] for word in _WORD.findall(bare) if word not in FUNCTION_WORDS}
