"""Where a quote stands in a source, white space and the form of the apostrophe aside.

Written apart from `ingest.fold` on purpose: the evaluation must not share the mistakes of what it checks.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

_APOSTROPHES = "'’"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range `[start, end)` of characters of a source."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Whether the two ranges share at least one character."""
        return max(self.start, other.start) < min(self.end, other.end)


def folded(text: str) -> str:
    """A run of white space of any kind becomes one space; ’ becomes '."""
    return re.sub(r"\s+", " ", text.replace("’", "'"))


@lru_cache(maxsize=8192)  # the same passages are looked for by several measures
def locate(source: str, quote: str) -> tuple[Span, ...]:
    """Every place where the quote stands in the source, in order; none for an empty quote."""
    words = [re.sub(f"[{_APOSTROPHES}]", f"[{_APOSTROPHES}]", re.escape(word)) for word in quote.split()]
    if not words:
        return ()
    pattern = r"\s+".join(words)
    return tuple(Span(*match.span(1)) for match in re.finditer(f"(?=({pattern}))", source))
