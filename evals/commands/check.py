"""`balise eval verify ANSWERS`: every quote and figure of a file of answers, without the assistant."""

import argparse
from pathlib import Path

from assistant.settings import load_settings
from evals.answers import load_answers
from evals.sources import load_sources
from evals.verify import verify


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser("verify", help="check every quote and figure of answers, without the assistant")
    parser.add_argument("answers", type=Path, help='JSON lines {"id", "answer"}')
    parser.set_defaults(command=command)


def command(options: argparse.Namespace) -> int:
    """Print every violation; 1 when there is one."""
    sources = load_sources(load_settings().corpus)
    answers = load_answers(options.answers)
    violations = [found for name, answer in answers for found in verify(name, answer, sources)]
    for found in violations:
        print(f"{found.answer}: {found.check} {found.what!r} in: {found.where}")
    print(f"{len(answers)} answer(s), {len(violations)} violation(s)")
    return 1 if violations else 0
