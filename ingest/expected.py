"""corpus/questions, corpus/gaps: how people ask for what the documents say, and for what they do not say.

An entry names its passage by a verbatim quote, so that it survives a re-ingestion and fails loudly when the
passage is gone. A *target* is what a question can lead to: a unit, with the stretch of its source that answers.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from ingest.catalog import load_yaml
from ingest.documents import Run, Runs, Unit
from ingest.errors import CatalogError
from ingest.fold import find

Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Phrases = Annotated[tuple[Phrase, ...], Field(default=())]


class Wordings(BaseModel):
    """Ways of asking, in French and in English."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fr: Phrases = ()
    en: Phrases = ()


class ExpectedEntry(BaseModel):
    """The ways people ask for one passage, what it says in plain words, and its courtesy rendering in English.

    `second_hand` are wordings by another author than `fr` and `en`: the ranking is fitted on how the one's are found
    through the other's. `short_*` is the fact in one sentence, reviewed; its figures stand in the quote.
    `reviewed` is false for what a language model drafted and nobody has read yet: it weighs less.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str
    about: str
    quote: str
    where: Mapping[str, str] = Field(default_factory=dict)
    fr: Phrases
    en: Phrases
    second_hand: Wordings = Wordings()
    short_fr: str = ""
    short_en: str = ""
    gloss_en: str = ""
    reviewed: bool = True


class NearestPassage(BaseModel):
    """A verbatim passage near a gap: what the documents do say, and every figure of the reply."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str
    quote: str


class GapEntry(BaseModel):
    """Something people ask that the documents do not state, with the nearest thing they do state."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    topic: Literal[
        "expense",
        "money",
        "procedure",
        "staff",
        "body",
        "definition",
        "strategy",
        "pevr",
        "development",
        "letter",
        "out_of_scope",
    ]
    nearest: tuple[NearestPassage, ...] = ()
    referral: Literal["financement", "valorisation"] | None = None
    reply_fr: str
    reply_en: str
    fr: Phrases
    en: Phrases
    second_hand: Wordings = Wordings()


Hand = Literal[1, 2]
_HANDS: tuple[Hand, Hand] = (1, 2)
T = TypeVar("T", ExpectedEntry, GapEntry)
_EXPECTED = TypeAdapter(tuple[ExpectedEntry, ...])
_GAPS = TypeAdapter(tuple[GapEntry, ...])


@dataclass(frozen=True, slots=True)
class Target:
    """Something a question can lead to: a unit, and the ranges of its source that the question is about."""

    id: str
    unit: str
    document: str
    focus: Runs
    gloss_en: str = ""
    short_fr: str = ""
    short_en: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A known gap; `nearest` are the verified places of the nearest passages, as (document, ranges)."""

    id: str
    topic: str
    nearest: tuple[tuple[str, Runs], ...]
    referral: Literal["financement", "valorisation"] | None
    reply_fr: str
    reply_en: str


@dataclass(frozen=True, slots=True)
class ExpectedQuestion:
    """One way of asking, by the first or the second author; leads to the target or the gap with this id."""

    leads_to: str
    language: Literal["fr", "en"]
    text: str
    hand: Hand = 1
    reviewed: bool = True


@dataclass(frozen=True, slots=True)
class Expectations:
    """All targets, gaps and questions of a corpus, bound to its units."""

    targets: tuple[Target, ...]
    gaps: tuple[Gap, ...]
    questions: tuple[ExpectedQuestion, ...]


def bind(
    corpus: Path, texts: Mapping[str, str], units: Sequence[Unit], catalogued: Collection[str] | None = None
) -> Expectations:
    """Read the two folders and bind every entry to the units of the documents that were read.

    Entries of a document that could not be read are left out; an entry whose document is not among the `catalogued`
    ones (by default: those read), or whose quote stands in no unit of its document, is a problem. All problems of all
    files are raised at once, as one `CatalogError`.
    """
    binder = _Binder(texts, units, catalogued if catalogued is not None else texts)
    for name, expected in _entries(corpus / "questions", _EXPECTED, binder.problems):
        binder.expect(name, expected)
    for name, gap in _entries(corpus / "gaps", _GAPS, binder.problems):
        binder.gap(name, gap)
    return binder.bound(corpus)


