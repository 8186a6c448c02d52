"""The typography of Québec French (OQLF) for a sentence that a model wrote: spaces, apostrophes, quotation marks.

In: a sentence and its language. Out: the same words. English is left as it is, but for white space.
"""

import re

from assistant.conversation import Language

NBSP = "\u00a0"
_ADDRESS = re.compile(r"\S+@\S+|\S+://\S+")
_RULES = (
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r"\"([^\"\n]*)\""), rf"«{NBSP}\1{NBSP}»"),
    (re.compile(r"«\s*"), f"«{NBSP}"),
    (re.compile(r"\s*»"), f"{NBSP}»"),
    (re.compile(r"\s+([;?!])"), r"\1"),
    (re.compile(r"(?<=[\w»)])\s*:(?=\s|$)"), f"{NBSP}:"),
    (re.compile(r"(?<=\d)\s*([$%])"), rf"{NBSP}\1"),
    (re.compile(r"(?<=\d)\s*(M|G)\s*\$"), rf"{NBSP}\1$"),
    (re.compile(r"(?<=\d)[ \u202f\u2009](?=\d{3}(?!\d))"), NBSP),
)


def tidy(text: str, language: Language) -> str:
    """The sentence as it is printed."""
    text = re.sub(r"[ \t]*\n\s*", "\n", re.sub(r"[ \t]+", " ", text)).strip()
    if language == "en":
        return text
    kept: list[str] = _ADDRESS.findall(text)
    pieces = _ADDRESS.split(text)
    tidied = [_tidy(piece) for piece in pieces]
    return "".join(part for pair in zip(tidied, [*kept, ""], strict=True) for part in pair)


def _tidy(text: str) -> str:
    for pattern, put in _RULES:
        text = pattern.sub(put, text)
    return text
