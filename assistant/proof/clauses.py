"""A statement cut into clauses: each says something, denies something, or says that the documents are silent.

In: the text of a statement and its language. Out: clauses in order, plain (no accents, number words as digits). A
clause that goes on with a silence (« ni… », “whether…, or…”) is part of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.conversation import Language
from assistant.parsing.words import to_digits
from assistant.proof.lexicon import lexicon
from ingest.tokens import fold_accents

_STRONG = re.compile(
    r"[;:](?!\d)|(?<=[.!?])\s+(?=[A-ZÀ-Ý«“\d])|\s[–—]\s|•|\n"
    r"|,?\s(?:mais|however|cependant|toutefois|but)\s(?!also\b|aussi\b)"
)
_WEAK = re.compile(r",\s(?![^()]*\))")
_GOES_ON = re.compile(
    r"^(?:et |and |mais |but )?(?:ni|nor|or|ou|whether|si|neither|either|que|qu'|what|which|how|quel\w*)\b"
)
_ELLIPTIC = re.compile(
    r"^(?:et |and )?(?:pas|not?|aucun\w*|sans|rien|nothing|without|with no|ni|nor|none)\b(?!.*\b(?:est|sont|is|are)\b)"
)
_INDIRECT = re.compile(
    r"\b(?:si|s'il\w*|whether|if|comment|how|quel\w*|what|which|combien|quand|when|who|qui|ou|where|either|ni|neither|nor)\b"
)
_DOCUMENT = re.compile(
    r"\b(?:guide|documents?|plan|pevr|lettre|letter|strategie|strategy|extrait|extract|textes?|text|feuille|sheet|tableaux?"
    r"|tables?|fiche|passages?|sources?|note|volet|component|action|objecti\w+|indicat\w+|ministre|minister|it|il|elle|ils|they)\b"
)


_LONGEST_ITEM = 9


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: `silent` when it says that the documents do not say; `denies` when it denies anything."""

    text: str
    silent: bool
    denies: bool


def plain(text: str, language: Language) -> str:
    """The text with number words as digits, lower case and without accents."""
    return fold_accents(to_digits(text.replace("’", "'"), language))


def clauses(text: str, language: Language) -> tuple[Clause, ...]:
    """The clauses of a statement, in order."""
    return tuple(_clauses(text, language))


def pieces(text: str) -> tuple[str, ...]:
    """The same, as they are written."""
    found = (piece.strip() for strong in _STRONG.split(text) for piece in _WEAK.split(strong or ""))
    return tuple(piece for piece in found if any(c.isalnum() for c in piece))


def _clauses(text: str, language: Language) -> Iterator[Clause]:
    words = lexicon()
    of_document = False
    for strong in _STRONG.split(text):
        silent_before = asks = False
        for weak in _WEAK.split(strong or ""):
            clause = plain(weak.strip(), language)
            if not any(c.isalnum() for c in clause):
                continue
            denies = words.has("negation", clause) or words.has("silence", clause)
            of_document = of_document or _DOCUMENT.search(clause) is not None
            silent = denies and (words.has("silence", clause) or (of_document and not words.has("substance", clause)))
            silent = silent or (of_document and _ELLIPTIC.search(clause) is not None)
            silent = silent or (silent_before and (asks or _GOES_ON.search(clause) is not None or _is_listed(clause)))
            asks = silent and (asks or _INDIRECT.search(clause) is not None)
            silent_before = silent
            yield Clause(clause, silent, denies or silent)


def _is_listed(clause: str) -> bool:
    """Whether a clause is one more thing in a list, and no sentence of its own."""
    words = lexicon()
    stated = any(words.has(family, clause) for family in ("verbs", "substance", "allowed", "forbidden", "duty"))
    return len(clause.split()) <= _LONGEST_ITEM and not stated and not any(c.isdigit() for c in clause)
