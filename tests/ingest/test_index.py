"""The index as it is read: refused when it is not whole or not of this program, model and form."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_corpus import HashEmbedder, write_corpus

from ingest.build import build
from ingest.errors import StoreError
from ingest.index import SCHEMA, Index, corpus_digest, current_manifest, search_text

Damage = Callable[[Path], object]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Three small documents."""
    return write_corpus(tmp_path / "corpus")


@pytest.fixture
def data(corpus: Path, tmp_path: Path) -> Path:
    """Their index."""
    build(corpus, tmp_path / "data", HashEmbedder())
    return tmp_path / "data"


def test_what_was_ingested_is_there(corpus: Path, data: Path) -> None:
    """Documents, units, readings, questions, and the stamp."""
    index = Index.open(data, HashEmbedder())
    assert list(index.units_by_document) == ["guide", "lettre", "plan"]
    texts = {index.reading(unit).text for unit in index.units.values()}
    assert "Le taux de rétention visé est de 85 %." in texts
    assert [gap.id for gap in index.expectations.gaps] == ["gap/dates"]
    assert index.manifest.schema == SCHEMA
    assert index.manifest.corpus_digest == corpus_digest(corpus)
    assert (index.manifest.model, index.manifest.dimension) == ("hash", 64)


def test_every_part_of_the_index_numbers_the_same_rows(data: Path) -> None:
    """Unit 3 is text 3 of the passages and row p3 of the vectors; so for questions."""
    embedder = HashEmbedder()
    index = Index.open(data, embedder)
    for number, unit in enumerate(index.units.values()):
        text = search_text(unit, index.documents[unit.document].text)
        assert index.passages.search(text, 1)[0][0] == number
        assert index.vectors.nearest(embedder.encode_queries([text])[0], 1)[0][0] == f"p{number}"
    for number, question in enumerate(index.expectations.questions):
        assert index.questions.search(question.text, 1)[0][0] == number
        assert index.grams.search(question.text, 1)[0][0] == number
        assert index.vectors.nearest(embedder.encode_queries([question.text])[0], 1)[0][0] == f"q{number}"


def test_another_model_is_refused_with_the_remedy(data: Path) -> None:
    """The message names both models and the command."""
    with pytest.raises(StoreError, match=r"'hash'.*64.*'autre'.*32.*balise ingest"):
        Index.open(data, HashEmbedder("autre", 32))


def test_no_index_is_said_so(tmp_path: Path) -> None:
    """With the command that makes one."""
    with pytest.raises(StoreError, match=r"no index yet.*balise ingest"):
        Index.open(tmp_path)


def _manifest(change: dict[str, object]) -> Damage:
    def damage(build: Path) -> None:
        path = build / "manifest.json"
        path.write_text(json.dumps({**json.loads(path.read_text()), **change}))

    return damage


def _empty(name: str) -> Damage:
    return lambda build: (build / name).write_bytes(b"")


def _no_questions(build: Path) -> None:
    path = build / "contents.json"
    contents = json.loads(path.read_text())
    contents["expectations"]["questions"] = []
    path.write_text(json.dumps(contents))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_manifest({"schema": SCHEMA + 1}), f"form {SCHEMA + 1}"),
        (_manifest({"dimension": "?"}), "cannot be read"),
        (_empty("manifest.json"), "cannot be read"),
        (_empty("contents.json"), "incomplete"),
        (lambda build: (build / "contents.json").write_text('{"documents": []}'), "incomplete"),
        (_no_questions, "same rows"),
        (_empty("questions/params.index.json"), "incomplete"),
        (_empty("vectors/chroma.sqlite3"), "Chroma"),
        (lambda build: (build / "vectors").rename(build / "elsewhere"), "missing"),
    ],
)
def test_an_index_that_is_not_whole_is_refused(data: Path, damage: Damage, said: str) -> None:
    """Another form, a damaged or missing file: a `StoreError` with the remedy, never a part of an index."""
    damage(data / "builds" / current_manifest(data).version)
    with pytest.raises(StoreError, match=rf"(?s){said}.*balise ingest"):
        Index.open(data)


def test_the_digest_of_a_corpus_changes_with_any_file(corpus: Path) -> None:
    """Content, name, presence."""
    digests = [corpus_digest(corpus)]
    path = corpus / "questions" / "toutes.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    digests.append(corpus_digest(corpus))
    path.rename(corpus / "questions" / "autre.yaml")
    digests.append(corpus_digest(corpus))
    (corpus / "gaps" / "vide.yaml").write_text("[]")
    digests.append(corpus_digest(corpus))
    assert len(set(digests)) == 4
