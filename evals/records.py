"""The records of a case file, whatever its form: JSON lines, CSV, XLSX or YAML.

In: a file. Out: a `Record` for each question or e-mail, with the place of each of its fields, not yet checked.
Refuses a file that cannot be read; what is wrong in it is listed, all at once.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from evals import delimited, sheets
from evals.cells import column, nested
from evals.errors import EvalError
from evals.jsonl import numbered
from ingest.catalog import load_yaml
from ingest.errors import CatalogError

FORMS = (".jsonl", ".json", ".csv", ".tsv", ".xlsx", ".yaml", ".yml")
_OF_QUESTION = (
    "text", "answerable", "documents", "quotes", "must_include", "referral", "calculation",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """A question or an e-mail as given. `places` says where each field stands, where it is not `place` itself."""

    place: str
    data: Mapping[str, object]
    places: Mapping[str, str] = field(default_factory=dict)

    def where(self, location: Sequence[object]) -> str:
        """The place of a field, by its path."""
        names = [".".join(map(str, location[:size])) for size in range(len(location), 0, -1)]
        return next((self.places[name] for name in names if name in self.places), self.place)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a spreadsheet: its place, its cells by heading, and the place of each."""

    place: str
    cells: Mapping[str, str]
    places: Mapping[str, str]


def load_records(path: Path) -> tuple[list[Record], list[str]]:
    """The records of a file, and its problems as `file:line: problem`. `EvalError` when it cannot be read at all."""
    match path.suffix.lower():
        case ".csv" | ".tsv" | ".xlsx":
            return _tabular(path, load_rows(path))
        case ".yaml" | ".yml":
            return _of_yaml(path)
        case ".json":
            return _of_list(path, _json(path), {})
        case _:
            return _of_lines(path)


def load_rows(path: Path) -> list[Row]:
    """The rows under the heading of a CSV or XLSX file, cells as text."""
    try:
        content = path.read_bytes()
        table = _sheet(path, content) if path.suffix.lower() == ".xlsx" else _csv(path, content)
        return list(table)
    except OSError as error:
        raise EvalError(str(path), [f"cannot be read: {error.strerror}"]) from error
    except (ValueError, csv.Error) as error:
        raise EvalError(str(path), [f"cannot be read: {error}"]) from error


def _csv(path: Path, content: bytes) -> Iterator[Row]:
    table = delimited.rows(content)
    _, heading = next(table, (1, []))
    for line, row in table:
        place = f"{path.name}:{line}"
        cells = {name.strip(): cell for name, cell in zip(heading, row, strict=False) if name.strip()}
        yield Row(place, cells, {name: f"{place} ({name})" for name in cells})


def _sheet(path: Path, content: bytes) -> Iterator[Row]:
    _, table = sheets.read_sheet(content)
    filled = [(number, row) for number, row in enumerate(table, start=1) if any(map(_text, row))]
    heading = [_text(cell).strip() for cell in filled[0][1]] if filled else []
    for number, row in filled[1:]:
        cells = {name: _text(cell) for name, cell in zip(heading, row, strict=False) if name}
        letters = {name: sheets.address(number, place) for place, name in enumerate(heading, start=1) if name}
        yield Row(f"{path.name}:{number}", cells, {name: f"{path.name}:{letters[name]}" for name in cells})


def _text(cell: sheets.Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        whole = cell.is_integer()
        return str(int(cell)) if whole else repr(cell)
    return str(cell)


def _tabular(path: Path, rows: Iterable[Row]) -> tuple[list[Record], list[str]]:
    records: list[Record] = []
    problems: list[str] = []
    unknown: dict[str, str] = {}
    for row in rows:
        names = {heading: column(heading) for heading in row.cells}
        unknown.update({heading: row.place for heading, name in names.items() if name is None})
        known = {heading: name for heading, name in names.items() if name is not None}
        places = {name: row.places[heading] for heading, name in known.items()}
        records.append(Record(row.place, nested({known[h]: row.cells[h] for h in known}), places))
    problems += [f"{path.name}: no field is called {heading!r}; see balise eval import --help" for heading in unknown]
    return list(_emails(records)), problems


def _emails(records: Iterable[Record]) -> Iterator[Record]:
    """Rows with a body are questions of an e-mail; those that follow under the same id, or none, are of the same."""
    email: Record | None = None
    for record in records:
        name = record.data.get("id")
        if email is not None and "text" in record.data and name in (None, email.data.get("id")):
            email = _joined(email, record)
            continue
        if email is not None:
            yield email
        email = _joined(None, record) if "body" in record.data else None
        if email is None:
            yield record
    if email is not None:
        yield email


def _joined(email: Record | None, row: Record) -> Record:
    """The e-mail with one more question."""
    part = {name: row.data[name] for name in _OF_QUESTION if name in row.data}
    if email is None:
        head = {name: value for name, value in row.data.items() if name not in _OF_QUESTION}
        email = Record(row.place, {**head, "questions": []}, row.places)
    questions = [*_items(email.data["questions"]), part]
    rank = len(questions) - 1
    places = {f"questions.{rank}.{name}": place for name, place in row.places.items() if name in _OF_QUESTION}
    return Record(
        email.place,
        {**email.data, "questions": questions},
        {**email.places, f"questions.{rank}": row.place, **places},
    )


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _of_lines(path: Path) -> tuple[list[Record], list[str]]:
    records: list[Record] = []
    problems: list[str] = []
    for line, text in numbered(path):
        place = f"{path.name}:{line}"
        try:
            found = json.loads(text)
        except json.JSONDecodeError as error:
            problems.append(f"{place}: not JSON: {error}")
            continue
        if isinstance(found, dict):
            records.append(Record(place, found))
        else:
            problems.append(f"{place}: not an object with the fields of a case")
    return records, problems


def _json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise EvalError(str(path), [f"cannot be read: {error.strerror}"]) from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise EvalError(str(path), [f"not JSON: {error}"]) from error


def _of_yaml(path: Path) -> tuple[list[Record], list[str]]:
    try:
        read = load_yaml(path)
    except (CatalogError, OSError) as error:
        raise EvalError(str(path), [str(error)]) from error
    node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    if isinstance(read, dict) and set(read) == {"cases"} and isinstance(node, yaml.MappingNode):
        read, node = read["cases"], node.value[0][1]
    items = node.value if isinstance(node, yaml.SequenceNode) else []
    return _of_list(path, read, {rank: item.start_mark.line + 1 for rank, item in enumerate(items)})


def _of_list(path: Path, read: object, lines: Mapping[int, int]) -> tuple[list[Record], list[str]]:
    """The records of a list; without lines, a record is told by its rank."""
    if not isinstance(read, list):
        raise EvalError(str(path), ["not a list of cases"])
    places = [
        f"{path.name}:{lines[rank]}" if rank in lines else f"{path.name} #{rank + 1}" for rank in range(len(read))
    ]
    records = [Record(place, found) for place, found in zip(places, read, strict=True) if isinstance(found, dict)]
    wrong = [f"{place}: not the fields of a case" for place, found in zip(places, read, strict=True)
             if not isinstance(found, dict)]  # fmt: skip
    return records, wrong
