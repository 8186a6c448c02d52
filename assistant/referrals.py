"""Who can say more: the mailboxes that the documents themselves give, with the passage that gives them."""

import re
from dataclasses import dataclass, replace

from assistant.citations import Notebook
from assistant.conversation import Draft, Kind, Language, Mailbox, Referral, Statement
from assistant.replies import Replies
from ingest.documents import Run, UnitKind
from ingest.fold import read
from ingest.index import Index

_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+\w")
_MAILBOXES: tuple[Mailbox, ...] = ("financement", "valorisation")


@dataclass(frozen=True, slots=True)
class _Place:
    email: str
    document: str
    runs: tuple[Run, ...]


class Referrals:
    """Finds the mailboxes among the contact units of the index; a mailbox that no document gives is never named."""

    def __init__(self, index: Index, replies: Replies) -> None:
        self._index = index
        self._replies = replies
        self._places = dict(reversed(self._find()))  # of two documents, the first in the catalog

    def say(self, mailbox: Mailbox, language: Language, notebook: Notebook) -> tuple[Statement, Referral] | None:
        """The sentence that refers to a mailbox, with its citation; None when the documents do not give it."""
        place = self._places.get(mailbox)
        if place is None:
            return None
        text = self._replies.say(f"refer_{mailbox}", language, email=place.email)
        numbers = notebook.cite(place.document, place.runs)
        return Statement(text, numbers, Kind.FRAMING), Referral(place.email, text)

    def add(self, draft: Draft, mailbox: Mailbox | None, language: Language, notebook: Notebook) -> Draft:
        """The draft with the sentence for this mailbox at its end, and `referral` set."""
        said = self.say(mailbox, language, notebook) if mailbox else None
        if said is None:
            return replace(draft, citations=notebook.citations)
        statement, referral = said
        return replace(
            draft, statements=(*draft.statements, statement), citations=notebook.citations, referral=referral
        )

    def add_both(self, draft: Draft, language: Language) -> Draft:
        """A draft without citations, with both mailboxes at its end."""
        notebook = Notebook(self._index)
        for mailbox in _MAILBOXES:
            draft = self.add(draft, mailbox, language, notebook)
        return draft

    def _find(self) -> list[tuple[str, _Place]]:
        found: list[tuple[str, _Place]] = []
        for unit in self._index.units.values():
            if unit.kind is not UnitKind.CONTACT:
                continue
            text = self._index.documents[unit.document].text
            reading = read(text, unit.parts[0].runs)
            for match in _ADDRESS.finditer(reading.text):
                quote = reading.quotes(match.start(), match.end())[0]
                place = _Place(match[0], unit.document, (Run(quote.start, quote.end),))
                found.append((match[0].split("@")[0], place))
        return found
