"""Whether an answer contains a string, by the rules that the development set was written for.

Case, accents and the form of the apostrophe are ignored; a space of the variant stands for any white space or none;
a number matches only as a whole: `85` is in neither `850`, `85,5` nor `1 085`; `21 989` is in `21989`.
"""

import re
import unicodedata

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ＇", "'"))
_GAP = "[ \u00a0\u2009\u202f]"
_NUMBER = re.compile(rf"\d{{1,3}}(?:{_GAP}\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*")


def contains(text: str, variant: str) -> bool:
    """Whether the variant stands somewhere in the text without cutting a number of the text."""
    text = _plain(text)
    pattern = r"\s*".join(re.escape(word) for word in _plain(variant).split())
    if not pattern:
        return False
    numbers = [number.span() for number in _NUMBER.finditer(text)]
    return any(not _cuts(match.span(1), numbers) for match in re.finditer(f"(?=({pattern}))", text))


def _plain(text: str) -> str:
    """Lower case, no accents, one form of apostrophe."""
    decomposed = unicodedata.normalize("NFD", text.casefold().translate(_APOSTROPHES))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _cuts(span: tuple[int, int], numbers: list[tuple[int, int]]) -> bool:
    start, end = span
    return any(a < start < b or a < end < b for a, b in numbers)
