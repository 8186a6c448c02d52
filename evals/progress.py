"""Progress bars of the evaluation, on the terminal only: counts, and the stages of an ingestion."""

from types import TracebackType
from typing import Never, Self

from tqdm import tqdm


def bar(name: str, total: int) -> "tqdm[Never]":
    """A bar that is there only where somebody looks."""
    return tqdm(total=total, desc=f"{name:<12}", unit="", disable=None)


class Stages:
    """A bar for each stage of an ingestion, called as `ingest.build` tells its progress."""

    def __init__(self) -> None:
        self._bars: dict[str, tqdm[Never]] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Move the bar of this stage."""
        if stage not in self._bars:
            self._bars[stage] = bar(stage, total)
        self._bars[stage].update(done - self._bars[stage].n)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for one in self._bars.values():
            one.close()
