"""The index as it is read: what was ingested, searchable, with the stamp that says from what and with which model.

On disk, under the data folder:

    current                  the version that serves (one line; replaced atomically)
    builds/<version>/        manifest.json, contents.json, passages/, questions/, grams/ (BM25), vectors/ (Chroma)
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from ingest.catalog import CatalogEntry
from ingest.conflicts import Conflict
from ingest.documents import Page, Unit
from ingest.embed import Embedder
from ingest.errors import StoreError
from ingest.expected import Expectations
from ingest.fold import Reading, read
from ingest.lexical import LexicalIndex
from ingest.tokens import char_grams
from ingest.vectors import VectorIndex

SCHEMA = 2
"""Raised when the form of the files below changes: an index of another form is never opened."""

_REMEDY = "Build it: balise ingest"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The stamp of an index."""

    schema: int
    version: str
    corpus_digest: str
    model: str
    fingerprint: str
    dimension: int
    failures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as it was read: its catalog card, its text (personal data masked) and its pages."""

    entry: CatalogEntry
    text: str
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """All that was ingested. `repeats` gives, for a unit that says the same words as an earlier one, that one.

    `vocabulary` are the words of the texts and of the questions, as they are spelled.
    """

    documents: tuple[StoredDocument, ...]
    units: tuple[Unit, ...]
    expectations: Expectations
    repeats: Mapping[str, str]
    vocabulary: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


MANIFEST = TypeAdapter(Manifest)
CONTENTS = TypeAdapter(Contents)


def corpus_digest(corpus: Path) -> str:
    """sha256 over the names and bytes of every file of the corpus folder."""
    digest = hashlib.sha256()
    for path in sorted(path for path in corpus.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(corpus).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def search_text(unit: Unit, text: str) -> str:
    """What is indexed of a unit: its headings, its labels and its own words; not the lead shared by a whole list."""
    parts = " ".join(read(text, part.runs).text for part in unit.parts if part.name != "lead")
    labels = " ".join(f"{key} {value}" for key, value in unit.labels.items() if key in {"volet", "objective", "axis"})
    return f"{' · '.join(unit.titles[-2:])} · {labels} · {parts}"


def repeats(units: Iterable[Unit], texts: Mapping[str, str]) -> dict[str, str]:
    """For each unit that says the same words as an earlier one (a rule said again in each volet), that one.

    Their first parts are compared; case does not count. `texts` are the documents by id.
    """
    said: dict[str, str] = {}
    first = {u.id: said.setdefault(read(texts[u.document], u.parts[0].runs).text.casefold(), u.id) for u in units}
    return {unit: other for unit, other in first.items() if unit != other}


class Index:
    """An opened index. Read only; safe to share between threads."""

    def __init__(self, folder: Path, manifest: Manifest, contents: Contents) -> None:
        self.manifest = manifest
        self.expectations = contents.expectations
        self.repeats = contents.repeats
        self.vocabulary = contents.vocabulary
        self.conflicts = contents.conflicts
        self.documents: Mapping[str, StoredDocument] = {d.entry.id: d for d in contents.documents}
        self.units: Mapping[str, Unit] = {unit.id: unit for unit in contents.units}
        self.passages = LexicalIndex.open(folder / "passages")
        self.questions = LexicalIndex.open(folder / "questions")
        self.grams = LexicalIndex.open(folder / "grams", char_grams)
        self.vectors = VectorIndex(folder / "vectors")
        rows = len(contents.units) + len(contents.expectations.questions)
        if (self.passages.size, self.questions.size, len(self.vectors)) != (
            len(contents.units),
            len(contents.expectations.questions),
            rows,
        ):
            raise StoreError(f"{folder}: the index is incomplete (its parts do not have the same rows). {_REMEDY}")

    @classmethod
    def open(cls, data: Path, embedder: Embedder | None = None) -> "Index":
        """Open the index that serves.

        Raises:
            StoreError: there is none, it is incomplete or of another form, or it was made with another model than
                `embedder`. The message says what to do.
        """
        manifest = current_manifest(data)
        if embedder is not None and embedder.fingerprint != manifest.fingerprint:
            raise StoreError(
                f"The index was made with another embedding model: {manifest.model!r} (dimension {manifest.dimension}, "
                f"{manifest.fingerprint[:8]}) instead of {embedder.name!r} (dimension {embedder.dimension}, "
                f"{embedder.fingerprint[:8]}). Rebuild the index: balise ingest",
            )
        folder = data / "builds" / manifest.version
        try:
            contents = CONTENTS.validate_json((folder / "contents.json").read_bytes())
        except (OSError, ValidationError) as error:
            raise StoreError(f"{folder}: the index is incomplete ({error}). {_REMEDY}") from error
        return cls(folder, manifest, contents)

    def reading(self, unit: Unit, part: int = 0) -> Reading:
        """The folded text of one part of a unit, with its offsets."""
        return read(self.documents[unit.document].text, unit.parts[part].runs)

    @cached_property
    def units_by_document(self) -> Mapping[str, tuple[Unit, ...]]:
        """Units of each document, in the order of ingestion."""
        grouped: dict[str, list[Unit]] = {name: [] for name in self.documents}
        for unit in self.units.values():
            grouped[unit.document].append(unit)
        return {name: tuple(units) for name, units in grouped.items()}


def current_manifest(data: Path) -> Manifest:
    """The stamp of the index that serves; `StoreError` where there is none or it is not of this form."""
    try:
        version = (data / "current").read_text(encoding="utf-8").strip()
        manifest = MANIFEST.validate_json((data / "builds" / version / "manifest.json").read_bytes())
    except FileNotFoundError as error:
        raise StoreError(f"{data}: there is no index yet. {_REMEDY}") from error
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise StoreError(f"{data}: the index cannot be read ({error}). {_REMEDY}") from error
    if manifest.schema != SCHEMA:
        raise StoreError(f"{data}: the index has form {manifest.schema}, this program reads form {SCHEMA}. {_REMEDY}")
    return manifest
