"""Signals to calibrated probabilities: a linear score, a softmax over the candidates, and a logistic gate.

The gate gives the chance that the documents answer at all: how far the best passage is ahead of the best known gap, and
how much of the softmax it has. Passages share that chance, gaps share the rest. Below a least score nothing in the
corpus is close to the question. The coefficients are a reviewed data file (`ranking.yaml`), fitted by
`python -m evals fit`.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.errors import SettingsError
from assistant.signals import SIGNALS
from ingest.catalog import load_yaml

RANKING_FILE = Path(__file__).with_name("ranking.yaml")
GATE_INPUTS = ("bias", "margin", "share")
_FAR = 5.0  # past this margin, more of it says nothing


class _Coefficients(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    ranking: dict[str, float]
    gate: dict[str, float]
    least_score: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate's place: its linear score, its share of the softmax, and its probability.

    The probability of the best passage is the gate's, that of the best gap is one less it; the others of each sort
    stand to the best of theirs as their shares do.
    """

    name: str
    score: float
    share: float
    probability: float


class Ranking:
    """A fitted ranking. Read only."""

    def __init__(self, ranking: Mapping[str, float], gate: Mapping[str, float], least_score: float = -math.inf) -> None:
        """`least_score`: what the best candidate must reach; below, nothing in the corpus is close to the question."""
        self.ranking = dict(ranking)
        self.gate = dict(gate)
        self.least_score = least_score

    def rank(self, found: Mapping[str, Mapping[str, float]], unit_of: Mapping[str, str]) -> list[Ranked]:
        """Best score first; ties by name. `unit_of` gives the unit of each target; a gap has none."""
        if not found:
            return []
        scores = {name: self.score(signals) for name, signals in found.items()}
        order = sorted(scores, key=lambda name: (-scores[name], name))
        top = scores[order[0]]
        total = sum(math.exp(score - top) for score in scores.values())
        answered = self._passes(gate_inputs(scores, unit_of))
        chance = {True: answered, False: 1 - answered}
        best = {sort: max((scores[n] for n in order if (n in unit_of) is sort), default=top) for sort in chance}
        return [
            Ranked(
                name,
                scores[name],
                math.exp(scores[name] - top) / total,
                chance[name in unit_of] * math.exp(scores[name] - best[name in unit_of]),
            )
            for name in order
        ]

    def score(self, signals: Mapping[str, float]) -> float:
        """The linear score of one candidate."""
        return sum(weight * signals[name] for name, weight in self.ranking.items())

    def _passes(self, inputs: Mapping[str, float]) -> float:
        logit = sum(weight * inputs[name] for name, weight in self.gate.items())
        return (1 + math.tanh(logit / 2)) / 2


def gate_inputs(scores: Mapping[str, float], unit_of: Mapping[str, str]) -> dict[str, float]:
    """What the gate looks at: `margin`, the lead of the best passage over the best gap, and `share`, its unit's part.

    Where no passage is found the margin is the least there is; where no gap is, the greatest.
    """
    passages = {name: score for name, score in scores.items() if name in unit_of}
    gaps = [score for name, score in scores.items() if name not in unit_of]
    if not passages:
        return {"bias": 1.0, "margin": -_FAR, "share": 0.0}
    best = min(passages, key=lambda name: (-passages[name], name))
    top = max(scores.values())
    parts = {name: math.exp(score - top) for name, score in scores.items()}
    own = sum(part for name, part in parts.items() if unit_of.get(name) == unit_of[best])
    margin = passages[best] - max(gaps, default=-math.inf)
    return {"bias": 1.0, "margin": max(-_FAR, min(margin, _FAR)), "share": own / sum(parts.values())}


def load_ranking(path: Path = RANKING_FILE) -> Ranking:
    """Read the coefficients; `SettingsError` when one is missing or unknown."""
    try:
        read = TypeAdapter(_Coefficients).validate_python(load_yaml(path))
    except ValidationError as error:
        raise SettingsError(f"{path}: {error}") from error
    for given, known in ((read.ranking, SIGNALS), (read.gate, GATE_INPUTS)):
        if set(given) != set(known):
            raise SettingsError(f"{path}: expected coefficients for {', '.join(known)}; found {', '.join(given)}")
    return Ranking(read.ranking, read.gate, read.least_score)
