"""What a bench asks of whoever it measures, and what it is given back. Knows no contender."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a document that was given back: characters `[start, end)` of the file with this stem."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back for a question."""

    found: tuple[Found, ...]
    abstained: bool = False
    stages: Mapping[str, float] = field(default_factory=dict)


class Contender(Protocol):
    """Ingests documents, then answers questions; a new process opens what another one ingested."""

    def ingest(self) -> int:
        """Read the documents and write an index; how many pieces it holds."""

    def open(self) -> None:
        """Make ready to answer."""

    def ask(self, question: str) -> Reply:
        """Answer one question."""
