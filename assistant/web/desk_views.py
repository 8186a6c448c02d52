"""A message of the desk as its page shows it: parts with their sources and faults, times in words, what can be done.

In: what the desk opened, who looks at it, when. Out: plain values for the templates. Holds no policy.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.conversation import Citation, Language
from assistant.correspondence.recheck import SentenceCheck
from assistant.correspondence.reply import DraftPart, ReplyDraft, Section
from assistant.desk.differences import Change, Piece, differences
from assistant.desk.memory import Proposal
from assistant.desk.messages import Opened
from assistant.desk.values import Account, Act, Role, allowed
from assistant.replies import Replies

_PLACE = ZoneInfo("America/Toronto")
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


@dataclass(frozen=True, slots=True)
class Span:
    """Some words of a part, and what is wrong with them, in words (nothing where they hold)."""

    text: str
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of the letter; `rank` counts from 1.

    `changed` tells that its words are not those generated, `unfinished` that somebody has still to write it.
    """

    id: str
    rank: int
    section: str
    text: str
    spans: tuple[Span, ...]
    citations: tuple[Citation, ...]
    changed: bool
    unfinished: bool = False
    proposals: tuple[Proposal, ...] = ()

    @property
    def faults(self) -> tuple[str, ...]:
        """All that is wrong with the part."""
        return tuple(dict.fromkeys(fault for span in self.spans for fault in span.faults))


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part in two versions of a draft; `kind` is kept, changed, added or removed."""

    kind: str
    pieces: tuple[Piece, ...]


def part_views(
    found: Opened, draft: ReplyDraft, proposals: Sequence[Proposal], wording: Replies, language: Language
) -> tuple[PartView, ...]:
    """The parts in the order of the letter; the proposals stand at the first part that answers their question."""
    generated = {part.id: part.text for part in found.generated.parts} if found.generated else {}
    cited = {citation.n: citation for citation in draft.citations}
    waiting = {one.question for one in proposals}
    views: list[PartView] = []
    for rank, part in enumerate(draft.parts, start=1):
        first = part.section is Section.ANSWER and part.question in waiting
        waiting -= {part.question} if first and part.question is not None else set()
        views.append(
            PartView(
                id=part.id,
                rank=rank,
                section=part.section.value,
                text=part.text,
                spans=_spans(part, found.checks.get(part.id, ()), wording, language),
                citations=tuple(cited[number] for number in part.citations if number in cited),
                changed=generated.get(part.id) != part.text,
                unfinished=part.id in found.unfinished,
                proposals=tuple(one for one in proposals if first and one.question == part.question),
            )
        )
    return tuple(views)


def _spans(part: DraftPart, checks: Sequence[SentenceCheck], wording: Replies, language: Language) -> tuple[Span, ...]:
    """The words of a part cut where its sentences are; nothing of it is lost between them."""
    spans: list[Span] = []
    end = 0
    for check in checks:
        if check.start > end:
            spans.append(Span(part.text[end : check.start]))
        faults = tuple(wording.say(f"fault_{one.fault}", language, detail=one.detail) for one in check.faults)
        spans.append(Span(part.text[check.start : check.end], faults))
        end = check.end
    return (*spans, Span(part.text[end:])) if end < len(part.text) else tuple(spans)


def asked_in(found: Opened) -> tuple[tuple[str, int], ...]:
    """The body of the message in pieces, each with the number of the question that it holds (0: none)."""
    body = found.message.body
    questions = found.draft.questions if found.draft else ()
    places = [
        (one.question.start, one.question.end, number)
        for number, one in enumerate(questions, start=1)
        if one.question.earlier is None and not one.question.in_subject
    ]
    pieces: list[tuple[str, int]] = []
    end = 0
    for start, stop, number in sorted(places):
        if end <= start < stop <= len(body):
            pieces += [(body[end:start], 0), (body[start:stop], number)]
            end = stop
    return tuple(piece for piece in (*pieces, (body[end:], 0)) if piece[0])


def changes(before: ReplyDraft, after: ReplyDraft) -> tuple[PartChange, ...]:
    """What changed between two versions, part by part, in the order of the later one; what is gone stands first."""
    old = {part.id: part.text for part in before.parts}
    new = {part.id: part.text for part in after.parts}
    gone = [PartChange("removed", (Piece(Change.OUT, text),)) for name, text in old.items() if name not in new]
    there = [_change(old.get(part.id), part.text) for part in after.parts]
    subject = [] if before.subject == after.subject else [_change(before.subject, after.subject)]
    return (*subject, *gone, *there)


def _change(before: str | None, after: str) -> PartChange:
    if before is None:
        return PartChange("added", (Piece(Change.IN, after),))
    return PartChange("kept" if before == after else "changed", differences(before, after))


def possible(account: Account, found: Opened) -> Mapping[str, bool]:
    """What this person can do with the message now."""
    acts = {act.value: allowed(act, account, found.stage) for act in Act}
    own = account.name in found.authors
    sound = found.draft is not None and not found.flagged
    return acts | {
        "approve": acts["approve"] and not own and sound,
        "return": acts["return"] and not own,
        "take_back": acts["take_back"] and found.listed.writer == account.name,
        "submit": acts["submit"] and sound,
        "own": own and account.has(Role.APPROVER),
    }


def moment(at: datetime, language: Language) -> str:
    """« 2026-01-27, 14 h 05 », « 2026-01-27, 14:05 »: the time in Québec."""
    here = at.astimezone(_PLACE)
    return here.strftime("%Y-%m-%d, %H\u00a0h\u00a0%M" if language == "fr" else "%Y-%m-%d, %H:%M")


def age(since: datetime, now: datetime) -> tuple[str, int]:
    """How long ago, as the key of a wording and a number: minutes under an hour, hours under two days, then days."""
    seconds = max(0, int((now - since).total_seconds()))
    if seconds < _HOUR:
        return "age_minutes", seconds // _MINUTE
    if seconds < 2 * _DAY:
        return "age_hours", seconds // _HOUR
    return "age_days", seconds // _DAY
