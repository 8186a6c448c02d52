"""Reading pairs, numbering them, cutting batches."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import ReadError
from ingest.train.dataset import build_dataset, epoch_batches, steps_per_epoch
from ingest.train.pairs import Pair, held_out, read_source
from ingest.train.recipe import Join, PairSource
from ingest.train.start import rarity_weights
from ingest.train.vocabulary import to_bags, train_tokenizer


def write(folder: Path, name: str, *rows: object) -> None:
    """A JSON Lines file."""
    (folder / name).write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")


def test_lists_joined_fields_and_other_files_give_pairs(tmp_path: Path) -> None:
    """One pair per item of a list; `a+b` is one text; a join adds the fields of another file."""
    write(tmp_path, "rows.jsonl", {"q": ["one", "two"], "title": "T", "head": "H", "ref": 7})
    write(tmp_path, "texts.jsonl", {"id": 7, "text": "the passage"})
    source = PairSource(
        files=("rows.jsonl",),
        join=Join(file="texts.jsonl", field="ref", key="id"),
        pairs=(("q", "text"), ("title+head", "text")),
    )
    found = [(pair.left, pair.right) for pair in read_source(source, [tmp_path])]
    assert found == [("one", "the passage"), ("two", "the passage"), ("T. H", "the passage")]


def test_an_empty_field_gives_no_pair_and_a_text_is_not_its_own_pair(tmp_path: Path) -> None:
    """Null, empty and equal texts teach nothing."""
    write(
        tmp_path, "rows.jsonl", {"a": None, "b": "x"}, {"a": " ", "b": "x"}, {"a": "x", "b": "x"}, {"a": "y", "b": "x"}
    )
    source = PairSource(files=("rows.jsonl",), pairs=(("a", "b"),))
    assert [pair.left for pair in read_source(source, [tmp_path])] == ["y"]


def test_held_out_groups_are_not_read_for_training(tmp_path: Path) -> None:
    """Every row of a held-out group is left out, and only those."""
    write(tmp_path, "rows.jsonl", *({"a": f"a{i}", "b": "b", "g": f"group {i % 50}"} for i in range(200)))
    source = PairSource(files=("rows.jsonl",), pairs=(("a", "b"),), group="g", held_out=0.3)
    kept = {int(pair.left[1:]) % 50 for pair in read_source(source, [tmp_path])}
    assert kept == {i for i in range(50) if not held_out(f"group {i}", 0.3)}
    assert 25 <= len(kept) <= 45


@pytest.mark.parametrize("content", ['{"a": 1}\n{oops', "[1]", '{"a": "x"}'])
def test_a_wrong_file_is_refused_by_name(tmp_path: Path, content: str) -> None:
    """Not JSON, not an object, or without the fields asked for."""
    (tmp_path / "rows.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(ReadError, match=r"rows\.jsonl"):
        read_source(PairSource(files=("rows.jsonl",), pairs=(("a", "b"),)), [tmp_path])


def test_a_damaged_archive_is_refused_by_name(tmp_path: Path) -> None:
    """An xz file cut short or overwritten."""
    (tmp_path / "rows.jsonl.xz").write_bytes(b"not xz")
    with pytest.raises(ReadError, match=r"rows\.jsonl\.xz"):
        read_source(PairSource(files=("rows.jsonl.xz",), pairs=(("a", "b"),)), [tmp_path])


@given(
    sizes=st.lists(st.integers(2, 40), min_size=1, max_size=3),
    batch=st.integers(2, 15),
    block_size=st.integers(1, 5),
    seed=st.integers(0, 99),
)
def test_an_epoch_shows_each_pair_once_per_repeat(sizes: list[int], batch: int, block_size: int, seed: int) -> None:
    """Except the lone pair of a last batch; each batch has one source and no more than `batch` pairs."""
    sources = {
        f"s{n}": [Pair(f"l{n}-{i}", f"r{n}-{i}", block=str(i % 3)) for i in range(size)] for n, size in enumerate(sizes)
    }
    dataset = build_dataset(sources, dict.fromkeys(sources, 2))
    batches = epoch_batches(dataset, batch, block_size, seed, epoch=0)
    assert len(batches) == steps_per_epoch(dataset, batch)
    counts = np.bincount(np.concatenate(batches), minlength=len(dataset.pairs))
    assert counts.max() <= 2
    assert counts.sum() >= 2 * (len(dataset.pairs) - len(sizes))
    for group in dataset.groups:
        inside = [((b >= group.start) & (b < group.end)).mean() for b in batches]
        assert set(inside) <= {0.0, 1.0}


def test_pairs_of_a_block_meet_in_a_batch() -> None:
    """They are each other's hard negatives, so at least one neighbour of the block is in the same batch."""
    pairs = [Pair(f"l{i}", f"r{i}", block=str(i // 4)) for i in range(64)]
    dataset = build_dataset({"s": pairs}, {"s": 1})
    for batch in epoch_batches(dataset, 16, 4, 1, 0):
        assert np.unique(batch // 4, return_counts=True)[1].tolist() == [4, 4, 4, 4]


def test_rare_tokens_weigh_more() -> None:
    """A / (a + p): half for a token whose share is a, one for a token never seen."""
    weights = rarity_weights(np.array([0, 1, 999]), 1e-3)
    np.testing.assert_allclose(weights, [1, 0.5, 0.001 / 1.0], rtol=1e-3)


def test_the_vocabulary_folds_and_cuts_at_the_limit() -> None:
    """Accents, case, ligatures and apostrophes do not count; unknown characters are left out."""
    tokenizer = train_tokenizer(["L’école du cœur", "aujourd'hui"], 100)
    one, other, foreign = ("L’ÉCOLE DU CŒUR", "l'ecole du coeur", "漢字")
    bags = to_bags(tokenizer, [one, other, foreign], 50)
    np.testing.assert_array_equal(bags.tokens[: bags.starts[1]], bags.tokens[bags.starts[1] : bags.starts[2]])
    assert bags.starts[3] == bags.starts[2]
    assert len(to_bags(tokenizer, [one], 2).tokens) == 2
