"""What one would build instead in an afternoon, by meaning: LangChain's usual splitter, and Chroma over its pieces.

In: text files, a sentence-transformers folder, a folder to write in. Out: the nearest pieces. It knows the libraries
itself and nothing of this program but the form of a bench: it is what the program is compared with. There is no
language model here: what such a program would do after finding its pieces is not counted.
"""

from collections.abc import Sequence
from pathlib import Path

from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings
from sentence_transformers import SentenceTransformer

from evals.bench.pieces import NEAREST, split
from evals.bench.values import Found, Reply

_BATCH = 5000  # below what Chroma accepts at once


class _Model(Embeddings):
    """As langchain-huggingface wraps a model."""

    def __init__(self, folder: str) -> None:
        self._model = SentenceTransformer(folder, device="cpu", local_files_only=True)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._model.encode(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


class ChromaAfternoon:
    """Splitter, embedding model, Chroma."""

    name = "langchain-chroma"

    def __init__(self, files: Sequence[Path], model: str, folder: Path) -> None:
        self._files, self._model, self._folder = files, model, folder
        self._store: Chroma | None = None

    def ingest(self) -> int:
        """Split, embed, store."""
        texts, places = split(self._files)
        store = self._opened()
        for start in range(0, len(texts), _BATCH):
            batch = slice(start, start + _BATCH)
            store.add_texts(texts[batch], [{"file": p.document, "start": p.start} for p in places[batch]])
        return len(texts)

    def open(self) -> None:
        """Load the model and the store."""
        self._store = self._opened()

    def ask(self, question: str) -> Reply:
        """The four nearest pieces."""
        if self._store is None:
            raise RuntimeError("not opened")
        found = self._store.similarity_search(question, k=NEAREST)
        places = [(str(one.metadata["file"]), int(one.metadata["start"]), len(one.page_content)) for one in found]
        return Reply(tuple(Found(file, start, start + length) for file, start, length in places))

    def _opened(self) -> Chroma:
        return Chroma("pieces", embedding_function=_Model(self._model), persist_directory=str(self._folder))
