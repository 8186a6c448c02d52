"""`balise eval report DIR` and `balise eval annotate DIR FILE.xlsx`: what people read of a run, and what they think."""

import argparse
from pathlib import Path

from evals.errors import EvalError
from evals.reports import agreement
from evals.reports.workbook import read_annotations
from evals.reports.write import write_reports
from evals.results import read_results


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands and their arguments."""
    report = commands.add_parser("report", help="write report.html, report.xlsx, junit.xml and summary.md of a run")
    report.add_argument("run", type=Path, help="folder of the run")
    report.add_argument("--language", choices=("fr", "en"), default="fr", help="language of the words (fr)")
    report.add_argument("--earlier", nargs="*", type=Path, default=(), help="folders of earlier runs, for the history")
    report.set_defaults(command=write)
    annotate = commands.add_parser("annotate", help="read back the verdicts that a person wrote in report.xlsx")
    annotate.add_argument("run", type=Path, help="folder of the run")
    annotate.add_argument("workbook", type=Path, help="the workbook, filled in")
    annotate.add_argument("--by", required=True, help="name of the person")
    annotate.set_defaults(command=merge)


def write(options: argparse.Namespace) -> int:
    """Write the files of a run again."""
    for path in write_reports(options.run, options.language, options.earlier):
        print(path)
    return 0


def merge(options: argparse.Namespace) -> int:
    """Add the verdicts to those of the run, and say how far people and program agree."""
    try:
        content = options.workbook.read_bytes()
    except OSError as error:
        raise EvalError(str(options.workbook), [f"cannot be read: {error.strerror}"]) from error
    given = read_annotations(content, options.workbook.name, options.by)
    annotations = agreement.merged(agreement.load(options.run), given)
    readers = agreement.readers(read_results(options.run), annotations)
    agreement.save(options.run, annotations)
    for reader in readers:
        kappa = "–" if reader.kappa is None else f"{reader.kappa:.2f}"
        print(
            f"{reader.by}: {reader.count} case(s) read, {100 * reader.agreement:.0f} % agree with the automatic "
            f"verdict [{100 * reader.low:.0f}–{100 * reader.high:.0f}], kappa {kappa}"
        )
        for one in reader.differing:
            print(f"  {one.id}: {one.automatic} for the program, {one.verdict} for {reader.by}. {one.comment}".rstrip())
    print(f"Seen in the report after: balise eval report {options.run}")
    return 0
