"""Spreadsheets of the evaluations: the cells of .xlsx files as plain values, and the same written.

In: the bytes of a workbook, or rows by sheet name. Out: rows, or bytes. Text never becomes a formula. Refuses what is
not a workbook. The only importer of openpyxl here; `assistant.workbook` writes computations, and knows nothing of
tests.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

Cell = str | int | float | bool | None
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_WIDE = 60
_NARROW = 12


class NotAWorkbookError(ValueError):
    """The bytes are not a readable .xlsx workbook."""


def read_sheet(content: bytes) -> tuple[str, tuple[tuple[Cell, ...], ...]]:
    """The name and the cells of the first sheet; computed values for formulas, dates as text."""
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise NotAWorkbookError("not a readable .xlsx workbook") from error
    try:
        sheet = book.worksheets[0]
        return sheet.title, tuple(tuple(_plain(value) for value in row) for row in sheet.iter_rows(values_only=True))
    finally:
        book.close()


def write_sheets(sheets: Mapping[str, Iterable[Sequence[Cell]]]) -> bytes:
    """A workbook of these sheets, the first row of each in bold and frozen; text wraps."""
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        table = [list(row) for row in rows]
        sheet.freeze_panes = "A2"
        for place, width in enumerate(_widths(table), start=1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        for number, row in enumerate(table):
            sheet.append([_cell(sheet, value, bold=number == 0) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def address(row: int, column: int) -> str:
    """« D7 » for row 7 and column 4, both from 1."""
    return f"{get_column_letter(column)}{row}"


def _widths(rows: Sequence[Sequence[Cell]]) -> list[int]:
    columns = max(map(len, rows), default=0)
    longest = [max(len(str(row[place])) for row in rows if place < len(row)) for place in range(columns)]
    return [min(max(size + 2, _NARROW), _WIDE) for size in longest]


def _cell(sheet: object, value: Cell, *, bold: bool) -> object:
    cell = WriteOnlyCell(sheet, _CONTROL.sub("", value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"  # "=…" stays text
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.font = Font(bold=bold)
    return cell


def _plain(value: object) -> Cell:
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)
