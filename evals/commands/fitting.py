"""`balise eval fit`: the coefficients of the ranking and of its gate, from the corpus' own expected questions."""

import argparse
from pathlib import Path

from assistant import assemble
from assistant.ranking import RANKING_FILE
from assistant.route import make_route
from assistant.settings import load_settings
from evals import fit
from evals.commands.arguments import positive
from evals.progress import bar


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser("fit", help="fit the ranking and its gate on the corpus' own expected questions")
    parser.add_argument("--count", type=positive, default=2500, help="expected questions asked (2500)")
    parser.add_argument("--seed", type=int, default=1, help="which ones (1)")
    parser.add_argument("--out", type=Path, default=RANKING_FILE, help="where the coefficients go (the file in use)")
    parser.set_defaults(command=command)


def command(options: argparse.Namespace) -> int:
    """Ask, fit, write the file."""
    assistant = assemble.build(load_settings())
    signals = assistant.signals
    route = make_route([stored.entry for stored in assistant.index.documents.values()])
    with bar("asking", options.count) as progress:
        asked = fit.ask(signals, route, options.count, options.seed, progress.update)
    ranking = fit.fit_ranking(asked)
    least = fit.fit_least_score(asked, ranking, signals.unit_of)
    fit.write(options.out, ranking, fit.fit_gate(asked, ranking, signals.unit_of), least)
    print(options.out)
    return 0
