"""BM25 over our own tokens. The only module that knows bm25s.

Source: Robertson & Zaragoza (2009), in the Lucene variant of bm25s.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt

from ingest.errors import StoreError
from ingest.tokens import tokenize

Tokenizer = Callable[[str], list[str]]


class LexicalIndex:
    """BM25 scores of a query against numbered texts."""

    def __init__(self, model: bm25s.BM25, size: int, tokens: Tokenizer) -> None:
        self._model = model
        self._tokens = tokens
        self.size = size

    @classmethod
    def of(cls, texts: Sequence[str], tokens: Tokenizer = tokenize) -> "LexicalIndex":
        """Index these texts; a text without any token can never be found."""
        model = bm25s.BM25(k1=1.2, b=0.75, method="lucene")
        model.index([tokens(text) or ["\x00"] for text in texts] or [["\x00"]], show_progress=False)
        return cls(model, len(texts), tokens)

    @classmethod
    def open(cls, folder: Path, tokens: Tokenizer = tokenize) -> "LexicalIndex":
        """Read an index that `save` wrote; `tokens` must be the function it was made with.

        Raises:
            StoreError: a file of the index is missing or damaged.
        """
        try:
            model = bm25s.BM25.load(str(folder), mmap=True)
            size = int((folder / "size").read_text())
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{folder}: the index is incomplete ({error}). Rebuild it: balise ingest") from error
        return cls(model, size, tokens)

    def save(self, folder: Path) -> None:
        """Write the index into a new folder."""
        self._model.save(str(folder), show_progress=False)
        (folder / "size").write_text(str(self.size))

    def holders(self, token: str) -> npt.NDArray[np.int32]:
        """The numbers of the texts that have a token, ascending; none for one that no text has."""
        number = self._model.vocab_dict.get(token)
        if number is None:
            return np.empty(0, dtype=np.int32)
        start, end = self._model.scores["indptr"][number : number + 2]
        return np.sort(self._model.scores["indices"][start:end])

    def search(self, query: str, k: int) -> list[tuple[int, float]]:
        """The `k` best texts by number with their scores (all positive), best first; ties by number."""
        known = [token for token in self._tokens(query) if token in self._model.vocab_dict]
        if not known:
            return []
        scores = self._model.get_scores(known)[: self.size]
        best = np.argsort(-scores, kind="stable")[:k]
        return [(int(i), float(scores[i])) for i in best if scores[i] > 0]
