"""What is doubtful in the corpus' own questions: for the people who review `corpus/questions` and `corpus/gaps`.

Each expected question is asked with itself left out of the index. In: an assembled assistant. Out: findings:
`astray` (it leads to another passage than its own), `answered` (a question of a known gap passes the gate: a passage
may answer it) and `alike` (nearly the same question under two entries). Nothing is changed.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from assistant.conversation import PipelineStep, Question, Turn
from assistant.ranking import Ranking
from assistant.signals import SignalReader
from ingest.expected import ExpectedQuestion

ALIKE = 0.97
"""Cosine from which two questions under two entries are reported."""
_BLOCK = 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """A question to review: where it should lead, where it leads (or the question it resembles), and how surely."""

    kind: Literal["astray", "answered", "alike"]
    question: str
    leads_to: str
    other: str
    likelihood: float


def misled(
    signals: SignalReader, route: PipelineStep, ranking: Ranking, gate: float, tell: Callable[[], object]
) -> Iterator[Finding]:
    """Questions that lead to another passage, or to a passage where a gap says that there is none."""
    for number, question in enumerate(signals.questions):
        turn = route(Turn(Question(question.text), question.language, question.text))

        def skip(other: int, number: int = number) -> bool:
            return other == number

        ranked = ranking.rank(signals.read(question.text, turn.route, skip), signals.unit_of)
        tell()
        first = next((one for one in ranked if one.name in signals.unit_of), None)
        if first is None or first.probability < gate or first.score < ranking.least_score:
            continue
        if question.leads_to in signals.gaps:
            yield Finding("answered", question.text, question.leads_to, first.name, first.probability)
        elif signals.unit_of[first.name] != signals.unit_of[question.leads_to]:
            yield Finding("astray", question.text, question.leads_to, first.name, first.probability)


def alike(questions: Sequence[ExpectedQuestion], vectors: npt.NDArray[np.float32]) -> Iterator[Finding]:
    """Pairs of questions under two entries whose vectors (rows, in the same order) nearly coincide."""
    rows = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    for start in range(0, len(rows), _BLOCK):
        near = rows[start : start + _BLOCK] @ rows.T
        for place, other in zip(*np.nonzero(near >= ALIKE), strict=True):
            one, two = questions[start + place], questions[other]
            if other > start + place and one.leads_to != two.leads_to:
                yield Finding("alike", one.text, one.leads_to, two.leads_to, float(near[place, other]))
