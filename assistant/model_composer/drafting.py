"""A model's reply to a draft: tokens become citations, statements are checked, what fails is left out with the reason.

In: a structured reply, what its tokens stand for, what the person wrote. Out: a `Drafted`: the draft of what holds, and
the findings on what does not. Fails closed: an unknown token, words that do not stand in the passage they are said to
be copied from, or a check that objects, each drop the statement. Links, pages and addresses are written by code only.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.citations import Notebook
from assistant.conversation import Calculation, Draft, Kind, Language, SourceQuote, Statement, Status
from assistant.facts import facts
from assistant.lock import loose
from assistant.model_composer.locate import locate
from assistant.model_composer.reply import Answer, ReplyStatement
from assistant.model_composer.toolbox import merged
from assistant.model_composer.typography import tidy
from assistant.proof.check import Prover
from assistant.proof.values import Claim, Evidence, Finding
from ingest.documents import Runs, Unit, UnitKind
from ingest.fold import read
from ingest.index import Index, StoredDocument

_MARKED = re.compile(r"\s?[\[(]\s?(?:[ST]\d{1,3}(?:\s?[,;]\s?)?)+\s?[\])]")
_DATE = re.compile(r"\b\d{1,2}(?:er)? [a-zéû]+ (?:19|20)\d\d\b|\b(?:19|20)\d\d-(?:19|20)\d\d\b")
_TARGETS = frozenset({UnitKind.INDICATOR, UnitKind.OBJECTIVE})
_TOKEN = re.compile(r"[ST]\d{1,3}")
_ANSWERS = {Status.ANSWERED, Status.PARTIALLY_ANSWERED}


@dataclass(frozen=True, slots=True)
class Handed:
    """What the model was handed: passages and computations by token, and the words of the person."""

    units: Mapping[str, Unit]
    calculations: Mapping[str, Calculation]
    echoed: str
    language: Language


@dataclass(frozen=True, slots=True)
class Drafted:
    """The draft of the statements that hold, and why the others do not: (text, findings), in the order of the reply.

    `led`: the first statement that rests on something is among those that hold.
    """

    draft: Draft
    dropped: tuple[tuple[str, tuple[Finding, ...]], ...]
    led: bool
    notebook: Notebook

    @property
    def kept(self) -> int:
        """How many statements hold."""
        return len(self.draft.statements)


@dataclass(frozen=True, slots=True)
class _Written:
    """A statement with its citations and what the checks look at."""

    text: str
    numbers: tuple[int, ...]
    tokens: tuple[str, ...]
    claim: Claim
    fault: Finding | None
    examples: bool

    @property
    def kind(self) -> Kind:
        if self.tokens:
            return Kind.COMPUTED
        return Kind.CLAIM if self.numbers else Kind.FRAMING


@dataclass(frozen=True, slots=True)
class Drafter:
    """Makes drafts of replies. Read only."""

    index: Index
    prover: Prover

    def draft(self, answer: Answer, handed: Handed) -> Drafted:
        """The draft of a reply."""
        notebook = Notebook(self.index)
        written = [self._written(one, handed, notebook) for one in answer.statements]
        checked = self.prover.findings([one.claim for one in written])
        faults = [((one.fault,) if one.fault else ()) + found for one, found in zip(written, checked, strict=True)]
        kept = [one for one, found in zip(written, faults, strict=True) if not found]
        dropped = [(one.text, found) for one, found in zip(written, faults, strict=True) if found]
        first = next((one for one in written if one.kind is not Kind.FRAMING), None)
        used = dict.fromkeys(token for one in kept for token in one.tokens)
        named = " | ".join(sorted({name for one in kept for name in one.claim.named}))
        draft = Draft(
            Status(answer.status),
            tuple(Statement(one.text, one.numbers, one.kind) for one in kept),
            notebook.citations,
            calculation=merged([handed.calculations[token] for token in used]),
            echoed=f"{handed.echoed} | {named}",
        )
        draft = _with_eligibility(draft, answer, examples=any(one.examples for one in kept))
        return Drafted(draft, tuple(dropped), led=first is None or first in kept, notebook=notebook)

    def _written(self, said: ReplyStatement, handed: Handed, notebook: Notebook) -> _Written:
        known = {*handed.units, *handed.calculations}
        text = tidy(_unmarked(said.text, known), handed.language)
        places: list[tuple[Unit, Runs]] = []
        tokens: list[str] = []
        fault: Finding | None = None
        for support in said.support:
            token = support.token.strip("[]() ").upper()
            if token in handed.calculations:
                tokens.append(token)
            elif token not in handed.units:
                fault = Finding("token", f"there is no token {token[:12]!r}")
            elif place := self._place(token, support.words, handed):
                places.append(place)
            else:
                fault = Finding("quote", f"these words do not stand in {token}: {support.words[:120]!r}")
        evidence = tuple(self._evidence(unit, runs) for unit, runs in places)
        computed = tuple(fact for token in tokens for fact in facts(handed.calculations[token]))
        evidence += tuple(_scope(handed.calculations[token]) for token in tokens)
        numbers = [n for unit, runs in places for n in notebook.cite(unit.document, runs, unit)]
        numbers += [n for token in tokens for n in self._sources(handed.calculations[token], notebook)]
        claim = Claim(text, handed.language, evidence, computed, handed.echoed, self.prover.subjects.names)
        numbers += self._placing(claim, [unit for unit, _ in places], notebook, numbers)
        examples = any(unit.kind is UnitKind.EXAMPLE for unit, _ in places)
        return _Written(text, tuple(dict.fromkeys(numbers)), tuple(dict.fromkeys(tokens)), claim, fault, examples)

    def _place(self, token: str, words: str, handed: Handed) -> tuple[Unit, Runs] | None:
        """Where the words stand: in the passage named, or in the only other one handed out that holds them."""
        unit = handed.units[token]
        if runs := locate(self.index.documents[unit.document], unit, words):
            return unit, runs
        same = (one for one in handed.units.values() if one.document == unit.document and one.id != unit.id)
        found = [(one, runs) for one in same if (runs := locate(self.index.documents[one.document], one, words))]
        return found[0] if len(found) == 1 else None

    def _evidence(self, unit: Unit, runs: Runs) -> Evidence:
        stored = self.index.documents[unit.document]
        own = [read(stored.text, part.runs).text for part in unit.parts] + [part.name for part in unit.parts]
        context = " | ".join([*unit.titles, *own, stored.entry.title, *_dates(stored, unit)])
        words = read(stored.text, runs).text
        return Evidence(
            words, context, unit.labels, is_example=unit.kind is UnitKind.EXAMPLE, is_target=unit.kind in _TARGETS
        )

    def _sources(self, calculation: Calculation, notebook: Notebook) -> Iterator[int]:
        for source in calculation.sources:
            yield from notebook.cite_source(source)

    def _placing(self, claim: Claim, units: Sequence[Unit], notebook: Notebook, numbers: Sequence[int]) -> list[int]:
        """Citations of the headings, cells and dates that give the figures which the quoted words alone do not."""
        by_number = {citation.n: citation.quote for citation in notebook.citations}
        quotes = [by_number[n] for n in numbers]
        added: list[int] = []
        for unit in units:
            stored = self.index.documents[unit.document]
            around = [*(heading.runs for heading in reversed(unit.section)), *(part.runs for part in unit.parts)]
            missing = loose(claim.text, *quotes, *claim.computed)
            for runs in around:
                words = read(stored.text, runs).text
                if missing and loose(claim.text, *quotes, words, *claim.computed) < missing:
                    added += notebook.cite(unit.document, runs, unit)
                    quotes.append(words)
                    missing = loose(claim.text, *quotes, *claim.computed)
            for date in _dates(stored, unit):
                if date and missing and loose(claim.text, *quotes, date, *claim.computed) < missing:
                    found = notebook.cite_source(SourceQuote(unit.document, date))
                    added += found
                    quotes += [date] if found else []
                    missing = loose(claim.text, *quotes, *claim.computed)
        return added


def _unmarked(text: str, known: set[str]) -> str:
    """The text without the marks `[S3]` that the model put in it; one that it was not handed stays, and fails."""

    def mark(match: re.Match[str]) -> str:
        return "" if set(_TOKEN.findall(match[0])) <= known else match[0]

    return _MARKED.sub(mark, text).strip()


def _dates(stored: StoredDocument, unit: Unit) -> tuple[str, ...]:
    """When a passage is of, by its table or by the catalog's card of its document, in the words of its documents."""
    entry = stored.entry
    dates = (unit.labels.get("progress_date", ""), *_DATE.findall(entry.title), *_DATE.findall(entry.validity))
    return tuple(dict.fromkeys(date for date in dates if date))


def _scope(calculation: Calculation) -> Evidence:
    """What a computation is about, for the checks of scope; its figures are checked as facts."""
    labels = {"measure": calculation.measure, "volet": calculation.volet}
    words = " | ".join([calculation.formula, *(source.quote for source in calculation.sources)])
    return Evidence("", words, {key: value for key, value in labels.items() if value})


def _with_eligibility(draft: Draft, answer: Answer, *, examples: bool) -> Draft:
    """The card of an expense, only beside a quoted example; the status follows from it."""
    match answer.eligibility:
        case "explicitly_listed" if examples and draft.status in _ANSWERS:
            return replace(draft, eligibility=answer.eligibility, status=Status.ANSWERED)
        case "close_to_a_listed_example" if examples and draft.status in _ANSWERS:
            return replace(draft, eligibility=answer.eligibility, status=Status.PARTIALLY_ANSWERED)
        case "not_mentioned" if draft.status in _ANSWERS:
            return replace(draft, status=Status.NOT_IN_DOCUMENTS)
    return draft
