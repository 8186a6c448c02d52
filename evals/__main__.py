"""`python -m evals run | verify | gate | fit`: arguments in, report out.

Exit codes: 0 all is well, 1 something fell or a violation was found, 2 what was given cannot be used.
"""

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tqdm import tqdm

from assistant import assemble
from assistant.errors import AssistantError
from assistant.ranking import RANKING_FILE
from assistant.route import make_route
from assistant.settings import load_settings
from evals import fit
from evals.answerers import in_process, over_http
from evals.answers import load_answers
from evals.cases import Case, load_cases, unlocated
from evals.errors import EvalError
from evals.gate import Baseline, Results, fallen, read
from evals.report import headline, write
from evals.run import Conditions, run
from evals.sources import load_sources
from evals.summary import judge, summarise
from evals.tables import aligned, by_kind, by_language
from evals.verify import verify
from ingest.errors import IngestError

_FILTERS = ("kind", "lang", "persona", "id")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except (EvalError, AssistantError, IngestError) as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="evals", description="Measure the answers of Balise.")
    commands = parser.add_subparsers(required=True)
    asking = commands.add_parser("run", help="ask every question of the case files, and score the answers")
    asking.add_argument("cases", nargs="+", type=Path, help="case files (JSON lines)")
    asking.add_argument("--against", metavar="URL", help="ask this server; without it, ask in this process")
    asking.add_argument("--only", type=_filters, default={}, metavar="kind=…,lang=…", help="keep these cases")
    asking.add_argument("--clients", type=_positive, default=1, help="questions asked at once (1)")
    asking.add_argument("--timeout", type=float, default=60.0, help="seconds given to each answer (60)")
    asking.add_argument("--out", type=Path, help="folder of report.md, results.json and answers.jsonl")
    asking.set_defaults(command=_run)
    checking = commands.add_parser("verify", help="check every quote and figure of answers, without the assistant")
    checking.add_argument("answers", type=Path, help='JSON lines {"id", "answer"}')
    checking.set_defaults(command=_verify)
    gating = commands.add_parser("gate", help="fail when a number of a run is worse than the baseline")
    gating.add_argument("--baseline", type=Path, required=True, help='JSON {"min": {measure: least}, "max": {…}}')
    gating.add_argument("--results", type=Path, required=True, help="results.json of a run")
    gating.set_defaults(command=_gate)
    fitting = commands.add_parser("fit", help="fit the ranking and its gate on the corpus' own expected questions")
    fitting.add_argument("--count", type=_positive, default=1500, help="expected questions asked (1500)")
    fitting.add_argument("--seed", type=int, default=1, help="which ones (1)")
    fitting.add_argument("--out", type=Path, default=RANKING_FILE, help="where the coefficients go (the file in use)")
    fitting.set_defaults(command=_fit)
    return parser


def _positive(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a positive number")
    return int(text)


def _filters(text: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in text.split(",")]
    wrong = [name + equals + value for name, equals, value in pairs if name not in _FILTERS or not value]
    if wrong:
        raise argparse.ArgumentTypeError(f"{wrong} not understood; give name=value with a name of {_FILTERS}")
    return {name: value for name, _, value in pairs}


def _run(options: argparse.Namespace) -> int:
    settings = load_settings()
    sources = load_sources(settings.corpus)
    cases = _kept(load_cases(options.cases), options.only)
    lost = unlocated(cases, sources)
    if lost:
        raise EvalError(str(settings.corpus), lost)
    ask = over_http(options.against, options.timeout) if options.against else in_process(settings)
    with tqdm(total=len(cases), unit="question", disable=None) as bar:
        done = run(cases, ask, Conditions(options.clients, options.timeout, time.perf_counter), bar.update)
    judged = judge(done, sources)
    summary = summarise(done, judged)
    print(aligned(by_language(summary)), aligned(by_kind(summary)), headline(done, summary), sep="\n\n")
    if options.out:
        write(options.out, done, judged, summary, sources)
        print(f"\n{options.out / 'report.md'}")
    return 0


def _kept(cases: Sequence[Case], only: Mapping[str, str]) -> tuple[Case, ...]:
    kept = tuple(case for case in cases if all(getattr(case, name) == value for name, value in only.items()))
    if not kept:
        raise EvalError("--only", [f"no case is {dict(only)}"])
    return kept


def _verify(options: argparse.Namespace) -> int:
    sources = load_sources(load_settings().corpus)
    answers = load_answers(options.answers)
    violations = [found for name, answer in answers for found in verify(name, answer, sources)]
    for found in violations:
        print(f"{found.answer}: {found.check} {found.what!r} in: {found.where}")
    print(f"{len(answers)} answer(s), {len(violations)} violation(s)")
    return 1 if violations else 0


def _fit(options: argparse.Namespace) -> int:
    assistant = assemble.build(load_settings())
    signals = assistant.signals
    route = make_route([stored.entry for stored in assistant.index.documents.values()])
    with tqdm(total=options.count, unit="question", disable=None) as bar:
        asked = fit.ask(signals, route, options.count, options.seed, bar.update)
    ranking = fit.fit_ranking(asked)
    least = fit.fit_least_score(asked, ranking, signals.unit_of)
    fit.write(options.out, ranking, fit.fit_gate(asked, ranking, signals.unit_of), least)
    print(options.out)
    return 0


def _gate(options: argparse.Namespace) -> int:
    fell = fallen(read(options.baseline, Baseline), read(options.results, Results))
    for sentence in fell:
        print(f"FELL: {sentence}")
    print("The gate is closed." if fell else "The gate is open: nothing fell.")
    return 1 if fell else 0


if __name__ == "__main__":
    sys.exit(main())
