"""What is looked after: accounts, the audit log, approved replies, and what is known of one message.

In: a signed-in browser; forms. Out: pages; a new key, shown once; a file with all that is known of a message. Refuses
whoever is not an administrator; approved replies may be read by all and withdrawn by approvers too.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from assistant.desk.errors import ForbiddenError, InvalidError
from assistant.desk.sessions import Session
from assistant.desk.values import Act, Role, require
from assistant.web.desk_forms import Form, read_form
from assistant.web.desk_shell import Shell, goes, language
from assistant.web.desk_views import moment
from assistant.web.limits import clean

_LINES = 100
_WITHDRAWING = (Role.APPROVER, Role.ADMINISTRATOR)


def account_pages(shell: Shell) -> APIRouter:
    """`/desk/accounts…`."""
    router = shell.router()
    accounts, gate = shell.desk.accounts, shell.gate

    def page(request: Request, session: Session, code: str = "", name: str = "") -> Response:
        values: dict[str, object] = {"accounts": accounts.listed(), "roles": tuple(Role), "code": code, "name": name}
        values["now"] = shell.desk.clock()
        return shell.page(request, "accounts.html", values, session, 422 if code else 200)

    @router.get("/accounts")
    def listed(request: Request) -> Response:
        """List the accounts."""
        return page(request, _administrator(gate.visit(request)))

    @router.post("/accounts")
    def add(request: Request, sent: Annotated[Form, Depends(read_form)]) -> Response:
        """Make an account and show its key."""
        session = _administrator(gate.posted(request, sent))
        name = clean(sent.text("name"))
        try:
            account, key = accounts.add(name, _roles(sent), session.account.name)
        except InvalidError as error:
            return page(request, session, error.code, name)
        return shell.page(request, "key.html", {"name": account.name, "key": key}, session)

    @router.post("/accounts/{account}/change")
    def change(request: Request, account: int, sent: Annotated[Form, Depends(read_form)]) -> Response:
        """Give an account other roles, close it or open it."""
        session = _administrator(gate.posted(request, sent))
        try:
            accounts.change(account, session.account.name, _roles(sent), active=sent.text("active") == "yes")
        except InvalidError as error:
            return page(request, session, error.code)
        return goes(request, "/desk/accounts", done="account")

    @router.post("/accounts/{account}/key")
    def renew(request: Request, account: int, sent: Annotated[Form, Depends(read_form)]) -> Response:
        """Give an account a new key and show it."""
        session = _administrator(gate.posted(request, sent))
        key = accounts.renew_key(account, session.account.name)
        name = next(one.name for one in accounts.listed() if one.id == account)
        return shell.page(request, "key.html", {"name": name, "key": key}, session)

    return router


def record_pages(shell: Shell) -> APIRouter:
    """`/desk/log` and `/desk/replies`."""
    router = shell.router()
    desk, gate = shell.desk, shell.gate

    @router.get("/log")
    def log(request: Request, before: Annotated[int | None, Query()] = None) -> Response:
        """Show the audit log, the newest lines first."""
        session = _administrator(gate.visit(request))
        entries = desk.journal.latest(session.account, _LINES, before)
        lines = [(entry, moment(entry.at, language(request))) for entry in entries]
        more = entries[-1].id if len(entries) == _LINES else None
        return shell.page(request, "log.html", {"log": lines, "more": more, "before": before}, session)

    @router.get("/replies")
    def replies(request: Request) -> Response:
        """List the approved replies that are proposed again, and those that no longer are."""
        session = gate.visit(request)
        listed = [
            (record, reply, moment(record.approved_at, language(request))) for record, reply in desk.memory.listed()
        ]
        values: dict[str, object] = {"replies": listed, "can_withdraw": session.account.has(*_WITHDRAWING)}
        return shell.page(request, "replies.html", values, session)

    @router.post("/replies/{reply}/withdraw")
    def withdraw(request: Request, reply: int, sent: Annotated[Form, Depends(read_form)]) -> Response:
        """Propose a reply no more."""
        session = gate.posted(request, sent)
        if not session.account.has(*_WITHDRAWING):
            raise ForbiddenError("role")
        desk.memory.withdraw(session.account, reply)
        return goes(request, "/desk/replies", done="withdrawn")

    return router


def data_pages(shell: Shell) -> APIRouter:
    """`/desk/messages/{message}/delete` and `/export`."""
    router = shell.router()
    desk, gate = shell.desk, shell.gate

    @router.get("/messages/{message}/delete")
    def ask(request: Request, message: int) -> Response:
        """Ask before deleting."""
        session = gate.visit(request)
        found = desk.queue.open(message)
        require(Act.DELETE, session.account, found.stage)
        return shell.page(request, "delete.html", {"found": found}, session)

    @router.post("/messages/{message}/delete")
    def delete(request: Request, message: int, sent: Annotated[Form, Depends(read_form)]) -> Response:
        """Forget a message."""
        session = gate.posted(request, sent)
        desk.forgetting.delete(session.account, message)
        return goes(request, "/desk", done="deleted")

    @router.post("/messages/{message}/export")
    def export(request: Request, message: int, sent: Annotated[Form, Depends(read_form)]) -> Response:
        """Give all that is known of a message."""
        session = gate.posted(request, sent)
        headers = {
            "Content-Disposition": f'attachment; filename="message-{message}.json"',
            "Cache-Control": "no-store",
        }
        return Response(
            desk.forgetting.export(session.account, message), media_type="application/json", headers=headers
        )

    return router


def _administrator(session: Session) -> Session:
    if not session.account.has(Role.ADMINISTRATOR):
        raise ForbiddenError("role")
    return session


def _roles(sent: Form) -> list[Role]:
    """The roles that are ticked; a value that is none is left out."""
    return [role for role in Role if role.value in sent.several.get("roles", ())]
