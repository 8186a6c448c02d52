"""`balise eval run CASES`: ask every question, score the answers, leave a folder for reports and gates."""

import argparse
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from assistant import assemble
from assistant.model.values import ChatModel
from assistant.ranking import load_ranking
from assistant.settings import load_settings
from evals.answerers import in_process, over_http
from evals.cases import Case, load_cases, unlocated
from evals.commands.arguments import filters, kept, positive
from evals.conditions import conditions
from evals.console import headline
from evals.errors import EvalError
from evals.journal import Journal
from evals.judge import comments
from evals.progress import bar
from evals.reports.write import write_reports
from evals.results import build
from evals.run import Ask, Conditions, Outcome, Run, run
from evals.sources import load_sources
from evals.summary import judge, summarise
from evals.tables import aligned, by_kind, by_language


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser("run", help="ask every question of the case files, and score the answers")
    parser.add_argument("cases", nargs="+", type=Path, help="case files: .jsonl, .csv, .xlsx, .yaml")
    parser.add_argument("--against", metavar="URL", help="ask this server; without it, ask in this process")
    parser.add_argument("--only", type=filters, default={}, metavar="kind=…,lang=…", help="keep these cases")
    parser.add_argument("--repeat", type=positive, default=1, help="ask each question this many times (1)")
    parser.add_argument(
        "--engine", choices=("extractive", "model"), help="without a language model, or only where one is set"
    )
    parser.add_argument("--clients", type=positive, default=1, help="questions asked at once (1)")
    parser.add_argument("--timeout", type=float, default=60.0, help="seconds given to each answer (60)")
    parser.add_argument("--out", type=Path, help="folder of the run; interrupted, the same command goes on from there")
    parser.add_argument("--fresh", action="store_true", help="start anew whatever is in the folder")
    parser.add_argument("--judge", action="store_true", help="a model comments on each answer; it decides nothing")
    parser.add_argument("--retry-failures", action="store_true", help="going on, ask again what crashed or came late")
    parser.set_defaults(command=command)


def command(options: argparse.Namespace) -> int:
    """Ask, score, print, write."""
    _possible(options)
    sources = load_sources(corpus := load_settings().corpus)
    cases = kept(load_cases(options.cases), options.only)
    if lost := unlocated(cases, sources):
        raise EvalError(str(corpus), lost)
    assistant = None if options.against else _assembled(options.engine)
    model = _judge_model(assistant) if options.judge else None
    ask = in_process(assistant) if assistant else over_http(options.against, options.timeout)
    about = conditions(options.cases, cases, vars(options), assistant)
    journal = Journal(options.out, about, fresh=options.fresh) if options.out else None
    started = datetime.now(UTC).isoformat(timespec="seconds")
    done = _asked(cases, ask, options, journal)
    judged = judge(done, sources)
    summary = summarise(done, judged, sources)
    print(aligned(by_language(summary)), aligned(by_kind(summary)), headline(done, summary), sep="\n\n")
    if journal:
        said = _comments(model, done) if model else {}
        journal.finish(build(_about(journal, about, done, started), judged, summary, sources, said))
        print("", *write_reports(journal.folder), sep="\n")
    return 0


def _possible(options: argparse.Namespace) -> None:
    """`EvalError` for options that do not go together."""
    if options.engine and options.against:
        raise EvalError("--engine", ["a server has its own engine; choose one only when asking in this process"])
    if options.judge and (options.against or not options.out):
        raise EvalError("--judge", ["comments go to the folder of a run in this process: give --out, and no --against"])


def _assembled(engine: str | None) -> assemble.Assistant:
    """The assistant of this process. `EvalError` when the engine asked for is not there."""
    settings = load_settings()
    assistant = assemble.build(settings.model_copy(update={"llm": None}) if engine == "extractive" else settings)
    if engine == "model" and assistant.language_model.model is None:
        raise EvalError("--engine", [assistant.language_model.reason or "no model is set; set BALISE_LLM"])
    return assistant


def _judge_model(assistant: assemble.Assistant | None) -> ChatModel:
    model = assistant.language_model.model if assistant else None
    if model is None:
        raise EvalError("--judge", ["no model is set; set BALISE_LLM"])
    return model


def _comments(model: ChatModel, done: Run) -> dict[str, str]:
    with bar("comments", len(done.first)) as progress:
        return comments(model, ((one.case, one.answer) for one in done.first), progress.update)


def _asked(cases: Sequence[Case], ask: Ask, options: argparse.Namespace, journal: Journal | None) -> Run:
    limits = Conditions(options.clients, options.timeout, time.perf_counter, options.repeat)
    done = journal.done(cases, failures_too=not options.retry_failures) if journal else {}
    with bar("asking", len(cases) * options.repeat) as progress:
        progress.update(len(done))

        def tell(outcome: Outcome) -> None:
            if journal:
                journal.keep(outcome)
            progress.update()

        return run(cases, ask, limits, tell, done)


def _about(journal: Journal, about: Mapping[str, object], done: Run, started: str) -> dict[str, object]:
    """The `run` of results.json."""
    answer = done.outcomes[0].answer
    return {
        **about,
        "name": journal.folder.resolve().name,
        "started": started,
        "seconds": done.seconds,
        "clients": done.clients,
        "engine": answer.get("engine") or about["engine"],
        "index_version": answer.get("index_version") or about["index_version"],
        "weights": {} if about["against"] else load_ranking().ranking,
    }
