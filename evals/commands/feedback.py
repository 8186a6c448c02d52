"""`balise eval feedback`: what people thought of answers, listed, turned into test cases, reported."""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path

from assistant.settings import ROOT, Settings, load_settings
from assistant.storage.database import Database, open_database
from assistant.storage.feedback import (
    CaseLink,
    Feedback,
    Reason,
    Wanted,
    find_feedback,
    link_case,
    list_feedback,
)
from evals import feedback
from evals.cases import Case, load_cases
from evals.errors import EvalError
from evals.sources import load_sources
from evals.tables import aligned
from ingest.catalog import load_catalog

CASES = ROOT / "evals" / "cases" / "feedback.jsonl"
_YES_NO = {"yes": True, "no": False}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser("feedback", help="list what people thought of answers; turn an entry into a case")
    parser.add_argument("--useful", choices=_YES_NO, help="keep these entries")
    parser.add_argument("--reason", choices=[reason.value for reason in Reason], help="keep these entries")
    parser.add_argument("--lang", choices=["fr", "en"], help="keep these entries")
    parser.add_argument("--since", type=_day, metavar="DAY", help="keep what came in from this day on (2026-03-31)")
    parser.add_argument("--with-case", choices=_YES_NO, help="keep the entries that led to a case, or the others")
    parser.add_argument("--most", type=int, metavar="N", help="at most this many, the latest first")
    parser.add_argument("--json", action="store_true", help="every field, as JSON")
    parser.add_argument("--report", type=Path, metavar="FILE.md", help="write which entry led to which case")
    making = parser.add_argument_group("turn an entry into a test case")
    making.add_argument("--to-case", metavar="ID", help="the entry")
    making.add_argument("--cases", type=Path, default=CASES, metavar="FILE", help="file of JSON lines it is added to")
    making.add_argument("--expect", action="append", default=[], type=_ways, metavar="TEXT[|TEXT]",
                        help="a right answer holds this, or one of these ways of saying it; repeatable")  # fmt: skip
    making.add_argument("--never", action="append", default=[], metavar="TEXT", help="a right answer never holds this")
    making.add_argument("--quote", action="append", default=[], metavar="TEXT",
                        help="a passage that a right answer quotes (5 to 40 words); its document is found")  # fmt: skip
    making.add_argument("--abstains", action="store_true", help="the documents do not say: a right answer says so")
    making.add_argument("--kind", default="other", help="kind of question (other)")
    making.add_argument("--persona", default="other", help="who asks (other)")
    making.add_argument("--referral", choices=["financement", "valorisation", "either"], help="mailbox expected")
    parser.set_defaults(command=run)


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _ways(text: str) -> tuple[str, ...]:
    return tuple(way.strip() for way in text.split("|") if way.strip())


def run(options: argparse.Namespace) -> int:
    """List, report, or make a case."""
    settings = load_settings()
    database = open_database(settings.database, settings.data)
    if options.to_case:
        return _make(options, settings, database)
    entries = list_feedback(database, _wanted(options))
    if options.report:
        options.report.write_text(feedback.report(entries, _cases_of(entries)), encoding="utf-8")
        print(options.report)
    elif options.json:
        print(json.dumps([feedback.as_json(entry) for entry in entries], ensure_ascii=False, indent=1))
    else:
        print(aligned(feedback.listed(entries)) if entries else "No feedback.")
    return 0


def _wanted(options: argparse.Namespace) -> Wanted:
    return Wanted(
        useful=_YES_NO.get(options.useful),
        reason=Reason(options.reason) if options.reason else None,
        language=options.lang,
        since=options.since,
        led_to_case=_YES_NO.get(options.with_case),
        most=options.most,
    )


def _make(options: argparse.Namespace, settings: Settings, database: Database) -> int:
    """Add the case to its file, then link it: whatever happens between the two, the command can be given again."""
    entry = find_feedback(database, options.to_case)
    if entry is None:
        raise EvalError("--to-case", [f"no feedback has the id {options.to_case!r}; balise eval feedback lists them"])
    if entry.led_to:
        raise EvalError(f"feedback {entry.id}", [f"already led to {entry.led_to.case} in {entry.led_to.file}"])
    if feedback.case_id(entry) not in _ids(options.cases):
        stems = [Path(card.original_file).stem for card in load_catalog(settings.corpus).documents]
        record = feedback.case_of(entry, _expectation(options), load_sources(settings.corpus), stems)
        feedback.add_case(options.cases, record)
    link_case(database, entry.id, CaseLink(feedback.case_id(entry), _shown(options.cases), datetime.now(UTC)))
    print(f"{feedback.case_id(entry)} in {_shown(options.cases)}")
    return 0


def _expectation(options: argparse.Namespace) -> feedback.Expectation:
    return feedback.Expectation(
        must_include=tuple(options.expect),
        must_not_include=tuple(options.never),
        quotes=tuple(options.quote),
        abstains=options.abstains,
        kind=options.kind,
        persona=options.persona,
        referral=options.referral,
    )


def _ids(path: Path) -> set[str]:
    return {case.id for case in load_cases([path])} if path.exists() else set()


def _cases_of(entries: tuple[Feedback, ...]) -> dict[str, Case]:
    """The cases that the entries led to, where their files still are."""
    files = sorted({ROOT / entry.led_to.file for entry in entries if entry.led_to})
    return {case.id: case for file in files if file.exists() for case in load_cases([file])}


def _shown(path: Path) -> str:
    """From the root of the repository where it lies in it, so that the link holds on another machine."""
    whole = path.resolve()
    return str(whole.relative_to(ROOT)) if whole.is_relative_to(ROOT) else str(whole)
