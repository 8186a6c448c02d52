"""One contender in a process of its own (`python -m evals.bench.worker`): JSON lines in, JSON lines out.

The first line says who and where: `{"contender", "corpus", "data", "model", "files"}`. Then `{"do": "ingest"}`,
`{"do": "open"}` or `{"do": "ask", "question"}`. Each reply has the `seconds` that it took by the clock, the
`processor` seconds that all its threads took (which a busy machine hardly changes), and `peak_mib`: the most memory
that the process has held. What is imported is imported by the first command.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from evals.bench.values import Contender

_MEBI = 2**20
_UNIT = 1 if sys.platform == "darwin" else 1024  # ru_maxrss is in bytes on macOS, in kibibytes elsewhere


def make(place: Mapping[str, Any]) -> Contender:
    """The contender that the first line names."""
    data, files, model = Path(place["data"]), [Path(name) for name in place["files"]], str(place["model"])
    # Imported by who needs them alone: what the others import must not count in one's memory.
    if place["contender"] == "balise":
        from assistant.settings import load_settings  # noqa: PLC0415 (see above)
        from evals.bench.ours import Balise  # noqa: PLC0415 (see above)

        update = {"corpus": Path(place["corpus"]), "data": data, "embedding_model": model}
        return Balise(load_settings().model_copy(update=update))
    if place["contender"] == "langchain-chroma":
        from evals.bench.afternoon_vectors import ChromaAfternoon  # noqa: PLC0415 (see above)

        return ChromaAfternoon(files, model, data)
    from evals.bench.afternoon_words import WordsAfternoon  # noqa: PLC0415 (see above)

    return WordsAfternoon(files, data)


def serve(lines: IO[str], out: IO[str]) -> None:
    """Obey until the end of the input."""
    place = json.loads(next(lines))
    contender: Contender | None = None
    for line in lines:
        command = json.loads(line)
        began, worked = time.perf_counter(), time.process_time()
        contender = contender or make(place)
        result = _obey(contender, command)
        spent = {"seconds": time.perf_counter() - began, "processor": time.process_time() - worked}
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT / _MEBI
        out.write(json.dumps({**spent, "peak_mib": peak, **result}) + "\n")
        out.flush()


def _obey(contender: Contender, command: Mapping[str, Any]) -> dict[str, object]:
    if command["do"] == "ingest":
        return {"pieces": contender.ingest()}
    if command["do"] == "open":
        contender.open()
        return {}
    return asdict(contender.ask(command["question"]))


if __name__ == "__main__":
    # Libraries that print must not mix with the replies.
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(sys.stdin, replies)
