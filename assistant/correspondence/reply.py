"""A draft reply as values: its parts in the order of the letter, each with the sources it rests on."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.conversation import Calculation, Citation, Kind, Language, Profile, Referral, Status
from assistant.correspondence.message import Address

_MARK = re.compile(r"\[(\d+)\]")


class Section(StrEnum):
    """What a part of the letter is, in the order of the letter."""

    GREETING = "greeting"
    REMINDER = "reminder"
    QUESTION = "question"
    ANSWER = "answer"
    REFERRAL = "referral"
    CLOSING = "closing"
    SIGNATURE = "signature"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class FoundQuestion:
    """A question of the message: its words, personal data hidden, and where they stand.

    Offsets are in `message.body`, or in `message.earlier[earlier].text`, or (`in_subject`) in the subject. `asked` is
    what the pipeline was asked: the words that the question leans on before it. `history` holds the questions before
    it without which it says nothing.
    """

    text: str
    start: int
    end: int
    earlier: int | None
    asked: str
    history: tuple[str, ...] = ()
    in_subject: bool = False


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question with the verdict of the pipeline on it."""

    question: FoundQuestion
    status: Status
    answer_id: str
    engine: str
    referral: Referral | None = None
    calculation: Calculation | None = None
    nearest: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftPart:
    """A sentence or a short block of the letter; `citations` are numbers of `ReplyDraft.citations`, marked `[n]` in it.

    `question` is the rank in `ReplyDraft.questions` of what it answers; None for the rest of the letter.
    """

    id: str
    section: Section
    text: str
    citations: tuple[int, ...] = ()
    kind: Kind = Kind.FRAMING
    question: int | None = None


@dataclass(frozen=True, slots=True)
class ReplyDraft:
    """A reply that a person has yet to read, complete and send. Same message, same index: same draft.

    `recalled` is what the letter says again of the message itself (its date, its subject): figures that need no source.
    """

    id: str
    language: Language
    subject: str
    to: tuple[Address, ...]
    parts: tuple[DraftPart, ...]
    citations: tuple[Citation, ...]
    questions: tuple[AnsweredQuestion, ...]
    profile: Profile
    index_version: str
    elapsed_ms: float
    recalled: str = ""

    @property
    def cited(self) -> tuple[Citation, ...]:
        """The citations that a part of the letter still rests on, in order."""
        used = {number for part in self.parts for number in part.citations}
        return tuple(citation for citation in self.citations if citation.n in used)


def marked(text: str, known: frozenset[int]) -> tuple[int, ...]:
    """The numbers `[n]` of a text that are known, in order of first use."""
    return tuple(dict.fromkeys(int(n) for n in _MARK.findall(text) if int(n) in known))


def with_text(draft: ReplyDraft, part_id: str, text: str) -> ReplyDraft:
    """The draft with other words in one part, its citations read again from its marks; no words, no part.

    Raises:
        KeyError: no part has this id.
    """
    if part_id not in {part.id for part in draft.parts}:
        raise KeyError(part_id)
    known = frozenset(citation.n for citation in draft.citations)
    changed = (
        replace(part, text=text, citations=marked(text, known)) if part.id == part_id else part for part in draft.parts
    )
    return replace(draft, parts=tuple(part for part in changed if part.text.strip()))
