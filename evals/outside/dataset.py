"""The values of an outside data set: passages, and questions that some of them answer. Knows no file format."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.conversation import Language


@dataclass(frozen=True, slots=True)
class OutsidePassage:
    """A stretch of text that may answer. `document` is the title of what it belongs to; `heading` may be empty."""

    id: str
    document: str
    text: str
    heading: str = ""


@dataclass(frozen=True, slots=True)
class OutsideQuestion:
    """A question, the ids of the passages that answer it, and (where the data set says) the words that do."""

    id: str
    text: str
    relevant: frozenset[str]
    answers: tuple[str, ...] = ()
    language: Language = "fr"


@dataclass(frozen=True, slots=True)
class DataSet:
    """Passages and questions of one data set; every id that a question gives is the id of a passage."""

    name: str
    passages: tuple[OutsidePassage, ...]
    questions: tuple[OutsideQuestion, ...]

    def sample(self, count: int, seed: int) -> "DataSet":
        """The same passages with `count` of the questions, drawn by seed and left in order; all of them for 0."""
        if not 0 < count < len(self.questions):
            return self
        chosen = random.Random(seed).sample(range(len(self.questions)), count)  # noqa: S311 (a sample, not a secret)
        return replace(self, questions=tuple(self.questions[number] for number in sorted(chosen)))


def dangling(passages: Sequence[OutsidePassage], questions: Sequence[OutsideQuestion]) -> list[str]:
    """What is wrong between the two: questions that lead nowhere, ids given twice."""
    problems = []
    known: set[str] = set()
    for passage in passages:
        problems += [f"passage {passage.id!r} given twice"] if passage.id in known else []
        known.add(passage.id)
    for question in questions:
        problems += [f"question {question.id!r}: no passage {name!r}" for name in sorted(question.relevant - known)]
    return problems
