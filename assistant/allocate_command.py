"""`balise allocate bodies.csv --measure 15158 --volet 1 --envelope 12000000 --year 2024-2025 --out result.xlsx`.

In: a list of bodies and the amounts, as arguments. Out: the amounts in the form that the name of `--out` asks for, or
as text. Exit status 1 where nothing could be computed: every problem is printed.
"""

import argparse
import json
import sys
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import get_args

from assistant.conversation import Calculation, Language
from assistant.list_allocation import Form, Request, compute, read_table, to_csv
from assistant.tools.errors import BadRows, InvalidInput, ToolError, Wording
from assistant.tools.figures import Figures
from assistant.tools.ground import MEASURES, VOLETS
from assistant.tools.lists import exact_number
from assistant.workbook import write
from assistant.working import to_html, to_text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("bodies", type=Path, help="list of bodies: .csv, .json or .xlsx")
    parser.add_argument("--measure", choices=MEASURES, default=MEASURES[0])
    parser.add_argument("--volet", choices=VOLETS, action="append", default=[], help="repeat for several volets")
    parser.add_argument("--envelope", action="append", required=True, help="in dollars; one for each volet, in order")
    parser.add_argument("--year", help="school year, such as 2024-2025")
    parser.add_argument("--base", help="base amount to assume (a hypothesis) where the documents give none")
    parser.add_argument("--cents", action="store_true", help="round to the cent instead of the dollar")
    parser.add_argument("--language", choices=get_args(Language), default="fr")
    parser.add_argument(
        "--leave-out-bad-rows", action="store_true", help="compute without the rows that cannot be used"
    )
    parser.add_argument("--out", type=Path, help="result: .xlsx, .csv, .json, .html or .txt; printed as text otherwise")


def run(arguments: argparse.Namespace, figures: Figures) -> int:
    """Compute and write; 0 where the amounts were written, 1 otherwise."""
    language: Language = arguments.language
    try:
        calculation = _computed(arguments, figures)
        _write(arguments.out, calculation, language)
    except BadRows as error:
        for row in error.rows:
            _complain(f"{arguments.bodies}:{row.line}: {row.reason[language]}")
        return 1
    except ToolError as error:
        _complain(error.sentence[language])
        return 1
    except OSError as error:
        _complain(f"{error.filename}: {error.strerror}")
        return 1
    return 0


def _computed(arguments: argparse.Namespace, figures: Figures) -> Calculation:
    request = Request(
        measure=arguments.measure,
        volets=_volets(arguments),
        envelopes=tuple(_amount(text) for text in arguments.envelope),
        school_year=arguments.year,
        base=None if arguments.base is None else _amount(arguments.base),
        in_cents=arguments.cents,
        language=arguments.language,
    )
    content = arguments.bodies.read_bytes()
    by_posts = request.measure == "15158"
    listed = read_table(content, form_of(arguments.bodies), by_posts=by_posts, leave_out=arguments.leave_out_bad_rows)
    return compute(figures, request, listed)


def _volets(arguments: argparse.Namespace) -> tuple[str, ...]:
    volets = tuple(arguments.volet)
    if arguments.measure != "15158" and volets:
        raise InvalidInput(Wording("La mesure 30100 n’a pas de volets.", "Measure 30100 has no volets."))
    if arguments.measure == "15158" and not volets:
        raise InvalidInput(
            Wording("Il manque le volet (--volet 1, 2 ou 3).", "The volet is missing (--volet 1, 2 or 3).")
        )
    if len(arguments.envelope) != max(len(volets), 1):
        raise InvalidInput(
            Wording("Il faut une enveloppe pour chaque volet.", "There must be one envelope for each volet.")
        )
    return volets


def _amount(text: str) -> Fraction:
    value = exact_number(text.replace("$", "").strip())
    if value is None:
        raise InvalidInput(
            Wording(f"«\u00a0{text}\u00a0» n’est pas un montant lisible.", f"“{text}” is not a readable amount.")
        )
    return value


def form_of(path: Path) -> Form:
    """The form of a list, from the ending of its name; CSV where it says nothing else."""
    forms: dict[str, Form] = {".json": "json", ".xlsx": "xlsx"}
    return forms.get(path.suffix.lower(), "csv")


def _write(out: Path | None, calculation: Calculation, language: Language) -> None:
    if out is None:
        sys.stdout.write(to_text(calculation, language) + "\n")
        return
    match out.suffix.lower():
        case ".xlsx":
            out.write_bytes(write(calculation, language))
        case ".csv":
            out.write_text(to_csv(calculation, language), encoding="utf-8-sig", newline="")
        case ".json":
            out.write_text(json.dumps(asdict(calculation), ensure_ascii=False, indent=2), encoding="utf-8")
        case ".html":
            out.write_text(to_html(calculation, language), encoding="utf-8")
        case _:
            out.write_text(to_text(calculation, language) + "\n", encoding="utf-8")


def _complain(text: str) -> None:
    sys.stderr.write(text + "\n")
