"""What is asked and what must be true of the answer.

In: files (JSON lines, CSV, XLSX, YAML) of questions, or of e-mails (one case for each question of an e-mail). Out:
frozen `Case`s. A file with anything unexpected in it is refused whole, every problem listed with its line or cell.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from pydantic import ValidationError

from assistant.conversation import Language, Message
from evals.errors import EvalError
from evals.records import Record, load_records
from evals.rows import EmailRow, Mailboxes, PartRow, QuestionRow
from evals.sources import Sources
from evals.spans import locate

EMAIL = "email"


@dataclass(frozen=True, slots=True)
class ExpectedAmount:
    """An amount in dollars, rounded to the dollar and to the cent; `body` is empty when there is only one amount."""

    dollars: Fraction
    cents: Fraction
    body: str = ""


@dataclass(frozen=True, slots=True)
class ExpectedCalculation:
    """What a computation gives: amounts, or the reason why there is none."""

    amounts: tuple[ExpectedAmount, ...] = ()
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Email:
    """A message received, with all its questions."""

    id: str
    subject: str
    from_name: str
    body: str


@dataclass(frozen=True, slots=True)
class Case:
    """One question, and what must be true of its answer.

    `documents` are stems of original file names; `quotes` stand in them (white space and apostrophes folded);
    an answer holds one alternative of each group of `must_include`, and nothing of `must_not_include`.
    `email` is the message that the question is read in, if any.
    """

    id: str
    kind: str
    lang: Language
    question: str
    answerable: bool
    persona: str = ""
    history: tuple[Message, ...] = ()
    documents: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    must_include: tuple[tuple[str, ...], ...] = ()
    must_not_include: tuple[str, ...] = ()
    calculation: ExpectedCalculation | None = None
    referral: Mailboxes | None = None
    note: str = ""
    email: Email | None = None

    def request(self) -> dict[str, object]:
        """The body of `POST /v1/chat`. The language is not said: telling it is part of the task."""
        history = [{"role": message.role, "content": message.content} for message in self.history]
        return {"question": self.question, **({"history": history} if history else {})}


def load_cases(paths: Sequence[Path]) -> tuple[Case, ...]:
    """All cases of the files, in order. Raises one `EvalError` that lists every problem as `file:line: problem`."""
    cases: list[Case] = []
    problems: list[str] = []
    seen: dict[object, str] = {}
    for path in paths:
        records, wrong = load_records(path)
        problems += wrong
        for record in records:
            found, wrong = check(record)
            problems += wrong
            for case in found:
                problems += [f"{record.place}: {problem}" for problem in _repeated(case, record.place, seen)]
            cases += found
    if not cases and not problems:
        problems = ["no case in it"]
    if problems:
        raise EvalError(", ".join(map(str, paths)), problems)
    return tuple(cases)


def check(record: Record) -> tuple[list[Case], list[str]]:
    """The cases of a record, or its problems as `place: field: problem`."""
    content = json.dumps(record.data, ensure_ascii=False, default=str)
    try:
        if "questions" in record.data:
            return list(_of_email(EmailRow.model_validate_json(content))), []
        return [_of_question(QuestionRow.model_validate_json(content))], []
    except ValidationError as error:
        return [], [f"{record.where(e['loc'])}: {_told(e['loc'], e['msg'])}" for e in error.errors()]


def _told(location: tuple[int | str, ...], message: str) -> str:
    return f"{'.'.join(map(str, location)) or 'row'}: {message}"


def unlocated(cases: Iterable[Case], sources: Sources) -> tuple[str, ...]:
    """What could not be scored: documents that the corpus lacks, gold quotes that none of their documents holds."""
    problems = []
    for case in cases:
        problems += [f"{case.id}: no document {name!r}" for name in case.documents if name not in sources]
        texts = [sources[name] for name in case.documents if name in sources]
        problems += [
            f"{case.id}: not in its documents: {quote!r}"
            for quote in case.quotes
            if not any(locate(text, quote) for text in texts)
        ]
    return tuple(problems)


def _of_question(row: QuestionRow) -> Case:
    return Case(
        id=row.id, kind=row.kind, lang=row.lang, question=row.question, answerable=row.answerable, persona=row.persona,
        history=tuple(Message(turn.role, turn.content) for turn in row.history), documents=row.documents,
        quotes=row.quotes, must_include=row.must_include, must_not_include=row.must_not_include,
        calculation=_expected(row), referral=row.referral, note=row.note,
    )  # fmt: skip


def _of_email(row: EmailRow) -> Iterator[Case]:
    """A case for each question. In a chat, the e-mail is the turn before: the questions take their numbers from it."""
    email = Email(row.id, row.subject, row.from_name, row.body)
    for rank, part in enumerate(row.questions, start=1):
        yield Case(
            id=f"{row.id}/{rank}", kind=EMAIL, lang=row.lang, question=part.text, answerable=part.answerable,
            history=(Message("user", row.body),), documents=part.documents, quotes=part.quotes,
            must_include=part.must_include, must_not_include=row.must_not_include,
            calculation=_expected(part), referral=part.referral,
            email=email,
        )  # fmt: skip


def _expected(row: PartRow) -> ExpectedCalculation | None:
    if row.calculation is None:
        return None
    expected = row.calculation.expected
    amounts = (
        ExpectedAmount(Fraction(dollars), Fraction(cents), body)
        for body, (dollars, cents) in expected.amounts().items()
    )
    return ExpectedCalculation(tuple(amounts), expected.refusal or "")


def _repeated(case: Case, place: str, seen: dict[object, str]) -> Iterator[str]:
    """Problems of a case whose id, or whose question in the same conversation, was met before."""
    asked = (" ".join(case.question.split()).casefold(), case.history)
    for key, name in ((case.id, "id"), (asked, "question")):
        first = seen.setdefault(key, place)
        if first != place:
            yield f"{name} of {case.id!r} already given at {first}"
