"""The last word on a draft: every quote verbatim, every figure locked, every link known. It removes; it never edits.

A statement falls when a citation it rests on is not verbatim at its offsets, or when it holds a figure that stands in
no cited quote and in no result of a computation. What cannot be checked is not served: an exception here becomes an
`error` answer (see `assistant.pipeline`).
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

from assistant.conversation import Citation, Draft, Kind, Statement, Status
from assistant.lock import loose
from ingest.fold import fold
from ingest.index import Index


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
        sound = {citation.n: citation for citation in draft.citations if self.verbatim(citation)}
        removed = [(citation.quote, "quote not verbatim") for citation in draft.citations if citation.n not in sound]
        computed = " \n ".join(_strings(asdict(draft.calculation))) if draft.calculation else ""
        kept: list[Statement] = []
        for statement in draft.statements:
            reason = self._fault(statement, sound, computed)
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
        return fold(stored.text[citation.start : citation.end]) == citation.quote

    def _fault(self, statement: Statement, sound: dict[int, Citation], computed: str) -> str:
        """Why a statement must go; empty when it holds."""
        if any(number not in sound for number in statement.citations):
            return "rests on a quote that does not stand"
        if statement.kind is Kind.CLAIM and not statement.citations:
            return "claims without a citation"
        quotes = [sound[number].quote for number in statement.citations]
        unknown = loose(statement.text, *quotes, computed)
        return f"figures not in its sources: {', '.join(sorted(unknown))}" if unknown else ""


def _says_something(statement: Statement, status: Status) -> bool:
    return statement.kind is not Kind.FRAMING or status not in {Status.ANSWERED, Status.PARTIALLY_ANSWERED}


def _renumbered(draft: Draft, kept: list[Statement], sound: dict[int, Citation]) -> Draft:
    """Only the citations still used or shown as nearest, numbered from 1 again, in the text too."""
    used = {number for statement in kept for number in statement.citations}
    used |= {citation.n for citation in draft.nearest if citation.n in sound}
    new = {old: rank for rank, old in enumerate(sorted(used), start=1)}
    citations = {old: replace(sound[old], n=new[old]) for old in sorted(used)}
    if all(old == rank for old, rank in new.items()):
        statements = tuple(kept)
    else:
        statements = tuple(_renumber(statement, new) for statement in kept)
    return replace(
        draft,
        statements=statements,
        citations=tuple(citations.values()),
        nearest=tuple(citations[citation.n] for citation in draft.nearest if citation.n in citations),
    )


def _renumber(statement: Statement, new: dict[int, int]) -> Statement:
    text = statement.text
    for old in statement.citations:
        text = text.replace(f"[{old}]", f"[\x00{new[old]}]")
    return replace(
        statement, text=text.replace("\x00", ""), citations=tuple(new[number] for number in statement.citations)
    )


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _strings(item)
