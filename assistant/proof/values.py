"""What a check looks at: a statement, the verbatim passages it rests on, what was computed, what the person wrote."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from assistant.conversation import Language
from assistant.proof.clauses import Clause, clauses, plain

_NUMBERED = {
    "volet": r"volets?|components?|streams?|parts?(?= \d)",
    "axis": r"axes?|axis",
    "action": r"actions?",
    "objective": r"objectifs?|objectives?|obj\.?",
}
_ORDINALS = {"premier": "1", "first": "1", "deuxieme": "2", "second": "2", "troisieme": "3", "third": "3"}
_ORDINAL = "|".join(_ORDINALS)
_NUMBER = r"\d{1,2}(?:\.\d)?(?![\d.,]*\d)"
_SERIES = rf"{_NUMBER}(?:\s?(?:,|et|and|ou|or|&|a|to|-|–)\s?{_NUMBER})*"
_AFTER = {key: re.compile(rf"\b(?:{nouns})\s?(?:no\.? ?|#)?({_SERIES})") for key, nouns in _NUMBERED.items()}
_BEFORE = {key: re.compile(rf"\b({_ORDINAL})\s(?:{nouns})\b") for key, nouns in _NUMBERED.items()}
_MEASURE = re.compile(r"\b(15\d{3}|30\d{3})\b")


def numbered(text: str) -> dict[str, frozenset[str]]:
    """The volets, axes, actions, objectives and measures that a plain text names."""
    found: dict[str, set[str]] = {}
    for key in _NUMBERED:
        values = {n for match in _AFTER[key].finditer(text) for n in _series(match[1])}
        values |= {_ORDINALS[match[1]] for match in _BEFORE[key].finditer(text)}
        if values:
            found[key] = values
    if measures := set(_MEASURE.findall(text)):
        found["measure"] = measures
    return {key: frozenset(values) for key, values in found.items()}


def _series(text: str) -> Iterator[str]:
    yield from re.findall(r"\d+(?:\.\d)?", text)
    if match := re.search(r"(?<![\d.])(\d+)\s?(?:a|to|-|–)\s?(\d+)(?![\d.]*\d)", text):
        yield from (str(n) for n in range(int(match[1]), min(int(match[2]), 20)))


@dataclass(frozen=True)
class Evidence:
    """A passage that a statement rests on.

    `words` are quoted verbatim; `context` is what code knows of their place (headings, labels, other cells of the row);
    `numbers` are the volets, axes, actions, objectives and measures that they are about; `is_target`: they set an aim.
    """

    words: str
    context: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    is_example: bool = False
    is_target: bool = False

    @cached_property
    def plain(self) -> str:
        """The quoted words, plain."""
        return plain(self.words, "fr")

    @cached_property
    def around(self) -> str:
        """The quoted words with their context, plain."""
        return f"{self.plain} | {plain(self.context, 'fr')}"

    @cached_property
    def numbers(self) -> Mapping[str, frozenset[str]]:
        """What they are about: by their own words and labels or, where those do not say, by their headings."""
        own = numbered(self.plain)
        for key in (*_NUMBERED, "measure"):
            if key in self.labels:
                own[key] = own.get(key, frozenset()) | {self.labels[key]}
        return {**numbered(plain(self.context, "fr")), **own}


@dataclass(frozen=True)
class Claim:
    """A statement to check. `computed` are the facts of the tool results it names; `echoed` is what the person wrote.

    `names` are the volets, axes, actions, objectives and measures that the documents have, by kind.
    """

    text: str
    language: Language
    evidence: tuple[Evidence, ...] = ()
    computed: tuple[str, ...] = ()
    echoed: str = ""
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def named(self) -> frozenset[str]:
        """The numbers of volets, actions, measures… that exist and that it says nothing is said of."""
        silent = (numbered(clause.text) for clause in self.clauses if clause.silent)
        return frozenset(n for one in silent for key, ns in one.items() for n in ns & self.names.get(key, frozenset()))

    @cached_property
    def plain(self) -> str:
        """The statement, plain; what it quotes between guillemets included."""
        return plain(self.text, self.language)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The statement's clauses."""
        return clauses(self.text, self.language)

    @cached_property
    def said(self) -> str:
        """What it says of the world: its clauses, less those that say that the documents are silent."""
        return " | ".join(clause.text for clause in self.clauses if not clause.silent)


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a statement cannot be served: a code for reports and a sentence that a model can act on."""

    code: str
    said: str
