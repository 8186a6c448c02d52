"""Kept passages to statements: each says who speaks, quotes the words that answer, and adds what goes with them.

What is quoted is the stretch that the question leads to, widened to whole sentences; a table row is quoted by its
columns. In English the official words stay in French, followed by a courtesy rendering where the corpus has one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.citations import Notebook
from assistant.conversation import Kind, Language, Statement
from assistant.lock import loose
from assistant.replies import Replies
from ingest.documents import Part, Runs, Unit, UnitKind
from ingest.expected import Target
from ingest.fold import read
from ingest.index import Index
from ingest.lines import flow
from ingest.sentences import widen

NBSP = "\u00a0"
_REFERENCE = re.compile(r"\((?:dir\.?\) \()?(?:19|20)\d\d\)|\b(?:19|20)\d\d, |^Ibid|^https?:")
_VOLET = re.compile(r"^Volet \d\b")
_WHOLE = {UnitKind.DEFINITION, UnitKind.ALLOCATION_RULE, UnitKind.DEADLINE, UnitKind.CONTACT}
_ROWS = {UnitKind.BUDGET_LINE, UnitKind.OBJECTIVE}
_RECORDS = {UnitKind.MEANS, UnitKind.INDICATOR}
_LONGEST = 800  # characters of a definition or a rule past which only the sentences asked for are quoted


@dataclass(frozen=True, slots=True)
class Passage:
    """What is quoted of one unit: what was asked for in it, and whether (for an example) it only comes near.

    `others` are units of the same list: quoted after it, under the same introduction.
    """

    unit: Unit
    targets: tuple[Target, ...]
    close: bool = False
    others: tuple[Unit, ...] = ()

    @property
    def focus(self) -> Runs:
        """The stretches that were asked for, in the order of the source."""
        return tuple(sorted({run for target in self.targets for run in target.focus}))


class Passages:
    """Composes statements from passages. Read only."""

    def __init__(self, index: Index, replies: Replies) -> None:
        self._index = index
        self._replies = replies

    def statements(self, passage: Passage, language: Language, notebook: Notebook) -> Iterator[Statement]:
        """What one passage says: its own words, their rendering, their notes, and what must be said of them."""
        runs = self._quoted(passage)
        yield self._main(passage, runs, language, notebook)
        yield from self._rendering(passage, runs, language, notebook)
        yield from self._notes(passage.unit, runs, language, notebook)
        yield from self._remarks(passage.unit, language, notebook)

    def text(self, passage: Passage) -> str:
        """The words that a passage quotes, for telling two passages apart."""
        return self._words(passage.unit.document, self._quoted(passage)).casefold()

    def _quoted(self, passage: Passage) -> Runs:
        unit = passage.unit
        body = unit.parts[0]
        whole = unit.kind in _WHOLE and not body.name and len(self._words(unit.document, body.runs)) <= _LONGEST
        if whole or unit.kind is UnitKind.EXAMPLE or unit.kind in _ROWS:
            return self._body(unit)
        return widen(self._index.documents[unit.document].text, unit, passage.focus)

    def _body(self, unit: Unit) -> Runs:
        """The words of a unit: all the cells of a row, otherwise its first part."""
        if unit.kind in _ROWS:
            return flow(self._index.documents[unit.document].text, sorted(run for p in unit.parts for run in p.runs))
        return unit.parts[0].runs

    def _words(self, document: str, runs: Runs) -> str:
        return read(self._index.documents[document].text, runs).text

    def _quote(self, unit: Unit, runs: Runs, notebook: Notebook) -> tuple[str, tuple[int, ...]]:
        """« words » [1], and the numbers."""
        numbers = notebook.cite(unit.document, runs, unit)
        return f"«{NBSP}{self._words(unit.document, runs)}{NBSP}» {marks(numbers)}", numbers

    def _main(self, passage: Passage, runs: Runs, language: Language, notebook: Notebook) -> Statement:
        unit = passage.unit
        lead, cited = self._lead(passage, language, notebook)
        if unit.kind in _RECORDS and len(unit.parts) > 1:
            words, numbers = self._record(unit, notebook)
        else:
            words, numbers = self._quote(unit, runs, notebook)
        if not passage.others:
            return Statement(f"{lead}{_colon(language)}{words}", (*numbers, *cited))
        items = [(words, numbers), *(self._quote(other, self._body(other), notebook) for other in passage.others)]
        listed = "".join(f"\n• {words}" for words, _ in items)
        return Statement(f"{lead}{_colon(language).rstrip()}{listed}", (*cited, *(n for _, ns in items for n in ns)))

    def short(self, passage: Passage, language: Language, notebook: Notebook) -> Iterator[Statement]:
        """The fact that was asked for, in one reviewed sentence; its figures stand in the quote or in the headings."""
        unit, runs = passage.unit, self._quoted(passage)
        if not passage.targets or passage.close or passage.others:
            return
        target = passage.targets[0]
        short = target.short_fr if language == "fr" else target.short_en
        cited, missing = [runs], loose(short, self._words(unit.document, runs))
        for more in (*(heading.runs for heading in reversed(unit.section)), target.focus):  # a focus may be a footnote
            unsaid = loose(short, self._words(unit.document, more))
            if missing - unsaid:
                cited.append(more)
                missing &= unsaid
        if short and not missing:
            numbers = tuple(number for one in cited for number in notebook.cite(unit.document, one, unit))
            yield Statement(f"{self._replies.say('short', language)}{_colon(language)}{short}", numbers)

    def _record(self, unit: Unit, notebook: Notebook) -> tuple[str, tuple[int, ...]]:
        """A table row by its columns; a year in a column's title is left to the source page."""
        pieces: list[str] = []
        numbers: list[int] = []
        for part in unit.parts:
            words, cited = self._quote(unit, part.runs, notebook)
            name = re.sub(r"\s*\d+", "", part.name)
            pieces.append(f"{name}{NBSP}: {words}" if name else words)
            numbers.extend(cited)
        return " — ".join(pieces), tuple(numbers)

    def _lead(self, passage: Passage, language: Language, notebook: Notebook) -> tuple[str, tuple[int, ...]]:
        """Who speaks; for an example or a rule, under which volet (with the heading that says so)."""
        unit = passage.unit
        heading = next((one for one in unit.section if _VOLET.match(one.title)), None)
        if heading is not None and unit.kind in {UnitKind.EXAMPLE, UnitKind.ALLOCATION_RULE}:
            numbers = notebook.cite(unit.document, heading.runs, unit)
            volet = f"volet{NBSP}{unit.labels['volet']} {marks(numbers)}"
            example = "examples" if passage.others else "example_close" if passage.close else "example"
            key = example if unit.kind is UnitKind.EXAMPLE else "rule"
            return self._replies.say(key, language, volet=volet), numbers
        entry = self._index.documents[unit.document].entry
        if entry.voice is None:
            return entry.title, ()
        return (entry.voice.fr if language == "fr" else entry.voice.en), ()

    def _rendering(self, passage: Passage, runs: Runs, language: Language, notebook: Notebook) -> Iterator[Statement]:
        """The courtesy renderings in English of what is quoted, but for one with a figure that is not in the quote."""
        document = passage.unit.document
        for target in passage.targets if language == "en" else ():
            quoted = any(run.start < one.end and one.start < run.end for run in runs for one in target.focus)
            if target.gloss_en and quoted and not loose(target.gloss_en, self._words(document, runs)):
                numbers = notebook.cite(document, runs, passage.unit)
                yield Statement(f"{self._replies.say('courtesy', 'en')}: {target.gloss_en}", numbers)

    def _notes(self, unit: Unit, runs: Runs, language: Language, notebook: Notebook) -> Iterator[Statement]:
        """Footnotes that add something; those that only give a reference are left to the source page."""
        for part in unit.parts:
            if part.name.startswith("note ") and part.runs[0] not in runs and not self._is_reference(unit, part):
                words, numbers = self._quote(unit, part.runs, notebook)
                yield Statement(f"{self._replies.say('note', language)}{_colon(language)}{words}", numbers)

    def _remarks(self, unit: Unit, language: Language, notebook: Notebook) -> Iterator[Statement]:
        if unit.labels.get("amount_printed") == "no":
            yield Statement(self._replies.say("no_amount", language), kind=Kind.FRAMING)
        if unit.labels.get("flag") == "illisible":
            yield Statement(self._replies.say("illegible", language), kind=Kind.FRAMING)
        lead = next((part for part in unit.parts if part.name == "lead"), None)
        if unit.kind is UnitKind.EXAMPLE and lead is not None:
            words, numbers = self._quote(unit, lead.runs, notebook)
            yield Statement(f"{self._replies.say('example_limit', language)}{_colon(language)}{words}", numbers)

    def _is_reference(self, unit: Unit, part: Part) -> bool:
        return bool(_REFERENCE.search(self._words(unit.document, part.runs)))


def _colon(language: Language) -> str:
    return f"{NBSP}: " if language == "fr" else ": "


def marks(numbers: tuple[int, ...]) -> str:
    """« [1][2] »."""
    return "".join(f"[{number}]" for number in numbers)
