"""What the web interface may read of the index, and whether all is well with it."""

from collections.abc import Callable
from pathlib import Path

from assistant.originals import original_of
from assistant.web.seams import HealthReport, NoOriginal, Original
from ingest.catalog import CatalogEntry
from ingest.documents import Page, Unit
from ingest.errors import StoreError
from ingest.index import Index, corpus_digest, current_manifest


class IndexLibrary:
    """The documents of an opened index, their originals in the corpus; `KeyError` for an unknown id."""

    def __init__(self, index: Index, corpus: Path) -> None:
        self._index = index
        self._corpus = corpus

    def documents(self) -> tuple[CatalogEntry, ...]:
        """The catalog, in its order."""
        return tuple(stored.entry for stored in self._index.documents.values())

    def text(self, document: str) -> str:
        """The stored text, personal data masked."""
        return self._index.documents[document].text

    def units(self, document: str) -> tuple[Unit, ...]:
        """The units, in the order of ingestion."""
        return self._index.units_by_document[document]

    def pages(self, document: str) -> tuple[Page, ...]:
        """The printed pages, none when unknown."""
        return self._index.documents[document].pages

    def original(self, document: str) -> Original | NoOriginal:
        """The file that it was read from, or why it is not given."""
        stored = self._index.documents[document]
        return original_of(stored.entry, stored.text, stored.pages, self._corpus)


def health_of(index: Index, corpus: Path, data: Path) -> Callable[[], HealthReport]:
    """A check that looks, each time, whether the open index is the one on disk and matches the corpus."""
    manifest = index.manifest

    def check() -> HealthReport:
        state, ready, reason = "current", True, ""
        try:
            serving = current_manifest(data)
        except StoreError as error:
            state, ready, reason = "missing", False, str(error)
        else:
            if serving.version != manifest.version:
                state, reason = "newer index on disk", "A newer index was built: restart the server to serve it."
            elif corpus_digest(corpus) != manifest.corpus_digest:
                state, ready = "changed", False
                reason = "The corpus has changed since it was ingested. Run: balise ingest, then restart."
            elif manifest.failures:
                state, reason = "incomplete", "; ".join(manifest.failures)
        return HealthReport(ready, reason, manifest.version, manifest.model, state)

    return check
