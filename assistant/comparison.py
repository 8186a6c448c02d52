"""« La différence entre X et Y »: the notions that a question sets side by side, so that each is looked for."""

import re

from ingest.tokens import fold_accents

_SIDES = r"(?P<first>[^?.!,]{2,60}?)\s+(?:et|pis|and|vs\.?|versus|avec|with|from)\s+(?P<second>[^?.!,]{2,60})"
_WORDS = r"\b(?:differences?|distinctions?|distingu\w*|compar\w*|demel\w*|confon\w*)\b"
_COMPARED = (
    re.compile(rf"{_WORDS}[^?.!]*?\b(?:entre|between)\s+{_SIDES}"),
    re.compile(rf"{_WORDS}\s+{_SIDES}"),
    re.compile(r"(?P<first>[\w' -]{2,40}?)\s+(?:vs\.?|versus)\s+(?P<second>[\w' -]{2,40})"),
)
_LEADING = re.compile(r"^(?:(?:de|du|des|la|le|les|une?|the|an?)\s+|[dl]'\s*)+")
_TRAILING = re.compile(r"\s+(?:svp|s'il vous plait|please|au juste|exactement)$")


def compared(question: str) -> tuple[str, ...]:
    """The two notions, folded and without articles; none where the question compares nothing."""
    text = fold_accents(question)
    match = next((found for pattern in _COMPARED if (found := pattern.search(text))), None)
    if match is None:
        return ()
    notions = tuple(_TRAILING.sub("", _LEADING.sub("", side.strip())) for side in match.groups())
    return notions if all(notions) else ()
