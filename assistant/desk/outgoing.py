"""What leaves the desk: an approved reply as a file that a mail program opens as a draft, or as text to copy.

In: an account, an approved message. Out: bytes or text. Nothing here sends anything: a person does, elsewhere.
"""

from dataclasses import dataclass

from assistant.correspondence.eml import eml_name, to_eml
from assistant.correspondence.rendering import reply_html, reply_text
from assistant.correspondence.reply import ReplyDraft
from assistant.desk.errors import NotFoundError
from assistant.desk.events import Event
from assistant.desk.messages import Opened
from assistant.desk.review import Review
from assistant.desk.values import Account
from assistant.replies import Replies


@dataclass(frozen=True, slots=True)
class Copies:
    """An approved reply as text and as HTML."""

    found: Opened
    text: str
    html: str


class Outgoing:
    """Makes the forms of an approved reply; each taking is logged."""

    def __init__(self, review: Review, wording: Replies) -> None:
        self._review = review
        self._wording = wording

    def eml(self, account: Account, message: int) -> tuple[str, bytes]:
        """The name and the bytes of a file that opens as an unsent draft."""
        found = self._review.take_out(account, message, Event.DOWNLOADED)
        draft = _draft(found)
        return eml_name(draft), to_eml(draft, found.message, self._wording)

    def copies(self, account: Account, message: int) -> Copies:
        """The reply, to copy."""
        found = self._review.take_out(account, message, Event.COPIED)
        draft = _draft(found)
        return Copies(found, reply_text(draft, self._wording), reply_html(draft, self._wording))


def _draft(found: Opened) -> ReplyDraft:
    if found.draft is None:
        raise NotFoundError("message")
    return found.draft
