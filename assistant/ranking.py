"""Signals to calibrated probabilities: a linear score, a softmax over the candidates, and a logistic gate.

The coefficients are a reviewed data file (`ranking.yaml`), fitted by `python -m evals fit`. Nothing is normalised per
query: a question that nothing in the corpus is close to has low scores everywhere, and the gate sees it.
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
GATE_INPUTS = ("bias", "score", "margin", "share", "lead")
_FAR = 5.0  # past this lead, more of it says nothing


class _Coefficients(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    ranking: dict[str, float]
    gate: dict[str, float]
    least_score: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate's place: its linear score, its share of the softmax, and the gate's probability times that share."""

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
        """Best first; ties by name. `probability` of the first is the gate's chance that its unit has the answer.

        `unit_of` gives the unit of each target; a gap has none.
        """
        if not found:
            return []
        scores = {name: self.score(signals) for name, signals in found.items()}
        order = sorted(scores, key=lambda name: (-scores[name], name))
        top = scores[order[0]]
        total = sum(math.exp(score - top) for score in scores.values())
        passed = self._passes(gate_inputs(scores, unit_of))
        return [
            Ranked(name, scores[name], math.exp(scores[name] - top) / total, passed * math.exp(scores[name] - top))
            for name in order
        ]

    def score(self, signals: Mapping[str, float]) -> float:
        """The linear score of one candidate."""
        return sum(weight * signals[name] for name, weight in self.ranking.items())

    def _passes(self, inputs: Mapping[str, float]) -> float:
        logit = sum(weight * inputs[name] for name, weight in self.gate.items())
        return (1 + math.tanh(logit / 2)) / 2


def gate_inputs(scores: Mapping[str, float], unit_of: Mapping[str, str]) -> dict[str, float]:
    """What the gate looks at, for the best candidate.

    `margin` is its lead over the best gap, `lead` over the best passage of another unit; `share` is its unit's part of
    the softmax.
    """
    best = min(scores, key=lambda name: (-scores[name], name))
    top, unit = scores[best], unit_of.get(best, best)
    gaps = [score for name, score in scores.items() if name not in unit_of]
    others = [score for name, score in scores.items() if name in unit_of and unit_of[name] != unit]
    shares = {name: math.exp(score - top) for name, score in scores.items()}
    return {
        "bias": 1.0,
        "score": top,
        "margin": min(top - max(gaps, default=-math.inf), _FAR),
        "share": sum(part for name, part in shares.items() if unit_of.get(name, name) == unit) / sum(shares.values()),
        "lead": min(top - max(others, default=-math.inf), _FAR),
    }


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
