"""What each part of the search is worth: the same questions with parts left out, the ranking fitted anew each time.

In: the signals of the assistant, expected questions as `evals.fit` asks them. Out: for each configuration, a search
step that knows only its signals, fitted on them alone. A part that is out is out of the fit too: what is measured is
the best that the rest can do, not the rest with weights meant for the whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.conversation import PipelineStep, Route
from assistant.ranking import GATE_INPUTS, Ranking
from assistant.retrieve import make_retrieve
from assistant.signals import SIGNALS, SignalReader
from evals.fit import Asked, Found, fit_gate, fit_least_score, fit_ranking

GROUPS: Mapping[str, tuple[str, ...]] = {
    "passages, BM25": ("passage_words",),
    "expected questions": ("question_words", "question_words_3", "question_grams", "question_grams_3", "coverage"),
    "embedded model": ("passage_vector", "question_vector", "question_vector_3"),
    "classifier": tuple(name for name in SIGNALS if name.startswith("classifier")),
    "labels and attributes": (
        "agrees", "clashes", "asked_document", "other_document", "has_asked", "lacks_asked", "kind_asked", "historical",
    ),
    "known gaps": ("gap",),
}  # fmt: skip
"""The signals of each part. A signal that no group names belongs to the labels."""
GATE = "gate"
_ALWAYS = 0.0
_SHARP = 1e6


@dataclass(frozen=True, slots=True)
class Configuration:
    """Which parts are in. Without gaps none competes; without the gate, whatever comes first is the answer."""

    name: str
    groups: tuple[str, ...]
    gate: bool

    @property
    def signals(self) -> frozenset[str]:
        """The names of its signals."""
        named = {name for group in GROUPS.values() for name in group}
        rest = set(SIGNALS) - named if "labels and attributes" in self.groups else set()
        return frozenset(name for group in self.groups for name in GROUPS[group]) | rest

    @property
    def gaps(self) -> bool:
        """Whether known gaps compete with passages."""
        return "known gaps" in self.groups


def steps_up() -> Iterator[Configuration]:
    """From words alone to the whole, one part more each time."""
    groups = [name for name, signals in GROUPS.items() if signals]
    for size in range(1, len(groups) + 1):
        sign = "+ " if size > 1 else ""
        yield Configuration(f"{sign}{groups[size - 1]}", tuple(groups[:size]), gate=False)
    yield Configuration(f"+ {GATE} (the whole)", tuple(groups), gate=True)


def one_out() -> Iterator[Configuration]:
    """The whole without one of its parts."""
    groups = [name for name, signals in GROUPS.items() if signals]
    for out in groups:
        yield Configuration(f"without {out}", tuple(name for name in groups if name != out), gate=True)


class Restricted(SignalReader):
    """A reader that knows some of the signals only, over the same index."""

    def __init__(self, whole: SignalReader, configuration: Configuration) -> None:
        """Share what the whole reader has read; nothing is loaded again."""
        vars(self).update(vars(whole))
        self._whole = whole
        self._configuration = configuration

    def read(self, question: str, route: Route, *arguments: object) -> dict[str, dict[str, float]]:
        """The signals left, by target or gap; what nothing of the search speaks for is no candidate."""
        found = self._whole.read(question, route, *arguments)  # type: ignore[arg-type]  # handed on as it came
        return restricted(found, self._configuration, self.gaps)


def restricted(found: Found, configuration: Configuration, gaps: Mapping[str, object]) -> dict[str, dict[str, float]]:
    """What is found with these signals only: the others are zero."""
    kept = configuration.signals
    searching = [
        name for group in GROUPS if group not in {"labels and attributes", "known gaps"} for name in GROUPS[group]
    ]
    return {
        name: {signal: value if signal in kept else 0.0 for signal, value in signals.items()}
        for name, signals in found.items()
        if (configuration.gaps or name not in gaps) and any(signals[one] for one in searching if one in kept)
    }


def fitted(asked: Sequence[Asked], configuration: Configuration, signals: SignalReader) -> Ranking:
    """The ranking fitted on these signals alone; without the gate, a passage wins unless a known gap is ahead of it."""
    seen = [replace(one, found=restricted(one.found, configuration, signals.gaps)) for one in asked]
    weights = {name: value if name in configuration.signals else 0.0 for name, value in fit_ranking(seen).items()}
    if not configuration.gate:
        return Ranking(weights, {**dict.fromkeys(GATE_INPUTS, 0.0), "margin": _SHARP})
    least = fit_least_score(seen, weights, signals.unit_of)
    return Ranking(weights, fit_gate(seen, weights, signals.unit_of), least)


def search(signals: SignalReader, ranking: Ranking, configuration: Configuration, gate: float) -> PipelineStep:
    """The search step of this configuration; without gaps nor gate nothing is ever rejected at the gate."""
    threshold = gate if configuration.gate or configuration.gaps else _ALWAYS
    return make_retrieve(Restricted(signals, configuration), ranking, threshold)
