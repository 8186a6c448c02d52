"""A draft as text and as HTML, with the references annexed; both say the same words in the same order.

In: a draft, the fixed sentences. Out: plain text with blank lines between paragraphs, or a whole HTML page that mail
programs and clipboards take as it is (no script, no style sheet, no link to anything).
"""

import html
import re
from collections.abc import Iterator, Sequence

from assistant.conversation import Citation
from assistant.correspondence.reply import DraftPart, ReplyDraft, Section
from assistant.replies import Replies

_ITEM = "• "
_FONT = "font-family: Arial, Helvetica, sans-serif; font-size: 11pt; line-height: 1.4"


def reply_text(draft: ReplyDraft, wording: Replies) -> str:
    """The letter as plain text."""
    blocks = [part.text for part in draft.parts]
    if draft.cited:
        blocks.append(wording.say("references", draft.language))
        blocks.extend("\n".join([title, *references]) for title, references in _annex(draft, wording))
    return "\n\n".join(blocks) + "\n"


def reply_html(draft: ReplyDraft, wording: Replies) -> str:
    """The letter as a page."""
    language = "fr-CA" if draft.language == "fr" else "en-CA"
    body = "\n".join((*_paragraphs(draft.parts), *_annexed(draft, wording)))
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head><meta charset="utf-8"><title>{html.escape(draft.subject)}'
        f'</title></head>\n<body style="{_FONT}">\n{body}\n</body>\n</html>\n'
    )


def _paragraphs(parts: Sequence[DraftPart]) -> Iterator[str]:
    for part in parts:
        lead, *items = part.text.split(f"\n{_ITEM}")
        text = _escaped(lead)
        text = f"<strong>{text}</strong>" if part.section is Section.QUESTION else text
        yield f"<p>{text}</p>"
        if items:
            yield "<ul>" + "".join(f"<li>{_escaped(item)}</li>" for item in items) + "</ul>"


def _annexed(draft: ReplyDraft, wording: Replies) -> Iterator[str]:
    if draft.cited:
        yield f"<p><strong>{_escaped(wording.say('references', draft.language))}</strong></p>"
    for title, references in _annex(draft, wording):
        yield f"<p><em>{_escaped(title)}</em><br>\n" + "<br>\n".join(map(_escaped, references)) + "</p>"


def _annex(draft: ReplyDraft, wording: Replies) -> Iterator[tuple[str, list[str]]]:
    """Each document by its title, with what is quoted of it, in order of first use."""
    documents: dict[str, list[Citation]] = {}
    for citation in draft.cited:
        documents.setdefault(citation.document, []).append(citation)
    for citations in documents.values():
        yield citations[0].title, [_reference(citation, draft, wording) for citation in citations]


def _escaped(text: str) -> str:
    return html.escape(text).replace("\n", "<br>\n")


def _reference(citation: Citation, draft: ReplyDraft, wording: Replies) -> str:
    """« [1] p. 5 : « citation » »."""
    quote = re.sub(r"\s*\n\s*", " ", citation.quote)
    if citation.page is None:
        return wording.say("reference_without_page", draft.language, n=str(citation.n), quote=quote)
    page = wording.say("page", draft.language, page=str(citation.page))
    return wording.say("reference", draft.language, n=str(citation.n), page=page, quote=quote)
