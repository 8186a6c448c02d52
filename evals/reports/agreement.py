"""What people thought of the answers, and how far they agree with the automatic verdict.

In: `annotations.json` of a run, and its results. Out: a `Reader` for each person. A verdict on a case that the run does
not have is refused, all of them at once.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from evals.errors import EvalError
from evals.results import Results
from evals.summary import wilson

FILE = "annotations.json"
Verdict = Literal["right", "wrong"]


@dataclass(frozen=True, slots=True)
class Annotation:
    """What one person thought of one answer."""

    id: str
    by: str
    verdict: Verdict
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Differing:
    """A case where a person and the program disagree."""

    id: str
    automatic: Verdict
    verdict: Verdict
    comment: str


@dataclass(frozen=True, slots=True)
class Reader:
    """One person: cases read, share of agreement with its Wilson bounds at 95 %, Cohen's kappa (None if undefined)."""

    by: str
    count: int
    agreement: float
    low: float
    high: float
    kappa: float | None
    differing: tuple[Differing, ...]


_ANNOTATIONS = TypeAdapter(tuple[Annotation, ...])


def load(folder: Path) -> tuple[Annotation, ...]:
    """The annotations of a run; none where nobody annotated. `EvalError` when the file is not what we wrote."""
    path = folder / FILE
    if not path.is_file():
        return ()
    try:
        return _ANNOTATIONS.validate_json(path.read_bytes())
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, e['loc'])) or 'file'}: {e['msg']}" for e in error.errors()]
        raise EvalError(str(path), problems) from error


def save(folder: Path, annotations: Iterable[Annotation]) -> None:
    """Write all annotations of a run."""
    rows = [asdict(one) for one in annotations]
    (folder / FILE).write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def merged(old: Sequence[Annotation], new: Sequence[Annotation]) -> tuple[Annotation, ...]:
    """The old ones, those of the same person on the same case replaced by the new."""
    known = {(one.id, one.by): one for one in (*old, *new)}
    return tuple(known.values())


def readers(results: Results, annotations: Sequence[Annotation]) -> tuple[Reader, ...]:
    """Each person's agreement with the automatic verdict, in the order of their names."""
    automatic: dict[str, Verdict] = {case["id"]: _automatic(case["passed"]) for case in results["cases"]}
    unknown = sorted({one.id for one in annotations} - automatic.keys())
    if unknown:
        raise EvalError(str(results["run"]["name"]), [f"no case {name!r} in this run" for name in unknown])
    people = sorted({one.by for one in annotations})
    return tuple(_reader(name, [one for one in annotations if one.by == name], automatic) for name in people)


def _automatic(passed: object) -> Verdict:
    return "right" if passed is True else "wrong"


def _reader(by: str, given: Sequence[Annotation], automatic: dict[str, Verdict]) -> Reader:
    pairs = [(automatic[one.id], one.verdict) for one in given]
    agreed = sum(ours == theirs for ours, theirs in pairs)
    low, high = wilson(agreed, len(pairs))
    differing = (
        Differing(one.id, automatic[one.id], one.verdict, one.comment)
        for one in given
        if one.verdict != automatic[one.id]
    )
    return Reader(by, len(pairs), agreed / len(pairs), low, high, kappa(pairs), tuple(differing))


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Agreement beyond chance, 1 when all agree; None when chance alone would make all agree.

    Source: J. Cohen, « A coefficient of agreement for nominal scales », Educational and Psychological Measurement 20
    (1960).
    """
    n = len(pairs)
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    chance = sum(first.count(name) * second.count(name) for name in {*first, *second}) / n**2
    if chance == 1:
        return None
    return (sum(a == b for a, b in pairs) / n - chance) / (1 - chance)
