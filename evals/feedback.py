"""From what a person thought of an answer to a test case, and the report of which led to which.

In: entries of `assistant.storage.feedback`, and what an evaluator says a right answer holds. Out: a record with the
fields of a case file, added to it; tables. Refuses an entry without its question, an expectation that checks nothing,
a quote that no document holds, and to touch a case file that has a problem.
"""

import json
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.storage.feedback import Feedback
from evals.cases import Case, load_cases
from evals.errors import EvalError
from evals.sources import Sources
from evals.spans import locate
from evals.tables import Rows, piped

_LONGEST_CELL = 60


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a right answer holds, in the words of a case file; `stems` name the documents that may be quoted."""

    must_include: tuple[tuple[str, ...], ...] = ()
    must_not_include: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    abstains: bool = False
    kind: str = "other"
    persona: str = "other"
    referral: str | None = None


def case_of(entry: Feedback, expected: Expectation, sources: Sources, stems: Sequence[str]) -> dict[str, object]:
    """The record of a case; `EvalError` lists all that stands in the way."""
    found = {
        quote: [stem for stem in stems if stem in sources and locate(sources[stem], quote)] for quote in expected.quotes
    }
    problems = [f"no document holds {quote!r}" for quote, documents in found.items() if not documents]
    if not entry.question:
        problems.append("its question was not sent, or its time of keeping is over: nothing can be asked again")
    if not expected.must_include and not expected.abstains:
        problems.append("say what a right answer holds (--expect TEXT), or that there is none (--abstains)")
    if problems:
        raise EvalError(f"feedback {entry.id}", problems)
    return {
        "id": case_id(entry),
        "lang": entry.language,
        "persona": expected.persona,
        "kind": expected.kind,
        "question": entry.question,
        "answerable": not expected.abstains,
        "documents": sorted({document for documents in found.values() for document in documents}),
        "quotes": list(expected.quotes),
        "must_include": [list(group) for group in expected.must_include],
        "must_not_include": list(expected.must_not_include),
        "referral": expected.referral,
        "note": _note(entry),
    }


def case_id(entry: Feedback) -> str:
    """The id of the case that an entry leads to."""
    return f"feedback-{entry.id}"


def _note(entry: Feedback) -> str:
    said = [f"Feedback of {entry.received_at.date()}", *(reason.value for reason in entry.reasons)]
    return "; ".join(said) + (f": {entry.comment}" if entry.comment else "")


def add_case(path: Path, record: Mapping[str, object]) -> None:
    """Add a record to a file of JSON lines, replaced whole once the new one loads; made where there is none."""
    if path.suffix != ".jsonl":
        raise EvalError(str(path), ["a case is added to a file of JSON lines (.jsonl) only"])
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    separator = "" if not before or before.endswith("\n") else "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        new = Path(folder) / path.name  # the same name: problems are told as `file:line`
        new.write_text(f"{before}{separator}{json.dumps(record, ensure_ascii=False)}\n", encoding="utf-8")
        load_cases([new])
        new.replace(path)


def listed(entries: Sequence[Feedback]) -> Rows:
    """A row an entry."""
    rows = [
        [entry.id, f"{entry.received_at:%Y-%m-%d %H:%M}", entry.language, "useful" if entry.useful else "not useful",
         " ".join(reason.value for reason in entry.reasons), _short(entry.question), _short(entry.comment),
         entry.led_to.case if entry.led_to else ""]
        for entry in entries
    ]  # fmt: skip
    return [["id", "received (UTC)", "lang", "said", "reasons", "question", "comment", "case"], *rows]


def as_json(entry: Feedback) -> dict[str, object]:
    """An entry with every field, for programs."""
    led_to = entry.led_to
    return {
        "id": entry.id,
        "received_at": entry.received_at.isoformat(),
        "answer_id": entry.answer_id,
        "useful": entry.useful,
        "language": entry.language,
        "reasons": [reason.value for reason in entry.reasons],
        "question": entry.question,
        "comment": entry.comment,
        "index_version": entry.index_version,
        "case": {"id": led_to.case, "file": led_to.file, "made_at": led_to.made_at.isoformat()} if led_to else None,
    }


def report(entries: Sequence[Feedback], cases: Mapping[str, Case]) -> str:
    """Markdown: how many of each kind, which entry led to which case, which waits. `cases` are those found, by id."""
    linked = [entry for entry in entries if entry.led_to]
    waiting = [entry for entry in entries if not entry.led_to and not entry.useful]
    reasons = Counter(reason.value for entry in entries for reason in entry.reasons)
    useful = sum(entry.useful for entry in entries)
    parts = [
        "# Feedback",
        f"Entries: {len(entries)}. Useful: {useful}; not: {len(entries) - useful}. Led to a case: {len(linked)}.",
        piped([["reason", "entries"], *([reason, str(count)] for reason, count in reasons.most_common())]),
        "## Led to a case",
        piped([["feedback", "case", "file", "state of the case"], *(_linked(entry, cases) for entry in linked)]),
        "## Not useful, without a case yet",
        piped([[_cell(cell) for cell in row] for row in listed(waiting)]),
    ]
    return "\n\n".join(parts) + "\n"


def _linked(entry: Feedback, cases: Mapping[str, Case]) -> list[str]:
    if entry.led_to is None:
        return []
    case = cases.get(entry.led_to.case)
    state = (
        "no longer in its file"
        if case is None
        else "asks the question"
        if case.question == entry.question
        else "reworded"
    )
    return [entry.id, entry.led_to.case, entry.led_to.file, state]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_CELL else f"{line[: _LONGEST_CELL - 1]}…"


def _cell(text: str) -> str:
    """As Markdown shows it: what a person wrote makes no column and no markup."""
    for sign in "\\|<>[]*_`#":
        text = text.replace(sign, f"\\{sign}")
    return text
