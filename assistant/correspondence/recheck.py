"""A text that a person edited, verified again: quotes verbatim, figures locked, references known, claims sourced.

In: a draft, one of its parts, the text that is to take its place. Out: its sentences, each with what no longer holds.
It uses the lock of the guard and the stored sources, and edits nothing. The greeting, the signature and the notice are
the writer's own words and are not checked.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.conversation import Citation, Kind
from assistant.correspondence.reply import DraftPart, ReplyDraft, Section, marked
from assistant.facts import facts
from assistant.guard import Guard
from assistant.lock import loose
from ingest.index import Index
from ingest.sentences import sentences

_OWN_WORDS = frozenset({Section.GREETING, Section.CLOSING, Section.SIGNATURE, Section.NOTICE})
_NUMBERED = frozenset({Section.REMINDER, Section.QUESTION, Section.REFERRAL})
_RECALLS = frozenset({Section.REMINDER, Section.QUESTION})
_MARK = re.compile(r"\[(\d+)\]")
_QUOTED = re.compile(r"«\s*+([^«»]*+(?:«[^«»]*+»[^«»]*+)*+)»")
_MARKED_AFTER = re.compile(r"\s*\[\d+\]")
_WORDS_OF_A_QUOTE = 5
_HOLE = "\ufffc"


class Fault(StrEnum):
    """Why a sentence does not hold; the words are in `prompts/drafts.yaml`, under `fault_…`."""

    QUOTE = "quote_not_verbatim"
    FIGURE = "figure_without_source"
    MARK = "unknown_reference"
    SOURCE = "claim_without_source"


@dataclass(frozen=True, slots=True)
class FoundFault:
    """A fault, and the very words, figure or mark that it is about."""

    fault: Fault
    detail: str


@dataclass(frozen=True, slots=True)
class SentenceCheck:
    """A sentence at `[start, end)` of the text, the citations it is marked with, and its faults."""

    start: int
    end: int
    text: str
    citations: tuple[int, ...]
    faults: tuple[FoundFault, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.faults


class Recheck:
    """Verifies texts against the sources of an opened index. Read only."""

    def __init__(self, index: Index) -> None:
        self._texts = tuple(_plain(stored.text) for stored in index.documents.values())
        self._guard = Guard(index)

    def check(self, draft: ReplyDraft, part: DraftPart, text: str) -> tuple[SentenceCheck, ...]:
        """The sentences of `text`, as if the part said it; a quote is never cut in two."""
        sources = {citation.n: citation for citation in draft.citations}
        named = [sources[int(n)] for n in _MARK.findall(text) if int(n) in sources]
        allowed = [*(one.quote for one in named), *_given(draft, part)]
        spans = list(_sentences(text))
        covered = max((end for start, end in spans if _MARK.search(text[start:end])), default=0)
        checks: list[SentenceCheck] = []
        for start, end in spans:
            words = text[start:end]
            cited = marked(words, frozenset(sources))
            faults = () if part.section in _OWN_WORDS else tuple(self._faults(part, words, sources, allowed))
            if _claims(part, words) and end > covered:
                faults = (*faults, FoundFault(Fault.SOURCE, words))
            checks.append(SentenceCheck(start, end, words, cited, faults))
        return tuple(checks)

    def _faults(
        self,
        part: DraftPart,
        words: str,
        sources: dict[int, Citation],
        allowed: Sequence[str],
    ) -> Iterator[FoundFault]:
        marks = dict.fromkeys(int(n) for n in _MARK.findall(words))
        yield from (FoundFault(Fault.MARK, f"[{n}]") for n in marks if n not in sources)
        gone = (sources[n].quote for n in marks if n in sources and not self._guard.verbatim(sources[n]))
        yield from (FoundFault(Fault.QUOTE, quote) for quote in gone)
        if part.section not in _RECALLS:
            yield from (FoundFault(Fault.QUOTE, quote) for quote in self._not_verbatim(words, allowed))
        yield from (FoundFault(Fault.FIGURE, figure) for figure in sorted(loose(words, *allowed)))

    def _not_verbatim(self, words: str, cited: Sequence[str]) -> Iterator[str]:
        """What is quoted and stands in no document; a title or a short expression in guillemets is no quote."""
        for match in _QUOTED.finditer(words):
            quote = match[1].strip()
            is_quote = len(quote.split()) >= _WORDS_OF_A_QUOTE or _MARKED_AFTER.match(words[match.end() :])
            if is_quote and not _made_of(quote, cited) and not any(_plain(quote) in text for text in self._texts):
                yield quote


def _made_of(quote: str, cited: Sequence[str]) -> bool:
    """Whether a quote is nothing but cited quotes, one after the other."""
    rest = _plain(quote)
    for one in sorted(map(_plain, cited), key=len, reverse=True):
        rest = rest.replace(one, " ") if one else rest
    return not any(character.isalnum() for character in rest)


def _given(draft: ReplyDraft, part: DraftPart) -> Iterator[str]:
    """What a part may say without a citation: its question's computation; where it recalls, what the message says."""
    asked = draft.questions if part.question is None else (draft.questions[part.question],)
    if part.section in _NUMBERED:
        yield from (f"{rank}" for rank in range(1, len(draft.questions) + 1))
    if part.section in _RECALLS:
        yield draft.recalled
        yield from (one.question.text for one in asked)
    for one in asked:
        if one.calculation is not None:
            yield from facts(one.calculation)


def _claims(part: DraftPart, words: str) -> bool:
    return part.section is Section.ANSWER and part.kind is Kind.CLAIM and any(c.isalpha() for c in words)


def _plain(text: str) -> str:
    """White space and apostrophes alike."""
    return re.sub(r"\s+", " ", text).replace("’", "'").strip()


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of each line; neither a quote nor the marks after a sentence are cut from it."""
    whole = _MARK.sub(_hole, _QUOTED.sub(_hole, text))
    for line in re.finditer(r"[^\n]+", whole):
        yield from ((line.start() + start, line.start() + end) for start, end in sentences(line[0]))


def _hole(match: re.Match[str]) -> str:
    return _HOLE * len(match[0])
