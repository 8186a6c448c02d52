"""What a run leaves behind: a Markdown report that explains each failing case, results.json and answers.jsonl.

In: the run, its scores and its summary. Out: text, and files in a folder. It judges nothing of its own.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from evals.measures import forbidden_found, missing_groups, quotes_found
from evals.run import Outcome, Run
from evals.sources import Sources
from evals.summary import ALL, Judged, Summary
from evals.tables import by_kind, by_language, piped
from evals.verify import verify


def write(folder: Path, run: Run, judged: Sequence[Judged], summary: Summary, sources: Sources) -> None:
    """Write `report.md`, `results.json` and `answers.jsonl` into the folder, made when it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.md").write_text(markdown(run, judged, summary, sources), encoding="utf-8")
    (folder / "results.json").write_text(_json(results(run, judged, summary), indent=1) + "\n", encoding="utf-8")
    answers = "".join(_json({"id": o.case.id, "answer": o.answer}) + "\n" for o in run.outcomes)
    (folder / "answers.jsonl").write_text(answers, encoding="utf-8")


def headline(run: Run, summary: Summary) -> str:
    """Two lines: how it ran, and what is counted apart."""
    latency = ", ".join(f"{name} {value:.1f}" for name, value in summary.latency.items()) or "no answer came"
    counts = ", ".join(f"{name} {value}" for name, value in summary.counts.items())
    return f"{run.seconds:.1f} s with {run.clients} client(s): {latency}\n{counts}"


def results(run: Run, judged: Iterable[Judged], summary: Summary) -> dict[str, object]:
    """The content of results.json: `measures`, `counts` and `latency` are what a gate reads."""
    return {
        "clients": run.clients,
        "seconds": run.seconds,
        "latency": summary.latency,
        "counts": summary.counts,
        "measures": {tally.measure: tally.value for tally in summary.groups if tally.kind == tally.lang == ALL},
        "groups": [asdict(tally) for tally in summary.groups],
        "items": [
            {
                "id": item.outcome.case.id,
                "kind": item.outcome.case.kind,
                "lang": item.outcome.case.lang,
                "status": item.outcome.answer.get("status"),
                "seconds": item.outcome.seconds,
                "failure": item.outcome.failure,
                "scores": item.scores,
            }
            for item in judged
        ],
    }


def markdown(run: Run, judged: Iterable[Judged], summary: Summary, sources: Sources) -> str:
    """The report: the tables, then each case that fails a measure, wrong answers first."""
    failing = sorted((item for item in judged if item.failed), key=lambda item: item.scores["right"] is True)
    sections = [
        "# Evaluation",
        headline(run, summary).replace("\n", "\n\n"),
        "## Measures",
        piped(by_language(summary)),
        "## By kind and language",
        piped(by_kind(summary)),
        f"## Cases that fail a measure ({len(failing)})",
        *(paragraph for item in failing for paragraph in _explained(item, sources)),
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def _explained(item: Judged, sources: Sources) -> Iterator[str]:
    """The paragraphs on one failing case."""
    outcome = item.outcome
    case, answer = outcome.case, outcome.answer
    yield f"### {case.id} · {case.kind} · {case.lang}: {', '.join(item.failed)}"
    yield "\n\n".join(_quoted(f"{message.role}: {message.content}") for message in case.history)
    yield _quoted(case.question)
    yield "\n".join(f"- {fact}" for fact in _facts(outcome, sources))
    yield _quoted(str(answer.get("text") or "(no text)"))
    yield "\n".join(_citations(answer.get("citations") or ()))
    yield "\n".join(_trace(answer.get("trace") or {}))


def _facts(outcome: Outcome, sources: Sources) -> Iterator[str]:
    case, answer = outcome.case, outcome.answer
    yield f"status `{answer.get('status')}`, {'an answer' if case.answerable else 'an abstention'} was expected"
    if outcome.failure:
        yield f"no answer: {outcome.failure}"
    yield from (f"missing: {' / '.join(group)}" for group in missing_groups(case, answer))
    yield from (f"forbidden, yet there: {string}" for string in forbidden_found(case, answer))
    found = quotes_found(case, answer, sources)
    yield from (f"{'cited' if quote in found else 'not cited'}: {quote}" for quote in case.quotes)
    if case.referral:
        yield f"referral expected: {case.referral}, given: {(answer.get('referral') or {}).get('email')}"
    if case.calculation:
        yield f"calculation expected: {_json(asdict(case.calculation))}"
        yield f"calculation given: {_json((answer.get('calculation') or {}).get('results'))}"
    yield from (f"{found.check} without backing: {found.what} ({found.where})" for found in verify("", answer, sources))
    if case.note:
        yield f"note: {case.note}"


def _citations(citations: Iterable[Mapping[str, object]]) -> Iterator[str]:
    for citation in citations:
        place = f"{citation.get('document')}, page {citation.get('page')}"
        yield f"- [{citation.get('n')}] {place}: {citation.get('quote')}"


def _trace(trace: Mapping[str, object]) -> Iterator[str]:
    """Whatever the assistant kept of its work, kept and rejected passages first of all; one line a thing."""
    for name, value in trace.items():
        things = value if isinstance(value, list | tuple) else [value]
        yield f"- {name} ({len(things)})"
        yield from (f"  - {thing if isinstance(thing, str) else _json(thing)}" for thing in things)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def _json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent, default=str)
