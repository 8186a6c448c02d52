"""A follow-up to a question that stands alone, from the earlier turns.

« Et l’axe 3? » after « Budget de l’axe 1? » becomes « Budget de l’axe 3? »: what is named anew replaces what it is of a
kind with; otherwise the new words follow the earlier question. A question that stands by itself is left alone.
"""

import re
from dataclasses import replace

from assistant.conversation import Message, Turn
from assistant.language import language_shown
from ingest.tokens import fold_accents, tokenize

_LINK = re.compile(
    r"^(?:ok|oui|bon|d'accord|alors|donc|fine|so|then|right)?[\s,]*"
    r"(?:et|pis|puis|mais|and|but|also|what about|how about|meme (?:question|chose)|same|la-dessus|refais|ca|c'est"
    r"|est-ce qu'(?:il|elle|ils|elles)\b|qu'est-ce qu'(?:il|elle|ils|elles)\b|il|elle|ils|elles|it|they|that|those"
    r"|(?:peu(?:t|vent)|doi(?:t|vent)|est|sont)-(?:ils?|elles?)(?! (?:y|possible|permis|obligatoire|necessaire))"
    r"|(?:can|do|does|is|are|must|should|will) (?:they|he|she)|which|donc|l'autre)\b",
)
_POINTER = re.compile(
    r"\b(?:la-dessus|pour ca|de ca|celui-?(?:ci|la)|celle-?(?:ci|la)|ces derniers|l'autre|le meme|la meme|cette cible"
    r"|that one|this one|for that|the other|the same)\b",
)
_NAMED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:volet|component)s?\s+\d",
        r"\b(?:axe|axis)\s+\d",
        r"\b(?:objectif|objective|obj\.?)\s+[\d.]+\d|\b(?:objectif|objective)\s+\d+",
        r"\b(?:action)\s+\d+",
        r"\b(?:15158|30100)\b",
        r"\b(?:20)?\d\d[-–](?:20)?\d\d\b",
        r"\b\d(?:re|e|ère|ème)\s+(?:année|sec\.?|secondaire|prim\w*)",
    )
)
_LONG = 9


def rephrase(turn: Turn) -> Turn:
    """The step: set `turn.standalone` (the question itself where there is nothing to take from before)."""
    earlier = _earlier(turn.question.history)
    question = turn.question.text
    if earlier is None or not _depends(question):
        return turn
    standalone = f"{_swap(earlier, question) or earlier} {question}"
    language = turn.question.language or language_shown(question) or language_shown(earlier) or turn.language
    return replace(turn, standalone=standalone, language=language)


def _earlier(history: tuple[Message, ...]) -> str | None:
    """What was asked last, with what a chain of follow-ups took from before; None when nothing was."""
    asked: str | None = None
    for message in history:
        if message.role == "user":
            leans = asked is not None and _depends(message.content)
            asked = (
                (_swap(asked, message.content) or f"{asked} {message.content}") if asked and leans else message.content
            )
    return asked


def _depends(question: str) -> bool:
    """Whether a question leans on what was said before: a linking word, a pointer, or very few words of its own."""
    text = fold_accents(question).strip()
    words = len(tokenize(question))
    return bool((_LINK.search(text) and words < 2 * _LONG) or _POINTER.search(text) or words < _LONG // 3)


def _swap(earlier: str, question: str) -> str | None:
    """The earlier question with what the new one names put in its place; None where there is nothing to replace."""
    swapped = earlier
    for pattern in _NAMED:
        new = pattern.search(question)
        old = pattern.search(swapped)
        if new and old:
            swapped = swapped.replace(old[0], new[0], 1)
    return swapped if swapped != earlier else None
