"""The bench itself: contenders in processes of their own, taken in turn, so that what slows the machine slows all.

In: a corpus, questions with the places of their answers. Out: a `Timing` for each contender.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from evals.bench.values import Found
from evals.errors import EvalError

CONTENDERS = ("balise", "langchain-chroma", "langchain-bm25")
Tell = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Place:
    """Where everybody works: the corpus, its documents as text files, the embedding model, a folder to write in."""

    corpus: Path
    files: Sequence[Path]
    model: str
    work: Path


@dataclass(frozen=True, slots=True)
class Asked:
    """One answer: its seconds (by the clock, and of processor), what was given back, the milliseconds of each stage."""

    seconds: float
    processor: float
    found: tuple[Found, ...]
    abstained: bool
    stages: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Timing:
    """All that was measured of a contender: seconds of each ingestion, seconds to start, one list of answers a round.

    `ingest_processor` and `start_processor` are seconds of processor (the least of the ingestions). Memory is the most
    that the process held, in MiB: while it ingested, and while it answered.
    """

    name: str
    pieces: int
    ingestions: tuple[float, ...]
    ingest_processor: float
    ingest_mib: float
    start: float
    start_processor: float
    rounds: tuple[tuple[Asked, ...], ...]
    answer_mib: float


def ingest(place: Place, names: Sequence[str], rounds: int, tell: Tell) -> dict[str, list[dict[str, Any]]]:
    """Every contender ingests in a new folder and a new process, in turn, as many times as rounds."""
    replies: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for number in range(rounds):
        for name in _turned(names, number):
            with _process(place, name, number) as obey:
                replies[name].append(obey({"do": "ingest"}))
            tell()
    return replies


def race(place: Place, names: Sequence[str], questions: Sequence[str], rounds: int, tell: Tell) -> tuple[Timing, ...]:
    """Ingestions first, then the questions: each is asked of every contender before the next one is."""
    ingested = ingest(place, names, rounds, tell)
    with ExitStack() as stack:
        obeys = {name: stack.enter_context(_process(place, name, rounds - 1)) for name in names}
        started = {name: obey({"do": "open"}) for name, obey in obeys.items()}
        asked: dict[str, list[list[dict[str, Any]]]] = {name: [[] for _ in range(rounds)] for name in names}
        for number in range(rounds):
            for rank, question in enumerate(questions):
                for name in _turned(names, number + rank):
                    asked[name][number].append(obeys[name]({"do": "ask", "question": question}))
                    tell()
    return tuple(_timing(name, ingested[name], started[name], asked[name]) for name in names)


def _turned(names: Sequence[str], number: int) -> Sequence[str]:
    """The names from another one on each time: nobody is always the first."""
    first = number % len(names)
    return [*names[first:], *names[:first]]


def _timing(
    name: str,
    ingested: Sequence[Mapping[str, Any]],
    started: Mapping[str, Any],
    asked: Sequence[Sequence[Mapping[str, Any]]],
) -> Timing:
    return Timing(
        name=name,
        pieces=int(ingested[0]["pieces"]),
        ingestions=tuple(float(reply["seconds"]) for reply in ingested),
        ingest_processor=min(float(reply["processor"]) for reply in ingested),
        ingest_mib=max(float(reply["peak_mib"]) for reply in ingested),
        start=float(started["seconds"]),
        start_processor=float(started["processor"]),
        rounds=tuple(tuple(_asked(reply) for reply in replies) for replies in asked),
        answer_mib=float(asked[-1][-1]["peak_mib"]),
    )


def _asked(reply: Mapping[str, Any]) -> Asked:
    found = tuple(Found(**one) for one in reply["found"])
    return Asked(float(reply["seconds"]), float(reply["processor"]), found, bool(reply["abstained"]), reply["stages"])


Obey = Callable[[Mapping[str, Any]], dict[str, Any]]


@contextmanager
def _process(place: Place, name: str, number: int) -> Iterator[Obey]:
    """A worker process, as a function from command to reply; it ends with the block.

    Raises `EvalError` when the worker stops before it replies.
    """
    command = [sys.executable, "-m", "evals.bench.worker"]
    data = place.work / f"{name}-{number}"
    first = {
        "contender": name, "corpus": str(place.corpus), "data": str(data), "model": place.model,
        "files": [str(file) for file in place.files],
    }  # fmt: skip
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as worker:  # noqa: S603 (our own module)
        if worker.stdin is None or worker.stdout is None:
            raise EvalError(name, ["its process has no input or no output"])
        writer, reader = worker.stdin, worker.stdout
        writer.write(json.dumps(first) + "\n")

        def obey(said: Mapping[str, Any]) -> dict[str, Any]:
            return _exchange(name, writer, reader, said)

        yield obey


def _exchange(name: str, writer: IO[str], reader: IO[str], said: Mapping[str, Any]) -> dict[str, Any]:
    try:
        writer.write(json.dumps(said) + "\n")
        writer.flush()
    except BrokenPipeError as error:
        raise EvalError(name, ["its process stopped; what it said is above"]) from error
    line = reader.readline()
    if not line:
        raise EvalError(name, [f"its process stopped while it was to {said['do']}; what it said is above"])
    reply: dict[str, Any] = json.loads(line)
    return reply
