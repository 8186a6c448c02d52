"""`python -m evals fit`: the coefficients of the ranking and of its gate, from the corpus' own expected questions.

Wordings of the second hand are asked, each with itself left out of the index, and should lead to their passage or gap:
that fits the ranking (conditional logit). For every other question of a known gap the whole gap is left out: it stands
for what nobody foresaw, and no passage answers it. All of them fit the gate (logistic regression). No test question is
used, so that what is measured on test sets stays honest. For the same reason the embedding model must not have been
trained on the wordings that are asked; the one in `ingest/model` has seen the first hand's only.
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
from evals.errors import EvalError
from ingest.expected import Gap

Features = npt.NDArray[np.float32]
Found = Mapping[str, Mapping[str, float]]
_DECAY = 0.03
"""Weight decay of the ranking: other people word things otherwise than the authors of the expected questions."""
_GATE_DECAY = 1e-3
_SECOND = 2
_BELOW = 0.005  # share of right answers given up so that small talk and other subjects stay unanswered
_ANSWERABLE = 0.8
"""Share of the questions people ask that the documents answer: one in five is not (our assumption, to be measured)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question asked with something left out: the signals of every candidate, and where it should lead."""

    found: Found
    leads_to: str


def ask(signals: SignalReader, route: PipelineStep, count: int, seed: int, tell: Callable[[], object]) -> list[Asked]:
    """Ask a sample of the second hand's wordings, each without itself.

    Of a gap, the whole gap is left out half the time (all that is out of scope, for one that is): such a question leads
    nowhere (`leads_to` is empty).

    Raises:
        EvalError: the corpus has wordings of one hand only.
    """
    questions = signals.questions
    second = [number for number, question in enumerate(questions) if question.hand == _SECOND]
    if not second:
        raise EvalError("corpus/questions", ["no `second_hand` wordings: there is nothing to fit on"])
    chosen = random.Random(seed).sample(second, min(count, len(second)))  # noqa: S311 (a sample)
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

    return dict(zip(SIGNALS, _minimise(loss, len(SIGNALS), _DECAY), strict=True))


def fit_gate(asked: Sequence[Asked], ranking: Mapping[str, float], unit_of: Mapping[str, str]) -> dict[str, float]:
    """Weights of the gate: do the documents answer the question at all?

    The cases are weighted so that `_ANSWERABLE` of them are answered, whatever the sample.
    """
    cases = list(_gate_cases(asked, Ranking(ranking, dict.fromkeys(GATE_INPUTS, 0.0)), unit_of))
    if len({answered for _, answered in cases}) < len((True, False)):
        raise EvalError(
            "corpus", ["the gate needs questions that are answered and others that are not: add known gaps"]
        )
    inputs = torch.tensor([[values[name] for name in GATE_INPUTS] for values, _ in cases], dtype=torch.float32)
    right = torch.tensor([float(answer) for _, answer in cases])

    share = right.mean()
    weight = right * _ANSWERABLE / share + (1 - right) * (1 - _ANSWERABLE) / (1 - share)

    def loss(weights: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.binary_cross_entropy_with_logits(inputs @ weights, right, weight=weight)

    return dict(zip(GATE_INPUTS, _minimise(loss, len(GATE_INPUTS), _GATE_DECAY), strict=True))


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
        if scores:
            yield gate_inputs(scores, unit_of), one.leads_to in unit_of


def _matrix(names: Sequence[str], found: Found) -> Features:
    return np.array([[found[name][signal] for signal in SIGNALS] for name in names], dtype=np.float32)


def _minimise(loss: Callable[[torch.Tensor], torch.Tensor], size: int, decay: float) -> list[float]:
    weights = torch.zeros(size, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=300, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        value = loss(weights) + decay * (weights**2).sum()
        value.backward()  # type: ignore[no-untyped-call]  # torch ships no annotation for it
        return value

    optimiser.step(closure)  # type: ignore[no-untyped-call]
    return [float(weight) for weight in weights.detach()]
