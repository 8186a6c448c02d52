"""A table pasted in a question: rows of cells parted by tabs, bars, semicolons or wide spaces.

In: a question as typed, its language. Out: a `Pasted`: the bodies with their counts, the total of a total row, and the
text without the table. A header names the columns; without one, a table has one column of counts. A table with a
cell that cannot be read is named in `doubts`; so is the first row of one with columns that nothing names.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assistant.conversation import Language
from assistant.parsing.amounts import Number, Unit, clean, fold
from assistant.parsing.amounts import read as read_numbers
from assistant.parsing.bodies import Listed

Row = tuple[str, ...]
_PARTED = re.compile(r"\t|\||;| {3,}")
_RULE = re.compile(r"[\s|:;+=-]*")
_TOTAL = re.compile(r"(?:grand )?tot(?:al|aux)\b|somme\b|sum\b|ensemble\b")
_COLUMNS: tuple[tuple[Unit, re.Pattern[str]], ...] = (
    (
        "posts",
        re.compile(r"\bpostes?\b|\bposts?\b|\betc\b|\betp\b|\bftes?\b|\bpositions?\b|\benseignant|\bteachers?\b"),
    ),
    ("fga", re.compile(r"\bfga\b|\badult")),
    ("fp", re.compile(r"\bfp\b|\bformation pro|\bvocational\b|\bdep\b")),
    ("fgj", re.compile(r"\bfgj\b|\bjeunes\b|\byouth\b|\bsecondaire\b|\bprimaire\b")),
    ("pupils", re.compile(r"\beffectif|\beleves?\b|\bstudents?\b|\bpupils?\b|\benrol?lment\b|\bheadcount\b")),
)
_ROLE = re.compile(
    r"\b(?:nous|nos|notre|our|ours|we|enveloppes?|envelopes?|budget|organismes?|bodies|boards|nombre|number|montants?|"
    r"amounts?|base|annee|year|mesure|measure|volets?|components?)\b"
)
"""Words of a row that gives an input (« Nos postes »), not a body."""
_LEAST_ROWS = 2


@dataclass(frozen=True, slots=True)
class Pasted:
    """The bodies of the table, what its total row says, the rest of the text, and the cells that cannot be read."""

    text: str
    bodies: tuple[Listed, ...] = ()
    total: tuple[Unit | None, Fraction] | None = None
    doubts: tuple[str, ...] = ()


def cut(question: str, language: Language) -> Pasted:
    """The table of a question, apart from its text; no body where there is none."""
    lines = question.splitlines()
    rows = {i: row for i, line in enumerate(lines) if len(row := _cells(line)) > 1}
    data = [i for i, row in rows.items() if all(_value(cell, language) for cell in row[1:])]
    if len(data) < _LEAST_ROWS:
        return Pasted(question)
    start = end = data[0]
    while start - 1 in rows and len(rows[start - 1]) == len(rows[start]) and _has_digit(rows[start - 1]):
        start -= 1
    while end + 1 in rows or (end + 1 < len(lines) and _RULE.fullmatch(lines[end + 1])):
        end += 1
    width = len(rows[start])
    header = _header(rows, lines, start, width)
    body = [rows[i] for i in range(start, end + 1) if i in rows and len(rows[i]) == width]
    bad = [cell or row[0] for row in body for cell in row[1:] if _value(cell, language) is None]
    elsewhere = [rows[i][0] for i in data if not start <= i <= end or len(rows[i]) != width]
    units = _units(rows[header] if header is not None else None, width)
    if any(_ROLE.search(fold(row[0])) for row in body) or sum(not _is_total(row) for row in body) < _LEAST_ROWS:
        return Pasted(question)
    if units is None:
        return Pasted(question, doubts=rows[start][1:])
    rest = [*lines[: start if header is None else header], *lines[end + 1 :]]
    sound = [row for row in body if all(_value(cell, language) for cell in row[1:])]
    return Pasted("\n".join(rest), *_bodies(sound, units, language), (*bad, *elsewhere))


def _cells(line: str) -> Row:
    inner = re.sub(r"^\s*\||\|\s*$", "", line)
    cells = tuple(cell.strip() for cell in _PARTED.split(inner))
    return cells if cells[0] and not _RULE.fullmatch(line) else ()


def _header(rows: Mapping[int, Row], lines: Sequence[str], start: int, width: int) -> int | None:
    """The line of the header: right above the first row, a rule of dashes aside, with as many cells and no number."""
    above = start - 1
    while above >= 0 and lines[above].strip() and _RULE.fullmatch(lines[above]):
        above -= 1
    named = above in rows and len(rows[above]) == width and not _has_digit(rows[above])
    return above if named else None


def _has_digit(row: Row) -> bool:
    return any(re.search(r"\d", cell) for cell in row[1:])


def _bodies(
    rows: Sequence[Row], units: Sequence[Unit | None], language: Language
) -> tuple[tuple[Listed, ...], tuple[Unit | None, Fraction] | None]:
    bodies: list[Listed] = []
    total: tuple[Unit | None, Fraction] | None = None
    for name, *cells in rows:
        values = [value for cell in cells if (value := _value(cell, language)) is not None]
        counts = tuple((unit or value.unit, value.value) for unit, value in zip(units, values, strict=True))
        if _is_total((name,)):
            total = counts[0] if len(counts) == 1 else None
        else:
            bodies.append(Listed(name, counts))
    return tuple(bodies), total


def _is_total(row: Row) -> bool:
    return _TOTAL.match(fold(row[0])) is not None


def _units(header: Row | None, width: int) -> list[Unit | None] | None:
    """What each column counts; `None` where one column of several has no name that is known."""
    if header is None:
        return [None] if width == 2 else None  # noqa: PLR2004 (a name and a count)
    units = [next((unit for unit, known in _COLUMNS if known.search(fold(cell))), None) for cell in header[1:]]
    return units if len(units) == 1 or (None not in units and len(set(units)) == len(units)) else None


def _value(cell: str, language: Language) -> Number | None:
    """The one number of a cell that holds nothing else but its unit, read one way only."""
    text = clean(cell, language)
    numbers = read_numbers(text, language)
    whole = len(numbers) == 1 and numbers[0].start == 0 and numbers[0].end == len(text) and not numbers[0].doubtful
    return numbers[0] if whole and numbers[0].unit not in {"money", "percent", "bodies"} else None
