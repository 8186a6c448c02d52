"""The passages that a model is given: all of the corpus where it fits, the most likely first, each with a token.

In: a turn (its ranked candidates, its question) and a budget of tokens. Out: `Sources`: the text that the model reads,
and what each token stands for. A passage that does not fit is left out; the model may then look for more by a tool.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from assistant.conversation import Turn
from assistant.model_composer.fence import inert
from ingest.documents import Unit
from ingest.fold import read
from ingest.index import Index, StoredDocument

_CHARACTERS_A_TOKEN = 3.2
"""Of French, in the vocabularies of current models, rounded down; a budget is never overrun by much."""
_SHARE = 0.75
"""Of the context: what passages may take; the rest is instructions, history, tools and the reply."""
_FOUND_MORE = 12
_LABELS = frozenset({"volet", "axis", "objective"})
_SKIPPED = ("lead",)


@dataclass(frozen=True, slots=True)
class Sources:
    """What was handed out. `whole`: every unit of the corpus is among them."""

    by_token: Mapping[str, Unit]
    text: str
    documents: str
    whole: bool


class Stacks:
    """Every passage as a model reads it, written once for all answers. Safe to share between threads."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.units = tuple(index.units.values())

    @cached_property
    def bodies(self) -> Mapping[str, str]:
        """By unit: its place and its words."""
        return {unit.id: self._body(unit) for unit in self.units}

    @cached_property
    def cards(self) -> str:
        """What each document is, a line each."""
        return "\n".join(_card(stored) for stored in self.index.documents.values())

    def _body(self, unit: Unit) -> str:
        text = self.index.documents[unit.document].text
        parts = [
            f"{part.name}: {read(text, part.runs).text}" if part.name else read(text, part.runs).text
            for part in unit.parts
            if part.name not in _SKIPPED
        ]
        where = " › ".join(title[:70] for title in unit.titles[-2:])
        labels = " ".join(f"{key} {value}" for key, value in unit.labels.items() if key in _LABELS)
        head = ", ".join(piece for piece in (unit.document, labels, unit.kind.value, where) if piece)
        return f"({head}) {inert(' | '.join(parts))}"


@dataclass(slots=True)
class Shelf:
    """Hands out tokens for passages, in one answer; grows when the model looks for more."""

    stacks: Stacks
    by_token: dict[str, Unit] = field(default_factory=dict)
    _tokens: dict[str, str] = field(default_factory=dict)

    def sources(self, turn: Turn, context_tokens: int) -> Sources:
        """As many passages as fit, best first."""
        room = int(context_tokens * _SHARE * _CHARACTERS_A_TOKEN)
        left = room - len(self.stacks.cards)
        lines: list[str] = []
        for unit in self._ranked(turn):
            line = self._line(unit, f"S{len(self.by_token) + 1}")
            if len(line) > left:
                continue
            left -= len(line) + 1
            lines.append(line)
            self._hand_out(unit)
        whole = len(self.by_token) == len(self.stacks.units)
        return Sources(dict(self.by_token), "\n".join(lines), self.stacks.cards, whole)

    def find(self, query: str) -> str:
        """Further passages for these words, with their tokens."""
        found = [self.stacks.units[number] for number, _ in self.stacks.index.passages.search(query, _FOUND_MORE)]
        return "\n".join(self._line(unit, self._hand_out(unit)) for unit in found)

    def _hand_out(self, unit: Unit) -> str:
        if unit.id not in self._tokens:
            token = f"S{len(self.by_token) + 1}"
            self._tokens[unit.id] = token
            self.by_token[token] = unit
        return self._tokens[unit.id]

    def _ranked(self, turn: Turn) -> Iterator[Unit]:
        """The candidates in their order, then what shares words with the question, then the rest as it stands."""
        seen: set[str] = set()
        units = self.stacks.units
        found = (units[number] for number, _ in self.stacks.index.passages.search(turn.standalone, len(units)))
        candidates = (candidate.unit for candidate in turn.candidates if candidate.unit is not None)
        for unit in (*candidates, *found, *units):
            if unit.id not in seen:
                seen.add(unit.id)
                yield unit

    def _line(self, unit: Unit, token: str) -> str:
        return f"[{token}] {self.stacks.bodies[unit.id]}"


def _card(stored: StoredDocument) -> str:
    """Who speaks, with what authority, for when."""
    entry = stored.entry
    return (
        f"- {entry.id}: {entry.title}. Issued by {entry.issuer} ({entry.authority}), {entry.issued}; "
        f"valid {entry.validity}; {entry.status}."
    )
