"""BM25 over our tokens, in memory and on disk."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import StoreError
from ingest.lexical import LexicalIndex
from ingest.tokens import char_grams

TEXTS = ["Le montant de base est de 21 989 $.", "Créer un comité de valorisation.", "", "Un comité, un autre comité."]


def test_the_text_that_has_the_words_comes_first() -> None:
    """Scores are positive, best first; what has none of the words is not there."""
    index = LexicalIndex.of(TEXTS)
    found = index.search("comités de valorisation", 10)
    assert [number for number, _ in found] == [1, 3]
    assert found[0][1] > found[1][1] > 0
    assert [number for number, _ in index.search("base 21989", 10)] == [0]


def test_unknown_words_find_nothing() -> None:
    """No word in common, no words, only stop words: nothing."""
    index = LexicalIndex.of(TEXTS)
    assert index.search("alcool", 5) == index.search("", 5) == index.search("de la", 5) == []
    assert LexicalIndex.of([]).search("comité", 5) == []


def test_ties_go_by_number_and_k_bounds_the_results() -> None:
    """Equal texts have equal scores."""
    index = LexicalIndex.of(["comité"] * 4)
    found = index.search("comité", 3)
    assert [number for number, _ in found] == [0, 1, 2]
    assert len({score for _, score in found}) == 1


@pytest.mark.parametrize("texts", [TEXTS, [], [""]])
def test_a_saved_index_answers_as_before(tmp_path: Path, texts: list[str]) -> None:
    """Saved and opened, with the same tokens, scores are the same; also when there is nothing in it."""
    for name, tokens in (("words", None), ("grams", char_grams)):
        index = LexicalIndex.of(texts, tokens) if tokens else LexicalIndex.of(texts)
        index.save(tmp_path / name)
        opened = LexicalIndex.open(tmp_path / name, tokens) if tokens else LexicalIndex.open(tmp_path / name)
        assert opened.size == len(texts)
        assert opened.search("un comité de base", 5) == index.search("un comité de base", 5)


@settings(max_examples=30)
@given(st.lists(st.text("abé 12", max_size=8), max_size=5), st.text("abé 12", max_size=8))
def test_scores_are_sorted_and_positive(texts: list[str], query: str) -> None:
    """Whatever the texts and the query."""
    found = LexicalIndex.of(texts).search(query, 3)
    assert found == sorted(found, key=lambda pair: (-pair[1], pair[0]))
    assert all(score > 0 and 0 <= number < len(texts) for number, score in found)


@pytest.mark.parametrize("damage", ["size", "vocab.index.json", "data.csc.index.npy"])
def test_a_damaged_index_is_refused_with_the_remedy(tmp_path: Path, damage: str) -> None:
    """A file missing or cut short is a `StoreError`."""
    LexicalIndex.of(TEXTS).save(tmp_path)
    (tmp_path / damage).write_bytes(b"")
    with pytest.raises(StoreError, match="balise ingest"):
        LexicalIndex.open(tmp_path)
    (tmp_path / damage).unlink()
    with pytest.raises(StoreError, match="balise ingest"):
        LexicalIndex.open(tmp_path)
