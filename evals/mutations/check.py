"""Each damage, and what the gate says of it: the same cases, the same measures, the same gate as a release.

In: an assistant, cases, sources. Out: a `Finding` for each damage. A damage that changes no answer proves nothing: it
is told apart from one that is caught, and so is one that the gate lets through.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from assistant.assemble import Assistant
from evals.answerers import in_process
from evals.attribution import passed
from evals.cases import Case
from evals.gate import baseline_of, fallen
from evals.mutations.damages import DAMAGES, Damage
from evals.results import Results, build
from evals.run import Conditions, Run, run
from evals.sources import Sources
from evals.summary import Judged, judge, summarise

_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one damage: cases asked, answers changed, and what the gate says (nothing when it was fooled)."""

    damage: Damage
    asked: int
    changed: int
    fell: tuple[str, ...]

    @property
    def caught(self) -> bool:
        """Answers changed, and the gate closed."""
        return bool(self.changed and self.fell)


def check(
    assistant: Assistant, cases: Sequence[Case], sources: Sources, tell: Callable[[], object]
) -> Iterator[Finding]:
    """Try every damage on cases that it should show in, among those that the whole program passes."""
    sound: dict[str, Judged] = {}
    for damage in DAMAGES:
        chosen = tuple(islice(_passing(assistant, filter(damage.shows_in, cases), sources, sound), damage.most))
        before = _results([sound[case.id] for case in chosen], sources)
        with damage.apply(assistant):
            broken = _judged(assistant, chosen, sources)
        after = _results(broken, sources)
        yield Finding(damage, len(chosen), _changed(before, after), fallen(baseline_of(before), after))
        tell()


def _passing(assistant: Assistant, cases: Iterable[Case], sources: Sources, sound: dict[str, Judged]) -> Iterator[Case]:
    """The cases that the whole program passes, asked as they are needed, once each; what came is kept in `sound`."""
    for case in cases:
        if case.id not in sound:
            (sound[case.id],) = _judged(assistant, [case], sources)
        if passed(sound[case.id].scores):
            yield case


def _judged(assistant: Assistant, cases: Sequence[Case], sources: Sources) -> tuple[Judged, ...]:
    return judge(run(cases, in_process(assistant), Conditions(1, _PATIENCE, time.perf_counter)), sources)


def _results(judged: Sequence[Judged], sources: Sources) -> Results:
    outcomes = tuple(item.outcome for item in judged)
    done = Run(outcomes, sum(outcome.seconds for outcome in outcomes), 1, len(outcomes))
    return build({}, judged, summarise(done, judged, sources), sources, {})


def _changed(before: Results, after: Results) -> int:
    pairs = zip(before["cases"], after["cases"], strict=True)
    return sum(_seen(one) != _seen(other) for one, other in pairs)


def _seen(case: Mapping[str, Any]) -> dict[str, Any]:
    """The answer but for what differs from one time to the next."""
    return {name: value for name, value in case["answer"].items() if name != "elapsed_ms"}
