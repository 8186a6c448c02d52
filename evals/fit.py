"""`python -m evals fit`: the coefficients of the ranking and of its gate, from the corpus' own expected questions.

Each expected question in turn is asked with itself left out, and should lead to its passage: that fits the ranking
(conditional logit). A question of a known gap, asked with its whole gap left out, stands for what nobody foresaw: no
passage answers it; those and the others fit the gate (logistic regression). No test question is used, so that what is
measured on test sets stays honest. For the same reason the embedding model must not have been trained on the expected
questions: name one that was not (`BALISE_EMBEDDING_MODEL`), with an index of its own (`BALISE_DATA`).
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
import yaml

from assistant.conversation import PipelineStep, Question, Turn
from assistant.ranking import GATE_INPUTS, Ranking, gate_inputs
from assistant.signals import SIGNALS, SignalReader
from ingest.expected import Gap

Features = npt.NDArray[np.float32]
Found = Mapping[str, Mapping[str, float]]
_DECAY = 1e-3
_BELOW = 0.03  # share of right answers given up so that small talk and other subjects stay unanswered
_ANSWERABLE = 0.8
"""Share of the questions people ask that the documents answer: one in five is not (our assumption, to be measured)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question asked with something left out: the signals of every candidate, and where it should lead."""

    found: Found
    leads_to: str


def ask(signals: SignalReader, route: PipelineStep, count: int, seed: int, tell: Callable[[], object]) -> list[Asked]:
    """Ask a sample of expected questions, each left out of the index.

    Of a gap, the whole gap is left out half the time (all that is out of scope, for one that is): such a question leads
    nowhere (`leads_to` is empty).
    """
    questions = signals.questions
    chosen = random.Random(seed).sample(range(len(questions)), min(count, len(questions)))  # noqa: S311 (a sample)
    asked: list[Asked] = []
    for rank, number in enumerate(chosen):
        question = questions[number]
        whole = question.leads_to in signals.gaps and rank % 2 == 0
        out = _left_out(signals.gaps, question.leads_to) if whole else frozenset[str]()
        turn = route(Turn(Question(question.text), question.language, question.text))

        def skip(other: int, number: int = number, out: frozenset[str] = out) -> bool:
            return other == number or questions[other].leads_to in out

        found = signals.read(turn.standalone, turn.route, skip)
        found = {name: one for name, one in found.items() if name not in out}
        asked.append(Asked(found, "" if whole else question.leads_to))
        tell()
    return asked


def _left_out(gaps: Mapping[str, Gap], name: str) -> frozenset[str]:
    """The gap itself; for a question about something else altogether, every gap of that kind."""
    if gaps[name].topic != "out_of_scope":
        return frozenset({name})
    return frozenset(other for other, gap in gaps.items() if gap.topic == "out_of_scope")


def fit_ranking(asked: Sequence[Asked]) -> dict[str, float]:
    """Weights of the signals: maximum likelihood of the right candidate among all those found (LBFGS, L2)."""
    cases = [(sorted(one.found), one) for one in asked if one.leads_to in one.found]
    rows = [(names.index(one.leads_to), torch.from_numpy(_matrix(names, one.found))) for names, one in cases]

    def loss(weights: torch.Tensor) -> torch.Tensor:
        each = [torch.logsumexp(matrix @ weights, 0) - matrix[right] @ weights for right, matrix in rows]
        return torch.stack(each).mean()

    return dict(zip(SIGNALS, _minimise(loss, len(SIGNALS)), strict=True))


def fit_gate(asked: Sequence[Asked], ranking: Mapping[str, float], unit_of: Mapping[str, str]) -> dict[str, float]:
    """Weights of the gate: does the passage that comes first lie in the right unit?

    Cases where a gap comes first are left out: no gate is needed there. The others are weighted so that `_ANSWERABLE`
    of them are right, whatever the sample.
    """
    cases = list(_gate_cases(asked, Ranking(ranking, dict.fromkeys(GATE_INPUTS, 0.0)), unit_of))
    inputs = torch.tensor([[values[name] for name in GATE_INPUTS] for values, _ in cases])
    right = torch.tensor([float(answer) for _, answer in cases])

    share = right.mean()
    weight = right * _ANSWERABLE / share + (1 - right) * (1 - _ANSWERABLE) / (1 - share)

    def loss(weights: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.binary_cross_entropy_with_logits(inputs @ weights, right, weight=weight)

    return dict(zip(GATE_INPUTS, _minimise(loss, len(GATE_INPUTS)), strict=True))


def fit_least_score(asked: Sequence[Asked], ranking: Mapping[str, float], unit_of: Mapping[str, str]) -> float:
    """The score that all but a few of the right first candidates reach; what is below is about something else."""
    fitted = Ranking(ranking, dict.fromkeys(GATE_INPUTS, 0.0))
    firsts = [(fitted.rank(one.found, unit_of)[0], one) for one in asked if one.found]
    right = [first.score for first, one in firsts if unit_of.get(first.name, "") == unit_of.get(one.leads_to)]
    return float(np.quantile(right, _BELOW))


def write(path: Path, ranking: Mapping[str, float], gate: Mapping[str, float], least_score: float) -> None:
    """Write the reviewed data file that `assistant.ranking` reads."""
    rounded = {
        "least_score": round(least_score, 2),
        "ranking": {name: round(value, 3) for name, value in ranking.items()},
        "gate": {name: round(value, 3) for name, value in gate.items()},
    }
    head = "# Coefficients of assistant/ranking.py, written by `python -m evals fit`; reviewed before each release.\n"
    path.write_text(head + yaml.safe_dump(rounded, sort_keys=False), encoding="utf-8")


def _gate_cases(
    asked: Sequence[Asked], ranking: Ranking, unit_of: Mapping[str, str]
) -> Iterator[tuple[dict[str, float], bool]]:
    for one in asked:
        scores = {name: ranking.score(signals) for name, signals in one.found.items()}
        best = min(scores, key=lambda name: (-scores[name], name), default="")
        if best in unit_of:
            yield gate_inputs(scores, unit_of), unit_of[best] == unit_of.get(one.leads_to)


def _matrix(names: Sequence[str], found: Found) -> Features:
    return np.array([[found[name][signal] for signal in SIGNALS] for name in names], dtype=np.float32)


def _minimise(loss: Callable[[torch.Tensor], torch.Tensor], size: int) -> list[float]:
    weights = torch.zeros(size, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=300, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        value = loss(weights) + _DECAY * (weights**2).sum()
        value.backward()  # type: ignore[no-untyped-call]  # torch ships no annotation for it
        return value

    optimiser.step(closure)  # type: ignore[no-untyped-call]
    return [float(weight) for weight in weights.detach()]
