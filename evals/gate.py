"""Whether a run is as good as what was reached before.

In: a baseline, `{"min": {"right": 0.8}, "max": {"wrong_answers": 2, "p95_ms": 300}}`, and the results.json of a run.
Out: a sentence for each number that fell. A number that the run does not have has fallen.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from evals.errors import EvalError


class Baseline(BaseModel):
    """The least and the most that each number may be; numbers are named as in results.json."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    min: Mapping[str, float] = {}
    max: Mapping[str, float] = {}

    @model_validator(mode="after")
    def _asks_for_something(self) -> "Baseline":
        if not self.min and not self.max:
            raise ValueError("no bound at all: anything would pass")
        return self


class Results(BaseModel):
    """The part of results.json that a gate reads."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    measures: Mapping[str, float | None]
    counts: Mapping[str, int]
    latency: Mapping[str, float]


_Model = TypeVar("_Model", bound=BaseModel)


def read(path: Path, model: type[_Model]) -> _Model:
    """A baseline or the results of a run; `EvalError` lists what is wrong with the file."""
    try:
        return model.model_validate_json(path.read_bytes())
    except OSError as error:
        raise EvalError(str(path), [f"cannot be read: {error}"]) from error
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, e['loc'])) or 'file'}: {e['msg']}" for e in error.errors()]
        raise EvalError(str(path), problems) from error


def fallen(baseline: Baseline, results: Results) -> tuple[str, ...]:
    """What fell below its least or rose above its most; nothing when all is as good as before."""
    numbers: dict[str, float | None] = {**results.measures, **results.counts, **results.latency}
    return (
        *(_told(name, numbers.get(name), f"at least {least:g}") for name, least in baseline.min.items()
          if not _reaches(numbers.get(name), least)),
        *(_told(name, numbers.get(name), f"at most {most:g}") for name, most in baseline.max.items()
          if not _stays(numbers.get(name), most)),
    )  # fmt: skip


def _reaches(value: float | None, least: float) -> bool:
    return value is not None and value >= least


def _stays(value: float | None, most: float) -> bool:
    return value is not None and value <= most


def _told(name: str, value: float | None, bound: str) -> str:
    return f"{name} is {'not in the results' if value is None else f'{value:.4g}'}; the baseline asks for {bound}"
