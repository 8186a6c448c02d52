"""The build of an index: what it counts, what it embeds again, what stops it, and what it leaves behind."""

import fcntl
from pathlib import Path

import pytest
from tiny_corpus import DOCUMENTS, HashEmbedder, catalogue, edit, write_corpus

from ingest.build import BuildReport, build
from ingest.errors import CatalogError, StoreError
from ingest.index import Index


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Three small documents."""
    return write_corpus(tmp_path / "corpus")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Where the index goes; does not exist yet."""
    return tmp_path / "data" / "deep"


def builds(data: Path) -> set[str]:
    """What the folder of builds holds."""
    return {path.name for path in (data / "builds").iterdir()}


def counts(report: BuildReport) -> tuple[int, int, int, int]:
    """Added, unchanged, removed, embedded."""
    return report.added, report.unchanged, report.removed, report.embedded


def test_a_first_build_adds_everything(corpus: Path, data: Path) -> None:
    """Every unit and question is added and embedded, once; units without a question are listed."""
    embedder = HashEmbedder()
    report = build(corpus, data, embedder)
    assert (report.documents, report.units, report.switched, report.failures) == (3, 5, True, ())
    assert counts(report) == (10, 0, 0, 10)
    assert len(embedder.seen) == len(set(embedder.seen)) == 10
    with Index.open(data, embedder).vectors as vectors:
        assert len(vectors) == 10
    assert len(report.silent) == 3
    assert builds(data) == {report.version}


def test_nothing_moves_when_nothing_changed(corpus: Path, data: Path) -> None:
    """Same version, nothing embedded, no file written (Chroma touches its own when it opens them)."""
    first = build(corpus, data, HashEmbedder())
    ours = (path for path in data.rglob("*") if path.name != "ingest.lock" and "vectors" not in path.parts)
    before = {path: path.stat().st_mtime_ns for path in ours}
    embedder = HashEmbedder()
    second = build(corpus, data, embedder)
    assert (second.version, second.switched, embedder.seen) == (first.version, False, [])
    assert counts(second) == (0, 10, 0, 0)
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_only_what_changed_is_embedded(corpus: Path, data: Path) -> None:
    """One sentence edited: one text added, one removed, the others keep their vectors."""
    build(corpus, data, HashEmbedder())
    edit(corpus, "plan", "85 %", "90 %")
    embedder = HashEmbedder()
    report = build(corpus, data, embedder)
    assert counts(report) == (1, 9, 1, 1)
    assert ["90 %" in text for text in embedder.seen] == [True]
    index = Index.open(data, embedder)
    assert sorted(index.vectors.stored()) == sorted(
        {question.text for question in index.expectations.questions} | _passages(index)
    )
    (question,) = embedder.encode_queries(["taux de rétention"])
    nearest, _ = index.vectors.nearest(question, 1)[0]
    assert "90 %" in index.reading(list(index.units.values())[int(nearest[1:])]).text


def _passages(index: Index) -> set[str]:
    return {text for text in index.vectors.stored() if " · " in text}


def test_another_model_embeds_everything_again(corpus: Path, data: Path) -> None:
    """Vectors of one model are never mixed with those of another."""
    first = build(corpus, data, HashEmbedder())
    other = HashEmbedder("autre", 32)
    report = build(corpus, data, other)
    assert counts(report) == (0, 10, 0, 10)
    assert report.version != first.version
    assert Index.open(data, other).manifest.dimension == 32


def test_a_document_that_fails_leaves_the_others(corpus: Path, data: Path) -> None:
    """It is named with its remedy; its questions are left out; mended, it comes in."""
    path = corpus / "documents" / DOCUMENTS["lettre"][0]
    content = path.read_bytes()
    path.write_bytes(content + b"Ajout.\n")
    report = build(corpus, data, HashEmbedder())
    assert report.documents == 2
    (failure,) = report.failures
    assert "lettre.txt" in failure
    assert "sha256" in failure
    index = Index.open(data)
    assert index.manifest.failures == report.failures
    assert set(index.documents) == {"guide", "plan"}
    assert "Combien pour le tutorat?" not in {question.text for question in index.expectations.questions}
    path.write_bytes(content)
    mended = build(corpus, data, HashEmbedder())
    assert (mended.failures, mended.documents) == ((), 3)
    assert mended.embedded == mended.added == 3


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", None])
def test_a_document_that_cannot_be_read_is_named(corpus: Path, data: Path, content: bytes | None) -> None:
    """Empty, not text, missing."""
    path = corpus / "documents" / DOCUMENTS["plan"][0]
    path.write_bytes(content or b"")
    catalogue(corpus)
    if content is None:
        path.unlink()
    (corpus / "gaps" / "toutes.yaml").unlink()
    report = build(corpus, data, HashEmbedder())
    assert report.documents == 2
    assert ["plan.md" in failure for failure in report.failures] == [True]


