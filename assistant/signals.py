"""What speaks for each target or gap, given a question: one number per signal, none normalised per query.

Scores of BM25 are divided by the weight of the question's own words, so that they can be compared between questions:
a word that the corpus does not know weighs as much as the rarest one and counts against every candidate.
"""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from assistant.conversation import BodyType, Route
from ingest.documents import Unit, UnitKind
from ingest.embed import Embedder
from ingest.expected import ExpectedQuestion, Gap, Target
from ingest.fold import read
from ingest.index import Index, search_text
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
_PASSAGE = -1  # where a question's rank would stand: the word is in the passage
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
        self.unit_of = self._units_by_words()
        self.gaps: dict[str, Gap] = {gap.id: gap for gap in expectations.gaps}
        self._has = {target.id: self._attributes(target) for target in expectations.targets}
        self._units = list(index.units.values())
        self._targets_of: dict[str, list[str]] = defaultdict(list)
        for target in expectations.targets:
            self._targets_of[target.unit].append(target.id)
        self.questions: tuple[ExpectedQuestion, ...] = expectations.questions
        self._asked_for = [question.leads_to for question in expectations.questions]
        texts = [question.text for question in expectations.questions]
        passages = [search_text(unit, index.documents[unit.document].text) for unit in self._units]
        self._weights = _Weights([*map(tokenize, texts), *map(tokenize, passages)])
        self._gram_weights = _Weights(list(map(char_grams, texts)))
        self._holders = self._who_says(texts, passages)
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
                    scores[self._asked_for[number]].append(score / mass)
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
                scores[self._asked_for[number]].append(similarity)
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
        signals["has_asked"] = float(bool(asked & self._has[target.id]))
        signals["kind_asked"] = float(any(_KINDS.get(need) is unit.kind for need in route.needs))
        signals["lacks_asked"] = float(bool(asked) and not signals["has_asked"])

    def _units_by_words(self) -> dict[str, str]:
        """The unit of each target; of units that say the same words (a rule said again in each volet), the first."""
        said: dict[str, str] = {}
        first = {
            unit.id: said.setdefault(self._index.reading(unit).text.casefold(), unit.id)
            for unit in self._index.units.values()
        }
        return {target.id: first[target.unit] for target in self._index.expectations.targets}

    def _attributes(self, target: Target) -> frozenset[str]:
        """The attributes that the words of a target have, by the keys of `_HAS`."""
        text = read(self._index.documents[target.document].text, target.focus).text
        return frozenset(need for need, pattern in _HAS.items() if pattern.search(text))

    def _read_coverage(self, question: str, found: dict[str, Signals], skip: Callable[[int], bool]) -> None:
        """The share of the question's words, by weight, that the passage or the ways of asking for it use."""
        words = tokenize(question)
        mass = self._weights.mass(words)
        for word in words:
            for name, numbers in self._holders.get(word, {}).items():
                if name in found and any(number == _PASSAGE or not skip(number) for number in numbers):
                    found[name]["coverage"] += self._weights.mass([word]) / mass

    def _who_says(self, texts: Sequence[str], passages: Sequence[str]) -> dict[str, dict[str, list[int]]]:
        """For each word, the targets and gaps that use it, and in which questions (or in the passage itself)."""
        holders: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for number, (leads_to, text) in enumerate(zip(self._asked_for, texts, strict=True)):
            for word in set(tokenize(text)):
                holders[word][leads_to].append(number)
        for unit, passage in zip(self._units, passages, strict=True):
            for word in set(tokenize(passage)):
                for target in self._targets_of[unit.id]:
                    holders[word][target].append(_PASSAGE)
        return holders


class _Weights:
    """Inverse document frequencies over a list of token lists; an unknown token weighs as the rarest."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        counts: dict[str, int] = defaultdict(int)
        for document in documents:
            for token in set(document):
                counts[token] += 1
        size = len(documents)
        self._unknown = math.log(1 + (size + 0.5) / 0.5)
        self._of = {token: math.log(1 + (size - n + 0.5) / (n + 0.5)) for token, n in counts.items()}

    def mass(self, tokens: Iterable[str]) -> float:
        return sum(self._of.get(token, self._unknown) for token in tokens) or 1.0


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
