"""Scores and the right documents in, retrieval figures out; each figure is in [0, 1] and averaged over questions."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Figures:
    """`hit_k`: a right document among the first k; nDCG with binary relevance."""

    questions: int
    hit_1: float
    hit_5: float
    hit_10: float
    ndcg_10: float


def ranking(scores: Scores) -> npt.NDArray[np.int64]:
    """Document numbers by falling score, shape (min(depth, documents),); one question."""
    depth = min(_DEPTH, len(scores))
    best = np.sort(np.argpartition(-scores, depth - 1)[:depth])
    return best[np.argsort(-scores[best], kind="stable")]


def figures(rankings: Sequence[npt.NDArray[np.int64]], right: Sequence[frozenset[int]]) -> Figures:
    """Figures over questions; `rankings[i]` goes with `right[i]`, none of which is empty."""
    found = np.array(
        [[number in good for number in ranks[:_DEPTH]] for ranks, good in zip(rankings, right, strict=True)]
    )
    discounts = 1 / np.log2(np.arange(2, _DEPTH + 2))
    ideal = np.array([discounts[: len(good)].sum() for good in right])
    gains = (found * discounts[: found.shape[1]]).sum(axis=1) / ideal
    first, five, ten = (float(found[:, :k].any(axis=1).mean()) for k in (1, 5, _DEPTH))
    return Figures(len(right), first, five, ten, float(gains.mean()))


def standardise(scores: Scores) -> Scores:
    """Mean 0 and deviation 1 over the documents of one question."""
    return np.asarray((scores - scores.mean()) / (scores.std() + 1e-9), dtype=np.float32)


def spearman(a: Sequence[float] | Scores, b: Sequence[float] | Scores) -> float:
    """Rank correlation; equal values share the mean of their ranks."""
    return float(np.corrcoef(_ranks(np.asarray(a)), _ranks(np.asarray(b)))[0, 1])


def _ranks(values: npt.NDArray[np.float64 | np.float32]) -> npt.NDArray[np.float64]:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2)[inverse]
