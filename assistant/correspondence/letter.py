"""The parts of a letter as they are written, numbered in order, with the letter's own numbering of citations."""

from collections.abc import Sequence

from assistant.conversation import Citation, Statement
from assistant.correspondence.numbering import Numbering
from assistant.correspondence.reply import DraftPart, Section


class Letter:
    """Collects parts; a statement takes the letter's numbers."""

    def __init__(self) -> None:
        self._parts: list[DraftPart] = []
        self._numbering = Numbering()

    @property
    def parts(self) -> tuple[DraftPart, ...]:
        """The parts, in order."""
        return tuple(self._parts)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations of all parts, in order of first use."""
        return self._numbering.citations

    def add(self, section: Section, text: str, *, question: int | None = None) -> None:
        """Add a part in our own words."""
        self._parts.append(DraftPart(f"p{len(self._parts) + 1}", section, text, question=question))

    def state(self, statement: Statement, citations: Sequence[Citation], question: int | None) -> None:
        """Add a statement of an answer, or (without a question) of a referral."""
        moved = self._numbering.statement(statement, citations)
        section = Section.REFERRAL if question is None else Section.ANSWER
        part = DraftPart(f"p{len(self._parts) + 1}", section, moved.text, moved.citations, statement.kind, question)
        self._parts.append(part)
