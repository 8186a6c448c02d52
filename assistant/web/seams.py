"""What the HTTP interface needs from the rest of Balise, as seams: who answers, what can be read, whether all is well.

In: nothing of HTTP. Out: Protocols and one value. The web package knows no concrete class behind them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from assistant.conversation import Answer, Question
from ingest.catalog import CatalogEntry
from ingest.documents import Page, Unit

Progress = Callable[[str], None]
"""Called with the name of a step (screen, rephrase, route, retrieve, calculate, compose, guard) as it starts."""


class Responder(Protocol):
    """Answers a question. Synchronous, safe to call from several threads; what fails is an answer of status `error`."""

    def __call__(self, question: Question, progress: Progress | None = None) -> Answer:
        """Answer; `progress` hears of each step from the thread that runs it."""
        ...


class NoOriginal(StrEnum):
    """Why the original of a document is not given."""

    MISSING = "missing"
    ALTERED = "altered"
    PERSONAL = "personal"


@dataclass(frozen=True, slots=True)
class Original:
    """The file that a document was read from.

    `content` is the file, or its text where personal data had to be masked; `size` is in bytes; `page_shift` is what
    to add to a printed page for its rank in a PDF, None where it is unknown or the file has no pages.
    """

    name: str
    media_type: str
    size: int
    content: Path | str
    page_shift: int | None = None

    @property
    def masked(self) -> bool:
        """Whether personal data was masked in it."""
        return isinstance(self.content, str)


class Library(Protocol):
    """The documents of the corpus as they were ingested. `KeyError` for an unknown document id."""

    def documents(self) -> tuple[CatalogEntry, ...]:
        """The catalog, in its own order."""
        ...

    def text(self, document: str) -> str:
        """The stored text that offsets refer to; personal data masked, length kept."""
        ...

    def units(self, document: str) -> tuple[Unit, ...]:
        """The units of the document."""
        ...

    def pages(self, document: str) -> tuple[Page, ...]:
        """Where its printed pages start, by offset; none when unknown."""
        ...

    def original(self, document: str) -> Original | NoOriginal:
        """The file that it was read from, or why it is not given."""
        ...


@dataclass(frozen=True, slots=True)
class HealthReport:
    """Whether questions can be answered, on what, and otherwise why not (`reason`, for an operator)."""

    ready: bool
    reason: str
    index_version: str
    model: str
    corpus_state: str


class Health(Protocol):
    """Looks at the index, the model and the corpus."""

    def __call__(self) -> HealthReport:
        """The state at this moment; never raises."""
        ...
