"""Known conflicts are bound by quote: every side stands in its source; what does not is named, all at once."""

from pathlib import Path

import pytest
import yaml

from ingest.conflicts import bind_conflicts
from ingest.errors import CatalogError

TEXTS = {"a": "Le total est de 10 $.", "b": "Le total est de\n12 $ environ."}


def written(folder: Path, *sides: tuple[str, str]) -> Path:
    """A corpus folder with one conflict of these sides."""
    entry = {
        "id": "total",
        "sides": [{"document": document, "quote": quote} for document, quote in sides],
        "reply_fr": "Deux totaux.",
        "reply_en": "Two totals.",
    }
    (folder / "conflicts.yaml").write_text(yaml.safe_dump([entry]), encoding="utf-8")
    return folder


def test_each_side_is_found_in_its_source(tmp_path: Path) -> None:
    """White space folded; the place is that of the source."""
    corpus = written(tmp_path, ("a", "total est de 10 $"), ("b", "est de 12 $"))
    (conflict,) = bind_conflicts(corpus, TEXTS, TEXTS)
    assert [TEXTS[document][place.start : place.end] for document, place in conflict.sides] == [
        "total est de 10 $",
        "est de\n12 $",
    ]


def test_what_does_not_stand_is_named(tmp_path: Path) -> None:
    """An unknown document and a quote that is gone, in one error."""
    with pytest.raises(CatalogError) as caught:
        bind_conflicts(written(tmp_path, ("a", "11 $"), ("b", "13 $")), TEXTS, TEXTS)
    assert len(caught.value.problems) == 2
    with pytest.raises(CatalogError, match="'z'"):
        bind_conflicts(written(tmp_path, ("a", "10 $"), ("z", "13 $")), TEXTS, TEXTS)


def test_one_side_is_no_conflict(tmp_path: Path) -> None:
    """Two at least."""
    with pytest.raises(CatalogError):
        bind_conflicts(written(tmp_path, ("a", "10 $")), TEXTS, TEXTS)


def test_a_document_that_was_not_read_leaves_its_conflicts_out(tmp_path: Path) -> None:
    """And a corpus without the file has none."""
    corpus = written(tmp_path, ("a", "10 $"), ("b", "12 $"))
    assert bind_conflicts(corpus, {"a": TEXTS["a"]}, TEXTS) == ()
    assert bind_conflicts(tmp_path / "none", TEXTS, TEXTS) == ()
