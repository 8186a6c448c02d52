"""From a catalog entry to its units: read the file, check it, follow its layout, mask personal data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.catalog import CatalogEntry, LayoutName, altered
from ingest.documents import DropReason, Segmentation, Source
from ingest.errors import ReadError
from ingest.fold import mask
from ingest.layouts import action_plan, budget_sheet, marked, objectives, prose
from ingest.reading import read_file

Layout = Callable[[str, Source, CatalogEntry], Segmentation]

LAYOUTS: Mapping[LayoutName, Layout] = {
    "prose": prose.segment,
    "marked": marked.segment,
    "budget_sheet": budget_sheet.segment,
    "action_plan": action_plan.segment,
    "objectives": objectives.segment,
}


@dataclass(frozen=True, slots=True)
class Segmented:
    """A document ready for the index: `source` has its personal data masked, every offset unchanged."""

    entry: CatalogEntry
    source: Source
    segmentation: Segmentation


def segment_document(corpus: Path, entry: CatalogEntry) -> Segmented:
    """Read and segment one document of the corpus.

    Raises:
        ReadError: the file is missing, cannot be read, or is not the one that was catalogued.
        LayoutError: it does not have the layout that its entry announces.
    """
    path = corpus / "documents" / entry.file
    if not path.is_file():
        raise ReadError(entry.file, "the file is missing", f"Put it in {corpus.name}/documents, or remove its entry")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReadError(entry.file, f"the file cannot be opened ({error.strerror})", "Check its permissions") from error
    if altered(entry, content):
        raise ReadError(
            entry.file,
            "its content is not the one that was catalogued (sha256 differs)",
            "Restore the original, or review the new edition and update its entry in catalog.yaml",
        )
    source = read_file(path, entry.pages)
    segmentation = LAYOUTS[entry.layout](entry.id, source, entry)
    personal = [dropped.run for dropped in segmentation.dropped if dropped.reason is DropReason.PERSONAL_DATA]
    return Segmented(entry, Source(mask(source.text, personal), source.pages), segmentation)
