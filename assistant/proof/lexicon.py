"""Words that carry weight in a statement (`words.yaml`), found in a text of either language.

In: the data file. Out: for a text without accents, whether a family of words occurs and where.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from ingest.catalog import load_yaml


class _Contrast(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    one: str
    other: str


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    negation: tuple[str, ...]
    negation_firm: tuple[str, ...]
    silence: tuple[str, ...]
    quantity: tuple[str, ...]
    mention: tuple[str, ...]
    verbs: tuple[str, ...]
    substance: tuple[str, ...]
    only: tuple[str, ...]
    duty: tuple[str, ...]
    duty_softer: tuple[str, ...]
    only_said: tuple[str, ...]
    conditional: tuple[str, ...]
    maybe: tuple[str, ...]
    allowed: tuple[str, ...]
    forbidden: tuple[str, ...]
    as_example: tuple[str, ...]
    near: tuple[str, ...]
    over: tuple[str, ...]
    under: tuple[str, ...]
    indicative: tuple[str, ...]
    contrasts: tuple[_Contrast, ...]


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two sides that must not be swapped; a text that has both is not judged."""

    one: re.Pattern[str]
    other: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Families of words as one pattern each."""

    families: Mapping[str, re.Pattern[str]]
    contrasts: tuple[Contrast, ...]

    def has(self, family: str, text: str) -> bool:
        """Whether a word of this family occurs in a text without accents."""
        return self.families[family].search(text) is not None


@cache
def lexicon() -> Lexicon:
    """The reviewed file, read once."""
    read = _File.model_validate(load_yaml(Path(__file__).with_name("words.yaml")))
    families = {name: getattr(read, name) for name in _File.model_fields if name != "contrasts"}
    return Lexicon(
        {name: re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) for name, patterns in families.items()},
        tuple(Contrast(re.compile(c.one), re.compile(c.other)) for c in read.contrasts),
    )
