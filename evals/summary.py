"""From scored cases to the numbers of a report: proportions with intervals by kind and language, counts, latency.

In: a `Run` and the raw sources. Out: a `Summary` of plain values, ready for JSON.
"""

import hashlib
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evals.answers import Answer
from evals.attribution import Fault, attribute
from evals.calibration import Calibration, calibrate, probability_and_truth
from evals.measures import LESS_IS_BETTER, MEASURES
from evals.paired import bounds
from evals.run import Outcome, Run
from evals.scoring import Score
from evals.sources import Sources

_Z95 = 1.959963984540054
STABLE = "stable"
NAMES = (*(measure.__name__ for measure in MEASURES), STABLE)
"""All measures, in the order of reports."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What came back for a case: its first outcome is scored; the others tell whether the answer is stable."""

    outcome: Outcome
    repeats: tuple[Outcome, ...]
    scores: Mapping[str, Score]
    fault: Fault | None

    @property
    def failed(self) -> tuple[str, ...]:
        """The measures that are plainly not met."""
        return tuple(name for name, score in self.scores.items() if score is (name in LESS_IS_BETTER))


@dataclass(frozen=True, slots=True)
class Tally:
    """The mean of a measure over the `n` cases that it applies to; None when there is none.

    `low` and `high` bound it at 95 %: by Wilson for a measure that is met or not, by bootstrap for a ratio.
    """

    measure: str
    kind: str
    lang: str
    n: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Summary:
    """All numbers of a run. `groups` are by kind and language, `all` standing for every one of them."""

    groups: tuple[Tally, ...]
    counts: Mapping[str, int]
    latency: Mapping[str, float]
    calibration: Calibration | None
    failing_steps: Mapping[str, int]


ALL = "all"


def judge(run: Run, sources: Sources) -> tuple[Judged, ...]:
    """Every case with all its scores, and the step that failed where one did."""
    by_case: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in run.outcomes:
        by_case[outcome.case.id].append(outcome)
    return tuple(_judged(outcome, by_case[outcome.case.id], sources) for outcome in run.first)


def summarise(run: Run, judged: Sequence[Judged], sources: Sources) -> Summary:
    """The numbers of a run."""
    return Summary(_tallies(judged), _counts(judged), _latency(run), _calibration(judged, sources), _steps(judged))


def digest(answer: Answer) -> str:
    """A short stamp of what a person reads: status, words, and where the citations stand."""
    places = [(one.get("document"), one.get("start"), one.get("end")) for one in answer.get("citations") or ()]
    read = json.dumps([answer.get("status"), answer.get("text"), places], ensure_ascii=False)
    return hashlib.sha256(read.encode(errors="backslashreplace")).hexdigest()[:16]


def stable(repeats: Sequence[Outcome]) -> Score:
    """Every repeat gave the same status, words and citations (promise 4 of the design); None when asked once."""
    if len(repeats) == 1:
        return None
    return len({(digest(one.answer), bool(one.failure)) for one in repeats}) == 1


def _judged(outcome: Outcome, repeats: Sequence[Outcome], sources: Sources) -> Judged:
    case, answer = outcome.case, outcome.answer
    scores: dict[str, Score] = {measure.__name__: measure(case, answer, sources) for measure in MEASURES}
    scores[STABLE] = stable(repeats)
    return Judged(outcome, tuple(repeats), scores, attribute(case, answer, scores, outcome.failure, sources))


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Bounds at 95 % of a proportion; (0, 1) when nothing was tried.

    Source: E. B. Wilson, « Probable inference, the law of succession, and statistical inference », JASA 22 (1927).
    """
    if not n:
        return 0.0, 1.0
    rate, spread = successes / n, _Z95**2 / n
    centre = rate + spread / 2
    margin = _Z95 * math.sqrt(rate * (1 - rate) / n + spread / (4 * n))
    low, high = (centre - margin) / (1 + spread), (centre + margin) / (1 + spread)
    return (0.0 if successes == 0 else low), (1.0 if successes == n else high)


def percentile(values: Iterable[float], percent: float) -> float:
    """The smallest value that at least this many percent do not exceed (nearest rank). `ValueError` for no value."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no value to rank")
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)]


def _tallies(judged: Sequence[Judged]) -> tuple[Tally, ...]:
    """One tally for each measure and group that has a case; `all` × `all` is there for every measure."""
    scores: dict[tuple[str, str, str], list[Score]] = defaultdict(list)
    for item in judged:
        case = item.outcome.case
        for name, score in item.scores.items():
            for kind, lang in ((ALL, ALL), (ALL, case.lang), (case.kind, ALL), (case.kind, case.lang)):
                scores[name, kind, lang].append(score)
    tallies = (tally(*group, found) for group, found in scores.items())
    return tuple(found for found in tallies if found.n or found.kind == found.lang == ALL)


def tally(measure: str, kind: str, lang: str, scores: Iterable[Score]) -> Tally:
    """Mean and bounds of the scores that are not None."""
    known = [score for score in scores if score is not None]
    if not known:
        return Tally(measure, kind, lang, 0, None, None, None)
    mean = sum(known) / len(known)
    met_or_not = all(isinstance(score, bool) for score in known)
    low, high = wilson(int(sum(known)), len(known)) if met_or_not else bounds(list(map(float, known)))
    return Tally(measure, kind, lang, len(known), mean, low, high)


def _counts(judged: Sequence[Judged]) -> dict[str, int]:
    outcomes = [item.outcome for item in judged]
    return {
        "cases": len(outcomes),
        "wrong": sum(item.scores["right"] is not True for item in judged),
        "false_dont_know": sum(item.scores["false_dont_know"] is True for item in judged),
        "wrong_answers": sum(item.scores["wrong_answer"] is True for item in judged),
        "errors": sum(outcome.answer.get("status") == "error" for outcome in outcomes),
        "failures": sum(bool(outcome.failure) for outcome in outcomes),
    }


def _latency(run: Run) -> dict[str, float]:
    """Milliseconds until an answer (those without one left out) and answers a second; empty when none came."""
    times = [outcome.seconds * 1000 for outcome in run.outcomes if not outcome.failure]
    if not times:
        return {}
    return {
        "p50_ms": percentile(times, 50),
        "p95_ms": percentile(times, 95),
        "answers_per_second": run.asked / run.seconds if run.seconds else 0.0,
    }


def _calibration(judged: Sequence[Judged], sources: Sources) -> Calibration | None:
    pairs = (
        probability_and_truth(item.outcome.case, item.outcome.answer, item.scores["right"], sources) for item in judged
    )
    return calibrate(pair for pair in pairs if pair is not None)


def _steps(judged: Iterable[Judged]) -> dict[str, int]:
    """How many cases failed at each step, most first."""
    steps = [item.fault.step for item in judged if item.fault]
    return dict(sorted(((step, steps.count(step)) for step in set(steps)), key=lambda pair: (-pair[1], pair[0])))
