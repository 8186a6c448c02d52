"""What can go wrong in ingestion.

IngestError
├── CatalogError      corpus/catalog.yaml or another data file of the corpus is wrong; lists every problem
├── ReadError         one file cannot be read; names the file, the page if known, and the remedy
├── LayoutError       a file does not have the layout that its catalog entry announces
├── EmbedError        the embedding model is missing or does not load
└── StoreError        the index is missing, incomplete, or does not match the corpus or the model
"""

from collections.abc import Sequence


class IngestError(Exception):
    """Base of all errors of ingestion; the message is for an operator."""


class CatalogError(IngestError):
    """A data file of the corpus is wrong. Raised once, with all its problems."""

    def __init__(self, path: str, problems: Sequence[str]) -> None:
        self.path = path
        self.problems = tuple(problems)
        super().__init__("\n".join([f"{path}: {len(problems)} problem(s) to mend", *(f"  - {p}" for p in problems)]))


class ReadError(IngestError):
    """A file cannot be read."""

    def __init__(self, path: str, what: str, remedy: str, page: int | None = None) -> None:
        self.path = path
        self.page = page
        self.remedy = remedy
        place = f"{path}, page {page}" if page else path
        super().__init__(f"{place}: {what}. {remedy}")


class LayoutError(IngestError):
    """A source does not look as its catalog entry says."""


class EmbedError(IngestError):
    """The embedding model is missing or broken."""


class StoreError(IngestError):
    """The index is missing, incomplete, or does not match."""