class _Binder:
    """Gathers targets, gaps, questions and problems."""

    def __init__(self, texts: Mapping[str, str], units: Sequence[Unit], catalogued: Collection[str]) -> None:
        self._texts = texts
        self._units = units
        self._catalogued = catalogued
        self._finder = Finder(texts, units)
        self._targets: list[Target] = []
        self._gaps: list[Gap] = []
        self._questions: list[ExpectedQuestion] = []
        self.problems: list[str] = []

    def expect(self, file: str, entry: ExpectedEntry) -> None:
        if not self._was_read(f"{file}: {entry.about!r}", entry.document):
            return
        found = self._finder.target(entry)
        if found is None:
            self.problems.append(f"{file}: {entry.about!r}: no unit of {entry.document!r} holds {entry.quote!r}")
            return
        self._targets.append(found)
        self._questions.extend(_questions(found.id, entry))

    def gap(self, file: str, gap: GapEntry) -> None:
        places: list[tuple[str, Runs]] = []
        for passage in gap.nearest:
            if self._was_read(f"{file}: {gap.id!r}", passage.document):
                runs = self._finder.runs(passage.document, passage.quote)
                places.append((passage.document, runs))
                if not runs:
                    self.problems.append(
                        f"{file}: {gap.id!r}: {passage.quote!r} does not stand in {passage.document!r}"
                    )
        self._gaps.append(Gap(f"gap/{gap.id}", gap.topic, tuple(places), gap.referral, gap.reply_fr, gap.reply_en))
        self._questions.extend(_questions(f"gap/{gap.id}", gap))

    def _was_read(self, place: str, document: str) -> bool:
        if document not in self._texts and document not in self._catalogued:
            self.problems.append(f"{place}: no document {document!r} in the catalog")
        return document in self._texts

    def bound(self, corpus: Path) -> Expectations:
        """All that was gathered, each unit that no entry leads to as a target of its own."""
        problems = [*self.problems, *_twice(target.id for target in self._targets), *_twice(g.id for g in self._gaps)]
        if problems:
            raise CatalogError(str(corpus), problems)
        covered = {target.unit for target in self._targets}
        whole = (Target(u.id, u.id, u.document, _body(u)) for u in self._units if u.id not in covered)
        return Expectations((*self._targets, *whole), tuple(self._gaps), tuple(self._questions))


def _twice(ids: Iterable[str]) -> list[str]:
    return [f"given twice: {name!r}" for name, times in sorted(Counter(ids).items()) if times > 1]


def _body(unit: Unit) -> Runs:
    return tuple(run for part in unit.parts for run in part.runs)


def _headings(unit: Unit) -> Runs:
    return tuple(run for heading in unit.section for run in heading.runs)


def _questions(leads_to: str, entry: ExpectedEntry | GapEntry) -> Iterator[ExpectedQuestion]:
    """The ways of asking; the English rendering counts as one: it has the words of an English question."""
    reviewed = not isinstance(entry, ExpectedEntry) or entry.reviewed
    second = entry.second_hand
    for texts, more, hand in ((entry.fr, entry.en, _HANDS[0]), (second.fr, second.en, _HANDS[1])):
        yield from (ExpectedQuestion(leads_to, "fr", text, hand, reviewed) for text in texts)
        yield from (ExpectedQuestion(leads_to, "en", text, hand, reviewed) for text in more)
    if isinstance(entry, ExpectedEntry) and entry.gloss_en:
        yield ExpectedQuestion(leads_to, "en", entry.gloss_en, reviewed=reviewed)


def _entries(folder: Path, adapter: TypeAdapter[tuple[T, ...]], problems: list[str]) -> Iterator[tuple[str, T]]:
    """The entries of every file under a folder, with the name of the file; what is wrong is added to the problems."""
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        try:
            for entry in adapter.validate_python(load_yaml(path) or ()):
                yield name, entry
        except CatalogError as error:
            problems.extend(f"{name}: {problem}" for problem in error.problems)
        except ValidationError as error:
            problems.extend(f"{name}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())


class Finder:
    """Finds verbatim quotes in sources, and the units that hold them."""

    def __init__(self, texts: Mapping[str, str], units: Iterable[Unit]) -> None:
        self._texts = texts
        self._units: dict[str, list[Unit]] = {}
        for unit in units:
            self._units.setdefault(unit.document, []).append(unit)

    def runs(self, document: str, quote: str) -> Runs:
        """The first place of the quote, rather one that a unit holds; empty when it does not stand in the document."""
        places = tuple(find(self._texts[document], quote))
        held = (place for place in places if self._holds(document, place))
        return tuple(islice(chain(held, places), 1))

    def _holds(self, document: str, place: Run) -> bool:
        """Whether a unit has some of this range, in its text or its headings (a table of contents is in none)."""
        return any(_within(_body(unit) + _headings(unit), place) for unit in self._units.get(document, []))

    def target(self, entry: ExpectedEntry) -> Target | None:
        """The unit that holds most of the quote and carries the labels of `where`.

        A quote that stands in headings only leads to the first unit under them.
        """
        return self._best(entry, _body) or self._best(entry, _headings)

    def _best(self, entry: ExpectedEntry, ranges: Callable[[Unit], Runs]) -> Target | None:
        best: tuple[int, Unit, Runs] | None = None
        for place in find(self._texts[entry.document], entry.quote):
            for unit in self._units.get(entry.document, []):
                if any(unit.labels.get(key) != value for key, value in entry.where.items()):
                    continue
                focus = _within(ranges(unit), place)
                held = sum(run.end - run.start for run in focus)
                if held and (best is None or held > best[0]):
                    best = (held, unit, focus)
        if best is None:
            return None
        _, unit, focus = best
        name = f"{unit.id}@{focus[0].start}-{focus[-1].end}"
        return Target(name, unit.id, unit.document, focus, entry.gloss_en, entry.short_fr, entry.short_en)


def _within(ranges: Runs, wanted: Run) -> Runs:
    """The ranges that fall inside the wanted one, cut to it."""
    cut = (Run(max(run.start, wanted.start), min(run.end, wanted.end)) for run in ranges)
    return tuple(run for run in cut if run.start < run.end)
