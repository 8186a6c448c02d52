"""Approved answers, remembered for the next message that leads to the same units, until a source or a figure changes.

In: a draft that was just approved; later, a new draft. Out: the replies to propose before the generated answers. A
reply is kept without the question and without anything of the sender: an answer that repeats the sender's name or
address is not kept. Computed answers rest on the sender's own numbers and are not kept either. What no longer stands
is ended, with the reason, and never proposed.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter

from assistant.conversation import Citation, Status
from assistant.correspondence.message import IncomingMessage
from assistant.correspondence.reply import DraftPart, ReplyDraft, Section
from assistant.desk.accounts import Clock
from assistant.desk.errors import NotFoundError
from assistant.desk.events import PROGRAM, Event
from assistant.desk.messages import Opened
from assistant.desk.seams import FigureUsed, Sources
from assistant.desk.values import Account
from assistant.storage.database import Database
from assistant.storage.desk import DeskRows, desk_reading, desk_writing
from assistant.storage.desk_replies import ReplyRecord

_REMEMBERED = frozenset({Status.ANSWERED, Status.PARTIALLY_ANSWERED})
_MOST_PROPOSED = 3
_SHORTEST_NAME = 3
_SIGNED = re.compile(r"^[^\S\n]*([A-ZÀ-Ý][\w’'-]+(?: [A-ZÀ-Ý][\w’'-]+){1,3})[^\S\n]*$", re.MULTILINE)
"""A line that is a name: two to four words with capitals."""


@dataclass(frozen=True, slots=True)
class Curated:
    """An approved answer: its parts, the citations they are marked with, and what it stands on.

    `units` gives the digest of each unit's words at the time; `label` is the section path of the first source.
    """

    parts: tuple[DraftPart, ...]
    citations: tuple[Citation, ...]
    units: dict[str, str]
    figures: tuple[FigureUsed, ...]
    label: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words of the answer."""
        return "\n\n".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A reply to propose for a question of a draft; `used` where the draft says exactly this already."""

    record: ReplyRecord
    reply: Curated
    question: int
    used: bool


_CURATED = TypeAdapter(Curated)


class Memory:
    """The approved replies of one database, over the sources as they are now."""

    def __init__(self, database: Database, sources: Sources, clock: Clock) -> None:
        self._database = database
        self._sources = sources
        self._clock = clock

    def remember(self, rows: DeskRows, found: Opened, approver: Account) -> None:
        """Keep the answers of a draft, in the transaction that approves it."""
        if found.draft is None or found.generated is None:
            return
        for rank, answered in enumerate(found.generated.questions):
            parts = _answer(found.draft, rank)
            key = self._key(found.generated, rank)
            if answered.status not in _REMEMBERED or answered.calculation or not parts or not key:
                continue
            if _personal(parts, found.message):
                continue
            reply = self._curated(found.draft, parts, found.generated, rank)
            kept = _CURATED.dump_json(reply).decode()
            if any(_of(old).text == reply.text for old in rows.replies.current(key, found.draft.language)):
                continue
            number = rows.replies.add(key, found.draft.language, kept, self._clock(), approver.name)
            rows.log.add(self._clock(), approver.name, Event.REPLY_KEPT, found.listed.id, {"reply": number})

    def proposals(self, found: Opened) -> tuple[Proposal, ...]:
        """What to propose for each question of a draft, the latest approved first; all of it stands now."""
        with desk_reading(self._database) as rows:
            return self.proposed(rows, found)

    def proposed(self, rows: DeskRows, found: Opened) -> tuple[Proposal, ...]:
        """The same, inside a transaction."""
        if found.draft is None or found.generated is None:
            return ()
        ranks = range(len(found.generated.questions))
        return tuple(one for rank in ranks for one in self._for(rows, found.draft, found.generated, rank))

    def _for(self, rows: DeskRows, draft: ReplyDraft, generated: ReplyDraft, rank: int) -> Sequence[Proposal]:
        key = self._key(generated, rank)
        records = rows.replies.current(key, draft.language) if key else ()
        said = _plain("\n\n".join(part.text for part in _answer(draft, rank)))
        replies = [(record, _of(record)) for record in records]
        standing = [(record, reply) for record, reply in replies if not self._fault(reply)][:_MOST_PROPOSED]
        return [Proposal(record, reply, rank, used=_plain(reply.text) == said) for record, reply in standing]

    def listed(self) -> tuple[tuple[ReplyRecord, Curated], ...]:
        """All replies, ended ones too, the latest first."""
        with desk_reading(self._database) as rows:
            return tuple((record, _of(record)) for record in rows.replies.listed())

    def withdraw(self, account: Account, reply: int) -> None:
        """Propose a reply no more, by choice."""
        with desk_writing(self._database) as rows:
            if not rows.replies.end(reply, self._clock(), "withdrawn"):
                raise NotFoundError("reply")
            rows.log.add(self._clock(), account.name, Event.REPLY_ENDED, None, {"reply": reply, "reason": "withdrawn"})

    def refresh(self) -> int:
        """End the replies whose sources or figures have changed; their number. Run when an index is opened."""
        with desk_writing(self._database) as rows:
            faults = {record.id: self._fault(_of(record)) for record in rows.replies.current()}
            over = {reply: fault for reply, fault in faults.items() if fault}
            for reply, fault in over.items():
                rows.replies.end(reply, self._clock(), fault)
                rows.log.add(self._clock(), PROGRAM, Event.REPLY_ENDED, None, {"reply": reply, "reason": fault})
        return len(over)

    def _fault(self, reply: Curated) -> str:
        """Why a reply no longer stands; empty when it does."""
        if any(self._sources.digest(unit) != digest for unit, digest in reply.units.items()):
            return "source_changed"
        if not all(self._sources.stands(citation) for citation in reply.citations):
            return "source_changed"
        return "" if all(self._sources.current(figure) for figure in reply.figures) else "figure_changed"

    def _curated(self, draft: ReplyDraft, parts: Sequence[DraftPart], generated: ReplyDraft, rank: int) -> Curated:
        cited = _cited(draft, parts)
        units: dict[str, str] = {}
        for citation in (*cited, *_cited(generated, _answer(generated, rank))):
            units |= self._sources.units(citation)
        words = "\n".join([*(part.text for part in parts), *(citation.quote for citation in cited)])
        label = next((citation.section or (citation.title,) for citation in cited), ())
        return Curated(tuple(parts), cited, units, self._sources.figures(words), label)

    def _key(self, generated: ReplyDraft, rank: int) -> str:
        """Stands for the units that the generated answer rests on; empty where it rests on none."""
        cited = _cited(generated, _answer(generated, rank))
        units = sorted({unit for citation in cited for unit in self._sources.units(citation)})
        return hashlib.sha256("\x1f".join(units).encode()).hexdigest() if units else ""


def _of(record: ReplyRecord) -> Curated:
    return _CURATED.validate_json(record.content)


def _answer(draft: ReplyDraft, rank: int) -> tuple[DraftPart, ...]:
    """What a draft answers to one question: without its heading and without who else to ask."""
    return tuple(part for part in draft.parts if part.question == rank and part.section is Section.ANSWER)


def _cited(draft: ReplyDraft, parts: Sequence[DraftPart]) -> tuple[Citation, ...]:
    numbers = {number for part in parts for number in part.citations}
    return tuple(citation for citation in draft.citations if citation.n in numbers)


def _plain(text: str) -> str:
    """Words alone: the numbers of references differ from one draft to another."""
    return " ".join(re.sub(r"\[\d+\]", " ", text).split())


def _personal(parts: Sequence[DraftPart], message: IncomingMessage) -> bool:
    """Whether an answer repeats something of the sender: a word of the name, also where it signs, or the address."""
    text = " ".join(part.text for part in parts).casefold()
    names = [message.sender.name, *_SIGNED.findall(message.signature)]
    words = {word for name in names for word in re.findall(r"\w+", name.casefold()) if len(word) >= _SHORTEST_NAME}
    address = message.sender.email.casefold()
    return bool(words & set(re.findall(r"\w+", text))) or bool(address and address in text)
