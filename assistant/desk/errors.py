"""What the desk refuses. Each error has a `code`, whose words for people stand in `desk_words.yaml` of the web.

DeskError
├── NotFoundError        no such message, account or reply
├── ForbiddenError       the person's roles, or a rule such as "another person approves", do not allow it
├── StateError           the message is not at a step where this can be done
├── StaleError           somebody saved another version meanwhile
├── FlaggedError         sentences that no longer hold stand in the way
├── InvalidError         a field is missing or not acceptable
└── SignInError          a name, a key or a session that opens nothing
"""


class DeskError(Exception):
    """Base of what the desk refuses. No message holds anything that a person wrote."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class NotFoundError(DeskError):
    """There is nothing under this id."""


class ForbiddenError(DeskError):
    """This person may not do this."""


class StateError(DeskError):
    """The message is at another step."""


class StaleError(DeskError):
    """What was edited is no longer the latest version."""


class FlaggedError(DeskError):
    """Sentences that do not hold must be mended first."""


class InvalidError(DeskError):
    """A value cannot be taken."""


class SignInError(DeskError):
    """Signing in failed; the code is the same whether the name or the key is wrong."""
