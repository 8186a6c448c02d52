"""`balise ask`: one question answered in the terminal, or a file of questions to a file of answers."""

import argparse
import json
import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from tqdm import tqdm

from assistant.conversation import Answer, Language, Message, Profile, Question, Role
from assistant.errors import AssistantError
from assistant.web.limits import clean
from assistant.web.schemas import AnswerReply
from assistant.working import understood

Ask = Callable[[Question], Answer]
_WIDTH = 100
_NOTICE = {
    "fr": "Réponse préparée automatiquement à partir des documents, à valider par une personne.",
    "en": "Prepared automatically from the documents; to be validated by a person.",
}


_UNDERSTOOD = {"fr": "Ce qui a été compris\u00a0:", "en": "What was understood:"}


class _Earlier(BaseModel):
    model_config = ConfigDict(extra="ignore")

    role: Role
    content: str


class _Line(BaseModel):
    """A line of a batch; fields of a test set that are not the question are ignored."""

    model_config = ConfigDict(extra="ignore")

    id: str
    question: str
    history: tuple[_Earlier, ...] = ()
    language: Language | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("question", nargs="?", help="the question, in French or English")
    parser.add_argument("--json", action="store_true", help="print the answer as JSON, as the HTTP interface gives it")
    parser.add_argument("--language", choices=("fr", "en"), help="language of the answer (default: the question's)")
    parser.add_argument("--year", help="school year of the profile, e.g. 2024-2025")
    parser.add_argument("--body", choices=("public", "private"), help="kind of body of the profile")
    parser.add_argument(
        "--engine", choices=("extractive", "model"), help="answer without a language model, or only where one is set"
    )
    parser.add_argument(
        "--dump-exchange", type=Path, metavar="FILE", help="write what was exchanged with the language model, as JSON"
    )
    parser.add_argument("--batch", type=Path, metavar="IN.jsonl", help='lines {"id","question","history"?,"language"?}')
    parser.add_argument("--out", type=Path, metavar="OUT.jsonl", help='where a batch goes: lines {"id","answer"}')


def run(arguments: argparse.Namespace, ask: Ask) -> int:
    """Answer; exit status 0 unless an answer is an error, or 2 when the arguments do not go together."""
    if arguments.batch and arguments.out and not arguments.question:
        return _batch(arguments.batch, arguments.out, ask)
    if not arguments.question or arguments.batch or arguments.out:
        print("Give either a question, or both --batch IN.jsonl and --out OUT.jsonl.", file=sys.stderr)  # noqa: T201
        return 2
    profile = Profile(arguments.body, arguments.year)
    answer = ask(Question(clean(arguments.question), arguments.language, profile=profile))
    if arguments.dump_exchange:
        _dump(arguments.dump_exchange, answer)
    print(AnswerReply.of(answer).model_dump_json(indent=2) if arguments.json else "\n".join(_told(answer)))  # noqa: T201
    return 1 if answer.status == "error" else 0


def _dump(path: Path, answer: Answer) -> None:
    """The exact requests and replies, the prompts by digest, what was removed and why."""
    account = asdict(answer.authorship) if answer.authorship else {"engine": answer.engine, "exchanges": []}
    with _written(path) as file:
        json.dump({**account, "removed": answer.trace.get("removed", ())}, file, ensure_ascii=False, indent=2)


def _batch(source: Path, out: Path, ask: Ask) -> int:
    lines = list(_read(source))
    failed = 0
    with _written(out) as file:
        for line in tqdm(lines, desc="questions", unit="", disable=None):
            history = tuple(Message(one.role, one.content) for one in line.history)
            answer = ask(Question(clean(line.question), line.language, history))
            failed += answer.status == "error"
            reply = AnswerReply.of(answer).model_dump(mode="json")
            file.write(json.dumps({"id": line.id, "answer": reply}, ensure_ascii=False) + "\n")
    return 1 if failed else 0


def _written(path: Path) -> TextIO:
    try:
        return path.open("w", encoding="utf-8")
    except OSError as error:
        raise AssistantError(f"{path}: cannot be written ({error})") from error


def _read(path: Path) -> Iterator[_Line]:
    adapter = TypeAdapter(_Line)
    problems: list[str] = []
    read: list[_Line] = []
    try:
        rows = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise AssistantError(f"{path}: cannot be read ({error})") from error
    for number, row in enumerate(rows, start=1):
        if row.strip():
            try:
                read.append(adapter.validate_json(row))
            except ValidationError as error:
                problems.append(f"  line {number}: {error.errors()[0]['msg']}")
    if problems:
        raise AssistantError(f"{path}: {len(problems)} line(s) to mend\n" + "\n".join(problems))
    yield from read


def _told(answer: Answer) -> Iterator[str]:
    """The answer for a terminal: the text, what was understood where no amount is given, then the sources."""
    for block in answer.text.split("\n\n"):
        yield from (textwrap.fill(line, _WIDTH) for line in block.split("\n"))
        yield ""
    bare = answer.calculation is not None and not answer.calculation.results
    if answer.calculation and bare and (lines := understood(answer.calculation, answer.language)):
        yield _UNDERSTOOD[answer.language]
        yield from (f"  {line}" for line in lines)
        yield ""
    for citation in answer.citations:
        page = f", p. {citation.page}" if citation.page else ""
        yield f"[{citation.n}] {citation.title}{page}"
        yield textwrap.fill(f"« {citation.quote} »", _WIDTH, initial_indent="    ", subsequent_indent="    ")
    yield ""
    yield f"({answer.status}) {_NOTICE[answer.language]}"
