"""The raw text of each catalogued document, read without the ingestion that the evaluation is to check.

In: the corpus folder. Out: texts by name. A document that is not plain text (a PDF) is left out: what is said
of it cannot be verified here, and the verifier says so.
"""

from collections.abc import Mapping
from pathlib import Path

from ingest.catalog import load_catalog

Sources = Mapping[str, str]
"""Text of a document, both by its catalog id and by the stem of its original file name (the name cases use)."""

_PLAIN = {".txt", ".md"}


def load_sources(corpus: Path) -> Sources:
    """Read `corpus/documents` as `corpus/catalog.yaml` lists it; offsets are those of the decoded file.

    Raises `ingest.errors.CatalogError` when the catalog is wrong.
    """
    sources: dict[str, str] = {}
    for entry in load_catalog(corpus).documents:
        path = corpus / "documents" / entry.file
        if path.suffix in _PLAIN:
            text = path.read_bytes().decode("utf-8")
            sources[entry.id] = sources[Path(entry.original_file).stem] = text
    return sources
