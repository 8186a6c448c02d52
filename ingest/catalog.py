"""corpus/catalog.yaml: what each document is, who issued it, for when, and the exact file it was read from."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, cast

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from ingest.errors import CatalogError

Authority = Literal["ministry", "government", "local", "unknown"]
LayoutName = Literal["prose", "marked", "budget_sheet", "action_plan", "objectives"]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PageStart(_Strict):
    """A printed page of a text edition: its number and the line of the file (from 1) that it starts at."""

    page: int = Field(ge=1)
    line: int = Field(ge=1)


class Voice(_Strict):
    """How an answer introduces what a document says, in both languages (« Le guide du Ministère indique »)."""

    fr: str
    en: str


class CatalogEntry(_Strict):
    """One document. What is not known is `unknown`, never guessed."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    title: str
    short_title: str
    issuer: str
    authority: Authority
    kind: str
    language: Literal["fr", "en"]
    issued: str
    validity: Annotated[str, Field(pattern=r"^(\d{4}(-\d{4})?|unknown)$")]
    status: Literal["current", "historical"]
    file: str
    original_file: str
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    published_at: str
    layout: LayoutName
    voice: Voice | None = None
    pages: tuple[PageStart, ...] = ()
    named_officials: tuple[str, ...] = ()
    published_addresses: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    note: str = ""


class Catalog(_Strict):
    """All documents, in the order of the file."""

    documents: tuple[CatalogEntry, ...]

    def __getitem__(self, document: str) -> CatalogEntry:
        """The entry with this id; `KeyError` when there is none."""
        return self._by_id[document]

    @cached_property
    def _by_id(self) -> Mapping[str, CatalogEntry]:
        return {entry.id: entry for entry in self.documents}


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's where PyYAML was built with it: a large catalog is read ten times faster."""


class _UniqueKeyLoader(_Loader):  # type: ignore[misc, valid-type]  # one of two classes, known when imported
    """Refuses a mapping that gives the same key twice; plain YAML keeps the last one silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:  # noqa: FBT001, FBT002 (signature of the base class)
        keys = [self.construct_object(key, deep=deep) for key, _ in node.value]
        twice = sorted({str(key) for key in keys if keys.count(key) > 1})
        if twice:
            raise yaml.constructor.ConstructorError(None, None, f"key given twice: {', '.join(twice)}", node.start_mark)
        return cast("dict[object, object]", super().construct_mapping(node, deep=deep))


def load_yaml(path: Path) -> object:
    """Parse a YAML data file; duplicate keys and syntax errors become a `CatalogError` naming the line."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_UniqueKeyLoader)  # noqa: S506 (a SafeLoader)
    except FileNotFoundError as error:
        raise CatalogError(str(path), ["the file does not exist; restore it from the repository"]) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CatalogError(str(path), [" ".join(str(error).split())]) from error


def load_catalog(corpus: Path) -> Catalog:
    """Read and check `corpus/catalog.yaml`. All problems are listed at once in one `CatalogError`.

    The files themselves are checked one by one when they are read, so that one missing or altered document does not
    hide the others.
    """
    path = corpus / "catalog.yaml"
    data = load_yaml(path)
    try:
        catalog = TypeAdapter(Catalog).validate_python(data)
    except ValidationError as error:
        problems = [f"{'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in error.errors()]
        raise CatalogError(str(path), problems) from error
    times = Counter(entry.id for entry in catalog.documents)
    twice = sorted(name for name, count in times.items() if count > 1)
    if twice:
        raise CatalogError(str(path), [f"document id given twice: {name!r}" for name in twice])
    return catalog


def altered(entry: CatalogEntry, content: bytes) -> bool:
    """Whether the file differs from the one that was catalogued."""
    return hashlib.sha256(content).hexdigest() != entry.sha256
