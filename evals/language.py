"""The language that a text is written in, told by its function words; quotes are to be taken out first."""

import re
from typing import Literal

_FRENCH = frozenset(
    "le la les des du de un une et est sont pour dans que qui ne pas par sur ce cette ces vous nous aux au il elle "
    "selon votre leur".split()
)
_ENGLISH = frozenset(
    "the of and is are for in that which not by this these you we to it from with be as has have your their".split()
)
FUNCTION_WORDS = _FRENCH | _ENGLISH


def written_in(text: str) -> Literal["fr", "en"] | None:
    """`fr` or `en`, whichever has more function words; None where they balance (a bare amount, a title)."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    french = sum(word in _FRENCH for word in words)
    english = sum(word in _ENGLISH for word in words)
    if french == english:
        return None
    return "fr" if french > english else "en"
