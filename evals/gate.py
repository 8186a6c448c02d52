"""Whether a run is as good as what was reached before: what stands between a change and a release.

In: the results of a run, and a baseline: bounds that no number may cross, and what each case scored when the baseline
was taken. Out: a sentence for each thing that fell. Any quote that is not verbatim, any figure without backing and
any crash closes the gate, whatever the baseline says; so does a number that the run does not have.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from evals.errors import EvalError
from evals.measures import LESS_IS_BETTER
from evals.paired import mcnemar
from evals.results import Results

ALPHA = 0.05
FIRM = ("quotes_verbatim", "figures_backed", "calculation_exact")
"""Promises, not qualities: one case that breaks one is enough, no statistics."""
WATCHED = (
    "right", "content_right", "abstention_right", "abstention_precision", "citation_right", "referral_right",
    "language_right", "hit_at_1", "hit_at_5",
)  # fmt: skip


class Baseline(BaseModel):
    """The least and the most that each number may be, named as in results.json; and the scores by case and measure."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    min: Mapping[str, float] = {}
    max: Mapping[str, float] = {}
    cases: Mapping[str, Mapping[str, bool]] = {}

    @model_validator(mode="after")
    def _asks_for_something(self) -> "Baseline":
        if not self.min and not self.max:
            raise ValueError("no bound at all: anything would pass")
        return self


_Model = TypeVar("_Model", bound=BaseModel)


def read(path: Path, model: type[_Model]) -> _Model:
    """A baseline; `EvalError` lists what is wrong with the file."""
    try:
        return model.model_validate_json(path.read_bytes())
    except OSError as error:
        raise EvalError(str(path), [f"cannot be read: {error}"]) from error
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, e['loc'])) or 'file'}: {e['msg']}" for e in error.errors()]
        raise EvalError(str(path), problems) from error


def fallen(baseline: Baseline, results: Results) -> tuple[str, ...]:
    """What fell; nothing when all is as good as before."""
    return (
        *_broken_promises(results),
        *_crossed(baseline, results),
        *_lost(baseline.cases, results["cases"]),
        *_missing(baseline, results["cases"]),
    )


def baseline_of(results: Results) -> Baseline:
    """A baseline of this run: floors under its proportions (its own Wilson bounds, rounded down), and its cases.

    `EvalError` for a run that breaks a promise: it is nothing to hold others to.
    """
    if broken := tuple(_broken_promises(results)):
        raise EvalError("no baseline can be taken from this run", broken)
    floors = {
        one["measure"]: math.floor(one["low"] * 100) / 100
        for one in results["groups"]
        if one["kind"] == one["lang"] == "all" and one["measure"] in WATCHED and one["value"] is not None
    }
    firm = {name: results["measures"][name] for name in FIRM if results["measures"].get(name) is not None}
    return Baseline(
        min={**floors, **firm},
        max={"errors": results["counts"]["errors"], "failures": 0},
        cases={case["id"]: _watched(case) for case in results["cases"]},
    )


def written(baseline: Baseline) -> str:
    """The file of a baseline, a case a line, so that a change of it can be reviewed."""
    cases = ",\n".join(f"  {json.dumps(name)}: {json.dumps(scores)}" for name, scores in baseline.cases.items())
    bounds = json.dumps({"min": dict(baseline.min), "max": dict(baseline.max)}, indent=1)
    return f'{bounds[:-2]},\n "cases": {{\n{cases}\n }}\n}}\n'


def _watched(case: Mapping[str, Any]) -> dict[str, bool]:
    return {name: case["measures"][name] for name in WATCHED if isinstance(case["measures"].get(name), bool)}


def _broken_promises(results: Results) -> Iterator[str]:
    for case in results["cases"]:
        for found in case["violations"]:
            yield f"{case['id']}: {found['check']} without backing: {found['what']} ({found['where']})"
        if case["failure"]:
            yield f"{case['id']}: no answer: {case['failure']}"


def _crossed(baseline: Baseline, results: Results) -> Iterator[str]:
    numbers = {**results["measures"], **results["counts"], **results["latency"]}
    for name, least in baseline.min.items():
        value = numbers.get(name)
        if value is None or value < least:
            yield _told(name, value, f"at least {least:g}")
    for name, most in baseline.max.items():
        value = numbers.get(name)
        if value is None or value > most:
            yield _told(name, value, f"at most {most:g}")


def _lost(before: Mapping[str, Mapping[str, bool]], cases: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Measures that lost more cases than chance explains: McNemar's exact test, one-sided."""
    for name in WATCHED:
        pairs = [
            (before[case["id"]][name], case["measures"][name], case["id"])
            for case in cases
            if name in before.get(case["id"], {}) and isinstance(case["measures"].get(name), bool)
        ]
        lost = [one for was, now, one in pairs if (now > was if name in LESS_IS_BETTER else now < was)]
        gained = sum(was != now for was, now, _ in pairs) - len(lost)
        p = mcnemar([was for was, _, _ in pairs], [now for _, now, _ in pairs]) / 2 if pairs else 1.0
        if len(lost) > gained and p < ALPHA:
            yield f"{name}: {len(lost)} case(s) lost, {gained} gained (p = {p:.3f}): {', '.join(lost)}"


def _missing(baseline: Baseline, cases: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    gone = sorted(baseline.cases.keys() - {case["id"] for case in cases})
    if gone:
        yield f"{len(gone)} case(s) of the baseline were not asked: {', '.join(gone[:10])}{'…' if gone[10:] else ''}"


def _told(name: str, value: float | None, bound: str) -> str:
    return f"{name} is {'not in the results' if value is None else f'{value:.4g}'}; the baseline asks for {bound}"
