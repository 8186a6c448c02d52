"""A whole list allocated, and written in the form that is asked for: shared by the command and the HTTP interface.

In: the bytes of a list (CSV, JSON or XLSX) or its rows, and what to compute. Out: a `Calculation`, then its text, JSON,
CSV, HTML or XLSX. Raises `ToolError`s; `BadRows` carries every bad row.
"""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Literal

from assistant.conversation import BodyType, Calculation, Language
from assistant.tools.allocation import CENT, DOLLAR
from assistant.tools.errors import InvalidInput, RowProblem, Wording
from assistant.tools.figures import Figures
from assistant.tools.ground import Ground, lay_ground
from assistant.tools.lists import BodyTable, Cell, csv_cells, decode, read_records, table
from assistant.tools.scenarios import volets_of_each
from assistant.tools.share_lists import share_of_each
from assistant.workbook import read_cells

Form = Literal["csv", "json", "xlsx"]


@dataclass(frozen=True, slots=True)
class Request:
    """What to compute: one envelope for each volet, in order (one alone for measure 30100)."""

    measure: str
    volets: tuple[str, ...]
    envelopes: tuple[Fraction, ...]
    school_year: str | None = None
    base: Fraction | None = None
    in_cents: bool = False
    language: Language = "fr"
    body_type: BodyType | None = None


def read_table(content: bytes, form: Form, *, by_posts: bool, leave_out: bool = False) -> BodyTable:
    """The bodies of a file."""
    if form == "json":
        return _json_table(content, by_posts=by_posts, leave_out=leave_out)
    cells: Sequence[Sequence[Cell]] = read_cells(content) if form == "xlsx" else csv_cells(decode(content))
    return table(cells, by_posts=by_posts, leave_out=leave_out)


def _json_table(content: bytes, *, by_posts: bool, leave_out: bool) -> BodyTable:
    try:
        rows = json.loads(content, parse_float=Decimal, parse_constant=str)
    except (ValueError, InvalidOperation, RecursionError) as error:
        raise InvalidInput(
            Wording("Le fichier n’est pas du JSON lisible.", "The file is not readable JSON.")
        ) from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InvalidInput(Wording("Le JSON doit être une liste d’organismes.", "The JSON must be a list of bodies."))
    return read_records(enumerate(rows, start=1), by_posts=by_posts, leave_out=leave_out)


def compute(figures: Figures, request: Request, listed: BodyTable) -> Calculation:
    """The amount of each body."""
    grounds = [_ground(figures, request, volet) for volet in request.volets or (None,)]
    if len(grounds) > 1:
        calculation = volets_of_each(grounds, request.envelopes, listed.bodies)
    else:
        calculation = share_of_each(grounds[0], request.envelopes[0], listed.bodies)
    return replace(calculation, warnings=(*calculation.warnings, *_left_out(listed.left_out, request.language)))


def _ground(figures: Figures, request: Request, volet: str | None) -> Ground:
    return lay_ground(
        figures,
        request.language,
        request.measure,
        volet,
        request.school_year,
        base=request.base if volet == "1" else None,
        unit=CENT if request.in_cents else DOLLAR,
        body_type=request.body_type,
    )


def _left_out(rows: Sequence[RowProblem], language: Language) -> tuple[str, ...]:
    if not rows:
        return ()
    start = "Lignes laissées de côté à votre demande\u00a0: " if language == "fr" else "Rows left out at your request: "
    word = "ligne" if language == "fr" else "line"
    colon = "\u00a0:" if language == "fr" else ":"
    return (start + "; ".join(f"{word} {row.line}{colon} {row.reason[language]}" for row in rows) + ".",)


def to_csv(calculation: Calculation, language: Language) -> str:
    """One line a body: name, weight, exact quota, amount; semicolons in French; text never reads as a formula."""
    french = language == "fr"
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if french else ",", lineterminator="\r\n")
    writer.writerow(
        ("organisme", "cle", "quota_exact", "montant") if french else ("body", "key", "exact_quota", "amount")
    )
    weights = {name.partition(":")[2]: value for name, value in calculation.inputs.items() if ":" in name}
    for result in calculation.results:
        numbers = (weights.get(result.label, ""), result.exact, result.amount)
        writer.writerow((harmless(result.label), *((n.replace(".", ",") if french else n) for n in numbers)))
    return out.getvalue()


def harmless(text: str) -> str:
    """A cell that a spreadsheet shows as text: an apostrophe goes before what would start a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
