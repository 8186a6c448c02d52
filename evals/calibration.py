"""Whether a probability is one: of the passages that come first with 0.9, do nine in ten hold the answer?

In: cases with their answers and scores. Out: bins of probability beside what was right, and the expected calibration
error. The probability is that of the best passage; what counts as right: the documents answer the case, and that
passage overlaps a gold quote or led to a right answer (another passage may do as well). Amounts that were computed
are left out: no passage was needed.

Source: M. P. Naeini, G. Cooper and M. Hauskrecht, « Obtaining well calibrated probabilities using Bayesian binning »,
AAAI 2015 (ECE; bins of equal width).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evals.answers import Answer
from evals.cases import Case
from evals.retrieval import candidates, gold
from evals.scoring import Score
from evals.sources import Sources

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The cases whose probability is in `[low, high)` (the last holds 1): how many, their mean, the share right."""

    low: float
    high: float
    count: int
    probability: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """`error` is the mean distance between probability and share right, by bin, weighted by the cases of each."""

    n: int
    error: float
    bins: tuple[Bin, ...]


def probability_and_truth(case: Case, answer: Answer, right: Score, sources: Sources) -> tuple[float, bool] | None:
    """What the gate gave the best passage, and whether it has the answer; None where there is nothing to compare."""
    passages = [one for one in candidates(answer) or () if one.get("kind") != "gap"]
    if not passages or (answer.get("calculation") or {}).get("results"):
        return None
    has_it = case.answerable and (right is True or gold(case, passages[0], sources))
    return float(passages[0]["probability"]), has_it


def calibrate(pairs: Iterable[tuple[float, bool]], bins: int = BINS) -> Calibration | None:
    """Bins of equal width over [0, 1], empty ones left out; None without a pair. `ValueError` outside [0, 1]."""
    known = list(pairs)
    if not known:
        return None
    if not all(0 <= probability <= 1 for probability, _ in known):
        raise ValueError("a probability is outside [0, 1]")
    sorted_in = [[pair for pair in known if min(int(pair[0] * bins), bins - 1) == place] for place in range(bins)]
    made = tuple(_bin(place / bins, (place + 1) / bins, inside) for place, inside in enumerate(sorted_in) if inside)
    error = sum(one.count * abs(one.probability - one.right) for one in made) / len(known)
    return Calibration(len(known), error, made)


def _bin(low: float, high: float, inside: Sequence[tuple[float, bool]]) -> Bin:
    mean = sum(probability for probability, _ in inside) / len(inside)
    return Bin(low, high, len(inside), mean, sum(right for _, right in inside) / len(inside))
