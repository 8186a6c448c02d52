"""`balise eval lint`: which expected questions and known gaps deserve a second look."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from assistant import assemble
from assistant.ranking import load_ranking
from assistant.route import make_route
from assistant.settings import load_settings
from evals.lint import Finding, alike, misled
from evals.progress import bar
from ingest.embed import load_embedder


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser("lint", help="list the expected questions and known gaps to review")
    parser.add_argument("--out", type=Path, help="also write every finding, one JSON object a line")
    parser.add_argument("--document", help="only the gaps that a passage of this document (by id) may have filled")
    parser.add_argument("--shown", type=int, default=20, help="findings printed of each kind (20)")
    parser.set_defaults(command=command)


def command(options: argparse.Namespace) -> int:
    """Ask every question without itself; print the surest findings of each kind."""
    settings = load_settings()
    assistant = assemble.build(settings)
    signals = assistant.signals
    route = make_route([stored.entry for stored in assistant.index.documents.values()])
    with bar("asking", len(signals.questions)) as progress:
        found = list(misled(signals, route, load_ranking(), settings.gate, progress.update))
    if options.document:
        found = [one for one in found if one.kind == "answered" and one.other.startswith(f"{options.document}/")]
    else:
        embedder = load_embedder(settings.embedding_model, allow_download=settings.allow_model_download)
        vectors = np.asarray(embedder.encode_queries([question.text for question in signals.questions]))
        found.extend(alike(signals.questions, vectors))
    found.sort(key=lambda one: (one.kind, -one.likelihood, one.question))
    if options.out:
        lines = (json.dumps(asdict(one), ensure_ascii=False) for one in found)
        options.out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    _show(found, options.shown)
    asked = {question.leads_to for question in signals.questions}
    print(f"{sum(name not in asked for name in signals.targets)} passage(s) without an expected question")
    print(f"{sum(not question.reviewed for question in signals.questions)} expected question(s) not reviewed yet")
    return 0


def _show(found: list[Finding], shown: int) -> None:
    for kind in dict.fromkeys(one.kind for one in found):
        these = [one for one in found if one.kind == kind]
        print(f"\n{kind}: {len(these)}")
        for one in these[:shown]:
            print(f"  {one.likelihood:.2f}  {one.question}\n        {one.leads_to} -> {one.other}")
