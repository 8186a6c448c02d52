"""`python -m ingest.train.evaluate`: how well a model finds, beside plain BM25 and their sum."""

import argparse
import dataclasses
import functools
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from tqdm import tqdm

from ingest.embed import Embedder, Vectors, load_embedder
from ingest.errors import IngestError
from ingest.lexical import LexicalIndex
from ingest.train.measures import Figures, Scores, figures, ranking, spearman, standardise
from ingest.train.tasks import Bench, SimilarityTask, Tasks, load_tasks, read_bench, read_similarity

_CHUNK = 128
_CANDIDATES = 1_000  # BM25 scores beyond these count as zero in the sum
Report = dict[str, dict[str, float]]


def measure(tasks: Tasks, folders: Sequence[Path], embedder: Embedder, *, with_bm25: bool) -> dict[str, Report]:
    """Per task and per system (`model`, `bm25`, `sum`), the figures; `sum` adds the two, standardised per question."""
    report: dict[str, Report] = {}
    vectors = functools.lru_cache(maxsize=1)(embedder.encode_documents)
    lexical = functools.lru_cache(maxsize=1)(LexicalIndex.of)
    for task in tqdm(tasks.retrieval, desc="tasks"):
        bench = read_bench(task, folders)
        dense = _dense(bench.questions, embedder, vectors(bench.documents))
        found = retrieve(bench, dense, lexical(bench.documents) if with_bm25 else None)
        report[bench.title] = {name: dataclasses.asdict(value) for name, value in found.items()}
    for similarity in tasks.similarity:
        report[similarity.title] = {"model": {"spearman": _similarity(similarity, folders, embedder)}}
    return report


def retrieve(bench: Bench, dense_scores: Iterable[Scores], bm25: LexicalIndex | None) -> dict[str, Figures]:
    """Figures of each system on one bench; `dense_scores` gives, for each question, one score per document."""
    rankings: dict[str, list[np.ndarray[tuple[int], np.dtype[np.int64]]]] = {}
    for number, dense in enumerate(dense_scores):
        systems = {"model": dense}
        if bm25:
            lexical = _lexical(bench.questions[number], bm25)
            systems |= {"bm25": lexical, "sum": standardise(dense) + standardise(lexical)}
        for name, scores in systems.items():
            shown = scores.copy()
            shown[list(bench.hidden[number])] = -np.inf
            rankings.setdefault(name, []).append(ranking(shown))
    return {name: figures(ranks, bench.right) for name, ranks in rankings.items()}


def _lexical(question: str, index: LexicalIndex) -> Scores:
    scores = np.zeros(index.size, dtype=np.float32)
    for number, score in index.search(question, _CANDIDATES):
        scores[number] = score
    return scores


def _dense(questions: Sequence[str], embedder: Embedder, documents: Vectors) -> Iterator[Scores]:
    for first in range(0, len(questions), _CHUNK):
        yield from embedder.encode_queries(questions[first : first + _CHUNK]) @ documents.T


def _similarity(task: SimilarityTask, folders: Sequence[Path], embedder: Embedder) -> float:
    left, right, scores = read_similarity(task, folders)
    cosines = (embedder.encode_documents(left) * embedder.encode_documents(right)).sum(axis=1)
    return spearman(cosines, scores)


def table(report: dict[str, Report]) -> str:
    """The report as a Markdown table."""
    lines = ["| task | system | questions | hit@1 | hit@5 | hit@10 | nDCG@10 |", "|---|---|---|---|---|---|---|"]
    for title, systems in report.items():
        for name, f in systems.items():
            if "spearman" in f:
                lines.append(f"| {title} | {name} | | | | | {f['spearman']:.3f} |")
            else:
                cells = " | ".join(f"{f[key]:.3f}" for key in ("hit_1", "hit_5", "hit_10", "ndcg_10"))
                lines.append(f"| {title} | {name} | {f['questions']:.0f} | {cells} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure as the command line says; exit code 0, or 2 when a file or the model is wrong."""
    parser = argparse.ArgumentParser(prog="python -m ingest.train.evaluate", description=__doc__)
    parser.add_argument("--model", help="sentence-transformers folder or cached hub name (default: the embedded model)")
    parser.add_argument("--tasks", type=Path, default=Path(__file__).with_name("tasks.yaml"), help="task file")
    parser.add_argument(
        "--data", type=Path, action="append", default=[], help="folder that holds the files (repeatable)"
    )
    parser.add_argument("--bm25", action="store_true", help="measure plain BM25 and the sum of both as well")
    parser.add_argument("--out", type=Path, help="write the figures as JSON")
    options = parser.parse_args(arguments)
    try:
        embedder = load_embedder(options.model) if options.model else load_embedder()
        report = measure(load_tasks(options.tasks), options.data, embedder, with_bm25=options.bm25)
    except IngestError as error:
        print(error, file=sys.stderr)  # noqa: T201 (a command)
        return 2
    if options.out:
        options.out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(table(report))  # noqa: T201 (a command)
    return 0


if __name__ == "__main__":
    sys.exit(main())
