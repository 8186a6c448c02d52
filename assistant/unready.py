"""What is served when there is no index to answer from: an honest `error`, and a health check that says why."""

from assistant.conversation import Answer, Question, Status
from assistant.language import detect_language
from assistant.replies import Replies
from assistant.web.seams import HealthReport, NoOriginal, Original, Progress
from ingest.catalog import CatalogEntry
from ingest.documents import Page, Unit


class Unready:
    """Stands in for the responder, the library and the health check; `reason` is for an operator."""

    def __init__(self, reason: str, replies: Replies) -> None:
        self._reason = reason
        self._replies = replies

    def answer(self, question: Question, progress: Progress | None = None) -> Answer:  # noqa: ARG002 (no step runs)
        """An answer of status `error`, whatever the question."""
        language = question.language or detect_language(question.text)
        return Answer("", Status.ERROR, language, self._replies.say("unready", language))

    def health(self) -> HealthReport:
        """Not ready, and why."""
        return HealthReport(ready=False, reason=self._reason, index_version="", model="", corpus_state="missing")

    def documents(self) -> tuple[CatalogEntry, ...]:
        """No document can be shown."""
        return ()

    def text(self, document: str) -> str:
        """Raises `KeyError`: no document is known."""
        raise KeyError(document)

    def units(self, document: str) -> tuple[Unit, ...]:
        """Raises `KeyError`: no document is known."""
        raise KeyError(document)

    def pages(self, document: str) -> tuple[Page, ...]:
        """Raises `KeyError`: no document is known."""
        raise KeyError(document)

    def original(self, document: str) -> Original | NoOriginal:
        """Raises `KeyError`: no document is known."""
        raise KeyError(document)