def test_wrong_data_files_stop_the_build_and_leave_the_index(corpus: Path, data: Path) -> None:
    """A quote that does not stand: nothing is switched."""
    first = build(corpus, data, HashEmbedder())
    questions = corpus / "questions" / "toutes.yaml"
    questions.write_text(questions.read_text(encoding="utf-8").replace("500", "501"), encoding="utf-8")
    with pytest.raises(CatalogError, match="501"):
        build(corpus, data, HashEmbedder())
    assert Index.open(data).manifest.version == first.version


def test_two_builds_are_kept(corpus: Path, data: Path) -> None:
    """The one that serves and the one before; coming back to a kept one embeds nothing."""
    versions = []
    for amount in ("510", "520", "530"):
        edit(corpus, "plan", "85 %", f"{amount} %")
        versions.append(build(corpus, data, HashEmbedder()).version)
        edit(corpus, "plan", f"{amount} %", "85 %")
    assert builds(data) == set(versions[-2:])
    edit(corpus, "plan", "85 %", "520 %")
    embedder = HashEmbedder()
    back = build(corpus, data, embedder)
    assert (back.version, back.switched, embedder.seen) == (versions[1], True, [])
    assert builds(data) == set(versions[-2:])
    assert Index.open(data).manifest.version == versions[1]


def test_an_index_that_is_open_goes_on_answering(corpus: Path, data: Path) -> None:
    """A server that opened the index before two more builds still gets the answers of its own."""
    embedder = HashEmbedder()
    build(corpus, data, embedder)
    index = Index.open(data, embedder)
    (question,) = embedder.encode_queries(["taux de rétention"])
    before = index.vectors.nearest(question, 3), index.passages.search("taux de rétention", 3)
    edit(corpus, "plan", "85 %", "90 %")
    build(corpus, data, embedder)
    assert (index.vectors.nearest(question, 3), index.passages.search("taux de rétention", 3)) == before


def test_one_ingestion_at_a_time(corpus: Path, data: Path) -> None:
    """While another holds the lock, the build refuses and says so; afterwards it goes on."""
    data.mkdir(parents=True)
    with (data / "ingest.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(StoreError, match="another ingestion is running"):
            build(corpus, data, HashEmbedder())
    assert build(corpus, data, HashEmbedder()).switched


def test_a_data_folder_that_cannot_be_written_is_refused(corpus: Path, tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "data").write_text("")
    with pytest.raises(StoreError, match="cannot be written"):
        build(corpus, tmp_path / "data", HashEmbedder())


@pytest.mark.parametrize("damage", ["contents.json", "manifest.json", "passages/size", "vectors/chroma.sqlite3"])
def test_a_damaged_index_is_rebuilt(corpus: Path, data: Path, damage: str) -> None:
    """What the remedy of the error says works: the next ingestion mends the index."""
    first = build(corpus, data, HashEmbedder())
    (data / "builds" / first.version / damage).unlink()
    with pytest.raises(StoreError, match="balise ingest"):
        Index.open(data)
    report = build(corpus, data, HashEmbedder())
    assert (report.version, report.switched, report.embedded) == (first.version, True, 10)
    assert len(Index.open(data).vectors) == 10


def test_progress_tells_each_stage_to_its_end(corpus: Path, data: Path) -> None:
    """Documents, vectors, index: each ends with all of it done."""
    told: dict[str, list[tuple[int, int]]] = {}
    build(corpus, data, HashEmbedder(), lambda stage, done, total: told.setdefault(stage, []).append((done, total)))
    assert {stage: steps[-1] for stage, steps in told.items()} == {
        "documents": (3, 3), "vectors": (10, 10), "index": (10, 10),
    }  # fmt: skip
