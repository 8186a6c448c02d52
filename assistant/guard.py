"""The last word on a draft: every quote verbatim, every figure locked, every link known. It removes; it never edits.

A statement falls when a citation it rests on is not verbatim at its offsets, when it is marked with a citation that is
not its own, or when it holds a figure or an address that stands in no cited quote, in no fact of the computation (whose
sentences vouch for nothing) and not in what the person wrote, where the draft may say it again. A referral falls when
its mailbox stands in no citation that is left. What cannot be checked is not served: an exception here becomes an
`error` answer (see `assistant.pipeline`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.conversation import Citation, Draft, Kind, Statement, Status
from assistant.facts import facts
from assistant.lock import loose
from ingest.fold import fold
from ingest.index import Index

_MARK = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the guard lets through, and what it took out, with the reason."""

    draft: Draft
    removed: tuple[tuple[str, str], ...]


class Guard:
    """Checks drafts against the stored sources. Read only."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def check(self, draft: Draft) -> Verdict:
        """The draft without the statements and citations that do not hold.

        A draft that loses all its claims is no answer: it is returned with the status `error` and no statement.
        """
        sound = {citation.n: citation for citation in draft.citations if self.verbatim(citation) and _linked(citation)}
        removed = [(one.quote, "quote not verbatim") for one in draft.citations if sound.get(one.n) is not one]
        computed = tuple(facts(draft.calculation)) if draft.calculation else ()
        known = (*computed, draft.echoed) if draft.echoed else computed
        kept: list[Statement] = []
        for statement in draft.statements:
            reason = self._fault(statement, sound, computed if statement.kind is Kind.COMPUTED else known)
            if reason:
                removed.append((statement.text, reason))
            else:
                kept.append(statement)
        if not any(_says_something(statement, draft.status) for statement in kept):
            return Verdict(Draft(Status.ERROR, ()), tuple(removed))
        return Verdict(_renumbered(draft, kept, sound), tuple(removed))

    def verbatim(self, citation: Citation) -> bool:
        """Whether the quote stands at its offsets in the stored source, white space folded."""
        stored = self._index.documents.get(citation.document)
        if stored is None or not citation.quote.strip():
            return False
        inside = 0 <= citation.start < citation.end <= len(stored.text)
        return inside and fold(stored.text[citation.start : citation.end]) == citation.quote

    def _fault(self, statement: Statement, sound: Mapping[int, Citation], computed: Sequence[str]) -> str:
        """Why a statement must go; empty when it holds."""
        if any(number not in sound for number in statement.citations):
            return "rests on a quote that does not stand"
        if not _marks(statement, sound) <= set(statement.citations):
            return "marked with a citation that is not its own"
        if statement.kind is Kind.CLAIM and not statement.citations:
            return "claims without a citation"
        if statement.kind is Kind.COMPUTED and not computed:
            return "computed by no computation"
        quotes = [sound[number].quote for number in statement.citations]
        unknown = loose(statement.text, *quotes, *computed)
        return f"figures not in its sources: {', '.join(sorted(unknown))}" if unknown else ""


def _linked(citation: Citation) -> bool:
    return re.split("[?#]", citation.url)[0] == f"/documents/{citation.document}"


def _says_something(statement: Statement, status: Status) -> bool:
    return statement.kind is not Kind.FRAMING or status not in {Status.ANSWERED, Status.PARTIALLY_ANSWERED}


def _renumbered(draft: Draft, kept: list[Statement], sound: Mapping[int, Citation]) -> Draft:
    """Only the citations still used or shown as nearest, numbered from 1 again, in the text too."""
    used = {number for statement in kept for number in statement.citations}
    used |= {citation.n for citation in draft.nearest if citation.n in sound}
    new = {old: rank for rank, old in enumerate(sorted(used), start=1)}
    citations = {old: replace(sound[old], n=new[old]) for old in new}
    quotes = [citation.quote for citation in citations.values()]
    known = draft.referral is not None and not loose(draft.referral.email, *quotes)
    return replace(
        draft,
        statements=tuple(_renumber(statement, new, sound) for statement in kept),
        citations=tuple(citations.values()),
        nearest=tuple(citations[citation.n] for citation in draft.nearest if citation.n in citations),
        referral=draft.referral if known else None,
    )


def _renumber(statement: Statement, new: Mapping[int, int], sound: Mapping[int, Citation]) -> Statement:
    def mark(match: re.Match[str]) -> str:
        return f"[{new[int(match[1])]}]" if match[1] else match[0]

    text = _quotes_or_marks(statement, sound).sub(mark, statement.text)
    return replace(statement, text=text, citations=tuple(new[number] for number in statement.citations))


def _marks(statement: Statement, sound: Mapping[int, Citation]) -> set[int]:
    """The citation marks of a text; what looks like one inside a quote is the source's."""
    found = _quotes_or_marks(statement, sound).finditer(statement.text)
    return {int(match[1]) for match in found if match[1]}


def _quotes_or_marks(statement: Statement, sound: Mapping[int, Citation]) -> re.Pattern[str]:
    """Finds the quotes of a statement, whole, and the marks outside them (group 1)."""
    quotes = sorted((sound[number].quote for number in statement.citations), key=len, reverse=True)
    return re.compile("|".join([*map(re.escape, quotes), _MARK.pattern]))
