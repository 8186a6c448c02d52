"""Records written as a case file, in the form that its name says.

In: records. Out: the bytes of a JSON-lines, CSV, XLSX or YAML file that loads back to the same cases.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

import yaml

from evals.cells import COLUMNS, flat
from evals.delimited import written as delimited
from evals.records import Record
from evals.sheets import write_sheets

FORMS = (".jsonl", ".csv", ".xlsx", ".yaml")
_SHEET = "cases"


def case_file(records: Sequence[Record], form: str) -> bytes:
    """The bytes of a file of this form (`.csv`…). `ValueError` for another."""
    match form:
        case ".jsonl":
            return "".join(json.dumps(one.data, ensure_ascii=False) + "\n" for one in records).encode()
        case ".yaml":
            plain = json.loads(json.dumps([one.data for one in records]))
            return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=120).encode()
        case ".csv":
            return delimited(_table(records))
        case ".xlsx":
            return write_sheets({_SHEET: _table(records)})
        case _:
            raise ValueError(f"no case file ends with {form!r}; give one of {', '.join(FORMS)}")


def _table(records: Sequence[Record]) -> list[list[str]]:
    """A heading and a row a question; an e-mail takes a row a question, its own fields on the first."""
    rows = [row for record in records for row in _rows(record.data)]
    used = [name for name in COLUMNS if any(name in row for row in rows)]
    return [used, *([row.get(name, "") for name in used] for row in rows)]


def _rows(data: Mapping[str, object]) -> Iterator[dict[str, str]]:
    questions = data.get("questions")
    if not isinstance(questions, list):
        yield flat(data)
        return
    head = flat({name: value for name, value in data.items() if name != "questions"})
    for rank, part in enumerate(questions):
        yield {**(head if rank == 0 else {"id": head["id"]}), **flat(part)}
