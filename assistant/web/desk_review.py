"""The second reading, and the way out: submit, take back, approve, return, reopen, close; a file, a copy.

In: forms that name the version that the person saw. Out: the page of the message, or the approved reply.
"""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from assistant.desk.values import Account
from assistant.web.desk_forms import Form, read_form
from assistant.web.desk_shell import Shell, goes
from assistant.web.limits import clean

_EML = "message/rfc822"


def review_pages(shell: Shell) -> APIRouter:
    """`/desk/messages/{message}/submit` and the other steps."""
    router = shell.router()
    review = shell.desk.review
    steps: dict[str, Callable[[Account, int, int], None]] = {
        "submit": review.submit,
        "take-back": review.take_back,
        "approve": review.approve,
        "reopen": review.reopen,
        "close": review.close,
    }
    for name, step in steps.items():
        _add_step(router, shell, name, step)

    @router.post("/messages/{message}/return")
    def give_back(request: Request, message: int, sent: Annotated[Form, Depends(read_form)]) -> Response:
        """Return the draft to its writer."""
        session = shell.gate.posted(request, sent)
        review.give_back(session.account, message, sent.number("version"), clean(sent.text("reason")))
        return goes(request, f"/desk/messages/{message}", done="return")

    @router.post("/messages/{message}/reply.eml")
    def eml(request: Request, message: int, sent: Annotated[Form, Depends(read_form)]) -> Response:
        """Give the approved reply as a file that a mail program opens as a draft."""
        session = shell.gate.posted(request, sent)
        name, content = shell.desk.outgoing.eml(session.account, message)
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return Response(content, media_type=_EML, headers=headers)

    @router.post("/messages/{message}/copy")
    def copy(request: Request, message: int, sent: Annotated[Form, Depends(read_form)]) -> Response:
        """Show the approved reply, to copy as text or as HTML."""
        session = shell.gate.posted(request, sent)
        copies = shell.desk.outgoing.copies(session.account, message)
        return shell.page(request, "copy.html", {"copies": copies, "found": copies.found}, session)

    return router


def _add_step(router: APIRouter, shell: Shell, name: str, step: Callable[[Account, int, int], None]) -> None:
    @router.post(f"/messages/{{message}}/{name}")
    def take(request: Request, message: int, sent: Annotated[Form, Depends(read_form)]) -> Response:
        session = shell.gate.posted(request, sent)
        step(session.account, message, sent.number("version"))
        return goes(request, f"/desk/messages/{message}", done=name)
