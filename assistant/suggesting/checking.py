"""What a model drafted as ways of asking, believed in nothing: checked one by one, those that do not hold left out.

In: the text of a reply, what the model was shown, the ways of asking that there are. Out: what is kept in each language
and how many were left out, by reason. Refuses (`ModelError`) what is not one JSON object with two lists.
"""

import re
from collections import Counter
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.conversation import Language
from assistant.language import language_shown
from assistant.lock import loose
from assistant.model.values import ModelError, Reason
from assistant.model_composer.fence import inert
from assistant.model_composer.reply import json_object
from assistant.parsing.words import to_digits
from ingest.tokens import tokenize

COUNTS: dict[Language, int] = {"fr": 6, "en": 4}
"""How many are asked for, and the most that are kept."""
_SHORTEST = 8
_LONGEST = 200
_FEWEST_WORDS = 2
_MARKUP = re.compile(r"[<>{}\[\]\\|`]|\bdata-[0-9a-f]{6}")
Key = tuple[str, ...]


class Fault(StrEnum):
    """Why a way of asking is left out."""

    FORM = "not a plain sentence"
    LENGTH = "too short or too long"
    LANGUAGE = "in the other language"
    FIGURE = "with a figure that the passage does not have"
    ALIKE = "already there"
    MANY = "more than asked for"


@dataclass(frozen=True, slots=True)
class Checked:
    """What is kept, and how many were left out by fault."""

    fr: tuple[str, ...]
    en: tuple[str, ...]
    faults: Counter[Fault]


class _Lists(BaseModel):
    """The form of a reply; what the lists hold is looked at one by one."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    fr: tuple[Any, ...]
    en: tuple[Any, ...]


def key_of(text: str) -> Key:
    """What two ways of asking have in common when they are the same: their words, whatever the order and the form."""
    return tuple(sorted(set(tokenize(text))))


def check(reply: str, shown: str, asked: AbstractSet[Key]) -> Checked:
    """The ways of asking that hold; both lists are empty where the model says that nobody would ask.

    Raises:
        ModelError: the reply is not of the form asked for, or nothing holds in one of the languages.
    """
    try:
        lists = _Lists.model_validate(json_object(reply))
    except ValidationError as error:
        raise ModelError(Reason.UNREADABLE, "the reply has not the two lists fr and en") from error
    known, faults = set(asked), Counter[Fault]()
    fr = _kept(lists.fr, "fr", shown, known, faults)
    en = _kept(lists.en, "en", shown, known, faults)
    if (lists.fr or lists.en) and not (fr and en):
        told = ", ".join(f"{count} {fault}" for fault, count in faults.items()) or "one list is empty"
        raise ModelError(Reason.UNSUPPORTED, f"nothing holds in {'English' if fr else 'French'}: {told}")
    return Checked(fr, en, faults)


def _kept(
    drafts: tuple[Any, ...], language: Language, shown: str, known: set[Key], faults: Counter[Fault]
) -> tuple[str, ...]:
    kept: list[str] = []
    for draft in drafts:
        text = " ".join(inert(draft).split()) if isinstance(draft, str) else ""
        fault = _fault(text, language, shown, known) if text else Fault.FORM
        if fault is None and len(kept) == COUNTS[language]:
            fault = Fault.MANY
        if fault is None:
            kept.append(text)
            known.add(key_of(text))
        else:
            faults[fault] += 1
    return tuple(kept)


def _fault(text: str, language: Language, shown: str, known: AbstractSet[Key]) -> Fault | None:
    key = key_of(text)
    if _MARKUP.search(text):
        return Fault.FORM
    if not _SHORTEST <= len(text) <= _LONGEST or len(text.split()) < _FEWEST_WORDS or not key:
        return Fault.LENGTH
    if language_shown(text) not in {None, language}:
        return Fault.LANGUAGE
    if _strange(text, language, shown):
        return Fault.FIGURE
    return Fault.ALIKE if key in known else None


def _strange(text: str, language: Language, shown: str) -> bool:
    """Whether the text has a figure, in digits or in words, that what was shown has not."""
    plain = shown.lower()
    sources = shown, to_digits(plain, "fr"), to_digits(plain, "en")
    return bool(loose(text, *sources) or loose(to_digits(text.lower(), language), *sources))
