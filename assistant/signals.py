"""What speaks for each target or gap, given a question: one number per signal, none normalised per query.

Scores of BM25 are divided by the weight of the question's own words, so that they can be compared between questions:
a word that the corpus does not know weighs as much as the rarest one and counts against every candidate.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from assistant.conversation import BodyType, Route
from ingest.documents import Unit, UnitKind
from ingest.embed import Embedder
from ingest.expected import ExpectedQuestion, Gap, Target
from ingest.fold import read
from ingest.index import Index
from ingest.lexical import LexicalIndex
from ingest.tokens import char_grams, tokenize

SIGNALS = (
    "passage_words",
    "question_words",
    "question_words_3",
    "question_grams",
    "question_grams_3",
    "passage_vector",
    "question_vector",
    "question_vector_3",
    "coverage",
    "agrees",
    "clashes",
    "asked_document",
    "other_document",
    "has_asked",
    "lacks_asked",
    "kind_asked",
    "historical",
    "gap",
)
_DEPTH = 60
_QUESTION_DEPTH = 150
_UNREVIEWED = 0.9
"""What an expected question that nobody has reviewed (`reviewed: false`) counts for, beside one that was.

Below, a new document is hardly found by its drafts; above, drafts that stray take the place of reviewed questions.
"""
_AMOUNT = re.compile(r"\d[\d\s,.]*(?:M\s?\$|\$|%|millions?)")
_DATE = re.compile(
    r"\b(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|année|20\d\d|délais)\b",
)
_HAS: Mapping[str, re.Pattern[str]] = {
    "amount": _AMOUNT,
    "target": re.compile(r"\d"),
    "date": _DATE,
    "count": re.compile(r"\d|\b(?:un|deux|trois|quatre|cinq|six|dix)\b", re.IGNORECASE),
    "contact": re.compile(r"@|conseillers en communication|responsable|répondant"),
}

_KINDS: Mapping[str, UnitKind] = {
    "definition": UnitKind.DEFINITION,
    "eligibility": UnitKind.EXAMPLE,
    "rule": UnitKind.ALLOCATION_RULE,
    "contact": UnitKind.CONTACT,
    "target": UnitKind.INDICATOR,
    "amount": UnitKind.BUDGET_LINE,
}

_MEASURES: Mapping[BodyType, str] = {"public": "15158", "private": "30100"}

Signals = dict[str, float]


class SignalReader:
    """Reads the signals of every candidate for a question. Read only; safe to share between threads."""

    def __init__(self, index: Index, embedder: Embedder) -> None:
        self._index = index
        self._embedder = embedder
        expectations = index.expectations
        self.targets: dict[str, Target] = {target.id: target for target in expectations.targets}
        self.unit_of = {target.id: index.repeats.get(target.unit, target.unit) for target in expectations.targets}
        """The unit of each target; of units that say the same words (a rule said again in each volet), the first."""
        self.gaps: dict[str, Gap] = {gap.id: gap for gap in expectations.gaps}
        self._units = list(index.units.values())
        self._number_of = {unit.id: number for number, unit in enumerate(self._units)}
        self._targets_of: dict[str, list[str]] = defaultdict(list)
        for target in expectations.targets:
            self._targets_of[target.unit].append(target.id)
        self.questions: tuple[ExpectedQuestion, ...] = expectations.questions
        self._asked_for = [question.leads_to for question in expectations.questions]
        self._worth = np.array([1.0 if question.reviewed else _UNREVIEWED for question in expectations.questions])
        self._weights = _Weights(index.questions, index.passages)
        self._gram_weights = _Weights(index.grams)
        self._attributes_of: dict[str, frozenset[str]] = {}
        embedder.encode_queries(["bonjour"])  # loads the model now: a bad one is an error at start, not at a question

    def unit(self, target: Target) -> Unit:
        """The unit of a target."""
        return self._index.units[target.unit]

    def read(self, question: str, route: Route, skip: Callable[[int], bool] = lambda _: False) -> dict[str, Signals]:
        """Signals by target or gap id. `skip` leaves expected questions out by rank (to measure without them)."""
        found: dict[str, Signals] = defaultdict(lambda: dict.fromkeys(SIGNALS, 0.0))
        self._read_passages(question, found)
        self._read_questions(question, found, skip)
        self._read_vectors(question, found, skip)
        self._read_coverage(question, found, skip)
        for name, signals in found.items():
            if name in self.gaps:
                signals["gap"] = 1.0
            else:
                self._read_labels(self.targets[name], route, signals)
        return dict(found)

    def _read_passages(self, question: str, found: dict[str, Signals]) -> None:
        mass = self._weights.mass(tokenize(question))
        for number, score in self._index.passages.search(question, _DEPTH):
            for target in self._targets_of[self._units[number].id]:
                found[target]["passage_words"] = score / mass

    def _read_questions(self, question: str, found: dict[str, Signals], skip: Callable[[int], bool]) -> None:
        for signal, index, mass in (
            ("question_words", self._index.questions, self._weights.mass(tokenize(question))),
            ("question_grams", self._index.grams, self._gram_weights.mass(char_grams(question))),
        ):
            scores: dict[str, list[float]] = defaultdict(list)
            for number, score in index.search(question, _QUESTION_DEPTH):
                if not skip(number):
                    scores[self._asked_for[number]].append(self._worth[number] * score / mass)
            _best(found, signal, scores)

    def _read_vectors(self, question: str, found: dict[str, Signals], skip: Callable[[int], bool]) -> None:
        vector = self._embedder.encode_queries([question])[0]
        scores: dict[str, list[float]] = defaultdict(list)
        for row, similarity in self._index.vectors.nearest(vector, _QUESTION_DEPTH):
            number = int(row[1:])
            if row[0] == "p":
                for target in self._targets_of[self._units[number].id]:
                    found[target]["passage_vector"] = similarity
            elif not skip(number):
                scores[self._asked_for[number]].append(self._worth[number] * similarity)
        _best(found, "question_vector", scores)

    def _read_labels(self, target: Target, route: Route, signals: Signals) -> None:
        unit = self._index.units[target.unit]
        entry = self._index.documents[unit.document].entry
        agrees, clashes = _agreement(unit, route)
        signals["agrees"], signals["clashes"] = float(agrees), float(clashes)
        signals["asked_document"] = float(entry.id in route.documents)
        signals["other_document"] = float(bool(route.documents) and entry.id not in route.documents)
        signals["historical"] = float(entry.status == "historical" and entry.id not in route.documents)
        asked = route.needs & _HAS.keys()
        signals["has_asked"] = float(bool(asked & self._attributes(target)))
        signals["kind_asked"] = float(any(_KINDS.get(need) is unit.kind for need in route.needs))
        signals["lacks_asked"] = float(bool(asked) and not signals["has_asked"])

    def _attributes(self, target: Target) -> frozenset[str]:
        """The attributes that the words of a target have, by the keys of `_HAS`; read once."""
        known = self._attributes_of.get(target.id)
        if known is None:
            text = read(self._index.documents[target.document].text, target.focus).text
            known = frozenset(need for need, pattern in _HAS.items() if pattern.search(text))
            self._attributes_of[target.id] = known
        return known

    def _read_coverage(self, question: str, found: dict[str, Signals], skip: Callable[[int], bool]) -> None:
        """The share of the question's words, by weight, that the passage or the ways of asking for it use."""
        words = tokenize(question)
        mass = self._weights.mass(words)
        targets = [name for name in found if name in self.targets]
        numbers = np.array([self._number_of[self.targets[name].unit] for name in targets], dtype=np.int32)
        for word, times in Counter(words).items():
            holders = self._index.questions.holders(word)
            holders = holders[
                np.argsort(self._worth[holders], kind="stable")
            ]  # of one target, what counts most is last
            asking = {self._asked_for[n]: self._worth[n] for n in holders.tolist() if not skip(n)}
            held = np.isin(numbers, self._index.passages.holders(word))
            asking.update((name, 1.0) for name, holds in zip(targets, held, strict=True) if holds)
            for name in asking.keys() & found.keys():
                found[name]["coverage"] += asking[name] * times * self._weights.mass([word]) / mass


