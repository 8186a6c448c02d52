"""What a message asks, in which language, and what it says of its sender.

In: an incoming message. Out: its questions with their places, the language, the profile (public or private, school
year). Instructions in a message are data like the rest of it: only questions are taken, and each goes through the same
screen as in the chat. Personal data is hidden before anything is asked.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import route
from assistant.conversation import BodyType, Language, Profile
from assistant.correspondence.message import IncomingMessage
from assistant.correspondence.reply import FoundQuestion
from assistant.language import detect_language
from assistant.personal import personal_data
from assistant.replies import Replies
from assistant.several import Asked, questions_in
from ingest.sentences import sentences
from ingest.tokens import fold_accents

MOST_QUESTIONS = 25
"""Questions of one message that are answered; a message with more is not a message."""
HIDDEN = "[…]"
_OURS = re.compile(
    r"\b(?:notre|nos|nous sommes|je (?:suis|travaille|dirige|represente)|on est|mon|ma|our|my|we are|we're"
    r"|i (?:run|work|am|manage|represent))\b"
)

_WE = re.compile(r"\b(?:nous|notre|nos|on|us|we|our|ours)\b")


@dataclass(frozen=True, slots=True)
class Understood:
    """What a message asks, and what it says of who asks."""

    questions: tuple[FoundQuestion, ...]
    language: Language
    profile: Profile


def understand(message: IncomingMessage, language: Language | None, longest: int, wording: Replies) -> Understood:
    """Read a message; questions are those of the body, else of the subject, else of the message that was forwarded.

    Args:
        message: what came in.
        language: of the reply, where it is chosen; else the message's own.
        longest: characters of a question; longer ones lose the words put before them, then their end.
        wording: how a question says for whom it is asked.
    """
    spoken = detect_language(f"{message.subject}\n{message.body or _forwarded(message)}")
    profile = _profile(message)
    found = (_for_whom(one, profile, spoken, wording) for one in _questions(message, spoken, longest))
    return Understood(tuple(found), language or spoken, profile)


def _for_whom(found: FoundQuestion, profile: Profile, language: Language, wording: Replies) -> FoundQuestion:
    """« Avons-nous droit au même montant? » asked for the private school that the message says it comes from.

    Only private schools: the documents speak of public bodies unless they say otherwise.
    """
    own = found.asked[found.asked.rfind(". ") + 2 :] if ". " in found.asked else found.asked
    plain = fold_accents(own)
    if profile.body_type != "private" or not _WE.search(plain) or route.body_type(own, Profile()):
        return found
    before = found.asked[: len(found.asked) - len(own)]
    before = "" if route.body_type(before, Profile()) == "public" else before
    return replace(found, asked=before + wording.say("own_private", language, question=own[:1].lower() + own[1:]))


def hidden(text: str) -> str:
    """The text with personal data replaced by `[…]`."""
    for run in sorted(personal_data(text), reverse=True):
        text = text[: run.start] + HIDDEN + text[run.end :]
    return text


def _forwarded(message: IncomingMessage) -> str:
    return "\n".join(earlier.text for earlier in message.earlier if earlier.forwarded)


def _questions(message: IncomingMessage, language: Language, longest: int) -> tuple[FoundQuestion, ...]:
    places = [
        (message.body, None, False),
        (message.subject, None, True),
        *((one.text, rank, False) for rank, one in enumerate(message.earlier) if one.forwarded),
    ]
    for text, earlier, in_subject in places:
        asked = questions_in(text, language)[:MOST_QUESTIONS]
        if asked:
            found = (_found(text, one, asked, longest) for one in asked)
            return tuple(replace(one, earlier=earlier, in_subject=in_subject) for one in found)
    return ()


def _found(text: str, one: Asked, all_asked: Sequence[Asked], longest: int) -> FoundQuestion:
    own = hidden(re.sub(r"\s+", " ", text[one.start : one.end]).strip())
    asked = hidden(one.text)
    return FoundQuestion(
        text=own,
        start=one.start,
        end=one.end,
        earlier=None,
        asked=asked if len(asked) <= longest else own[:longest],
        history=() if one.after is None else (hidden(all_asked[one.after].text)[:longest],),
    )


def _profile(message: IncomingMessage) -> Profile:
    """What the sender says of their own body first; else what the signature says; else what the whole message names."""
    own = [one for one in _sentences(message.body) if _OURS.search(fold_accents(one))]
    whole = f"{message.subject}\n{message.body}"
    types = (route.body_type(text, Profile()) for text in (*own, message.signature, whole))
    found: BodyType | None = next((one for one in types if one), None)
    return Profile(found, route.school_year(whole, Profile()))


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]
