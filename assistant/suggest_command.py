"""`balise ingest --suggest-questions`: ways of asking drafted by the language model for passages that have none.

In: the arguments of the command. Out: files of corpus/questions/suggested, a report, then the ingestion that takes them
in. Refuses to start without a language model: nothing is sent, and the message says what to set.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from functools import partial

from tqdm import tqdm

from assistant.errors import AssistantError, SettingsError
from assistant.model.connect import connect, try_out
from assistant.model.values import ModelOptions
from assistant.model_assembly import options_of
from assistant.prompts import Prompt, load_prompts
from assistant.settings import Settings
from assistant.suggesting.drafting import Account, Drafter, draft_all
from assistant.watch import Watch
from ingest.suggested import FOLDER, Survey, alone, keep

_NO_MODEL = (
    "--suggest-questions: no language model is set, so nothing was drafted and nothing was sent. Set BALISE_LLM "
    "(provider:model; openai:NAME with BALISE_LLM_URL for a server of yours) and, where its server asks for a key, "
    "BALISE_LLM_KEY or BALISE_LLM_KEY_FILE. Without a model, write the questions by hand in corpus/questions."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments that this adds to those of the ingestion."""
    suggest = parser.add_argument_group("expected questions drafted by the language model, before the ingestion")
    suggest.add_argument(
        "--suggest-questions",
        action="store_true",
        help="draft some for each passage that no expected question leads to",
    )
    suggest.add_argument("--document", metavar="ID", help="only for the passages of this document")
    suggest.add_argument("--limit", type=_count, metavar="N", help="ask the model for at most N passages")


def run(
    arguments: argparse.Namespace, settings: Callable[[], Settings], ingest: Callable[[argparse.Namespace], int]
) -> int:
    """Draft where it is asked for, then ingest; exit status 1 when the drafting stopped before its end, 2 on misuse."""
    if not arguments.suggest_questions:
        if arguments.document is None and arguments.limit is None:
            return ingest(arguments)
        return _misused("--document and --limit go with --suggest-questions.")
    if arguments.check or arguments.coverage:
        return _misused("--suggest-questions does not go with --check or --coverage, which change nothing.")
    return ingest(arguments) if _suggest(arguments, settings()) else 1


def _suggest(arguments: argparse.Namespace, settings: Settings) -> bool:
    """Whether every passage was asked for."""
    options = options_of(settings)
    if options is None:
        raise SettingsError(_NO_MODEL)
    prompt = load_prompts(settings.prompts)["suggest"]
    with alone(arguments.corpus):
        survey = Survey(arguments.corpus, arguments.document)
        for failure in survey.failures:
            print(f"  NOT READ: {failure}", file=sys.stderr)  # noqa: T201 (a command)
        account = _draft(arguments, survey, options, prompt) if survey.units else Account()
    print("\n".join(_told(account)))  # noqa: T201 (a command)
    if account.stopped:
        print(_stopped(account), file=sys.stderr)  # noqa: T201 (a command)
    return not account.stopped


def _draft(arguments: argparse.Namespace, survey: Survey, options: ModelOptions, prompt: Prompt) -> Account:
    model = connect(options)
    try:
        if warning := try_out(model):
            raise AssistantError(f"--suggest-questions: nothing was drafted; {warning}")
        drafter = Drafter(model, prompt, options.timeout, Watch())
        total = min(len(survey.units), arguments.limit or len(survey.units))
        with tqdm(total=total, desc="questions ", unit="", disable=None) as bar:
            return draft_all(survey, drafter, partial(keep, arguments.corpus), bar.update, arguments.limit)
    finally:
        model.close()


def _told(account: Account) -> Iterator[str]:
    yield (
        f"Drafted for {account.drafted} passage(s): {account.french} ways of asking in French, {account.english} in "
        f"English, to review in corpus/{FOLDER.as_posix()}."
    )
    if account.silent:
        yield f"  {account.silent} passage(s) that nobody would ask for, the model says: kept without questions"
    if account.left_out:
        yield f"  left out: {', '.join(f'{count} {fault}' for fault, count in account.left_out.most_common())}"
    if account.skipped:
        reasons = ", ".join(f"{count} {reason}" for reason, count in account.skipped.most_common())
        yield f"  {account.skipped.total()} passage(s) skipped, asked for again next time: {reasons}"
    if account.unnamed:
        yield f"  {account.unnamed} passage(s) that no quote tells from another: to write by hand"


def _stopped(account: Account) -> str:
    return (
        f"Stopped: {account.stopped}. What was drafted is kept; the same command goes on from there, and "
        "`balise ingest` takes in what there is."
    )


def _misused(message: str) -> int:
    print(message, file=sys.stderr)  # noqa: T201 (a command)
    return 2


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise argparse.ArgumentTypeError("a number from 1 on")
    return count
