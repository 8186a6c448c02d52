"""Putting an approved reply in the place of the generated answer to a question.

In: a draft, a proposal of the memory. Out: the draft with the parts of the reply, its references numbered anew among
those of the draft. The result is verified like any edited text.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from assistant.conversation import Citation
from assistant.correspondence.reply import DraftPart, ReplyDraft, Section
from assistant.desk.accounts import Clock
from assistant.desk.editing import Change, keep
from assistant.desk.errors import NotFoundError, StaleError
from assistant.desk.events import Event
from assistant.desk.memory import Curated, Memory
from assistant.desk.messages import opened
from assistant.desk.seams import Checker
from assistant.desk.values import Account, Act, require
from assistant.storage.database import Database
from assistant.storage.desk import desk_writing


class Proposing:
    """Takes up proposals."""

    def __init__(self, database: Database, checker: Checker, memory: Memory, clock: Clock) -> None:
        self._database = database
        self._checker = checker
        self._memory = memory
        self._clock = clock

    def use(self, account: Account, message: int, version: int, question: int, reply: int) -> None:
        """One more version of the draft, which answers this question by this reply."""
        with desk_writing(self._database) as rows:
            found = opened(rows, message, self._checker)
            require(Act.EDIT, account, found.stage)
            if found.listed.version != version:
                raise StaleError("stale")
            chosen = [
                one for one in self._memory.proposed(rows, found) if one.question == question and one.record.id == reply
            ]
            if not chosen or found.draft is None:
                raise NotFoundError("reply")
            after = with_reply(found.draft, question, chosen[0].reply, prefix=f"r{reply}")
            keep(rows, self._clock(), Change(account, found, after, Event.PROPOSAL_USED))


def with_reply(draft: ReplyDraft, question: int, reply: Curated, prefix: str) -> ReplyDraft:
    """The draft with the reply in place of what it answered; ids of the new parts start with `prefix`."""
    citations, numbers = _joined(draft.citations, reply.citations)
    quotes = tuple(citation.quote for citation in reply.citations)
    new = [
        _moved(part, f"{prefix}-{rank}", question, numbers, quotes) for rank, part in enumerate(reply.parts, start=1)
    ]
    old = [part for part in draft.parts if part.question == question and part.section is Section.ANSWER]
    place = draft.parts.index(old[0]) if old else len(draft.parts)
    kept = [part for part in draft.parts if part not in old]
    return replace(draft, parts=(*kept[:place], *new, *kept[place:]), citations=citations)


def _joined(known: tuple[Citation, ...], added: tuple[Citation, ...]) -> tuple[tuple[Citation, ...], Mapping[int, int]]:
    """Both lists of citations as one, and the number in it of each that is added."""
    joined = list(known)
    numbers: dict[int, int] = {}
    for citation in added:
        place = (citation.document, citation.start, citation.end)
        same = next((one.n for one in joined if (one.document, one.start, one.end) == place), None)
        numbers[citation.n] = same or max((one.n for one in joined), default=0) + 1
        if same is None:
            joined.append(replace(citation, n=numbers[citation.n]))
    return tuple(joined), numbers


def _moved(part: DraftPart, name: str, question: int, numbers: Mapping[int, int], quotes: tuple[str, ...]) -> DraftPart:
    """The part with its marks numbered anew; what looks like a mark inside a quote is the source's."""
    pattern = re.compile("|".join([*map(re.escape, sorted(quotes, key=len, reverse=True)), r"\[(\d+)\]"]))

    def mark(match: re.Match[str]) -> str:
        known = match[1] and int(match[1]) in numbers
        return f"[{numbers[int(match[1])]}]" if known else match[0]

    text = pattern.sub(mark, part.text)
    cited = tuple(numbers[number] for number in part.citations if number in numbers)
    return replace(part, id=name, question=question, text=text, citations=cited)
