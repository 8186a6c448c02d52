"""A case as the cells of one row of a spreadsheet, and back.

In: cells by column (`question`, `calculation.expected.dollars`…), or a record as in a JSON-lines file. Out: the
other. Items of a list stand on a line each, or between ` || `; alternatives of a group between ` | `; `name = value`
on a line each for amounts by body and for inputs; numbers as French or English spreadsheets write them. A cell may
also hold JSON.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ingest.catalog import load_yaml

COLUMNS_FILE = Path(__file__).with_name("columns.yaml")
FIELDS = (
    "id", "lang", "persona", "kind", "question", "history", "answerable", "documents", "quotes", "must_include",
    "must_not_include", "referral", "note", "calculation", "subject", "from_name", "body", "text",
)  # fmt: skip
_CALCULATION = (
    "measure", "volet", "school_year", "operation", "inputs", "expected.exact", "expected.dollars", "expected.cents",
    "expected.refusal", "expected.shortfall",
)  # fmt: skip
COLUMNS = (*FIELDS, *(f"calculation.{name}" for name in _CALCULATION))
_LISTS = {"documents", "quotes", "must_not_include"}
_NUMBERS = {f"calculation.expected.{name}" for name in ("dollars", "cents", "shortfall")}
_PAIRS = {"calculation.inputs", "calculation.expected.dollars", "calculation.expected.cents"}
_ITEM = re.compile(r"\s*(?:\n|\|\|)\s*")
_TURN = re.compile(r"^(user|assistant)\s?:\s?", re.MULTILINE)
_NUMBER = re.compile(r"-?\d[\d\s]*(?:[.,]\d+)?")


def column(heading: str) -> str | None:
    """The column that a heading means, whatever its case, accents and language; None when it means none."""
    return _headings().get(_key(heading))


def nested(cells: Mapping[str, str]) -> dict[str, object]:
    """The record that these cells hold, not yet checked; an empty cell is left out, an empty list is empty."""
    record: dict[str, object] = {}
    for name, cell in cells.items():
        text = cell.replace("\r\n", "\n").strip()
        if text:
            _put(record, name.split("."), _value(name, text))
        elif name in _LISTS or name == "must_include":
            record[name] = []
    return record


def flat(record: Mapping[str, object]) -> dict[str, str]:
    """The cells of a record: what `nested` reads back as the same."""
    cells: dict[str, str] = {}
    for name, value in _leaves(record):
        if value is not None:
            cells[name] = _cell(name, value)
    return cells


def number(text: str) -> str:
    """« 21 989,50 $ » is `21989.50`; what is no number is returned as it is, for the check to tell."""
    bare = re.sub(r"[$%\s]", "", text)
    return bare.replace(",", ".") if _NUMBER.fullmatch(bare) else text


@cache
def _headings() -> dict[str, str]:
    known = {_key(name): name for name in COLUMNS}
    for name, ways in _aliases("headers").items():
        known.update(dict.fromkeys(map(_key, ways), name))
    return known


@cache
def _values(name: str) -> dict[str, object]:
    """The ways of writing the values of a column."""
    ways = _aliases("values").get(name, {})
    return {_key(way): value for value, found in ways.items() for way in [str(value), *found]}


@cache
def _aliases(part: str) -> dict[str, Any]:
    read = load_yaml(COLUMNS_FILE)
    return dict(read[part]) if isinstance(read, dict) else {}


def _key(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("’", "'"))
    return re.sub(r"[\s_]+", "", "".join(one for one in decomposed if not unicodedata.combining(one)))


def _put(record: dict[str, object], path: list[str], value: object) -> None:
    for name in path[:-1]:
        inner = record.setdefault(name, {})
        if not isinstance(inner, dict):
            return
        record = inner
    record[path[-1]] = value


def _value(name: str, text: str) -> object:
    known = _values(name).get(_key(text))
    if known is not None:
        return known
    structured = name in _LISTS | _PAIRS or name in {"must_include", "history", "calculation"}
    if structured and text[0] in "[{":
        return _json(text)
    if name in _PAIRS and "=" in text:
        pairs = (line.partition("=") for line in _ITEM.split(text))
        return {key.strip(): number(value.strip()) for key, _, value in pairs}
    return _READERS.get(name, str)(text)


def _groups(text: str) -> list[list[str]]:
    return [re.split(r"\s*\|\s*", group) for group in _ITEM.split(text)]


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def _turns(text: str) -> list[dict[str, str]]:
    """« user: … » and « assistant: … », each at the start of a line; text before the first is the user's."""
    first, *rest = _TURN.split(text)
    turns = [("user", first), *zip(rest[::2], rest[1::2], strict=True)]
    return [
        {"role": role, "content": said.strip()} for place, (role, said) in enumerate(turns) if place or said.strip()
    ]


def _whole(text: str) -> int | str:
    return int(text) if text.isdecimal() else text


_READERS: Mapping[str, Callable[[str], object]] = {
    "history": _turns,
    "must_include": _groups,
    "calculation.volet": _whole,
    **dict.fromkeys(_LISTS, _ITEM.split),
    **dict.fromkeys(_NUMBERS, number),
}
"""How a cell is read, for the columns that hold something else than text."""


def _leaves(record: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    for name, value in record.items():
        path = f"{prefix}{name}"
        if isinstance(value, Mapping) and path not in _PAIRS:
            yield from _leaves(value, f"{path}.")
        else:
            yield path, value


def _cell(name: str, value: object) -> str:
    """The plain way of writing it where it reads back the same, else JSON."""
    if isinstance(value, str):
        return value
    plain = _plain(name, value)
    return plain if plain is not None and nested({name: plain}) == _alone(name, value) else _dumped(value)


def _alone(name: str, value: object) -> dict[str, object]:
    record: dict[str, object] = {}
    _put(record, name.split("."), json.loads(_dumped(value)))
    return record


def _plain(name: str, value: object) -> str | None:
    """The way people write it; None for what has none."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Mapping):
        return _lines(f"{key} = {inner}" for key, inner in value.items() if isinstance(inner, str))
    if not isinstance(value, list | tuple):
        return str(value) if isinstance(value, int) else None
    return _lines(_item(name, item) for item in value)


def _item(name: str, item: Any) -> str:  # noqa: ANN401 (an item of any list of a record)
    if name == "must_include":
        return " | ".join(item)
    return f"{item['role']}: {item['content']}" if name == "history" else str(item)


def _lines(items: Iterable[str]) -> str:
    return "\n".join(items)


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
