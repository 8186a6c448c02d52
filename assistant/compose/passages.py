"""Kept passages to statements: each says who speaks, quotes the words that answer, and adds what goes with them.

What is quoted is the stretch that the question leads to, widened to whole sentences; a table row is quoted by its
columns. In English the official words stay in French, followed by a courtesy rendering where the corpus has one.
"""

import re
from collections.abc import Iterator

from assistant.citations import Notebook
from assistant.conversation import Candidate, Kind, Language, Statement
from assistant.lock import loose
from assistant.replies import Replies
from ingest.documents import Heading, Part, Runs, Unit, UnitKind
from ingest.expected import Target
from ingest.fold import read
from ingest.index import Index
from ingest.sentences import widen

_REFERENCE = re.compile(r"\((?:dir\.?\) \()?(?:19|20)\d\d\)|\b(?:19|20)\d\d, |^Ibid|^https?:")
_VOLET = re.compile(r"^Volet \d\b")
NBSP = "\u00a0"
_RECORDS = {UnitKind.MEANS, UnitKind.INDICATOR}


class Passages:
    """Composes statements from passages. Read only."""

    def __init__(self, index: Index, replies: Replies) -> None:
        self._index = index
        self._replies = replies

    def statements(self, candidate: Candidate, language: Language, notebook: Notebook) -> Iterator[Statement]:
        """What one kept passage says, its notes, and what must be said of it."""
        unit, target = candidate.unit, candidate.leads_to
        if unit is None or not isinstance(target, Target):
            return
        yield self._main(unit, target, language, notebook)
        yield from self._rendering(unit, target, language, notebook)
        yield from self._notes(unit, target, language, notebook)
        yield from self._remarks(unit, language, notebook)

    def quote(self, document: str, runs: Runs, unit: Unit | None, notebook: Notebook) -> tuple[str, tuple[int, ...]]:
        """« words » [1], and the numbers."""
        text = read(self._index.documents[document].text, runs).text
        numbers = notebook.cite(document, runs, unit)
        return f"«{NBSP}{text}{NBSP}» {marks(numbers)}", numbers

    def _main(self, unit: Unit, target: Target, language: Language, notebook: Notebook) -> Statement:
        lead, cited = self._lead(unit, language, notebook)
        if unit.kind in _RECORDS and len(unit.parts) > 1:
            words, numbers = self._record(unit, notebook)
        else:
            runs = widen(self._index.documents[unit.document].text, unit, target.focus)
            words, numbers = self.quote(unit.document, runs, unit, notebook)
        colon = f"{NBSP}: " if language == "fr" else ": "
        return Statement(f"{lead}{colon}{words}", (*numbers, *cited))

    def _record(self, unit: Unit, notebook: Notebook) -> tuple[str, tuple[int, ...]]:
        pieces: list[str] = []
        numbers: list[int] = []
        for part in unit.parts:
            words, cited = self.quote(unit.document, part.runs, unit, notebook)
            pieces.append(f"{part.name}{NBSP}: {words}" if part.name else words)
            numbers.extend(cited)
        return " — ".join(pieces), tuple(numbers)

    def _lead(self, unit: Unit, language: Language, notebook: Notebook) -> tuple[str, tuple[int, ...]]:
        """Who speaks; for an example or a rule, under which volet (with the heading that says so)."""
        heading = next((h for h in unit.section if _VOLET.match(h.title)), None)
        if heading is not None and unit.kind in {UnitKind.EXAMPLE, UnitKind.ALLOCATION_RULE}:
            numbers = notebook.cite(unit.document, _number_of(heading), unit)
            volet = f"volet{NBSP}{unit.labels['volet']} {marks(numbers)}"
            key = "example" if unit.kind is UnitKind.EXAMPLE else "rule"
            return self._replies.say(key, language, volet=volet), numbers
        voice = self._index.documents[unit.document].entry.voice
        if voice is None:
            return self._index.documents[unit.document].entry.title, ()
        return (voice.fr if language == "fr" else voice.en), ()

    def _rendering(self, unit: Unit, target: Target, language: Language, notebook: Notebook) -> Iterator[Statement]:
        """The courtesy rendering in English, unless it holds a figure that the quoted words do not."""
        if language != "en" or not target.gloss_en:
            return
        source = read(self._index.documents[unit.document].text, target.focus).text
        headings = " ".join(unit.titles)
        if not loose(target.gloss_en, source, headings):
            numbers = notebook.cite(unit.document, target.focus, unit)
            yield Statement(f"{self._replies.say('courtesy', 'en')}: {target.gloss_en}", numbers)

    def _notes(self, unit: Unit, target: Target, language: Language, notebook: Notebook) -> Iterator[Statement]:
        """Footnotes that add something; those that only give a reference are left to the source page."""
        for part in unit.parts:
            if (
                part.name.startswith("note ")
                and not self._is_reference(unit, part)
                and part.runs[0] not in target.focus
            ):
                words, numbers = self.quote(unit.document, part.runs, unit, notebook)
                colon = f"{NBSP}: " if language == "fr" else ": "
                yield Statement(f"{self._replies.say('note', language)}{colon}{words}", numbers)

    def _remarks(self, unit: Unit, language: Language, notebook: Notebook) -> Iterator[Statement]:
        if unit.labels.get("amount_printed") == "no":
            yield Statement(self._replies.say("no_amount", language), kind=Kind.FRAMING)
        if unit.labels.get("flag") == "illisible":
            yield Statement(self._replies.say("illegible", language), kind=Kind.FRAMING)
        lead = next((part for part in unit.parts if part.name == "lead"), None)
        if unit.kind is UnitKind.EXAMPLE and lead is not None:
            words, numbers = self.quote(unit.document, lead.runs, unit, notebook)
            colon = f"{NBSP}: " if language == "fr" else ": "
            yield Statement(f"{self._replies.say('example_limit', language)}{colon}{words}", numbers)

    def _is_reference(self, unit: Unit, part: Part) -> bool:
        return bool(_REFERENCE.search(read(self._index.documents[unit.document].text, part.runs).text))


def marks(numbers: tuple[int, ...]) -> str:
    """« [1][2] »."""
    return "".join(f"[{number}]" for number in numbers)


def _number_of(heading: Heading) -> Runs:
    return heading.runs
