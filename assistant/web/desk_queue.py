"""The queue, a new message, and the page of one message: what came in beside its draft.

In: a signed-in browser. Out: pages; a message that was added leads to its page. What a person pasted comes back to
them when it cannot be taken.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from assistant.desk.errors import InvalidError
from assistant.desk.messages import Opened
from assistant.desk.sessions import Session
from assistant.desk.values import Act, Stage, allowed
from assistant.web.desk_forms import Form, read_form
from assistant.web.desk_shell import Shell, goes, language
from assistant.web.desk_views import age, asked_in, moment, part_views, possible
from assistant.web.limits import clean

_OPEN = tuple(stage for stage in Stage if stage is not Stage.CLOSED)

_WRITTEN = frozenset({Stage.DRAFTED, Stage.RETURNED, Stage.IN_REVIEW})
"""The steps at which an approved reply is of use."""


def queue_pages(shell: Shell) -> APIRouter:
    """`/desk`, `/desk/messages…`."""
    router = shell.router()
    desk, gate = shell.desk, shell.gate

    @router.get("")
    def queue(request: Request, show: Annotated[str, Query()] = "open") -> Response:
        """List the messages, those that wait longest first."""
        session = gate.visit(request)
        listed = [one for one in desk.queue.listed() if show == "all" or Stage(one.stage) in _OPEN]
        values: dict[str, object] = {
            "messages": [(one, age(one.received_at, desk.clock())) for one in listed],
            "show": "all" if show == "all" else "open",
            "can_add": allowed(Act.PREPARE, session.account, Stage.RECEIVED),
        }
        return shell.page(request, "queue.html", values, session)

    @router.get("/messages/new")
    def new(request: Request) -> Response:
        """Show the form that takes a message."""
        return shell.page(request, "new.html", {"pasted": "", "code": ""}, gate.visit(request))

    @router.post("/messages")
    def receive(request: Request, sent: Annotated[Form, Depends(read_form)]) -> Response:
        """Keep a message, then draft its reply."""
        session = gate.posted(request, sent)
        try:
            message = _received(shell, session, sent)
        except InvalidError as error:
            return shell.page(
                request, "new.html", {"pasted": sent.text("message"), "code": error.code}, session, status=422
            )
        desk.queue.prepare(session.account, message)
        return goes(request, f"/desk/messages/{message}", done="received")

    @router.post("/messages/{message}/prepare")
    def prepare(request: Request, message: int, sent: Annotated[Form, Depends(read_form)]) -> Response:
        """Draft the reply to a message that was kept without one."""
        session = gate.posted(request, sent)
        desk.queue.prepare(session.account, message)
        return goes(request, f"/desk/messages/{message}", done="received")

    @router.get("/messages/{message}")
    def show(request: Request, message: int, edit: Annotated[str, Query()] = "") -> Response:
        """Show the message beside its draft; `edit` names the part whose words are in a form."""
        session = gate.visit(request)
        return message_page(shell, request, session, desk.queue.open(message), edit)

    return router


def _received(shell: Shell, session: Session, sent: Form) -> int:
    if sent.upload is not None:
        return shell.desk.queue.receive_file(session.account, sent.upload.content, sent.upload.name)
    return shell.desk.queue.receive_text(session.account, clean(sent.text("message")))


def message_page(shell: Shell, request: Request, session: Session, found: Opened, edit: str = "") -> Response:
    """The page of a message."""
    spoken = language(request)
    proposals = shell.desk.memory.proposals(found) if found.stage in _WRITTEN else ()
    parts = part_views(found, found.draft, proposals, shell.desk.wording, spoken) if found.draft else ()
    can = possible(session.account, found)
    values: dict[str, object] = {
        "found": found,
        "parts": parts,
        "body": asked_in(found),
        "warnings": [shell.desk.wording.say(f"warning_{one}", spoken) for one in found.message.warnings],
        "can": can,
        "edit": edit if can["edit"] else "",
        "flagged": [part for part in parts if part.faults or part.unfinished],
        "received": moment(found.listed.received_at, spoken),
        "dated": moment(found.message.date, spoken) if found.message.date else "",
        "notes": [(note, moment(note.made_at, spoken)) for note in found.notes],
        "log": [(entry, moment(entry.at, spoken)) for entry in found.log],
    }
    return shell.page(request, "message.html", values, session)
