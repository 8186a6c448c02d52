"""Corpus to index: aside, then switched in one move, so that a kill at any moment leaves the last index serving."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ingest.catalog import Catalog, CatalogEntry, load_catalog
from ingest.conflicts import bind_conflicts
from ingest.embed import Embedder
from ingest.errors import IngestError, StoreError
from ingest.expected import bind
from ingest.index import (
    CONTENTS,
    MANIFEST,
    SCHEMA,
    Contents,
    Index,
    Manifest,
    StoredDocument,
    corpus_digest,
    current_manifest,
    repeats,
    search_text,
)
from ingest.lexical import LexicalIndex
from ingest.segment import Segmented, segment_document
from ingest.tokens import char_grams
from ingest.vectors import Vector, VectorIndex
from ingest.vocabulary import vocabulary

Progress = Callable[[str, int, int], object]
"""Told the stage, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What an ingestion did, in distinct texts of the index (passages and expected questions).

    `embedded` counts the texts whose vector had to be computed; `silent` lists the units that no expected question
    leads to; `unreviewed` counts the expected questions that nobody has read yet; `failures` has one message per
    document that could not be ingested.
    """

    version: str
    documents: int
    units: int
    added: int
    unchanged: int
    removed: int
    embedded: int
    silent: tuple[str, ...]
    unreviewed: int
    failures: tuple[str, ...]
    switched: bool


def build(corpus: Path, data: Path, embedder: Embedder, progress: Progress = lambda *_: None) -> BuildReport:
    """Ingest the corpus and switch to the new index; nothing moves when nothing changed.

    A document that cannot be read is reported in `failures`, the others are ingested.

    Raises:
        CatalogError: the catalog or another data file is wrong (all problems at once).
        StoreError: another ingestion is running, or the data folder cannot be written.
    """
    digest = corpus_digest(corpus)
    catalog = load_catalog(corpus)
    contents, failures = read_corpus(corpus, catalog, progress)
    rows = _rows(contents)
    payload = CONTENTS.dump_json(contents)
    stamp = f"{SCHEMA} {embedder.fingerprint} {digest} {failures!r} "
    version = hashlib.sha256(stamp.encode() + payload).hexdigest()[:16]
    with _alone(data):
        pointed = _pointed(data)
        before, old = _previous(data)
        switched = before is None or before.version != version
        embedded = 0
        if before is None or not (data / "builds" / version).is_dir():
            known = old if before is not None and before.fingerprint == embedder.fingerprint else {}
            vectors, embedded = _vectors(rows, embedder, known, progress)
            about = (embedder.name, embedder.fingerprint, embedder.dimension)
            manifest = Manifest(SCHEMA, version, digest, *about, failures)
            _make(data, _Prepared(payload, len(contents.units), rows, vectors, manifest), progress)
        if switched:
            _point(data, version)
        _tidy(data / "builds", version, pointed)
    new, stored = {text for _, text in rows}, set(old)
    return BuildReport(
        version=version,
        documents=len(contents.documents),
        units=len(contents.units),
        added=len(new - stored),
        unchanged=len(new & stored),
        removed=len(stored - new),
        embedded=embedded,
        silent=_silent(contents),
        unreviewed=sum(not question.reviewed for question in contents.expectations.questions),
        failures=failures,
        switched=switched,
    )


def read_corpus(
    corpus: Path, catalog: Catalog, progress: Progress = lambda *_: None
) -> tuple[Contents, tuple[str, ...]]:
    """All that an index holds of a corpus, and a message for each document that could not be read.

    Raises:
        CatalogError: an expected question or a known gap is wrong (all problems at once).
    """
    segmented, failures = _segment_all(corpus, catalog.documents, progress)
    return _contents(corpus, segmented, [entry.id for entry in catalog.documents]), failures


def _segment_all(
    corpus: Path, entries: Sequence[CatalogEntry], progress: Progress
) -> tuple[list[Segmented], tuple[str, ...]]:
    segmented: list[Segmented] = []
    failures: list[str] = []
    for done, entry in enumerate(entries, start=1):
        try:
            segmented.append(segment_document(corpus, entry))
        except IngestError as error:
            failures.append(str(error))
        progress("documents", done, len(entries))
    return segmented, tuple(failures)


def _contents(corpus: Path, segmented: Sequence[Segmented], catalogued: Collection[str]) -> Contents:
    units = tuple(unit for one in segmented for unit in one.segmentation.units)
    texts = {one.entry.id: one.source.text for one in segmented}
    documents = tuple(StoredDocument(one.entry, one.source.text, one.source.pages) for one in segmented)
    expectations = bind(corpus, texts, units, catalogued)
    conflicts = bind_conflicts(corpus, texts, catalogued)
    words = vocabulary([*texts.values(), *(question.text for question in expectations.questions)])
    return Contents(documents, units, expectations, repeats(units, texts), words, conflicts)


def _rows(contents: Contents) -> list[tuple[str, str]]:
    """Ids and texts of the index rows: passages first, then expected questions, each numbered from 0."""
    texts = {document.entry.id: document.text for document in contents.documents}
    passages = [(f"p{i}", search_text(unit, texts[unit.document])) for i, unit in enumerate(contents.units)]
    questions = [(f"q{i}", question.text) for i, question in enumerate(contents.expectations.questions)]
    return passages + questions


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """One ingestion at a time; the lock goes with the process, however it dies."""
    try:
        (data / "builds").mkdir(parents=True, exist_ok=True)
        lock = (data / "ingest.lock").open("w")
    except OSError as error:
        raise StoreError(f"{data}: the data folder cannot be written ({error.strerror})") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreError(f"{data}: another ingestion is running; wait for it to end") from error
        for leftover in (data / "builds").glob(".*"):
            shutil.rmtree(leftover, ignore_errors=True)
        yield


def _pointed(data: Path) -> str:
    """The version that `current` names; empty when there is none."""
    try:
        return (data / "current").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _previous(data: Path) -> tuple[Manifest | None, dict[str, Vector]]:
    """The stamp of the index that serves and its vectors by text; nothing when there is none that can be read."""
    try:
        with Index.open(data).vectors as vectors:
            return current_manifest(data), vectors.stored()
    except StoreError:
        return None, {}


def _vectors(
    rows: Sequence[tuple[str, str]], embedder: Embedder, known: Mapping[str, Vector], progress: Progress
) -> tuple[dict[str, Vector], int]:
    """A vector for each text, and how many had to be computed."""
    vectors = {text: known[text] for _, text in rows if text in known}
    missing = sorted({text for _, text in rows if text not in vectors})
    step = 1024
    for start in range(0, len(missing), step):
        batch = missing[start : start + step]
        vectors.update(zip(batch, np.asarray(embedder.encode_documents(batch)), strict=True))
        progress("vectors", start + len(batch), len(missing))
    return vectors, len(missing)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """Everything a build writes: the contents as JSON, the rows (the first `passages` are units), their vectors."""

    payload: bytes
    passages: int
    rows: Sequence[tuple[str, str]]
    vectors: Mapping[str, Vector]
    manifest: Manifest


def _make(data: Path, prepared: _Prepared, progress: Progress) -> None:
    """Write a build aside, then give it its name in one rename."""
    staging = data / "builds" / f".staging-{os.getpid()}"
    staging.mkdir()
    (staging / "contents.json").write_bytes(prepared.payload)
    texts = [text for _, text in prepared.rows]
    LexicalIndex.of(texts[: prepared.passages]).save(staging / "passages")
    LexicalIndex.of(texts[prepared.passages :]).save(staging / "questions")
    LexicalIndex.of(texts[prepared.passages :], char_grams).save(staging / "grams")
    stored = 0

    def tell(added: int) -> None:
        nonlocal stored
        stored += added
        progress("index", stored, len(texts))

    with VectorIndex(staging / "vectors", prepared.vectors) as vectors:
        vectors.add(prepared.rows, tell)
    (staging / "manifest.json").write_bytes(MANIFEST.dump_json(prepared.manifest, indent=2))
    final = data / "builds" / prepared.manifest.version
    _remove(final)
    staging.replace(final)


def _point(data: Path, version: str) -> None:
    """Make a build the one that serves, in one rename."""
    pointer = data / "current.new"
    with pointer.open("w", encoding="utf-8") as file:
        file.write(version + "\n")
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(data / "current")


def _tidy(builds: Path, serving: str, before: str) -> None:
    """Remove the builds but the one that serves and the one before: a running server may still read it."""
    others = [folder for folder in builds.iterdir() if folder.name != serving and not folder.name.startswith(".")]
    others.sort(key=lambda folder: (folder.name != before, -folder.stat().st_mtime_ns))
    for folder in others[1:]:
        _remove(folder)


def _remove(build: Path) -> None:
    """Remove a build; it is renamed first, so that a folder named as a version is always whole."""
    if build.is_dir():
        doomed = build.replace(build.with_name(f".removed-{build.name}"))
        shutil.rmtree(doomed, ignore_errors=True)


def _silent(contents: Contents) -> tuple[str, ...]:
    """Units that no expected question leads to."""
    asked = {question.leads_to for question in contents.expectations.questions}
    reached = {target.unit for target in contents.expectations.targets if target.id in asked}
    return tuple(unit.id for unit in contents.units if unit.id not in reached)
