"""corpus/conflicts.yaml: where documents, or two places of one, do not say the same.

Each side is named by a verbatim quote, so that it survives a re-ingestion and fails loudly when its passage is gone.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from ingest.catalog import load_yaml
from ingest.documents import Run
from ingest.errors import CatalogError
from ingest.fold import find

FILE = "conflicts.yaml"


class _Side(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str
    quote: str


class ConflictEntry(BaseModel):
    """What each side says, and a reviewed sentence in each language; its figures stand in the sides."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    sides: Annotated[tuple[_Side, ...], Field(min_length=2)]
    reply_fr: str
    reply_en: str


_ENTRIES = TypeAdapter(tuple[ConflictEntry, ...])


@dataclass(frozen=True, slots=True)
class Conflict:
    """A conflict bound to the sources: `sides` are (document, place of the quote)."""

    id: str
    sides: tuple[tuple[str, Run], ...]
    reply_fr: str
    reply_en: str


def load_conflicts(corpus: Path) -> tuple[ConflictEntry, ...]:
    """The entries of the file, none where the corpus has no such file; `CatalogError` when it is wrong."""
    path = corpus / FILE
    if not path.exists():
        return ()
    try:
        return _ENTRIES.validate_python(load_yaml(path))
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
        raise CatalogError(str(path), problems) from error


def bind_conflicts(corpus: Path, texts: Mapping[str, str], catalogued: Collection[str]) -> tuple[Conflict, ...]:
    """Bind every entry whose documents were read. `texts` are the documents by id.

    Raises:
        CatalogError: a side names an unknown document, or a quote that does not stand in it; all problems at once.
    """
    problems: list[str] = []
    bound: list[Conflict] = []
    for entry in load_conflicts(corpus):
        problems.extend(f"{entry.id}: no document {s.document!r}" for s in entry.sides if s.document not in catalogued)
        if all(side.document in texts for side in entry.sides):
            places = tuple(_places(entry.sides, texts))
            problems.extend(f"{entry.id}: not found: {side.quote!r}" for side, place in places if place is None)
            sides = tuple((side.document, place) for side, place in places if place is not None)
            bound.append(Conflict(entry.id, sides, entry.reply_fr, entry.reply_en))
    if problems:
        raise CatalogError(str(corpus / FILE), problems)
    return tuple(bound)


def _places(sides: Sequence[_Side], texts: Mapping[str, str]) -> Iterator[tuple[_Side, Run | None]]:
    for side in sides:
        yield side, next(find(texts[side.document], side.quote), None)
