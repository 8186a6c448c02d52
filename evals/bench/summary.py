"""What a race comes to: medians, percentiles and ratios, and what each contender gave back for the questions.

In: timings, cases with the places of their expected quotes. Out: one dict, ready for JSON, each number defined below.
"""

import platform
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from os import cpu_count
from typing import Any

from evals.bench.race import Asked, Timing
from evals.bench.values import Found
from evals.cases import Case
from evals.sources import Sources
from evals.spans import locate
from evals.summary import percentile


@dataclass(frozen=True, slots=True)
class Measured:
    """What was raced over: how many documents and characters, and the cases that were asked."""

    documents: int
    characters: int
    cases: tuple[Case, ...]


def summary(measured: Measured, timings: Sequence[Timing], sources: Sources) -> dict[str, Any]:
    """Everything: the machine, the size, the numbers of each contender, and the ratios of the first to the others."""
    contenders = [_contender(timing, measured, sources) for timing in timings]
    first, *others = contenders
    return {
        "machine": {"python": platform.python_version(), "system": platform.system(), "processors": cpu_count()},
        "size": {
            "documents": measured.documents, "characters": measured.characters, "questions": len(measured.cases),
            "rounds": len(timings[0].rounds),
        },
        "contenders": contenders,
        "ratios": {other["name"]: _ratios(first, other) for other in others},
    }  # fmt: skip


def _contender(timing: Timing, measured: Measured, sources: Sources) -> dict[str, Any]:
    """Seconds and milliseconds of one contender.

    `p50_ms`, `p95_ms` and `processor_ms` (the median) are over all questions and rounds; `per_second` is answers a
    second by one client. `found`: share of the answerable questions for which something given back overlaps an expected
    quote; `characters`: median length of what is given back for those; `abstained`: share of abstentions where the
    documents have no answer.
    """
    times = [asked.seconds * 1000 for answers in timing.rounds for asked in answers]
    worked = [asked.processor * 1000 for answers in timing.rounds for asked in answers]
    ingestion = statistics.median(timing.ingestions)
    known = list(zip(measured.cases, timing.rounds[0], strict=True))
    return {
        "name": timing.name,
        "ingestion": {
            "seconds": ingestion, "each": timing.ingestions, "processor": timing.ingest_processor,
            "pieces": timing.pieces,
            "characters_per_second": measured.characters / ingestion, "peak_mib": timing.ingest_mib,
        },
        "start_seconds": timing.start,
        "start_processor": timing.start_processor,
        "answer": {
            "p50_ms": percentile(times, 50), "p95_ms": percentile(times, 95),
            "processor_ms": percentile(worked, 50), "per_second": 1000 / statistics.fmean(times),
            "peak_mib": timing.answer_mib,
        },
        "stages": _stages(timing),
        "given": {
            "found": _share(_overlaps(case, asked, sources) for case, asked in known if case.answerable),
            "characters": _median(_length(asked.found) for case, asked in known if case.answerable),
            "abstained": _share(asked.abstained for case, asked in known if not case.answerable),
        },
    }  # fmt: skip


def _stages(timing: Timing) -> dict[str, dict[str, float]]:
    """p50 and p95 of each stage, over the questions that reach it."""
    spent: dict[str, list[float]] = {}
    for answers in timing.rounds:
        for asked in answers:
            for name, milliseconds in asked.stages.items():
                spent.setdefault(name, []).append(milliseconds)
    return {name: {"p50_ms": percentile(each, 50), "p95_ms": percentile(each, 95)} for name, each in spent.items()}


def _ratios(first: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, float]:
    """The first's number divided by the other's: below 1, the first takes less."""
    pairs = {
        "ingestion_seconds": (first["ingestion"]["seconds"], other["ingestion"]["seconds"]),
        "ingestion_processor": (first["ingestion"]["processor"], other["ingestion"]["processor"]),
        "ingestion_memory": (first["ingestion"]["peak_mib"], other["ingestion"]["peak_mib"]),
        "start_seconds": (first["start_seconds"], other["start_seconds"]),
        "start_processor": (first["start_processor"], other["start_processor"]),
        "answer_p50": (first["answer"]["p50_ms"], other["answer"]["p50_ms"]),
        "answer_p95": (first["answer"]["p95_ms"], other["answer"]["p95_ms"]),
        "answer_processor": (first["answer"]["processor_ms"], other["answer"]["processor_ms"]),
        "answer_memory": (first["answer"]["peak_mib"], other["answer"]["peak_mib"]),
    }
    return {name: ours / theirs for name, (ours, theirs) in pairs.items()}


def _overlaps(case: Case, asked: Asked, sources: Sources) -> bool:
    gold = [(name, place) for name in case.documents for quote in case.quotes for place in locate(sources[name], quote)]
    return any(
        sources.get(found.document) == sources[name] and found.start < place.end and place.start < found.end
        for found in asked.found
        for name, place in gold
    )


def _length(found: Iterable[Found]) -> int:
    return sum(one.end - one.start for one in found)


def _median(values: Iterable[int]) -> float | None:
    known = list(values)
    return statistics.median(known) if known else None


def _share(values: Iterable[bool]) -> float | None:
    known = list(values)
    return sum(known) / len(known) if known else None
