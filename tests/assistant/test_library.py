"""What the web interface reads of the index, and the state of health at every moment."""

import shutil
from pathlib import Path

import pytest
from core_fakes import GARDEN, HashEmbedder, garden_index, open_new, write_garden

from assistant.library import IndexLibrary, health_of
from ingest.build import build


def test_the_library_gives_what_was_ingested(tmp_path: Path) -> None:
    """The catalog in its order, texts, units and pages; an unknown id is a KeyError."""
    library = IndexLibrary(garden_index(), tmp_path)
    assert [entry.id for entry in library.documents()] == ["jardin", "lettre"]
    assert library.text("jardin") == GARDEN
    assert {unit.document for unit in library.units("lettre")} == {"lettre"}
    assert library.pages("jardin") == ()
    for read in (library.text, library.units, library.pages, library.original):
        with pytest.raises(KeyError):
            read("inconnu")


def test_health_follows_the_corpus_and_the_index(tmp_path: Path) -> None:
    """Current, changed, restored, rebuilt, gone: each with its reason, and whether questions can be answered."""
    corpus, data = write_garden(tmp_path / "corpus"), tmp_path / "data"
    index = open_new(corpus, data)
    check = health_of(index, corpus, data)
    assert (check().ready, check().reason, check().corpus_state) == (True, "", "current")
    assert (check().index_version, check().model) == (index.manifest.version, "hash")

    gaps = corpus / "gaps" / "all.yaml"
    before = gaps.read_bytes()
    gaps.write_bytes(before + b"# revised\n")
    assert (check().ready, check().corpus_state) == (False, "changed")
    assert "balise ingest" in check().reason

    (corpus / "documents" / "jardin.txt").rename(tmp_path / "elsewhere")
    assert not check().ready
    (tmp_path / "elsewhere").rename(corpus / "documents" / "jardin.txt")
    gaps.write_bytes(before)
    assert check().ready

    gaps.write_text("[]")
    build(corpus, data, HashEmbedder())
    assert (check().ready, check().corpus_state) == (True, "newer index on disk")
    shutil.rmtree(data)
    assert (check().ready, check().corpus_state) == (False, "missing")
    assert "balise ingest" in check().reason


def test_a_document_that_was_not_ingested_is_told(tmp_path: Path) -> None:
    """The service answers from the others and says what is missing."""
    corpus, data = write_garden(tmp_path / "corpus"), tmp_path / "data"
    (corpus / "documents" / "lettre.txt").write_text("autre chose")
    (corpus / "questions" / "all.yaml").write_text("[]")
    report = build(corpus, data, HashEmbedder())
    assert len(report.failures) == 1
    health = health_of(garden_index().open(data), corpus, data)()
    assert (health.ready, health.corpus_state) == (True, "incomplete")
    assert "lettre.txt" in health.reason
