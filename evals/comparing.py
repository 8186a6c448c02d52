"""Two runs of the same cases: what got better, what got worse, by how much, and whether that may be chance.

In: the results of two runs. Out: a `Difference` for each measure and a `Change` for each case whose verdict is not the
same. A case counts only where both runs have it, asked in the same words; the others are named.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from evals.measures import LESS_IS_BETTER
from evals.paired import difference, mcnemar
from evals.results import Results
from evals.summary import NAMES

ALPHA = 0.05
Verdict = Literal["better", "worse", "chance", "same"]
_Case = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """A measure over the `n` cases that both runs have it for: means, cases gained and lost, bounds of the mean gain.

    `p` is McNemar's for a measure that is met or not, None for a ratio. `verdict` minds which way is better.
    """

    measure: str
    n: int
    before: float
    after: float
    gained: int
    lost: int
    low: float
    high: float
    p: float | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Change:
    """A case that passed in one run only; `step` is what failed in the other."""

    id: str
    question: str
    passed_after: bool
    status_before: str
    status_after: str
    step: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs; `unpaired` are cases of one run only, or whose question changed."""

    differences: tuple[Difference, ...]
    changes: tuple[Change, ...]
    unpaired: tuple[str, ...]
    n: int


def compare(before: Results, after: Results) -> Comparison:
    """The second run beside the first."""
    pairs, unpaired = _paired(before["cases"], after["cases"])
    found = (_difference(name, pairs) for name in NAMES)
    changes = tuple(_change(a, b) for a, b in pairs if a["passed"] != b["passed"])
    return Comparison(tuple(one for one in found if one), changes, unpaired, len(pairs))


def _paired(before: Iterable[_Case], after: Iterable[_Case]) -> tuple[list[tuple[_Case, _Case]], tuple[str, ...]]:
    first, second = ({case["id"]: case for case in cases} for cases in (before, after))
    same = [name for name in first if name in second and _asked(first[name]) == _asked(second[name])]
    return [(first[name], second[name]) for name in same], tuple(sorted({*first, *second} - {*same}))


def _asked(case: _Case) -> tuple[object, object]:
    return case["question"], case["history"]


def _difference(name: str, pairs: Sequence[tuple[_Case, _Case]]) -> Difference | None:
    scores = [(a["measures"].get(name), b["measures"].get(name)) for a, b in pairs]
    known = [(a, b) for a, b in scores if a is not None and b is not None]
    if not known:
        return None
    before, after = ([pair[place] for pair in known] for place in (0, 1))
    met_or_not = all(isinstance(score, bool) for score in (*before, *after))
    p = mcnemar(before, after) if met_or_not else None
    low, high = difference(before, after)
    gained, lost = sum(b > a for a, b in known), sum(b < a for a, b in known)
    better = sum(after) - sum(before) if name not in LESS_IS_BETTER else sum(before) - sum(after)
    sure = p < ALPHA if p is not None else not low <= 0 <= high
    verdict: Verdict = ("better" if better > 0 else "worse") if sure else ("chance" if gained or lost else "same")
    mean_before, mean_after = (float(sum(values)) / len(known) for values in (before, after))
    return Difference(name, len(known), mean_before, mean_after, gained, lost, low, high, p, verdict)


def _change(before: _Case, after: _Case) -> Change:
    failed = before if after["passed"] else after
    return Change(
        after["id"], after["question"], after["passed"], str(before["answer"].get("status")),
        str(after["answer"].get("status")), str(failed["failing_step"]),
    )  # fmt: skip
