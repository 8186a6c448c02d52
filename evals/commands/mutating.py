"""`balise eval mutate`: break the program on purpose, one way at a time; does the gate notice?"""

import argparse
from pathlib import Path

from assistant import assemble
from assistant.settings import load_settings
from evals.cases import load_cases, unlocated
from evals.errors import EvalError
from evals.mutations.check import Finding, check
from evals.mutations.damages import DAMAGES
from evals.progress import bar
from evals.sources import load_sources
from evals.tables import aligned, piped

_CASES = Path(__file__).parents[1] / "cases" / "dev_questions.jsonl"
_LONGEST = 70


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser("mutate", help="break the program on purpose, and see whether the gate notices")
    parser.add_argument("cases", nargs="*", type=Path, default=[_CASES], help="case files (the development questions)")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    parser.set_defaults(command=command)


def command(options: argparse.Namespace) -> int:
    """Print what became of each damage; 1 when the gate was fooled, or a damage changed nothing."""
    settings = load_settings()
    sources = load_sources(settings.corpus)
    cases = load_cases(options.cases)
    if lost := unlocated(cases, sources):
        raise EvalError(str(settings.corpus), lost)
    assistant = assemble.build(settings)
    with bar("damages", len(DAMAGES)) as progress:
        findings = list(check(assistant, cases, sources, progress.update))
    rows = [["damage", "what is broken", "asked", "changed", "gate", "first reason"], *map(_row, findings)]
    print((piped if options.markdown else aligned)(rows))
    missed = [finding.damage.name for finding in findings if not finding.caught]
    print(f"\n{len(findings) - len(missed)} of {len(findings)} caught{': not ' + ', '.join(missed) if missed else ''}")
    return 1 if missed else 0


def _row(finding: Finding) -> list[str]:
    said = "closed" if finding.caught else "open" if finding.changed else "no effect"
    reason = finding.fell[0].replace("\n", " ").replace("|", "/") if finding.fell else ""
    short = reason if len(reason) <= _LONGEST else reason[:_LONGEST].rstrip() + "…"
    return [finding.damage.name, finding.damage.what, str(finding.asked), str(finding.changed), said, short]
