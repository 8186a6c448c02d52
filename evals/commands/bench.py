"""`balise eval bench`: this program beside what one would build in an afternoon; bench.json and a page with plots."""

import argparse
import json
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from assistant.settings import Settings, load_settings
from evals.bench.directory import as_corpus, characters, text_files
from evals.bench.page import html
from evals.bench.race import CONTENDERS, Place, race
from evals.bench.summary import Measured, summary
from evals.cases import Case, load_cases
from evals.commands.arguments import positive
from evals.errors import EvalError
from evals.progress import bar
from evals.sources import Sources, load_sources
from evals.tables import aligned
from ingest.catalog import load_catalog

_CASES = Path(__file__).parents[1] / "cases" / "dev_questions.jsonl"


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser("bench", help="speed and memory beside LangChain with Chroma, or with BM25")
    parser.add_argument("--directory", type=Path, help="a corpus, or a folder of documents (the corpus in use)")
    parser.add_argument("--cases", nargs="+", type=Path, default=[_CASES], help="questions (the development set)")
    parser.add_argument("--count", type=positive, help="ask this many questions (all)")
    parser.add_argument("--rounds", type=positive, default=3, help="ingestions, and times each question is asked (3)")
    parser.add_argument("--contenders", type=_names, default=CONTENDERS, metavar=",".join(CONTENDERS))
    parser.add_argument("--language", choices=("fr", "en"), default="fr", help="language of the page (fr)")
    parser.add_argument("--out", type=Path, default=Path("bench"), help="folder of bench.json and bench.html (bench)")
    parser.set_defaults(command=command)


def _names(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    wrong = sorted(set(names) - set(CONTENDERS))
    if wrong:
        raise argparse.ArgumentTypeError(f"{wrong} not known; choose among {', '.join(CONTENDERS)}")
    return names


def command(options: argparse.Namespace) -> int:
    """Race, print, write."""
    if find_spec("langchain_text_splitters") is None:
        raise EvalError("bench", ["what it compares with is not installed; install it: pip install 'balise[bench]'"])
    settings = load_settings()
    cases = [case for case in load_cases(options.cases) if not case.history][: options.count]
    with tempfile.TemporaryDirectory(prefix="balise-bench-") as folder:
        results = _raced(settings, cases, Path(folder), options)
    print(aligned(_rows(results)))
    for other, ratios in results["ratios"].items():
        told = ", ".join(f"{name} {value:.2f}" for name, value in ratios.items())
        print(f"{results['contenders'][0]['name']} / {other}: {told}")
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "bench.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    (options.out / "bench.html").write_text(html(results, options.language), encoding="utf-8")
    print(options.out / "bench.html")
    return 0


def _raced(settings: Settings, cases: Sequence[Case], work: Path, options: argparse.Namespace) -> dict[str, Any]:
    corpus = as_corpus(options.directory, settings.corpus, work) if options.directory else settings.corpus
    files = text_files(corpus, work)
    place = Place(corpus, files, settings.embedding_model, work)
    turns = options.rounds * len(options.contenders) * (1 + len(cases))
    with bar("bench", turns) as progress:
        timings = race(place, options.contenders, [case.question for case in cases], options.rounds, progress.update)
    measured = Measured(len(files), characters(files), tuple(cases))
    return summary(measured, timings, _by_file(corpus))


def _by_file(corpus: Path) -> Sources:
    """The sources of a corpus, by the stem of their file too: who knows no catalog names them so."""
    sources = load_sources(corpus)
    stems = {Path(entry.file).stem: entry.id for entry in load_catalog(corpus).documents}
    return {**sources, **{stem: sources[name] for stem, name in stems.items() if name in sources}}


def _rows(results: dict[str, Any]) -> list[list[str]]:
    head = [
        "", "ingestion s", "cpu s", "start s", "answer p50 ms", "p95 ms", "cpu ms", "ingestion MiB", "answer MiB",
        "found", "characters", "abstained",
    ]  # fmt: skip
    return [head, *(_row(one) for one in results["contenders"])]


def _row(one: dict[str, Any]) -> list[str]:
    ingestion, answer, given = one["ingestion"], one["answer"], one["given"]
    spent = (ingestion["seconds"], ingestion["processor"], one["start_seconds"])
    answering = (answer["p50_ms"], answer["p95_ms"], answer["processor_ms"])
    memory = (ingestion["peak_mib"], answer["peak_mib"])
    shares = ["–" if value is None else f"{100 * value:.0f} %" for value in (given["found"], given["abstained"])]
    length = "–" if given["characters"] is None else f"{given['characters']:.0f}"
    times = [f"{value:.1f}" for value in (*spent, *answering)]
    return [one["name"], *times, *(f"{value:.0f}" for value in memory), shares[0], length, shares[1]]
