"""Other people's test sets, brought to the fields of a case by naming which column holds which.

In: a CSV, XLSX, JSON, JSON-lines or YAML file of rows, `{column: field}`, and values for the fields that no column
holds. Out: records as a case file has them, checked. Every column that is not known and every wrong row is listed.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from evals.cases import check
from evals.cells import COLUMNS, column, nested
from evals.errors import EvalError
from evals.records import Record, Row, load_records, load_rows


def convert(path: Path, columns: Mapping[str, str], values: Mapping[str, str]) -> tuple[list[Record], tuple[str, ...]]:
    """The records of the file, and the columns that were left out. A row without an id gets one from its rank."""
    rows = _rows(path)
    headings = list(dict.fromkeys(heading for row in rows for heading in row.cells))
    fields = _fields(path, headings, columns, values)
    records = [_record(row, fields, values, f"{path.stem}-{rank:03d}") for rank, row in enumerate(rows, start=1)]
    problems = [problem for record in records for problem in check(record)[1]]
    if problems or not records:
        raise EvalError(str(path), problems or ["no row under the heading"])
    return records, tuple(heading for heading in headings if heading not in fields)


def _fields(
    path: Path, headings: Sequence[str], columns: Mapping[str, str], values: Mapping[str, str]
) -> dict[str, str]:
    """The field of each column: the one named, else the one that the heading means."""
    known = ", ".join(COLUMNS)
    problems = [f"--map: no column is called {name!r}; there are: {', '.join(headings)}" for name in columns
                if name not in headings]  # fmt: skip
    problems += [f"no field is called {name!r}; there are: {known}" for name in (*columns.values(), *values)
                 if name not in COLUMNS]  # fmt: skip
    if problems:
        raise EvalError(str(path), problems)
    meant = {heading: column(heading) for heading in headings if heading not in columns}
    taken = {*columns.values()}
    return {**{heading: name for heading, name in meant.items() if name and name not in taken}, **columns}


def _record(row: Row, fields: Mapping[str, str], values: Mapping[str, str], name: str) -> Record:
    cells = {**values, **{fields[heading]: cell for heading, cell in row.cells.items() if heading in fields}}
    places = {fields[heading]: place for heading, place in row.places.items() if heading in fields}
    return Record(row.place, {"id": name, **nested(cells)}, places)


def _rows(path: Path) -> list[Row]:
    if path.suffix.lower() in {".csv", ".tsv", ".xlsx"}:
        return load_rows(path)
    records, problems = load_records(path)
    if problems:
        raise EvalError(str(path), problems)
    return [Row(one.place, {name: _text(value) for name, value in one.data.items()}, {}) for one in records]


def _text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
