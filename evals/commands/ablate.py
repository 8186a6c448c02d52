"""`balise eval ablation CASES`: what each part of the search is worth, as a table."""

import argparse
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import assemble
from assistant.conversation import PipelineStep, Turn
from assistant.route import make_route
from assistant.settings import Settings, load_settings
from assistant.signals import SignalReader
from evals import fit
from evals.ablation import fitted, one_out, search, steps_up
from evals.answerers import in_process
from evals.cases import Case, load_cases
from evals.commands.arguments import filters, kept, positive
from evals.progress import bar
from evals.run import Ask, Conditions, run
from evals.sources import Sources, load_sources
from evals.summary import ALL, judge, summarise
from evals.tables import Rows, aligned

MEASURES = ("hit_at_1", "hit_at_5", "reciprocal_rank", "abstention_precision", "abstention_recall", "right")
_TIMEOUT = 60.0

_WARNING = """the fit asks wordings of the corpus' expected questions that the embedding model must not have been
trained on, or the vectors are trusted far too much (docs/adr/0004); for a model that was, name another with --fit-model
and --fit-data"""


@dataclass(slots=True)
class _Search:
    """The search step in use; changed from one configuration to the next."""

    step: PipelineStep

    def __call__(self, turn: Turn) -> Turn:
        return self.step(turn)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser("ablation", help="what each part of the search is worth", epilog=_WARNING)
    parser.add_argument("cases", nargs="+", type=Path, help="case files")
    parser.add_argument("--only", type=filters, default={}, metavar="kind=…,lang=…", help="keep these cases")
    parser.add_argument("--one-out", action="store_true", help="also the whole without each of its parts")
    parser.add_argument("--count", type=positive, default=1500, help="expected questions asked for the fit (1500)")
    parser.add_argument("--seed", type=int, default=1, help="which ones (1)")
    parser.add_argument("--fit-model", help="embedding model of the fit (the one in use)")
    parser.add_argument("--fit-data", type=Path, help="data folder of an index made with it (the one in use)")
    parser.add_argument("--out", type=Path, help="write the table to this JSON file too")
    parser.set_defaults(command=command)


def command(options: argparse.Namespace) -> int:
    """Fit each configuration, ask it every question, print the table."""
    settings = load_settings()
    sources = load_sources(settings.corpus)
    cases = kept(load_cases(options.cases), options.only)
    fitting, asked = _asked(settings, options)
    inner = _Search(lambda turn: turn)
    assistant = assemble.build(settings, lambda _: inner)
    ask = in_process(assistant)
    configurations = [*steps_up(), *(one_out() if options.one_out else ())]
    measured: dict[str, Mapping[str, float | None]] = {}
    with bar("measuring", len(configurations)) as progress:
        for one in configurations:
            ranking = fitted(asked, one, fitting)
            inner.step = search(assistant.signals, ranking, one, settings.gate)
            measured[one.name] = _measured(cases, ask, sources)
            progress.update()
    print(aligned(_table(measured)))
    if options.out:
        options.out.write_text(json.dumps(measured, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def _asked(settings: Settings, options: argparse.Namespace) -> tuple[SignalReader, list[fit.Asked]]:
    """The expected questions as asked, each left out of its index, and the signals they were read with."""
    changed = {"embedding_model": options.fit_model, "data": options.fit_data}
    given = {name: value for name, value in changed.items() if value is not None}
    assistant = assemble.build(Settings.model_validate({**settings.model_dump(), **given}))
    route = make_route([stored.entry for stored in assistant.index.documents.values()])
    with bar("asking", options.count) as progress:
        return assistant.signals, fit.ask(assistant.signals, route, options.count, options.seed, progress.update)


def _measured(cases: Sequence[Case], ask: Ask, sources: Sources) -> dict[str, float | None]:
    done = run(cases, ask, Conditions(1, _TIMEOUT, time.perf_counter))
    groups = summarise(done, judge(done, sources), sources).groups
    return {one.measure: one.value for one in groups if one.kind == one.lang == ALL and one.measure in MEASURES}


def _table(measured: Mapping[str, Mapping[str, float | None]]) -> Rows:
    return [["search", *MEASURES], *([name, *map(_cell, _ordered(values))] for name, values in measured.items())]


def _ordered(values: Mapping[str, float | None]) -> list[float | None]:
    return [values.get(name) for name in MEASURES]


def _cell(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"
