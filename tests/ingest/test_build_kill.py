"""SIGKILL at any moment of an ingestion leaves an index that answers, and the next ingestion puts all in order."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_corpus import HashEmbedder, edit, write_corpus

from ingest.build import build
from ingest.index import Index

HERE = Path(__file__).parent
EMBEDDER = HashEmbedder()


def answers(data: Path) -> tuple[str, list[tuple[str, float]], list[tuple[int, float]], set[str]]:
    """The version that serves, and what it answers."""
    index = Index.open(data, EMBEDDER)
    with index.vectors as vectors:
        (question,) = EMBEDDER.encode_queries(["taux de rétention visé"])
        nearest = [(name, round(similarity, 4)) for name, similarity in vectors.nearest(question, 5)]
    found = index.passages.search("taux de rétention visé", 5)
    return index.manifest.version, nearest, found, {index.reading(unit).text for unit in index.units.values()}


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path, dict[int, str]]:
    """A corpus, its index before the last edit, the folder of what each kill left, and the points of the kills."""
    folder = tmp_path_factory.mktemp("killed")
    corpus, data, out = write_corpus(folder / "corpus"), folder / "data", folder / "out"
    build(corpus, data, EMBEDDER)
    edit(corpus, "plan", "85 %", "90 %")
    build(corpus, data, EMBEDDER)
    edit(corpus, "plan", "90 %", "95 %")
    out.mkdir()
    environment = {**os.environ, "PYTHONPATH": f"{HERE.parents[1]}{os.pathsep}{HERE}"}
    command = [sys.executable, str(HERE / "killed_builds.py"), str(corpus), str(data), str(out)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = (line.split("\t") for line in done.stdout.splitlines())
    return corpus, data, out, {int(rank): what for rank, what in told}


def test_points_cover_every_stage(killed: tuple[Path, Path, Path, dict[int, str]]) -> None:
    """Before anything is written, between files, between batches of vectors, around both renames, while tidying."""
    *_, points = killed
    said = "\n".join(points.values())
    stages = (
        "documents: 1 of 3", "vectors: 1 of 1", "os.mkdir DATA/builds/.staging", "contents.json", "passages",
        "grams", "index: 3 of 10", "manifest.json", "os.rename DATA/builds/.staging", "current.new",
        "os.rename DATA/current.new -> DATA/current", "os.rename DATA/builds/", "shutil.rmtree", "os.remove", "the end",
    )  # fmt: skip
    assert [stage for stage in stages if stage not in said] == []
    assert len(points) >= 12


def test_after_a_kill_the_index_answers_and_the_next_ingestion_tidies(
    killed: tuple[Path, Path, Path, dict[int, str]], tmp_path: Path
) -> None:
    """The index of before serves until the switch, the new one after it; then all is as if nothing had happened."""
    corpus, data, out, points = killed
    before = answers(data)
    whole = answers(out / "whole")
    assert before != whole
    kept = {before[0], whole[0]}
    switched = next(rank for rank, what in points.items() if what.startswith("os.rename DATA/current.new"))
    for rank, what in points.items():
        left = Path(shutil.move(out / str(rank), tmp_path / str(rank)))
        assert answers(left) == (before if rank <= switched else whole), what
        report = build(corpus, left, EMBEDDER)
        assert (report.version, report.failures) == (whole[0], ()), what
        assert answers(left) == whole, what
        assert {path.name for path in (left / "builds").iterdir()} == kept, what
        assert {path.name for path in left.iterdir()} <= {"builds", "current", "ingest.lock"}, what
