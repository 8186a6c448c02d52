"""`balise eval outside squad|passages|sections FILE`: public data in; retrieval, gate, extraction out, as numbers."""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from assistant.settings import load_settings
from evals.outside import measure
from evals.outside.corpus import write_documents
from evals.outside.dataset import DataSet, OutsideQuestion
from evals.outside.loaders import LOADERS
from evals.outside.searchers import Searcher, by_vectors, by_words, ingested
from evals.progress import Stages, bar
from evals.tables import aligned
from ingest.embed import load_embedder

SEARCHERS = ("words", "vectors", "hybrid")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser("outside", help="measure retrieval, gate and extraction on public data")
    parser.add_argument("form", choices=sorted(LOADERS), help="SQuAD; folder of docs and queries; headed sections")
    parser.add_argument("file", type=Path, help="the file, or the folder")
    parser.add_argument("--count", type=int, default=500, help="questions asked, drawn by seed; 0 for all (500)")
    parser.add_argument("--seed", type=int, default=1, help="which ones (1)")
    parser.add_argument("--searchers", type=_searchers, default=SEARCHERS, metavar="words,vectors,hybrid")
    parser.add_argument("--model", help="another sentence-transformers folder (the setting in use)")
    parser.add_argument("--work", type=Path, help="folder of the index, kept and used again (a temporary one)")
    parser.add_argument("--out", type=Path, help="write the numbers to this JSON file")
    parser.add_argument("--as-documents", type=Path, metavar="FOLDER", help="only write the passages as a corpus")
    parser.add_argument("--beside", type=Path, metavar="CORPUS", help="with --as-documents: copy this corpus first")
    parser.set_defaults(command=run)


def _searchers(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    wrong = sorted(set(names) - set(SEARCHERS))
    if wrong:
        raise argparse.ArgumentTypeError(f"{wrong} not known; choose among {', '.join(SEARCHERS)}")
    return names


def run(options: argparse.Namespace) -> int:
    """Measure, or write the passages as a corpus."""
    data = LOADERS[options.form](options.file)
    if options.as_documents:
        count = write_documents(data, options.as_documents, options.beside)
        print(f"{options.as_documents}: {len(data.passages)} passages in {count} documents")
        return 0
    data = data.sample(options.count, options.seed)
    print(f"{data.name}: {len(data.passages)} passages, {len(data.questions)} questions")
    results = _measured(data, options)
    print(aligned(_rows(results["retrieval"])))
    for part in ("gate", "extraction"):
        if part in results:
            print(f"{part}: " + ", ".join(f"{name} {_number(value)}" for name, value in results[part].items()))
    if options.out:
        options.out.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(options.out)
    return 0


def _measured(data: DataSet, options: argparse.Namespace) -> dict[str, Any]:
    """Every number that was asked for, with what it was measured on."""
    settings = load_settings()
    if options.model:
        settings = settings.model_copy(update={"embedding_model": options.model})
    embedder = load_embedder(settings.embedding_model, allow_download=settings.allow_model_download)
    retrieval: dict[str, dict[str, float]] = {}
    if "words" in options.searchers:
        retrieval["words"] = _timed("words", data, by_words(data))
    if "vectors" in options.searchers:
        retrieval["vectors"] = _timed("vectors", data, by_vectors(data, embedder))
    results: dict[str, Any] = {
        "data": data.name, "passages": len(data.passages), "questions": len(data.questions),
        "seed": options.seed, "model": embedder.name, "retrieval": retrieval,
    }  # fmt: skip
    if "hybrid" in options.searchers:
        with ExitStack() as stack:
            work = options.work or Path(stack.enter_context(tempfile.TemporaryDirectory()))
            whole = ingested(data, settings, work, stack.enter_context(Stages()))
            retrieval["hybrid"] = _timed("hybrid", data, whole.search)
            with bar("gate", len(data.questions)) as gate:
                results["gate"] = measure.gate(data, whole, settings.gate, gate.update)
            with bar("extraction", sum(bool(one.answers) for one in data.questions)) as extraction:
                results["extraction"] = measure.extraction(data, whole, extraction.update)
    return results


def _timed(name: str, data: DataSet, search: Searcher) -> dict[str, float]:
    """The retrieval numbers of one searcher, and the milliseconds that a question takes it at the median."""
    times: list[float] = []

    def timed(question: OutsideQuestion) -> Sequence[str]:
        began = time.perf_counter()
        found = search(question)
        times.append((time.perf_counter() - began) * 1000)
        return found

    with bar(name, len(data.questions)) as shown:
        found = measure.retrieval(data, timed, shown.update)
    return {**found, "p50_ms": statistics.median(times)}


def _rows(results: Mapping[str, Mapping[str, float]]) -> list[list[str]]:
    """The retrieval numbers as a table, a row for each searcher."""
    names = list(next(iter(results.values())))
    return [["", *names], *([method, *(_number(values[name]) for name in names)] for method, values in results.items())]


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3g}"
