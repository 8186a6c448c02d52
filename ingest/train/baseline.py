"""Plain French BM25, the yardstick beside the model (only importer of bm25s and Stemmer for training)."""

import re
import unicodedata
from collections.abc import Sequence

import bm25s
import numpy as np
import Stemmer

from ingest.train.measures import Scores

_WORD = re.compile(r"\w+")
_STEMMER = Stemmer.Stemmer("french")


def _tokens(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    words = _WORD.findall("".join(c for c in folded if not unicodedata.combining(c)))
    return [str(word) for word in _STEMMER.stemWords(words)]


class Bm25:
    """BM25 over the documents; accents folded, then Snowball stems."""

    def __init__(self, documents: Sequence[str]) -> None:
        self._index = bm25s.BM25()
        self._index.index([_tokens(text) for text in documents], show_progress=False)

    def scores(self, question: str) -> Scores:
        """One score per document, shape (documents,)."""
        tokens = [token for token in _tokens(question) if token in self._index.vocab_dict]
        if not tokens:
            return np.zeros(self._index.scores["num_docs"], dtype=np.float32)
        return np.asarray(self._index.get_scores(tokens), dtype=np.float32)
