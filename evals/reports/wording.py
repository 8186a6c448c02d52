"""The words of the reports in one language, and numbers as that language writes them.

In: `words.yaml`, a language. Out: `Wording`, which says a text by its key with its blanks filled in. Refuses
(`CatalogError`, listing every problem) a text that lacks one of the two languages; an unknown key is a `KeyError`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from babel.dates import format_date
from babel.numbers import format_decimal
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.conversation import Language
from ingest.catalog import load_yaml
from ingest.errors import CatalogError

NBSP = "\u00a0"
_MINUS = "\u2212"
_LOCALES: Mapping[Language, str] = {"fr": "fr_CA", "en": "en_CA"}
_SECOND = 1000
_WHOLE = 10


class _Both(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    fr: str
    en: str


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of one language."""

    language: Language
    texts: Mapping[str, str]

    def say(self, key: str, **blanks: object) -> str:
        """A text with its blanks filled in."""
        return self.texts[key].format(**blanks)

    def name(self, prefix: str, key: str) -> str:
        """The first half of a text « name|definition »; the key itself where there is no such text."""
        return self.texts.get(f"{prefix}_{key}", key).partition("|")[0]

    def definition(self, prefix: str, key: str) -> str:
        """The second half; empty where there is none."""
        return self.texts.get(f"{prefix}_{key}", "").partition("|")[2]

    def number(self, value: float, digits: int = 0) -> str:
        """« 1 234,5 », "1,234.5"."""
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return format_decimal(value, format=pattern, locale=_LOCALES[self.language]).replace("-", _MINUS)

    @property
    def colon(self) -> str:
        """« : » as the language spaces it."""
        return f"{NBSP}:" if self.language == "fr" else ":"

    def percent(self, value: float) -> str:
        """« 86 % », "86%"."""
        return self.number(100 * value) + (f"{NBSP}%" if self.language == "fr" else "%")

    def duration(self, milliseconds: float) -> str:
        """« 15 ms », « 1,2 s »."""
        if milliseconds >= _SECOND:
            return self.say("seconds", value=self.number(milliseconds / _SECOND, 1))
        return self.say("milliseconds", value=self.number(milliseconds, 0 if milliseconds >= _WHOLE else 1))

    def date(self, moment: str) -> str:
        """« 22 novembre 2026 » from an ISO moment; the moment itself where it is none."""
        try:
            return format_date(_day(moment), "long", locale=_LOCALES[self.language])
        except ValueError:
            return moment


def _day(moment: str) -> date:
    return date.fromisoformat(moment[:10])


@cache
def load_wording(language: Language) -> Wording:
    """The words of `words.yaml` in this language."""
    path = Path(__file__).with_name("words.yaml")
    try:
        texts = TypeAdapter(dict[str, _Both]).validate_python(load_yaml(path))
    except ValidationError as error:
        problems = [f"{'.'.join(str(step) for step in e['loc'])}: {e['msg']}" for e in error.errors()]
        raise CatalogError(str(path), problems) from error
    return Wording(language, {key: getattr(text, language).replace("~", NBSP) for key, text in texts.items()})
