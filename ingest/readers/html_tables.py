"""Tables of a web page as full grids: spans filled in, header row and mere frames told apart."""

from collections.abc import Iterator

from ingest.readers.html_tree import Element

_WIDEST = 64
_TALLEST = 1_000
_CELLS = ("td", "th")
_BOLD = frozenset({"b", "strong"})

Row = list[Element | None]


def table_rows(table: Element) -> list[Row]:
    """Rows of equal width; None where nothing is to be written.

    A cell that spans rows is repeated in each, so that each row stands alone; one that spans columns is repeated in
    the first row only, where it is the title of several columns.
    """
    rows: list[Row] = []
    hanging: dict[int, tuple[Element, int]] = {}
    for tr in _rows(table):
        row: Row = []
        for cell in [*_cells(tr), None]:
            while len(row) in hanging:
                row.append(_hang(hanging, len(row)))
            if cell is None:
                break
            down = _span(cell, "rowspan", _TALLEST) - 1
            if down > 0:
                hanging[len(row)] = (cell, down)
            row += [cell, *([None if rows else cell] * (_span(cell, "colspan", _WIDEST) - 1))]
        rows.append(row[:_WIDEST])
    width = max((len(row) for row in rows), default=0)
    return [[*row, *[None] * (width - len(row))] for row in rows]


def is_frame(table: Element) -> bool:
    """Whether the table only places things on the page: it holds a table, or has one row or one column."""
    if table.attributes.get("role") in {"presentation", "none"} or next(table.elements("table"), None):
        return True
    rows = list(_rows(table))
    return len(rows) < 2 or all(len(_cells(row)) < 2 for row in rows)  # noqa: PLR2004 (rows and columns of a table)


def table_header(table: Element) -> bool:
    """Whether the first row is a header: in a `thead`, or all its cells are `th` or bold."""
    first = next(_rows(table), None)
    if first is None:
        return False
    if first.parent is not None and first.parent.name == "thead":
        return True
    cells = [cell for cell in _cells(first) if cell.words().strip()]
    return all(cell.name == "th" or _is_bold(cell) for cell in cells)


def _rows(table: Element) -> Iterator[Element]:
    for child in table.children:
        if isinstance(child, Element):
            if child.name == "tr":
                yield child
            elif child.name != "table":
                yield from _rows(child)


def _cells(row: Element) -> list[Element]:
    return [child for child in row.children if isinstance(child, Element) and child.name in _CELLS]


def _span(cell: Element, attribute: str, most: int) -> int:
    digits = cell.attributes.get(attribute, "").strip()
    return max(1, min(int(digits), most)) if digits.isdecimal() and len(digits) < len(str(most)) + 1 else 1


def _hang(hanging: dict[int, tuple[Element, int]], place: int) -> Element:
    cell, left = hanging.pop(place)
    if left > 1:
        hanging[place] = (cell, left - 1)
    return cell


def _is_bold(cell: Element) -> bool:
    bold = "".join(element.words() for element in cell.elements(*_BOLD))
    return "".join(bold.split()) == "".join(cell.words().split())
