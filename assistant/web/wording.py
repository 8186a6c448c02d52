"""The words of the pages, French and English side by side, read from `words.yaml`.

In: the data file. Out: every text of one language by its key. Refuses (`CatalogError`, listing every problem) a text
that lacks one of the two languages.
"""

from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.conversation import Language
from ingest.catalog import load_yaml
from ingest.errors import CatalogError

NBSP = "\u00a0"
_SEEN_NBSP = "~"


class _Both(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    fr: str
    en: str


def load_words(path: Path) -> dict[Language, Mapping[str, str]]:
    """The texts of each language."""
    try:
        texts = TypeAdapter(dict[str, _Both]).validate_python(load_yaml(path))
    except ValidationError as error:
        problems = [f"{'.'.join(str(step) for step in e['loc'])}: {e['msg']}" for e in error.errors()]
        raise CatalogError(str(path), problems) from error
    return {
        "fr": {key: text.fr.replace(_SEEN_NBSP, NBSP) for key, text in texts.items()},
        "en": {key: text.en.replace(_SEEN_NBSP, NBSP) for key, text in texts.items()},
    }
