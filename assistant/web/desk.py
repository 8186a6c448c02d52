"""The e-mail desk at `/desk`, put together.

In: the desk, a provider of identities where there is one, the address it is reached at. Out: routers for the
application. Nothing here sends anything.
"""

from collections.abc import Sequence

from fastapi import APIRouter

from assistant.desk.desk import Desk
from assistant.desk.oidc import Provider
from assistant.web.desk_admin import account_pages, data_pages, record_pages
from assistant.web.desk_gate import Gate, Origin, Tries
from assistant.web.desk_queue import queue_pages
from assistant.web.desk_review import review_pages
from assistant.web.desk_shell import Shell, desk_renderer
from assistant.web.desk_sign_in import sign_in_pages
from assistant.web.desk_writing import writing_pages


def desk_routers(desk: Desk, public_url: str = "", provider: Provider | None = None) -> Sequence[APIRouter]:
    """The pages of the desk."""
    shell = Shell(desk, Gate(desk.sessions, Origin(public_url)), desk_renderer())
    return (
        sign_in_pages(shell, provider, Tries()),
        queue_pages(shell),
        writing_pages(shell),
        review_pages(shell),
        account_pages(shell),
        record_pages(shell),
        data_pages(shell),
    )
