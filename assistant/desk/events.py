"""What the audit log can hold: the closed set of acts. Each has its words in `desk_words.yaml` of the web."""

from enum import StrEnum


class Event(StrEnum):
    """An act of a person, or of the program (whose name in the log is `PROGRAM`)."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    LOCKED = "locked"
    SIGNED_OUT = "signed_out"
    ACCOUNT_ADDED = "account_added"
    ACCOUNT_CHANGED = "account_changed"
    KEY_RENEWED = "key_renewed"
    RECEIVED = "received"
    PREPARED = "prepared"
    EDITED = "edited"
    PROPOSAL_USED = "proposal_used"
    SUBMITTED = "submitted"
    TAKEN_BACK = "taken_back"
    RETURNED = "returned"
    APPROVED = "approved"
    REOPENED = "reopened"
    CLOSED = "closed"
    DOWNLOADED = "downloaded"
    COPIED = "copied"
    EXPORTED = "exported"
    DELETED = "deleted"
    PURGED = "purged"
    REPLY_KEPT = "reply_kept"
    REPLY_ENDED = "reply_ended"


PROGRAM = "balise"
"""Who acts when no person does; no account can have this name."""
COMMAND = "balise (commande)"
"""Who acts from the command line, where nobody signs in."""
