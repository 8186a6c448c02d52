"""This program in the form of a bench: its ingestion, and its whole pipeline with the milliseconds of each step."""

import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import assemble
from assistant.conversation import Question
from assistant.settings import Settings
from evals.bench.values import Found, Reply
from ingest.build import build
from ingest.embed import load_embedder

if TYPE_CHECKING:
    from assistant.pipeline import Pipeline


class Balise:
    """This program: its ingestion and its whole pipeline, guard included."""

    name = "balise"

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pipeline: Pipeline | None = None

    def ingest(self) -> int:
        """As `balise ingest`, in a new data folder."""
        embedder = load_embedder(self._settings.embedding_model)
        report = build(self._settings.corpus, self._settings.data, embedder)
        return report.units

    def open(self) -> None:
        """As `balise serve` does at its start."""
        self._pipeline = assemble.build(self._settings).pipeline

    def ask(self, question: str) -> Reply:
        """The answer of the pipeline. A stage lasts from the start of a step to the start of the next one."""
        if self._pipeline is None:
            raise RuntimeError("not opened")
        starts: list[tuple[str, float]] = []
        answer = self._pipeline.answer(Question(question), lambda name: starts.append((name, time.perf_counter())))
        found = (Found(Path(one.source_file).stem, one.start, one.end) for one in answer.citations)
        return Reply(tuple(found), answer.status.is_abstention, _stages([*starts, ("", time.perf_counter())]))


def _stages(starts: Sequence[tuple[str, float]]) -> dict[str, float]:
    """Milliseconds by step; a step that runs several times counts whole."""
    spent: dict[str, float] = {}
    for (name, start), (_, end) in pairwise(starts):
        spent[name] = spent.get(name, 0.0) + (end - start) * 1000
    return spent
