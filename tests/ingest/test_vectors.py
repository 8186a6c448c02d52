"""Vectors in a real Chroma on disk."""

from pathlib import Path

import numpy as np
import pytest

from ingest.errors import StoreError
from ingest.vectors import Vector, VectorIndex

VECTORS: dict[str, Vector] = {
    "est": np.array([1, 0, 0], dtype=np.float32),
    "nord-est": np.array([0.6, 0.8, 0], dtype=np.float32),
    "nord": np.array([0, 1, 0], dtype=np.float32),
    "rien": np.zeros(3, dtype=np.float32),
}
ROWS = [("p0", "est"), ("p1", "nord-est"), ("q0", "nord"), ("q1", "est")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with the rows above, written and closed."""
    with VectorIndex(tmp_path / "vectors", VECTORS) as vectors:
        vectors.add(ROWS)
    return tmp_path / "vectors"


def test_rows_come_back_by_cosine(folder: Path) -> None:
    """Nearest first, ties by id; asking for more rows than there are gives them all."""
    with VectorIndex(folder) as vectors:
        assert len(vectors) == 4
        found = vectors.nearest(np.array([2, 0, 0], dtype=np.float32), 10)
    assert [name for name, _ in found] == ["p0", "q1", "p1", "q0"]
    assert [similarity for _, similarity in found] == pytest.approx([1, 1, 0.6, 0], abs=1e-5)


def test_stored_vectors_are_those_that_were_given(folder: Path) -> None:
    """One for each distinct text, so that unchanged text need not be embedded again."""
    with VectorIndex(folder) as vectors:
        stored = vectors.stored()
    assert set(stored) == {"est", "nord-est", "nord"}
    for text, vector in stored.items():
        assert vector == pytest.approx(VECTORS[text])


def test_a_text_without_a_token_is_stored_and_is_near_nothing(tmp_path: Path) -> None:
    """A zero vector neither fails nor comes before a real neighbour."""
    with VectorIndex(tmp_path, VECTORS) as vectors:
        vectors.add([*ROWS, ("q2", "rien")])
        found = vectors.nearest(VECTORS["est"], 2)
        zero = vectors.nearest(VECTORS["rien"], 2)
    assert [name for name, _ in found] == ["p0", "q1"]
    assert all(similarity <= 0.5 for _, similarity in zero)


def test_progress_is_told_of_every_row(tmp_path: Path) -> None:
    """The numbers add up to the rows, more of them than Chroma takes at once."""
    told: list[int] = []
    rows = [(f"p{i}", "est") for i in range(6000)]
    with VectorIndex(tmp_path, VECTORS) as vectors:
        vectors.add(rows, told.append)
        assert len(vectors) == 6000
    assert sum(told) == 6000
    assert len(told) > 1


def test_an_empty_store_can_be_opened(tmp_path: Path) -> None:
    """A corpus without questions nor units is still an index."""
    with VectorIndex(tmp_path, {}) as vectors:
        vectors.add([])
    with VectorIndex(tmp_path) as vectors:
        assert (len(vectors), vectors.stored()) == (0, {})
        assert vectors.nearest(VECTORS["est"], 3) == []


def test_a_store_that_was_moved_can_be_written_anew(tmp_path: Path) -> None:
    """Closed, it holds nothing of its folder: the same place can be used again in the same process."""
    for rank in range(3):
        with VectorIndex(tmp_path / "staging", VECTORS) as vectors:
            vectors.add(ROWS[: rank + 1])
        (tmp_path / "staging").replace(tmp_path / f"build-{rank}")
    for rank in range(3):
        with VectorIndex(tmp_path / f"build-{rank}") as vectors:
            assert len(vectors) == rank + 1


def test_a_missing_store_is_refused_and_not_created(tmp_path: Path) -> None:
    """Reading never creates."""
    with pytest.raises(StoreError, match="balise ingest"):
        VectorIndex(tmp_path / "absent")
    assert not (tmp_path / "absent").exists()


@pytest.mark.parametrize("content", [b"", b"this is not a database" * 100])
def test_a_damaged_store_is_refused(folder: Path, content: bytes) -> None:
    """An emptied or overwritten file is a `StoreError` that says what to do."""
    for path in folder.glob("chroma.sqlite3*"):
        path.write_bytes(content)
    with pytest.raises(StoreError, match="balise ingest"):
        VectorIndex(folder)
