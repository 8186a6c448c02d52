"""How much a client may send, and which characters of it count.

In: text as a client sent it. Out: the same text without what no reader sees: control and format characters,
bidirectional overrides, Unicode tags, variation selectors, private and unassigned code points. Such characters carry
no question; they carry hidden instructions. Nothing is refused here: an empty or long text is refused by who asks.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

_LINE_BREAKS = re.compile(r"\r\n?|[\u0085\u2028\u2029\v\f]")
_INVISIBLE_LETTERS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_KEPT_CONTROLS = "\n\t"


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings for one request: characters of the question, of each earlier message and of a comment, messages, bytes.

    `larger_bodies` gives the bytes of the paths that take more than `body_bytes`, such as lists of bodies; a path that
    ends in a slash stands for all paths under it.
    """

    question_characters: int = 2_000
    history_messages: int = 20
    history_characters: int = 4_000
    comment_characters: int = 2_000
    body_bytes: int = 64 * 1024
    larger_bodies: Mapping[str, int] = field(default_factory=dict)

    def bytes_of(self, path: str) -> int:
        """The largest body that this path takes."""
        above = (
            most for prefix, most in self.larger_bodies.items() if prefix.endswith("/") and path.startswith(prefix)
        )
        return self.larger_bodies.get(path, max(above, default=self.body_bytes))


def clean(text: str) -> str:
    """The visible text, accents composed (NFC), line ends unified, no white space at either end."""
    broken = _LINE_BREAKS.sub("\n", text)
    visible = "".join(c for c in broken if c in _KEPT_CONTROLS or not unicodedata.category(c).startswith("C"))
    return unicodedata.normalize("NFC", _INVISIBLE_LETTERS.sub("", visible)).strip()
