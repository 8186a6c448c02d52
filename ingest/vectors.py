"""Dense vectors in Chroma, in a folder of its own. The only module that knows chromadb and langchain_chroma.

The vectors are computed by the caller (`ingest.embed`): Chroma stores them, and finds the nearest by cosine.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, cast

import chromadb
import numpy as np
import numpy.typing as npt
from chromadb.config import Settings
from chromadb.errors import ChromaError
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from ingest.errors import StoreError

if TYPE_CHECKING:
    from chromadb.api.client import Client

Vector = npt.NDArray[np.float32]
_COLLECTION = "entries"
_FILE = "chroma.sqlite3"
_BATCH = 4096  # below the 5 461 rows that Chroma accepts at once


class _Given(Embeddings):
    """Hands langchain_chroma the vectors that were computed beforehand."""

    def __init__(self, vectors: Mapping[str, Vector]) -> None:
        self._vectors = vectors

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self._vectors[text].tolist() for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


class VectorIndex:
    """Rows `(id, text)` with one vector each; equal texts share their vector.

    Chroma shares one connection among all that open the same folder in a process: whoever writes or moves a folder
    closes it (`with VectorIndex(...)`).
    """

    def __init__(self, folder: Path, vectors: Mapping[str, Vector] | None = None) -> None:
        """Open the store in `folder`; create it when the `vectors` of the texts to add are given.

        Raises:
            StoreError: there is no store to open, or Chroma cannot open it.
        """
        self._folder = folder
        if vectors is None and not (folder / _FILE).is_file():
            raise StoreError(f"{folder}: the vectors are missing. Rebuild the index: balise ingest")
        with self._told("cannot open this index"):
            client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
            self._client = cast("Client", client)  # the annotated type has no `close`
        try:
            with self._told("cannot open this index"):
                self._chroma = Chroma(
                    client=self._client,
                    collection_name=_COLLECTION,
                    embedding_function=_Given(vectors or {}),
                    collection_configuration={"hnsw": {"space": "cosine", "ef_search": 200}},
                    create_collection_if_not_exists=vectors is not None,
                )
        except StoreError:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        with self._told("cannot count its rows"):
            return int(self._client.get_collection(_COLLECTION).count())

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()

    def add(self, rows: Sequence[tuple[str, str]], progress: Callable[[int], object] = lambda _: None) -> None:
        """Store rows `(id, text)`; `progress` is told how many were stored by each batch."""
        for start in range(0, len(rows), _BATCH):
            batch = rows[start : start + _BATCH]
            with self._told("did not store the vectors"):
                self._chroma.add_texts([text for _, text in batch], ids=[name for name, _ in batch])
            progress(len(batch))

    def nearest(self, vector: Vector, k: int) -> list[tuple[str, float]]:
        """The `k` nearest row ids with their cosine similarity, nearest first; ties by id."""
        with self._told("did not answer"):
            found = self._chroma.similarity_search_by_vector_with_relevance_scores(vector.tolist(), k=k)
        pairs = [(str(document.id), 1.0 - float(distance)) for document, distance in found]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))

    def stored(self) -> dict[str, Vector]:
        """Every stored text with its vector, so that unchanged text is not embedded again."""
        with self._told("did not give its vectors"):
            content: dict[str, Any] = self._chroma.get(include=["documents", "embeddings"])
        vectors = np.asarray(content["embeddings"], dtype=np.float32)
        return dict(zip(content["documents"], vectors, strict=True))

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        try:
            yield
        except (ChromaError, ValueError, OSError) as error:
            raise StoreError(f"{self._folder}: Chroma {what} ({error}). Rebuild the index: balise ingest") from error
