"""Tables of a Word document as full grids: merged cells filled in, the header row told apart by how it looks.

Works on the XML elements that `ingest.readers.docx` hands over; imports no library.
"""

from collections.abc import Callable, Iterator
from typing import TypeVar

from ingest.readers.docx_styles import Element, Styles, is_on, value, w
from ingest.readers.markup import Cell

E = TypeVar("E", bound=Element)

_WIDEST = 64
_FIRST_ROW = 0x0020  # in the older, hexadecimal form of w:tblLook


def table_rows(table: E, read_cell: Callable[[E], Cell]) -> list[list[Cell]]:
    """Rows of equal width. A cell merged downwards is repeated in each row it spans, so that each row stands alone."""
    rows: list[list[Cell]] = []
    above: list[Cell] = []
    for row in _children(table, "w:tr"):
        cells: list[Cell] = [()] * _number(row.find(w("w:trPr/w:gridBefore")), 0)
        for cell in _children(row, "w:tc"):
            properties = cell.find(w("w:tcPr"))
            merged = properties.find(w("w:vMerge")) if properties is not None else None
            place = len(cells)
            goes_on = merged is not None and value(merged) != "restart" and place < len(above)
            cells.append(above[place] if goes_on else read_cell(cell))
            span = _number(properties.find(w("w:gridSpan")) if properties is not None else None, 1)
            cells += [() if rows else cells[place]] * (span - 1)
        rows.append(cells[:_WIDEST])
        above = cells
    width = max((len(row) for row in rows), default=0)
    return [[*row, *[()] * (width - len(row))] for row in rows]


def has_header(table: Element, styles: Styles) -> bool:
    """Whether the first row is a header: said to be one, or set apart by the table style, bold type or shading."""
    first = next(_children(table, "w:tr"), None)
    if first is None:
        return False
    if is_on(first.find(w("w:trPr/w:tblHeader"))):
        return True
    if _looks_first(table) and styles.formats_first_row(table):
        return True
    cells = list(_children(first, "w:tc"))
    return all(_is_shaded(cell) for cell in cells) or all(_is_bold(cell, styles) for cell in cells)


def _children(node: E, tag: str) -> Iterator[E]:
    """Children with this tag, those inside content controls included."""
    for child in node:
        if child.tag == w(tag):
            yield child
        elif child.tag in {w("w:sdt"), w("w:sdtContent"), w("w:customXml")}:
            yield from _children(child, tag)


def _number(element: Element | None, otherwise: int) -> int:
    digits = value(element)
    return min(int(digits), _WIDEST) if digits.isdecimal() and len(digits) < 9 else otherwise  # noqa: PLR2004 (bounded)


def _looks_first(table: Element) -> bool:
    look = table.find(w("w:tblPr/w:tblLook"))
    if look is None or value(look, "w:firstRow"):
        return value(look, "w:firstRow") not in {"0", "false", "off"}
    try:
        return bool(int(value(look), 16) & _FIRST_ROW)
    except ValueError:
        return True


def _is_shaded(cell: Element) -> bool:
    return value(cell.find(w("w:tcPr/w:shd")), "w:fill").lower() not in {"", "auto", "ffffff"}


def _is_bold(cell: Element, styles: Styles) -> bool:
    runs = [
        is_on(run.find(w("w:rPr/w:b"))) or styles.is_bold(paragraph)
        for paragraph in cell.iter(w("w:p"))
        for run in paragraph.iter(w("w:r"))
        if "".join(text.text or "" for text in run.iter(w("w:t"))).strip()
    ]
    return bool(runs) and all(runs)
