"""Writing in a draft: one part in place, the whole letter, an approved reply taken up; and what changed.

In: forms that name the version that the person saw. Out: the page of the message. When somebody saved meanwhile,
nothing is overwritten: the person gets their own words back beside those of the latest version.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response

from assistant.desk.editing import Edits
from assistant.desk.errors import NotFoundError, StaleError
from assistant.desk.letters import draft_of
from assistant.desk.messages import Opened
from assistant.desk.sessions import Session
from assistant.desk.values import Act, require
from assistant.web.desk_forms import Form, read_form
from assistant.web.desk_shell import Shell, goes, language
from assistant.web.desk_views import changes, moment
from assistant.web.limits import clean

_TEXT, _ADDED = "text-", "added-"


def writing_pages(shell: Shell) -> APIRouter:
    """`/desk/messages/{message}/edit`, `/save`, `/use`, `/changes`."""
    router = shell.router()
    desk, gate = shell.desk, shell.gate

    @router.get("/messages/{message}/edit")
    def whole(request: Request, message: int) -> Response:
        """Show the whole letter in a form."""
        session = gate.visit(request)
        found = desk.queue.open(message)
        require(Act.EDIT, session.account, found.stage)
        return shell.page(request, "edit.html", {"found": found}, session)

    @router.post("/messages/{message}/save")
    def save(request: Request, message: int, sent: Annotated[Form, Depends(read_form)]) -> Response:
        """Keep what was written, and verify it."""
        session = gate.posted(request, sent)
        edits = _edits(sent)
        try:
            flagged = desk.editing.save(session.account, message, sent.number("version"), edits)
        except StaleError:
            return _stale(shell, request, session, desk.queue.open(message), sent)
        touched = sent.text("part")
        done = "saved_flagged" if flagged and (not touched or touched in flagged) else "saved"
        return goes(request, f"/desk/messages/{message}", touched or "draft", done=done)

    @router.post("/messages/{message}/use")
    def use(request: Request, message: int, sent: Annotated[Form, Depends(read_form)]) -> Response:
        """Take up an approved reply."""
        session = gate.posted(request, sent)
        desk.proposing.use(
            session.account, message, sent.number("version"), sent.number("question"), sent.number("reply")
        )
        return goes(request, f"/desk/messages/{message}", "draft", done="used")

    @router.get("/messages/{message}/changes")
    def compare(
        request: Request, message: int, old: Annotated[int, Query()] = 1, new: Annotated[int, Query()] = 0
    ) -> Response:
        """Show what changed between two versions: from the generated one to the latest, unless others are asked for."""
        session = gate.visit(request)
        return shell.page(request, "changes.html", _compared(request, desk.queue.open(message), old, new), session)

    return router


def _edits(sent: Form) -> Edits:
    texts = {part: clean(text) for part, text in sent.starting(_TEXT).items()}
    added = {part: clean(text) for part, text in sent.starting(_ADDED).items()}
    return Edits(texts, added, clean(sent.text("subject")) if "subject" in sent.fields else None)


def _stale(shell: Shell, request: Request, session: Session, found: Opened, sent: Form) -> Response:
    """Only what this person changed since the version they saw, each beside what stands there now."""
    seen = sent.number("base")
    base = {part.id: part.text for one in found.revisions if one.number == seen for part in draft_of(one.draft).parts}
    now = {part.id: part.text for part in found.draft.parts} if found.draft else {}
    mine = {part: clean(text) for part, text in sent.starting(_TEXT).items()}
    rows = [
        (part, text, now.get(part, ""))
        for part, text in mine.items()
        if text != base.get(part) and text != now.get(part)
    ]
    last = found.revisions[-1] if found.revisions else None
    values: dict[str, object] = {
        "found": found,
        "rows": rows,
        "lost": [text for part, text, _ in rows if part not in now],
        "added": [text for text in sent.starting(_ADDED).values() if text.strip()],
        "by": last.author if last else None,
        "at": moment(found.listed.changed_at, language(request)),
        "known": set(now),
    }
    return shell.page(request, "stale.html", values, session, 409)


def _compared(request: Request, found: Opened, old: int, new: int) -> dict[str, object]:
    numbers = {one.number: one for one in found.revisions}
    latest = new or len(found.revisions)
    if not numbers:
        raise NotFoundError("no_draft")
    if old not in numbers or latest not in numbers:
        raise HTTPException(404)
    return {
        "found": found,
        "changes": changes(draft_of(numbers[old].draft), draft_of(numbers[latest].draft)),
        "versions": [(one, moment(one.made_at, language(request))) for one in found.revisions],
        "old": old,
        "new": latest,
    }
