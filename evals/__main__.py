"""`balise eval …` (or `python -m evals …`): arguments in, report out.

Exit codes: 0 all is well, 1 something fell or a violation was found, 2 what was given cannot be used.
"""

import argparse
import sys
from collections.abc import Callable, Sequence

from assistant.errors import AssistantError
from evals.commands import (
    ablate,
    ask,
    bench,
    check,
    feedback,
    files,
    fitting,
    linting,
    mutating,
    outside,
    reporting,
    weigh,
)
from evals.errors import EvalError
from ingest.errors import IngestError

COMMANDS = (ask, reporting, weigh, check, files, feedback, fitting, linting, ablate, mutating, outside, bench)
"""Each adds its command, or its two, in the order of the help."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    parser = argparse.ArgumentParser(prog="balise eval", description="Measure the answers of Balise.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for one in COMMANDS:
        one.add(commands)
    options = parser.parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except (EvalError, AssistantError, IngestError) as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
