"""`balise eval import` and `balise eval export`: other people's test sets to ours, and ours to other forms."""

import argparse
import json
import sys
from pathlib import Path

from evals.casefiles import FORMS, case_file
from evals.cases import load_cases
from evals.cells import COLUMNS
from evals.commands.arguments import pair
from evals.errors import EvalError
from evals.evalap import dataset
from evals.layouts import convert
from evals.records import load_records

_IMPORT = f"""columns that are headed by a field's name, in French or English, need no --map.
fields: {", ".join(COLUMNS)}
example: balise eval import essai.xlsx --map "Question du public=question" "Réponse=must_include" --set lang=fr
answerable=oui --out essai.jsonl"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the two commands and their arguments."""
    parser = commands.add_parser(
        "import", help="bring another layout to a case file, by naming which column holds which field", epilog=_IMPORT
    )
    parser.add_argument("file", type=Path, help="rows: .csv, .xlsx, .json, .jsonl, .yaml")
    parser.add_argument("--map", nargs="+", type=pair, default=[], metavar="COLUMN=FIELD", help="which holds which")
    parser.add_argument("--set", nargs="+", type=pair, default=[], metavar="FIELD=VALUE", help="where no column does")
    parser.add_argument("--out", type=Path, required=True, help=f"the case file, by its ending: {', '.join(FORMS)}")
    parser.set_defaults(command=bring)
    parser = commands.add_parser("export", help="write case files in another form, for a spreadsheet or for EvalAP")
    parser.add_argument("cases", nargs="+", type=Path, help="case files")
    parser.add_argument("--evalap", action="store_true", help="the body of EvalAP's POST /v1/dataset, as JSON")
    parser.add_argument("--name", default="balise", help="name of the data set in EvalAP (balise)")
    parser.add_argument("--out", type=Path, required=True, help=f"{', '.join(FORMS)}; .json for EvalAP")
    parser.set_defaults(command=send)


def bring(options: argparse.Namespace) -> int:
    """Convert, check, write."""
    form = _form(options.out)
    records, left_out = convert(options.file, dict(options.map), dict(options.set))
    options.out.write_bytes(case_file(records, form))
    if left_out:
        print(f"columns left out: {', '.join(left_out)}", file=sys.stderr)
    print(f"{options.out}: {len(records)} case(s)")
    return 0


def send(options: argparse.Namespace) -> int:
    """Check the cases, then write them."""
    cases = load_cases(options.cases)
    if options.evalap:
        body = dataset(cases, options.name)
        options.out.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    else:
        records = [record for path in options.cases for record in load_records(path)[0]]
        options.out.write_bytes(case_file(records, _form(options.out)))
    print(f"{options.out}: {len(cases)} case(s)")
    return 0


def _form(out: Path) -> str:
    form = out.suffix.lower()
    if form not in FORMS:
        raise EvalError(str(out), [f"no case file ends with {form!r}; give one of {', '.join(FORMS)}"])
    return form
