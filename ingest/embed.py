"""Texts in, unit vectors out: the one place that knows sentence-transformers.

The default model is the folder `ingest/model` of this repository; any other sentence-transformers folder, or a hub
name already in the local cache, can be named instead. Refuses to reach the network unless told to, and refuses a
folder that is missing, incomplete or not a model: `EmbedError` says what was tried and what to do.
"""

import hashlib
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from ingest.errors import EmbedError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

EMBEDDED_MODEL = Path(__file__).with_name("model")
EMBEDDED_NAME = "balise-static-fr-en"
_THREADS = 2
_BATCH = 256
_MARKER = "modules.json"

Vectors = npt.NDArray[np.float32]


class Embedder(Protocol):
    """What the index and the retriever need of an embedding model."""

    @property
    def name(self) -> str:
        """How the model is called in the index's stamp and in reports."""

    @property
    def dimension(self) -> int:
        """Number of components of each vector."""

    @property
    def fingerprint(self) -> str:
        """sha256 (64 hexadecimal digits) of what determines the vectors: it changes when the vectors may change."""

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """One row per text, shape `(len(texts), dimension)`, Euclidean norm 1; all zeros for a text without a token."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """As `encode_documents`, with the model's prompt for questions where it defines one."""


class _SentenceTransformerEmbedder:
    """A sentence-transformers model, on the processor, in single precision; loaded when it is first needed."""

    def __init__(self, name: str, load: "Callable[[], SentenceTransformer]", fingerprint: str) -> None:
        self._load = load
        self.name = name
        self.fingerprint = fingerprint

    @cached_property
    def _model(self) -> "SentenceTransformer":
        return self._load()

    @property
    def dimension(self) -> int:
        return int(self._model.get_embedding_dimension() or 0)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        return self._encode(self._model.encode_document, texts)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(self._model.encode_query, texts)

    def _encode(self, encode: Callable[..., object], texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = encode(list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)


def load_embedder(model: str | Path = EMBEDDED_MODEL, *, allow_download: bool = False) -> Embedder:
    """Load a model: a sentence-transformers folder, or a hub name.

    A hub name is looked for in the local cache of huggingface_hub only, unless `allow_download` is true. The weights of
    a folder are read when a vector (or the dimension) is first asked for, which costs a few seconds in a new process
    (the import of torch); what embeds nothing does not pay them.

    Raises:
        EmbedError: no such folder or cached model; at first use, one that does not load. The original is its
            `__cause__`.
    """
    folder = Path(model)
    if folder.is_dir():
        if not (folder / _MARKER).is_file():
            raise EmbedError(f"{str(model)!r} is not a sentence-transformers folder: it has no {_MARKER}. {_REMEDY}")
        name = EMBEDDED_NAME if folder.resolve() == EMBEDDED_MODEL.resolve() else folder.resolve().name
        return _SentenceTransformerEmbedder(name, partial(_load, str(folder), local_only=True), fingerprint(folder))
    if isinstance(model, Path) or not _may_be_hub_name(model):
        raise EmbedError(f"The embedding model folder {str(model)!r} does not exist. {_REMEDY}")
    loaded = _load(model, local_only=not allow_download)
    return _SentenceTransformerEmbedder(model, lambda: loaded, fingerprint(_cached_folder(model)))


_REMEDY = (
    "Name a sentence-transformers folder that exists, a model already in the local hub cache, "
    "or leave the setting out to use the model that comes with the program."
)


def fingerprint(folder: Path) -> str:
    """sha256 over the names and contents of a model folder's files; documentation and hidden files do not count."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if not path.is_file() or path.suffix == ".md" or any(part.startswith(".") for part in inside.parts):
            continue
        digest.update(f"{inside.as_posix()}\0{path.stat().st_size}\0".encode())
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def _may_be_hub_name(model: str) -> bool:
    parts = model.split("/")
    return len(parts) <= 2 and all(part and not part.startswith((".", "~")) for part in parts)  # noqa: PLR2004 (owner/name)


def _load(model: str, *, local_only: bool) -> "SentenceTransformer":
    # Imported here because torch and transformers cost seconds, which commands that embed nothing must not pay.
    import torch  # noqa: PLC0415
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    torch.set_num_threads(_THREADS)
    try:
        loaded = SentenceTransformer(model, device="cpu", local_files_only=local_only, trust_remote_code=False)
    except Exception as error:  # the library lets through OSError, ValueError, KeyError, SafetensorError…
        tried = "in the local hub cache, without downloading" if local_only and not Path(model).is_dir() else "to load"
        raise EmbedError(f"The embedding model {model!r} was tried {tried} and failed: {error}. {_REMEDY}") from error
    return loaded.float().eval()


def _cached_folder(model: str) -> Path:
    from huggingface_hub import snapshot_download  # noqa: PLC0415 (comes with the library above, same reason)

    return Path(snapshot_download(model, local_files_only=True))
