"""The values of the desk: who works there, at which step a message stands, what one may do. Nothing of storage or HTTP.

In and out: frozen values. The table of steps refuses what it does not list.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.desk.errors import ForbiddenError, StateError


class Role(StrEnum):
    """What an account is for; one account may have several."""

    WRITER = "writer"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator"


class Stage(StrEnum):
    """Where a message stands."""

    RECEIVED = "received"  # kept, no draft yet
    DRAFTED = "drafted"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    APPROVED = "approved"
    CLOSED = "closed"


class Act(StrEnum):
    """What can be done to a message."""

    PREPARE = "prepare"
    EDIT = "edit"
    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    APPROVE = "approve"
    RETURN = "return"
    TAKE_OUT = "take_out"
    REOPEN = "reopen"
    CLOSE = "close"
    EXPORT = "export"
    DELETE = "delete"


_EDITABLE = frozenset({Stage.DRAFTED, Stage.RETURNED})
_STAGES: dict[Act, frozenset[Stage]] = {
    Act.PREPARE: frozenset({Stage.RECEIVED}),
    Act.EDIT: _EDITABLE,
    Act.SUBMIT: _EDITABLE,
    Act.TAKE_BACK: frozenset({Stage.IN_REVIEW}),
    Act.APPROVE: frozenset({Stage.IN_REVIEW}),
    Act.RETURN: frozenset({Stage.IN_REVIEW}),
    Act.TAKE_OUT: frozenset({Stage.APPROVED}),
    Act.REOPEN: frozenset({Stage.APPROVED, Stage.CLOSED}),
    Act.CLOSE: frozenset({Stage.RECEIVED, Stage.DRAFTED, Stage.RETURNED, Stage.APPROVED}),
    Act.EXPORT: frozenset(Stage),
    Act.DELETE: frozenset(Stage),
}
_ROLES: dict[Act, frozenset[Role]] = {
    Act.APPROVE: frozenset({Role.APPROVER}),
    Act.RETURN: frozenset({Role.APPROVER}),
    Act.TAKE_OUT: frozenset({Role.WRITER, Role.APPROVER}),
    Act.EXPORT: frozenset({Role.ADMINISTRATOR}),
    Act.DELETE: frozenset({Role.ADMINISTRATOR}),
}
_WRITING = frozenset({Role.WRITER})


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may sign in. `name` is what they type and what the audit log holds; times are UTC."""

    id: int
    name: str
    roles: frozenset[Role]
    active: bool = True
    has_key: bool = True
    locked_until: datetime | None = None

    def has(self, *roles: Role) -> bool:
        """Whether the account has one of these roles."""
        return bool(self.roles & set(roles))


def allowed(act: Act, account: Account, stage: Stage) -> bool:
    """Whether the roles and the step allow it; that a draft is read by another person is checked where it is read."""
    return account.has(*_ROLES.get(act, _WRITING)) and stage in _STAGES[act]


def require(act: Act, account: Account, stage: Stage) -> None:
    """`ForbiddenError` or `StateError` where `allowed` says no."""
    if not account.has(*_ROLES.get(act, _WRITING)):
        raise ForbiddenError("role")
    if stage not in _STAGES[act]:
        raise StateError("stage")
