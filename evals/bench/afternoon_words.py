"""What one would build instead in an afternoon, by words: LangChain's usual splitter, and BM25 over its pieces.

As `evals.bench.afternoon_vectors`, with the default tokens and settings of the library.
"""

from collections.abc import Sequence
from pathlib import Path

import bm25s

from evals.bench.pieces import NEAREST, split
from evals.bench.values import Found, Reply


class WordsAfternoon:
    """Splitter, BM25 with the default tokens of its library."""

    name = "langchain-bm25"

    def __init__(self, files: Sequence[Path], folder: Path) -> None:
        self._files, self._folder = files, folder
        self._index: bm25s.BM25 | None = None
        self._places: list[Found] = []

    def ingest(self) -> int:
        """Split, count words, save."""
        texts, _ = split(self._files)
        index = bm25s.BM25()
        index.index(bm25s.tokenize(texts, show_progress=False), show_progress=False)
        index.save(str(self._folder), show_progress=False)
        return len(texts)

    def open(self) -> None:
        """Load the counts; the pieces are cut again, as their places are not kept with them."""
        self._index = bm25s.BM25.load(str(self._folder))
        self._places = split(self._files)[1]

    def ask(self, question: str) -> Reply:
        """The four best pieces."""
        if self._index is None:
            raise RuntimeError("not opened")
        tokens = bm25s.tokenize([question], show_progress=False)
        numbers, _ = self._index.retrieve(tokens, k=min(NEAREST, len(self._places)), show_progress=False)
        return Reply(tuple(self._places[int(number)] for number in numbers[0]))
