"""The words of a corpus as they are spelled most often, to which a misspelled word of a question can be led back."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from ingest.tokens import fold_accents

WORD = re.compile(r"[^\W\d_]+")
_LEAST_LETTERS = 4
_LEAST_TIMES = 2


def vocabulary(texts: Iterable[str]) -> tuple[str, ...]:
    """Words of four letters or more that the texts use at least twice, lower case, each in its commonest spelling.

    Spellings that differ by accents or capitals are one word; of two as common, the first in alphabetical order.
    """
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for word in WORD.findall(text.lower()):
            spelled[fold_accents(word)][word] += 1
    return tuple(
        min(forms, key=lambda form: (-forms[form], form))
        for folded, forms in sorted(spelled.items())
        if len(folded) >= _LEAST_LETTERS and forms.total() >= _LEAST_TIMES
    )