class _Weights:
    """Inverse document frequencies over indexed texts; an unknown token weighs as the rarest."""

    def __init__(self, *indexes: LexicalIndex) -> None:
        self._indexes = indexes
        self._size = sum(index.size for index in indexes)
        self._of: dict[str, float] = {}

    def mass(self, tokens: Iterable[str]) -> float:
        return sum(self._weight(token) for token in tokens) or 1.0

    def _weight(self, token: str) -> float:
        known = self._of.get(token)
        if known is None:
            holders = sum(len(index.holders(token)) for index in self._indexes)
            known = math.log(1 + (self._size - holders + 0.5) / (holders + 0.5))
            if holders:  # what nobody wrote is not remembered: questions would fill the memory
                self._of[token] = known
        return known


def _best(found: dict[str, Signals], signal: str, scores: Mapping[str, Sequence[float]]) -> None:
    for name, values in scores.items():
        top = sorted(values, reverse=True)[:3]
        found[name][signal] = top[0]
        found[name][f"{signal}_3"] = float(np.sum(top)) / 3


def _agreement(unit: Unit, route: Route) -> tuple[int, int]:
    """How many of the numbered things that the question names the unit agrees with, and how many it contradicts."""
    named = dict(route.numbered)
    if route.measure:
        named["measure"] = frozenset({route.measure})
    elif route.body_type is not None:
        named["measure"] = frozenset({_MEASURES[route.body_type]})
    pairs = [(unit.labels[key], values) for key, values in named.items() if key in unit.labels]
    return sum(label in values for label, values in pairs), sum(label not in values for label, values in pairs)
