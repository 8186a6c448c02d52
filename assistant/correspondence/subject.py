"""The subject of a reply: the sender's own, so that mail programs keep the thread together."""

import re

from assistant.conversation import Language
from assistant.correspondence.understanding import hidden
from assistant.replies import Replies

_PREFIX = re.compile(r"\s*(?:(?:re|ré|rép|tr|fw|fwd|aw|wg)\s?(?:\[\d+\])?\s?[:：]\s*)+", re.IGNORECASE)
_LONGEST = 200


def reply_subject(subject: str, language: Language, wording: Replies) -> str:
    """« RE: … » without earlier prefixes or personal data; a general one where there is none."""
    bare = hidden(_PREFIX.sub("", subject, count=1)).strip()[:_LONGEST]
    return f"RE: {bare}" if bare else wording.say("subject_none", language)
