"""Spreadsheets: a computation as live formulas, and the cells of a list that a person sends.

In: a `Calculation`, or the bytes of an .xlsx file. Out: the bytes of an .xlsx file, or rows of plain values. The cells
recompute to the same amounts: lists use whole numbers only, below the largest that a spreadsheet holds exactly.
Text never becomes a formula. Refuses a file that is not a workbook. The only importer of openpyxl.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from assistant.conversation import Calculation, Language
from assistant.tools.errors import InvalidInput, Wording

Value = str | int | float | Decimal | None
_LARGEST_EXACT = 2**53
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NAME = re.compile(r"\b[a-z][a-z0-9_]*\b")
_BOLD = Font(bold=True)


def read_cells(content: bytes) -> tuple[tuple[Value, ...], ...]:
    """The cells of the first sheet, computed values for formulas; booleans and dates as text."""
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise InvalidInput(
            Wording("Le fichier n’est pas un classeur .xlsx lisible.", "The file is not a readable .xlsx workbook.")
        ) from error
    try:
        sheet = book.worksheets[0]
        return tuple(tuple(_plain(value) for value in row) for row in sheet.iter_rows(values_only=True))
    finally:
        book.close()


def _plain(value: object) -> Value:
    if isinstance(value, bool):
        return str(value)
    return value if value is None or isinstance(value, (str, int, float)) else str(value)


def write(calculation: Calculation, language: Language) -> bytes:
    """The computation as a workbook: a sheet for each list, or one sheet of named lines."""
    book = Workbook(write_only=True)
    if calculation.operation == "list":
        _list_sheet(book, _Listing.of(calculation, calculation.volet, "envelope"), "Simulation", language)
    elif calculation.operation == "list_volets":
        for name in (name for name in calculation.inputs if name.startswith("envelope_")):
            volet = name.removeprefix("envelope_")
            _list_sheet(book, _Listing.of(calculation, volet, name), f"Volet {volet}", language)
        _totals_sheet(book, calculation, language)
    else:
        _lines_sheet(book, calculation, language)
    _notes_sheet(book, calculation, language)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class _Listing:
    """A list and its envelope, in whole units and whole weights."""

    def __init__(self, envelope: Fraction, base: Fraction, unit: Fraction, weights: Mapping[str, Fraction]) -> None:
        self.envelope, self.base, self.unit, self.weights = envelope, base, unit, weights
        self.scale = lcm(*(weight.denominator for weight in weights.values()))
        self.balance = int((envelope - base * len(weights)) / unit)
        order = sorted(weights, key=lambda name: (-weights[name], name))
        self.rank = {name: position for position, name in enumerate(order, start=1)}

    @classmethod
    def of(cls, calculation: Calculation, volet: str | None, envelope: str) -> "_Listing":
        inputs = calculation.inputs
        base = next((p.value for p in calculation.parameters if p.id.endswith(".base_amount")), "0")
        weights = {name.partition(":")[2]: Fraction(value) for name, value in inputs.items() if ":" in name}
        has_base = volet == "1"
        return cls(
            Fraction(inputs[envelope]), Fraction(base if has_base else "0"), Fraction(inputs["rounding_unit"]), weights
        )

    @property
    def is_exact(self) -> bool:
        """Whether every number of the sheet stays below the largest that a spreadsheet holds exactly."""
        total = int(sum(self.weights.values()) * self.scale)
        largest = max(self.balance, 1) * max(int(weight * self.scale) for weight in self.weights.values())
        return max(largest, total * (len(self.weights) + 2)) < _LARGEST_EXACT


def _list_sheet(book: Workbook, listing: _Listing, title: str, language: Language) -> None:
    if not listing.is_exact:
        raise InvalidInput(
            Wording(
                "Ces nombres dépassent ce qu’un tableur calcule exactement; demandez le résultat en CSV ou en JSON.",
                "These numbers are beyond what a spreadsheet computes exactly; ask for the result as CSV or JSON.",
            )
        )
    sheet = book.create_sheet(title)
    n = len(listing.weights)
    first, last = _HEAD_LINES + 2, _HEAD_LINES + 1 + n
    column = {letter: f"{letter}${first}:{letter}${last}" for letter in "CEHJ"}
    for label, value in _head(listing, column, n, language):
        sheet.append([_text(sheet, label), value])
    sheet.append([_text(sheet, header, bold=True) for header in _LIST_HEADERS[language]])
    for line, (name, weight) in enumerate(listing.weights.items(), start=first):
        sheet.append([_text(sheet, name), _number(weight), *_row(line, listing.rank[name], n)])
    sheet.append([_text(sheet, "Total", bold=True), *[None] * 8, f"=SUM({column['J']})"])


_HEAD_LINES = 10
_LIST_HEADERS: dict[Language, tuple[str, ...]] = {
    "fr": (
        "Organisme", "Postes ou effectif", "Poids entier", "Numérateur", "Unités entières", "Reste",
        "Rang en cas d’égalité", "Clé", "Unité ajoutée", "Montant",
    ),
    "en": (
        "Body", "Posts or enrolment", "Whole weight", "Numerator", "Whole units", "Remainder", "Rank in a tie", "Key",
        "Added unit", "Amount",
    ),
}  # fmt: skip


def _head(listing: _Listing, column: Mapping[str, str], n: int, language: Language) -> Iterator[tuple[str, Value]]:
    french = language == "fr"
    yield ("Enveloppe" if french else "Envelope"), _number(listing.envelope)
    yield ("Montant de base" if french else "Base amount"), _number(listing.base)
    yield ("Unité d’arrondi" if french else "Rounding unit"), _number(listing.unit)
    yield ("Nombre d’organismes" if french else "Number of bodies"), n
    yield ("Échelle des poids" if french else "Scale of weights"), listing.scale
    yield ("Solde, en unités" if french else "Balance, in units"), "=ROUND((B1-B2*B4)/B3,0)"
    yield ("Total des poids entiers" if french else "Total of whole weights"), f"=MAX(SUM({column['C']}),1)"
    yield ("Unités à placer" if french else "Units to place"), f"=B6-SUM({column['E']})"
    yield ("Seuil de la clé" if french else "Threshold of the key"), f"=IF(B8>0,LARGE({column['H']},B8),0)"
    yield ("Écart avec l’enveloppe" if french else "Gap with the envelope"), f"=ROUND(B1-SUM({column['J']}),2)"


def _row(line: int, rank: int, n: int) -> tuple[Value, ...]:
    """Largest remainder in whole numbers; E is corrected where the division rounds up."""
    return (
        f"=ROUND(B{line}*B$5,0)",
        f"=B$6*C{line}",
        f"=INT(D{line}/B$7)-IF(INT(D{line}/B$7)*B$7>D{line},1,0)",
        f"=D{line}-E{line}*B$7",
        rank,
        f"=F{line}*{n + 1}+{n + 1}-G{line}",
        f"=IF(AND(B$8>0,H{line}>=B$9),1,0)",
        f"=ROUND(B$2+(E{line}+I{line})*B$3,2)",
    )


def _totals_sheet(book: Workbook, calculation: Calculation, language: Language) -> None:
    sheet = book.create_sheet("Total")
    volets = [name.removeprefix("envelope_") for name in calculation.inputs if name.startswith("envelope_")]
    sheet.append(
        [_text(sheet, header, bold=True) for header in (_LIST_HEADERS[language][0], _LIST_HEADERS[language][-1])]
    )
    for line, result in enumerate(calculation.results, start=_HEAD_LINES + 2):
        formula = "+".join(f"'Volet {volet}'!J{line}" for volet in volets)
        sheet.append([_text(sheet, result.label), f"={formula}"])


def _lines_sheet(book: Workbook, calculation: Calculation, language: Language) -> None:
    """Inputs, figures, steps, results: a line each; a name used in a formula points to the line that bears it."""
    sheet = book.create_sheet("Simulation" if calculation.measure else "Calcul" if language == "fr" else "Working")
    headers = ("Ligne", "Valeur", "Détail") if language == "fr" else ("Line", "Value", "Detail")
    sheet.append([_text(sheet, header, bold=True) for header in headers])
    places: dict[str, str] = {}
    for name, label, value, detail in _lines(calculation):
        line = len(places) + 2
        cell = _live(value, places) if value.startswith("=") else _number(Fraction(value)) if value else None
        places[name or f"line_{line}"] = f"B{line}"
        sheet.append([_text(sheet, label), cell, _text(sheet, detail)])


def _lines(calculation: Calculation) -> Iterator[tuple[str, str, str, str]]:
    for name, value in calculation.inputs.items():
        yield name, name, value, ""
    for parameter in calculation.parameters:
        name = parameter.id.rpartition(".")[2]
        yield name, parameter.label, parameter.value, parameter.source.quote if parameter.source else ""
    for step in calculation.steps:
        yield step.name, step.label, f"={step.live}" if step.live else step.exact, step.expression
    for result in calculation.results:
        value = f"={result.live}" if result.live else result.amount
        yield "", result.label, value, " ".join(part for part in (result.qualifier, result.unit) if part)


def _live(formula: str, places: Mapping[str, str]) -> str:
    return _NAME.sub(lambda match: places[match[0]], formula)


def _notes_sheet(book: Workbook, calculation: Calculation, language: Language) -> None:
    sheet = book.create_sheet("Notes")
    notes: Sequence[str] = (
        calculation.formula,
        calculation.rounding,
        *calculation.assumptions,
        *calculation.warnings,
        *(f"{source.document}: {source.quote}" for source in calculation.sources),
        "Simulation\u00a0: aucun montant officiel." if language == "fr" else "Simulation: no official amount.",
    )
    for note in notes:
        sheet.append([_text(sheet, note)])


def _text(sheet: WriteOnlyWorksheet, text: str, *, bold: bool = False) -> WriteOnlyCell:
    """A cell of text, whatever its first character: never a formula."""
    cell = WriteOnlyCell(sheet, value=_CONTROL.sub("", text))
    cell.data_type = "s"
    if text[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        cell.quotePrefix = True
    if bold:
        cell.font = _BOLD
    return cell


def _number(value: Fraction) -> Value:
    if value.denominator == 1:
        return value.numerator
    scale = next((n for n in range(1, 16) if (value * 10**n).denominator == 1), None)
    if scale is None:
        return f"={value.numerator}/{value.denominator}"
    return Decimal(int(value * 10**scale)).scaleb(-scale)
