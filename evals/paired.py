"""Is a difference chance? Two versions on the same cases, met or not met, or a ratio a case.

In: the scores of the same cases by two runs, in the same order. Out: an exact p-value, or bounds at 95 %. Refuses
lists of different lengths. Seeded: the same scores give the same bounds. The only importer of scipy.

Sources: Q. McNemar, « Note on the sampling error of the difference between correlated proportions », Psychometrika 12
(1947), in its exact, binomial form; B. Efron and R. Tibshirani, « An Introduction to the Bootstrap » (1993),
percentile bounds.
"""

from collections.abc import Sequence

import numpy as np
from scipy import stats

_SEED = 1
_RESAMPLES = 2000
LEVEL = 0.95


def mcnemar(before: Sequence[bool], after: Sequence[bool]) -> float:
    """Probability of changes as one-sided as these if neither run were better: exact, two-sided; 1 without a change."""
    pairs = list(zip(before, after, strict=True))
    gained = sum(b and not a for a, b in pairs)
    lost = sum(a and not b for a, b in pairs)
    if not gained + lost:
        return 1.0
    return float(stats.binomtest(gained, gained + lost).pvalue)


def bounds(values: Sequence[float]) -> tuple[float, float]:
    """Bounds at 95 % of the mean of these values, by bootstrap; the value itself when they are all the same."""
    if not values:
        raise ValueError("no value to bound")
    if min(values) == max(values):
        return float(values[0]), float(values[0])
    found = stats.bootstrap(
        (np.asarray(values, dtype=float),), np.mean, n_resamples=_RESAMPLES, confidence_level=LEVEL,
        method="percentile", rng=np.random.default_rng(_SEED),
    )  # fmt: skip
    return float(found.confidence_interval.low), float(found.confidence_interval.high)


def difference(before: Sequence[float], after: Sequence[float]) -> tuple[float, float]:
    """Bounds at 95 % of the mean gain of the second run over the first, cases paired."""
    return bounds([b - a for a, b in zip(before, after, strict=True)])
