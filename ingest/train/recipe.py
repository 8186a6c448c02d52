"""What a training run is made of: the sources of pairs and the settings, read from one small YAML file.

A recipe names files, never folders: the folders are given on the command line. Unknown keys are refused, and all
problems of a recipe are listed at once.
"""

import hashlib
from pathlib import Path
from typing import Annotated, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ingest.catalog import load_yaml
from ingest.errors import CatalogError

Share = Annotated[float, Field(ge=0, lt=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Join(_Strict):
    """Another JSON Lines file that completes each row: the row's `field` equals that file's `key`."""

    file: str
    field: str
    key: str


_Model = TypeVar("_Model", bound=BaseModel)


class PairSource(_Strict):
    """Pairs of texts that mean the same, or a question and the text that answers it.

    `pairs` are `[left, right]`; each is a field, or several joined with `+` (their texts are joined with a full stop).
    A field that holds a list gives one pair per item. `block` names a field: rows that share it go into the same
    batches, where they are each other's hard negatives. `same` names a field: rows that share it are never negatives of
    each other. `group` and `held_out` keep that share of the groups out of
    training, for evaluation (the choice depends only on the group's text).
    """

    files: tuple[str, ...] = Field(min_length=1)
    pairs: tuple[tuple[str, str], ...] = Field(min_length=1)
    join: Join | None = None
    repeat: int = Field(default=1, ge=1)
    block: str | None = None
    same: str | None = None
    group: str | None = None
    held_out: Share = 0.0


class Settings(_Strict):
    """All that decides the weights besides the data. `sizes` are the leading dimensions that each get a loss."""

    seed: int = 7
    vocabulary: int = Field(default=32_000, ge=100)
    dimension: int = Field(default=256, ge=8)
    sizes: tuple[int, ...] = (256, 128, 64)
    epochs: int = Field(default=1, ge=1)
    batch: int = Field(default=1024, ge=2)
    learning_rate: float = Field(default=0.003, gt=0)
    scale: float = Field(default=20.0, gt=0)
    token_limit: int = Field(default=96, ge=8)
    drop_tokens: Share = 0.1
    block_size: int = Field(default=8, ge=1)
    rarity: float = Field(default=1e-3, gt=0)


class Recipe(_Strict):
    """Sources by name, and settings."""

    sources: dict[str, PairSource] = Field(min_length=1)
    settings: Settings = Settings()

    def digest(self) -> str:
        """sha256 of the whole recipe: a run goes on only with the one it began with."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def with_settings(self, changes: dict[str, object]) -> Self:
        """The same recipe with some settings replaced; `CatalogError` when one is wrong."""
        data = self.model_dump()
        data["settings"] |= changes
        return _checked(type(self), data, "settings")


def load_recipe(path: Path) -> Recipe:
    """Read a recipe; `CatalogError` lists all its problems."""
    return _checked(Recipe, load_yaml(path), str(path))


def _checked(model: type[_Model], data: object, place: str) -> _Model:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems = [f"{'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in error.errors()]
        raise CatalogError(place, problems) from error
