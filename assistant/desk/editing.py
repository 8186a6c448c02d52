"""Editing a draft: some of its parts are written anew, added or taken out; each saving is one more version.

In: what a person wrote, over the version they saw. Out: the draft with it. Refuses (`StaleError`) where somebody saved
meanwhile: nothing of anybody is overwritten. Text that no longer holds is kept all the same, and flagged when read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from assistant.conversation import Kind
from assistant.correspondence.reply import DraftPart, ReplyDraft, Section, with_text
from assistant.desk.accounts import Clock
from assistant.desk.errors import InvalidError, StaleError
from assistant.desk.events import Event
from assistant.desk.letters import draft_json
from assistant.desk.messages import Opened, opened
from assistant.desk.seams import Checker
from assistant.desk.values import Account, Act, Stage, require
from assistant.storage.database import Database
from assistant.storage.desk import DeskRows, desk_writing

LONGEST_PART = 8_000
MOST_PARTS = 200


@dataclass(frozen=True, slots=True)
class Edits:
    """What a person wrote: new words of parts by id (empty takes the part out), paragraphs to put after a part."""

    texts: Mapping[str, str] = field(default_factory=dict)
    added: Mapping[str, str] = field(default_factory=dict)
    subject: str | None = None


class Editing:
    """The only way a draft changes by hand."""

    def __init__(self, database: Database, checker: Checker, clock: Clock) -> None:
        self._database = database
        self._checker = checker
        self._clock = clock

    def save(self, account: Account, message: int, version: int, edits: Edits) -> tuple[str, ...]:
        """Keep a new version; the ids of the parts that do not hold now. Without any change, nothing is kept."""
        with desk_writing(self._database) as rows:
            before = opened(rows, message, self._checker)
            require(Act.EDIT, account, before.stage)
            draft = _present(before)
            after = edited(draft, edits)
            if before.listed.version != version:
                raise StaleError("stale")
            if after != draft:
                keep(rows, self._clock(), Change(account, before, after, Event.EDITED))
            return opened(rows, message, self._checker).flagged


@dataclass(frozen=True, slots=True)
class Change:
    """A new version of the draft of a message, made by a person."""

    account: Account
    before: Opened
    after: ReplyDraft
    event: Event


def keep(rows: DeskRows, now: datetime, change: Change) -> None:
    """Keep it, with its line in the log: which parts changed, not how. `StaleError` where it is not on the latest."""
    listed, name = change.before.listed, change.account.name
    if not rows.messages.change(listed.id, listed.version, now, stage=Stage.DRAFTED.value, writer=name):
        raise StaleError("stale")
    number = rows.messages.add_revision(listed.id, now, name, draft_json(change.after))
    detail: dict[str, str | int] = {"version": number, "parts": _changed(change.before, change.after)}
    rows.log.add(now, name, change.event, listed.id, detail)


def edited(draft: ReplyDraft, edits: Edits) -> ReplyDraft:
    """The draft with these edits. `InvalidError` for a part that is not there, too long a text, too many parts."""
    texts = {part: _clean(text) for part, text in edits.texts.items()}
    added = {part: _clean(text) for part, text in edits.added.items() if text.strip()}
    known = {part.id for part in draft.parts}
    if not {*texts, *added} <= known:
        raise InvalidError("part")
    for part, text in added.items():
        draft = _with_part_after(draft, part, text)
    for old in draft.parts:
        if old.id in texts and texts[old.id] != old.text:
            draft = with_text(draft, old.id, texts[old.id])
    if edits.subject is not None:
        draft = replace(draft, subject=" ".join(_clean(edits.subject).split()) or draft.subject)
    if not draft.parts or len(draft.parts) > MOST_PARTS:
        raise InvalidError("parts")
    return draft


def _with_part_after(draft: ReplyDraft, place: str, text: str) -> ReplyDraft:
    """The draft with a paragraph of the writer's own, to be sourced as any other of its section."""
    rank = next(rank for rank, part in enumerate(draft.parts) if part.id == place)
    near = draft.parts[rank]
    section = Section.ANSWER if near.section is Section.QUESTION else near.section
    new = DraftPart(id=_free_id(draft), section=section, text="", citations=(), kind=Kind.CLAIM, question=near.question)
    parts = (*draft.parts[: rank + 1], new, *draft.parts[rank + 1 :])
    return with_text(replace(draft, parts=parts), new.id, text)


def _free_id(draft: ReplyDraft) -> str:
    used = {part.id for part in draft.parts}
    return next(name for name in (f"w{rank}" for rank in range(1, len(used) + 2)) if name not in used)


def _clean(text: str) -> str:
    """Line ends unified, nothing at either end. `InvalidError` when it is too long."""
    if len(text) > LONGEST_PART:
        raise InvalidError("part_length")
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _present(found: Opened) -> ReplyDraft:
    if found.draft is None:
        raise InvalidError("no_draft")
    return found.draft


def _changed(before: Opened, after: ReplyDraft) -> str:
    """The ids of the parts that are new, gone or written anew."""
    old = {part.id: part.text for part in before.draft.parts} if before.draft else {}
    new = {part.id: part.text for part in after.parts}
    return " ".join(sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name)))
