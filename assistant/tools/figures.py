"""Dated policy figures and the sentences that state the rules, from `corpus/figures/*.yaml`.

A figure is known for the school years its source gives it for, both ends included; outside them it is refused,
never carried over. A figure that the source leaves without an amount has the value `None`, never zero.
`load_figures` lists every problem of every file at once in one `CatalogError`.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.conversation import Language, Parameter, SourceQuote
from assistant.tools.errors import FigureUnknown, Wording
from ingest.catalog import load_yaml
from ingest.errors import CatalogError

Qualifier = Literal["exact", "pres_de", "un_peu_plus_de", "plus_de", "indicatif", "illisible"]
FigureStatus = Literal["official", "indicative"]
_SchoolYear = Annotated[str, Field(pattern=r"^\d{4}-\d{4}$")]
_Id = Annotated[str, Field(pattern=r"^[a-z0-9]+([._][a-z0-9]+)*$")]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _LabelRecord(_Strict):
    fr: str
    en: str


class _ValueRecord(_Strict):
    start: _SchoolYear = Field(alias="from")
    end: _SchoolYear = Field(alias="to")
    value: Annotated[str, Field(pattern=r"^\d+(\.\d+)?$")] | None
    qualifier: Qualifier
    status: FigureStatus
    document: str
    quote: str
    printed: str = ""


class _FigureRecord(_Strict):
    id: _Id
    label: _LabelRecord
    unit: str
    part_of: str | None = None
    rank: int | None = None
    values: Annotated[tuple[_ValueRecord, ...], Field(min_length=1)]


class _PassageRecord(_Strict):
    id: _Id
    document: str
    quote: str


class _File(_Strict):
    figures: tuple[_FigureRecord, ...]
    passages: tuple[_PassageRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class DatedValue:
    """What one source gives for a figure, from school year `start` to school year `end`, both included."""

    start: str
    end: str
    value: Decimal | None
    qualifier: Qualifier
    status: FigureStatus
    source: SourceQuote
    printed: str = ""

    @property
    def exact(self) -> Fraction:
        """The value as an exact fraction; `ValueError` where the source prints none."""
        if self.value is None:
            raise ValueError(f"no amount is printed: {self.source.quote!r}")
        return Fraction(self.value)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its dated values; `part_of` names the figure that it is a part of (an action of an axis)."""

    id: str
    label: Wording
    unit: str
    values: tuple[DatedValue, ...]
    part_of: str | None = None
    rank: int | None = None

    @property
    def sole(self) -> DatedValue:
        """The only dated value; `ValueError` where there are several and a school year must choose."""
        (value,) = self.values
        return value


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures and rule sentences, by id, in the order of the files."""

    by_id: Mapping[str, Figure]
    passages: Mapping[str, SourceQuote]

    def __getitem__(self, figure_id: str) -> Figure:
        """The figure with this id; `KeyError` when there is none (a fault of the code, not of a question)."""
        return self.by_id[figure_id]

    def value(self, figure_id: str, school_year: str) -> DatedValue:
        """The value for that school year. `FigureUnknown`, with what is known, outside its intervals."""
        figure = self.by_id[figure_id]
        for dated in figure.values:
            if dated.start <= school_year <= dated.end:
                return dated
        raise FigureUnknown(_unknown(figure, school_year), [dated.source for dated in figure.values])

    def sole_parameter(self, figure_id: str, language: Language) -> Parameter:
        """A figure with one dated value, as a computation quotes it; `ValueError` where it has several.

        It names no school year where its value holds for several years together.
        """
        dated = self.by_id[figure_id].sole
        found = self.parameter(figure_id, dated.start, language)
        return found if dated.start == dated.end else replace(found, school_year=None)

    def parts(self, figure_id: str) -> tuple[Figure, ...]:
        """The figures that are parts of this one, in the order of the files."""
        return tuple(figure for figure in self.by_id.values() if figure.part_of == figure_id)

    def family(self, prefix: str) -> tuple[Figure, ...]:
        """The figures whose id starts with this prefix, in the order of the files."""
        return tuple(figure for name, figure in self.by_id.items() if name.startswith(prefix))

    def parameter(self, figure_id: str, school_year: str, language: Language) -> Parameter:
        """The figure as a computation quotes it; refused as by `value`."""
        figure, dated = self.by_id[figure_id], self.value(figure_id, school_year)
        return Parameter(
            id=figure_id,
            label=figure.label[language],
            value=str(dated.value),
            unit=figure.unit,
            status=dated.status,
            school_year=school_year,
            source=dated.source,
        )


def _unknown(figure: Figure, school_year: str) -> Wording:
    known = ", ".join(
        dated.start if dated.start == dated.end else f"{dated.start}–{dated.end}" for dated in figure.values
    )
    return Wording(
        fr=f"Les documents ne donnent pas, pour {school_year}, la valeur suivante\u00a0: "
        f"{figure.label.fr}. Elle n’y figure que pour {known}.",
        en=f"The documents do not give, for {school_year}, the following value: "
        f"{figure.label.en}. It is given for {known} only.",
    )


def load_figures(corpus: Path) -> Figures:
    """Read and check every `corpus/figures/*.yaml`; one `CatalogError` lists all problems of all files."""
    folder = corpus / "figures"
    problems: list[str] = []
    files = [record for path in sorted(folder.glob("*.yaml")) if (record := _read(path, problems)) is not None]
    figures = [_figure(record) for file in files for record in file.figures]
    passages = [record for file in files for record in file.passages]
    problems += _repeated([figure.id for figure in figures], "figure")
    problems += _repeated([passage.id for passage in passages], "passage")
    problems += [problem for figure in figures for problem in _misdated(figure)]
    known = {figure.id for figure in figures} | {passage.id for passage in passages}
    problems += [
        f"{figure.id}: part_of names {figure.part_of!r}, which does not exist"
        for figure in figures
        if figure.part_of is not None and figure.part_of not in known
    ]
    if not files:
        problems.append("no figure file was read; restore corpus/figures/*.yaml from the repository")
    if problems:
        raise CatalogError(str(folder), problems)
    return Figures(
        {figure.id: figure for figure in figures},
        {passage.id: SourceQuote(passage.document, passage.quote) for passage in passages},
    )


def _read(path: Path, problems: list[str]) -> _File | None:
    try:
        return _File.model_validate(load_yaml(path))
    except CatalogError as error:
        problems += [f"{path.name}: {problem}" for problem in error.problems]
    except ValidationError as error:
        problems += [f"{path.name}: {'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in error.errors()]
    return None


def _figure(record: _FigureRecord) -> Figure:
    label = Wording(record.label.fr, record.label.en)
    values = tuple(_dated(value) for value in record.values)
    return Figure(record.id, label, record.unit, values, record.part_of, record.rank)


def _dated(record: _ValueRecord) -> DatedValue:
    value = None if record.value is None else Decimal(record.value)
    source = SourceQuote(record.document, record.quote)
    return DatedValue(record.start, record.end, value, record.qualifier, record.status, source, record.printed)


def _repeated(ids: Sequence[str], what: str) -> list[str]:
    return [f"{what} id given twice: {name!r}" for name in sorted({name for name in ids if ids.count(name) > 1})]


def _misdated(figure: Figure) -> list[str]:
    problems = [
        f"{figure.id}: {bound} is not a school year of two consecutive years"
        for value in figure.values
        for bound in (value.start, value.end)
        if int(bound[:4]) + 1 != int(bound[5:])
    ]
    problems += [
        f"{figure.id}: the interval {value.start} to {value.end} ends before it starts"
        for value in figure.values
        if value.end < value.start
    ]
    ordered = sorted(figure.values, key=lambda value: value.start)
    for earlier, later in itertools.pairwise(ordered):
        if later.start <= earlier.end:
            problems.append(f"{figure.id}: {later.start} lies in two intervals")
    return problems
