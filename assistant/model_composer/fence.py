"""Data set apart from instructions: what documents and people wrote goes to the model inside a fence they cannot close.

The name of the fence is a digest of what is inside, which no text can hold of itself; hidden characters are taken out.
"""

import hashlib
import unicodedata
from collections.abc import Callable

Mask = Callable[[str], str]
"""A text with its personal data hidden."""


def fence_of(*texts: str) -> str:
    """The name of a fence for these texts."""
    return f"data-{hashlib.sha256(chr(0).join(texts).encode(errors='replace')).hexdigest()[:12]}"


def inert(text: str) -> str:
    """The text without the characters that no reader sees."""
    return "".join(c for c in text if c in "\n\t" or not unicodedata.category(c).startswith("C"))
