"""`balise ingest`: corpus to index, with a progress bar and a report; `--check` and `--coverage` only look."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Never

from tqdm import tqdm

from ingest.build import BuildReport, build
from ingest.catalog import load_catalog
from ingest.coverage import coverage
from ingest.embed import EMBEDDED_MODEL, load_embedder
from ingest.errors import IngestError
from ingest.index import corpus_digest, current_manifest
from ingest.segment import segment_document

_ROOT = Path(__file__).resolve().parent.parent


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command; defaults come from the same environment variables as the server's."""
    environment = os.environ
    parser.add_argument("--corpus", type=Path, default=Path(environment.get("BALISE_CORPUS") or _ROOT / "corpus"))
    parser.add_argument("--data", type=Path, default=Path(environment.get("BALISE_DATA") or _ROOT / "var"))
    parser.add_argument("--model", default=environment.get("BALISE_EMBEDDING_MODEL") or str(EMBEDDED_MODEL))
    looks = parser.add_mutually_exclusive_group()
    looks.add_argument("--check", action="store_true", help="say whether the index matches the corpus; exit 1 if not")
    looks.add_argument("--coverage", action="store_true", help="account for every character of every document")
    parser.add_argument("--silent-units", action="store_true", help="list the units that no expected question leads to")


def run(arguments: argparse.Namespace) -> int:
    """Run the command; the exit status is 0 when everything was ingested (or matches), 1 otherwise."""
    try:
        if arguments.check:
            return _check(arguments)
        if arguments.coverage:
            return _coverage(arguments)
        return _ingest(arguments)
    except IngestError as error:
        print(error, file=sys.stderr)
        return 1


def _ingest(arguments: argparse.Namespace) -> int:
    bars: dict[str, tqdm[Never]] = {}

    def progress(stage: str, done: int, total: int) -> None:
        if stage not in bars:
            bars[stage] = tqdm(total=total, desc=f"{stage:<10}", unit="", leave=True, disable=None)
        bars[stage].update(done - bars[stage].n)

    report = build(arguments.corpus, arguments.data, load_embedder(arguments.model), progress)
    for bar in bars.values():
        bar.close()
    _print(report, silent=arguments.silent_units)
    return 1 if report.failures else 0


def _print(report: BuildReport, *, silent: bool) -> None:
    print(f"Index {report.version}: {'switched' if report.switched else 'already current'}.")
    print(f"  {report.documents} documents, {report.units} units")
    print(f"  added {report.added}, unchanged {report.unchanged}, removed {report.removed}; embedded {report.embedded}")
    if report.silent:
        print(f"  warning: {len(report.silent)} unit(s) without an expected question (--silent-units lists them)")
    for unit in report.silent if silent else ():
        print(f"    {unit}")
    if report.unreviewed:
        print(f"  {report.unreviewed} expected question(s) not reviewed yet: they weigh less (`reviewed: false`)")
    for failure in report.failures:
        print(f"  NOT INGESTED: {failure}", file=sys.stderr)


def _check(arguments: argparse.Namespace) -> int:
    manifest = current_manifest(arguments.data)
    problems = [f"could not be ingested: {failure}" for failure in manifest.failures]
    if manifest.corpus_digest != corpus_digest(arguments.corpus):
        problems.append("the corpus has changed since it was ingested")
    if manifest.fingerprint != load_embedder(arguments.model).fingerprint:
        problems.append(f"it was made with another embedding model ({manifest.model})")
    for problem in problems:
        print(f"Index {manifest.version}: {problem}. Run: balise ingest", file=sys.stderr)
    if not problems:
        print(f"Index {manifest.version}: matches the corpus and the model {manifest.model}.")
    return 1 if problems else 0


def _coverage(arguments: argparse.Namespace) -> int:
    lost = 0
    for entry in load_catalog(arguments.corpus).documents:
        document = segment_document(arguments.corpus, entry)
        found = coverage(document.source.text, document.segmentation)
        print(
            f"{entry.id}: {found.characters} characters, {found.in_units} in {len(document.segmentation.units)} units"
        )
        for reason, count in sorted(found.dropped.items()):
            print(f"  dropped, {reason.value}: {count}")
        for place in found.unaccounted:
            print(f"  LOST at {place.start}: {document.source.text[place.start : place.end]!r}", file=sys.stderr)
        lost += len(found.unaccounted)
    return 1 if lost else 0


def main(argv: Sequence[str] | None = None) -> int:
    """Entry point of `python -m ingest`."""
    parser = argparse.ArgumentParser(prog="balise ingest", description=__doc__)
    add_arguments(parser)
    return run(parser.parse_args(argv))


if __name__ == "__main__":
    sys.exit(main())
