"""The table of means of a plan: rows put back together across page breaks, cells under their columns.

In: the row of column titles and the rows below it. Out: one record a means: its cells by column, and what belongs to
no column. A page break leaves a blank line; around it a row may be cut in two, its upper piece may lack its first
cells, slip by a column, or be repeated in part below. Repeats are reported to `drop`.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.documents import DropReason
from ingest.layouts.plan_rows import Cell, Drop, Row, cell, drop_cell, joined
from ingest.layouts.ranges import subtract

_DATE = re.compile(r"\s*\b(\d{1,2}(?:er)?\s+[^\W\d_]+\s+\d{4})\s*$")
_LIST_MARK = re.compile(r"(?<!\S)([a-z])\)")
_SHORTEST_OVERLAP = 2


@dataclass(frozen=True, slots=True)
class Columns:
    """Column titles, the place of each among the cells of its row, and the date that the titles state, if any."""

    titles: tuple[str, ...]
    places: tuple[int, ...]
    width: int
    date: str


@dataclass(frozen=True, slots=True)
class Record:
    """A means: its cells by rank of column, and the rest in the order it stands."""

    cells: dict[int, Cell] = field(default_factory=dict)
    rest: tuple[Cell, ...] = ()


def columns(header: Row) -> Columns:
    """Read the row of column titles."""
    places = tuple(place for place, title in enumerate(header.cells) if title.text)
    titles = [header.cells[place].text for place in places]
    dates = [match[1] for match in map(_DATE.search, titles) if match]
    return Columns(tuple(map(_name, titles)), places, len(header.cells), dates[0] if dates else "")


def _name(title: str) -> str:
    bare = _DATE.sub("", title.partition("(")[0].strip())
    bare = bare.replace("'", "’").replace("oeu", "œu")
    return bare.capitalize() if bare.isupper() else bare


def records(source: str, titles: Columns, rows: Sequence[Row], drop: Drop) -> list[Record]:
    """The means in order, each whole."""
    found: list[Record] = []
    above: Record | None = None
    for rank, row in enumerate(rows):
        piece = _aligned(row, titles)
        if _opens(piece, row):
            found.append(_merged(source, _lowered(above, piece), piece, drop) if above else piece)
            above = None
        elif not row.broken and _opens_after_break(rows[rank + 1 : rank + 2], titles):
            above = piece
        elif found:
            found[-1] = _merged(source, found[-1], piece, drop)
        else:
            found.append(piece)
    return found


def _opens(piece: Record, row: Row) -> bool:
    first = piece.cells.get(0)
    return first is not None and not (row.broken and first.text[0].islower())


def _opens_after_break(following: Sequence[Row], titles: Columns) -> bool:
    return any(row.broken and _opens(_aligned(row, titles), row) for row in following)


def _aligned(row: Row, titles: Columns) -> Record:
    """Cells under the titles: at the places of the titles, or counted from the left where an empty column is gone."""
    filled = {place: content for place, content in enumerate(row.cells) if content.text}
    counted = tuple(range(len(titles.titles)))
    if len(row.cells) == 1:
        return Record({}, tuple(filled.values()))
    choices = (titles.places, counted) if len(row.cells) == titles.width else (counted, titles.places)
    best = next((places for places in choices if filled.keys() <= set(places)), choices[0])
    ranks = {place: rank for rank, place in enumerate(best)}
    return Record(
        {ranks[place]: content for place, content in filled.items() if place in ranks},
        tuple(content for place, content in filled.items() if place not in ranks),
    )


def _lowered(above: Record, below: Record) -> Record:
    """The upper piece with each list moved to the column where the lower piece goes on with its next mark."""
    moved: dict[int, Cell] = {}
    for rank, content in above.cells.items():
        target = rank
        marks = _LIST_MARK.findall(content.text) if _LIST_MARK.match(content.text) else []
        if marks:
            following = f"{chr(ord(marks[-1]) + 1)})"
            goes_on = [r for r, other in below.cells.items() if other.text.startswith(following)]
            if rank not in goes_on and len(goes_on) == 1 and goes_on[0] not in above.cells:
                target = goes_on[0]
        moved[target] = content
    return Record(moved, above.rest)


def _merged(source: str, upper: Record, lower: Record, drop: Drop) -> Record:
    cells = dict(upper.cells)
    for rank, content in lower.cells.items():
        cells[rank] = _continued(source, cells[rank], content, drop) if rank in cells else content
    return Record(cells, upper.rest + lower.rest)


def _continued(source: str, upper: Cell, lower: Cell, drop: Drop) -> Cell:
    """Both pieces, the words that end the upper one and open the lower one kept once."""
    above, below = upper.text.split(), lower.text.split()
    shared = next((n for n in range(min(len(above), len(below)), 0, -1) if _same(above[-n:], below[:n])), 0)
    if shared == len(above):
        drop_cell(source, upper, DropReason.REPEATED, drop)
        return lower
    if shared < _SHORTEST_OVERLAP:
        return joined(source, upper, lower)
    rest = subtract(lower.runs, [lower.span(0, len(" ".join(below[:shared])))])
    drop_cell(source, cell(source, subtract(lower.runs, rest)), DropReason.REPEATED, drop)
    return joined(source, upper, cell(source, rest))


def _same(some: Sequence[str], others: Sequence[str]) -> bool:
    return [_plain(word) for word in some] == [_plain(word) for word in others]


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
