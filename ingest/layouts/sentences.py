"""Where sentences end, in French and in English."""

import re
from collections.abc import Iterator

_END = re.compile(r"[.!?…](?:\[\^[^\]\s]+\])*(?:\s?[»”\")\]])*(?:\[\^[^\]\s]+\])*\s+(?=[A-ZÀ-ÖØ-ÝŒ«“\"(\[\d])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(«’'])(?:[A-Z]|M|MM|Mme|Mmes|Me|Dr|Dre|Mr|Mrs|Ms|St|Ste|p|pp|vol|n|no|nos|art|al|cf|ex|éd|dir|chap|tél"
    r"|etc|i\.e|e\.g)\.$"
)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence, white space between them left out; no other character is."""
    start = len(text) - len(text.lstrip())
    for match in _END.finditer(text):
        if match[0][0] != "." or not _ABBREVIATION.search(text[start : match.start() + 1]):
            yield start, match.start() + len(match[0].rstrip())
            start = match.end()
    end = len(text.rstrip())
    if start < end:
        yield start, end
