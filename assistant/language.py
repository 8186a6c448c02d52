"""Which language a person writes in: decided by code, from the question alone."""

import re

from assistant.conversation import Language
from ingest.tokens import fold_accents

_FRENCH = frozenset(
    """
    le la les un une des du de est et que qui quoi quel quelle quels quelles combien comment pourquoi quand ou dans pour
    avec sur par pas on nous vous ils elle il je tu ca cest y a t ce cette ces mon ma mes notre nos votre vos leur au
    aux peut peux faut fait avons avez etre avoir selon entre sont svp bonjour merci koi pis chez sans si oui non
    """.split()
)
_ENGLISH = frozenset(
    """
    the a an is are was were what which who whom whose how why when where do does did can could should would will may
    of in on for to with and or not we our us you your they their it its this that these those i my me be been has have
    had there from by at as if about under into any many much hello please thanks yes no
    """.split()
)
_WORD = re.compile(r"[^\W\d_]+")
_ACCENTED = re.compile("[éèêàçùôîœ]")
_FIRST = 2
"""What the first word counts for besides: it shows the language of the sentence, the others may be names."""


def detect_language(text: str) -> Language:
    """`en` when English function words outnumber French ones; French in doubt."""
    return language_shown(text) or "fr"


def language_shown(text: str) -> Language | None:
    """The language that the words show; None when they show neither."""
    words = _WORD.findall(text.lower())
    french = sum(fold_accents(word) in _FRENCH or _ACCENTED.search(word) is not None for word in words)
    english = sum(word in _ENGLISH for word in words)
    if words and words[0] in _ENGLISH - _FRENCH:
        english += _FIRST
    if english == french:
        return None
    return "en" if english > french else "fr"
