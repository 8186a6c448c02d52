"""The command `balise`: serve, ask, draft, allocate, desk, purge, ingest, eval."""

import argparse
import os
import runpy
import sys
from collections.abc import Sequence

from assistant import allocate_command, ask_command, desk_command, draft_command, serve_command, suggest_command
from assistant.assemble import build
from assistant.errors import AssistantError, SettingsError
from assistant.settings import load_settings
from assistant.tools.figures import load_figures
from ingest import __main__ as ingest_command
from ingest.errors import IngestError


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; an error of ours is printed as one message and gives the exit status 1."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["eval"]:  # the assistant knows nothing of the evaluations: they are started as a program
        sys.argv = ["balise eval", *words[1:]]
        runpy.run_module("evals", run_name="__main__")
        return 0
    arguments = _parser().parse_args(words)
    try:
        return _run(arguments)
    except (AssistantError, IngestError) as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="balise", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    serve_command.add_arguments(commands.add_parser("serve", help="start the HTTP server"))
    ask_command.add_arguments(commands.add_parser("ask", help="answer a question, or a file of questions"))
    draft_command.add_arguments(commands.add_parser("draft", help="draft replies to e-mails; nothing is sent"))
    allocate_command.add_arguments(commands.add_parser("allocate", help="share an envelope among a list of bodies"))
    desk_command.add_arguments(commands.add_parser("desk", help="accounts of the e-mail desk, data of one message"))
    desk_command.add_purge_arguments(commands.add_parser("purge", help="forget what is older than its retention"))
    ingestion = commands.add_parser("ingest", help="build the index from the corpus")
    ingest_command.add_arguments(ingestion)
    suggest_command.add_arguments(ingestion)
    commands.add_parser("eval", help="run and report test sets (balise eval --help)", add_help=False)
    return parser


_ON_SETTINGS = {"serve": serve_command.run, "desk": desk_command.run, "purge": desk_command.purge}
"""The commands that need no assembled assistant, or assemble it themselves."""


def _run(arguments: argparse.Namespace) -> int:
    if arguments.command == "ingest":
        return suggest_command.run(arguments, load_settings, ingest_command.run)
    settings = load_settings()
    if arguments.command in _ON_SETTINGS:
        return _ON_SETTINGS[arguments.command](arguments, settings)
    if arguments.command == "allocate":
        return allocate_command.run(arguments, load_figures(settings.corpus))
    if arguments.engine == "extractive":
        settings = settings.model_copy(update={"llm": None})
    assistant = build(settings)
    if arguments.engine == "model" and assistant.language_model.model is None:
        raise SettingsError(assistant.language_model.reason or "--engine model: no model is set; set BALISE_LLM")
    if arguments.command == "draft":
        return draft_command.run(arguments, assistant.drafter, settings)
    return ask_command.run(arguments, assistant.pipeline.answer)


if __name__ == "__main__":
    sys.exit(main())
