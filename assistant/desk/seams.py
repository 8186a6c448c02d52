"""What the desk needs from the rest of Balise, as seams: who drafts, who checks, what the sources are.

In: nothing of storage or HTTP. Out: Protocols and one value.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from assistant.conversation import Citation, Language
from assistant.correspondence.message import IncomingMessage
from assistant.correspondence.recheck import SentenceCheck
from assistant.correspondence.reply import DraftPart, ReplyDraft


class Drafter(Protocol):
    """Makes a draft of a message. Never raises: an answer that failed is a part that says so."""

    def draft(self, message: IncomingMessage, language: Language | None = None) -> ReplyDraft:
        """The draft, in the language of the message unless another is given."""
        ...


class Checker(Protocol):
    """Verifies a text of a draft, sentence by sentence: quotes verbatim, figures locked."""

    def check(self, draft: ReplyDraft, part: DraftPart, text: str) -> tuple[SentenceCheck, ...]:
        """The sentences of this text, as if the part said it."""
        ...


class Sources(Protocol):
    """What the citations of a draft rest on, as it is now."""

    def units(self, citation: Citation) -> Mapping[str, str]:
        """The units that a citation touches, each with a digest of its words."""
        ...

    def digest(self, unit: str) -> str | None:
        """The digest of a unit's words now; None where the unit is gone."""
        ...

    def stands(self, citation: Citation) -> bool:
        """Whether its quote still stands verbatim at its offsets."""
        ...

    def figures(self, text: str) -> tuple["FigureUsed", ...]:
        """The dated figures of the policy whose value a text gives."""
        ...

    def current(self, figure: "FigureUsed") -> bool:
        """Whether the figure still has this value."""
        ...


@dataclass(frozen=True, slots=True)
class FigureUsed:
    """A dated figure as it was when it was used: its id, the first school year of its interval, its exact value."""

    id: str
    start: str
    value: str
    unit: str
