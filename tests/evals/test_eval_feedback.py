"""`balise eval feedback`: what people thought is listed, becomes a case with one command, and the link is reported."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.settings import ROOT
from assistant.storage.database import Database, open_database
from assistant.storage.feedback import Feedback, Reason, find_feedback, purge_feedback, record_feedback
from evals.__main__ import main
from evals.cases import load_cases
from evals.errors import EvalError
from evals.feedback import Expectation, case_of
from ingest.catalog import load_catalog

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ENTRY = Feedback(
    id="f1",
    received_at=NOON,
    answer_id="a1",
    useful=False,
    language="fr",
    question="Quel est le montant de base de la mesure 15158 cette année?",
    reasons=(Reason.WRONG_FIGURE,),
    comment="Ce n’est | pas le bon <b>montant</b>.",
)
QUOTE = "le montant de base par organisme scolaire est de"


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The database that the command opens, with three entries."""
    monkeypatch.setenv("BALISE_DATABASE", f"sqlite:///{tmp_path}/b.sqlite")
    opened = open_database(f"sqlite:///{tmp_path}/b.sqlite", tmp_path)
    record_feedback(opened, ENTRY)
    record_feedback(opened, replace(ENTRY, id="f2", question="", reasons=(), received_at=NOON + timedelta(days=1)))
    record_feedback(opened, replace(ENTRY, id="f3", useful=True, language="en", received_at=NOON + timedelta(days=2)))
    return opened


def listed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """The ids that the command lists."""
    assert main(["feedback", "--json", *arguments]) == 0
    return [entry["id"] for entry in json.loads(capsys.readouterr().out)]


@pytest.mark.usefixtures("database")
def test_entries_are_listed_and_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON and as a table, the latest first."""
    assert listed(capsys) == ["f3", "f2", "f1"]
    assert listed(capsys, "--useful", "no") == ["f2", "f1"]
    assert listed(capsys, "--reason", "wrong_figure", "--lang", "fr") == ["f1"]
    assert listed(capsys, "--since", "2026-03-03", "--most", "1") == ["f3"]
    assert listed(capsys, "--with-case", "yes") == []
    assert main(["feedback"]) == 0
    heading, *rows = capsys.readouterr().out.splitlines()
    assert heading.split()[:2] == ["id", "received"]
    assert [row.split()[0] for row in rows] == ["f3", "f2", "f1"]


def test_no_feedback_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rather than an empty table."""
    monkeypatch.setenv("BALISE_DATABASE", f"sqlite:///{tmp_path}/empty.sqlite")
    assert main(["feedback"]) == 0
    assert capsys.readouterr().out == "No feedback.\n"


def test_an_entry_becomes_a_case_that_loads(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its question, what was said, the document of the quote found; the link is kept; a second time is refused."""
    file = tmp_path / "cases" / "feedback.jsonl"
    asked = ["feedback", "--to-case", "f1", "--cases", str(file), "--expect", "21 989|21989", "--quote", QUOTE]
    assert main([*asked, "--never", "43,6", "--kind", "allocation_rule"]) == 0
    (case,) = load_cases([file])
    catalog = load_catalog(ROOT / "corpus")
    guide = Path(catalog["guide-mesures-15158-30100"].original_file).stem
    assert (case.question, case.lang, case.kind, case.answerable) == (ENTRY.question, "fr", "allocation_rule", True)
    assert (case.must_include, case.must_not_include) == ((("21 989", "21989"),), ("43,6",))
    assert (case.quotes, case.documents) == ((QUOTE,), (guide,))
    assert ENTRY.comment in case.note
    assert "wrong_figure" in case.note
    found = find_feedback(database, "f1")
    assert found is not None
    assert found.led_to is not None
    assert (found.led_to.case, found.led_to.file) == (case.id, str(file))
    capsys.readouterr()
    assert main(asked) == 2
    assert "already led to feedback-f1" in capsys.readouterr().err
    assert listed(capsys, "--with-case", "yes") == ["f1"]


def test_a_case_is_added_after_those_that_are_there(database: Database, tmp_path: Path) -> None:
    """Even when the last line has no end; a right answer may be that the documents do not say."""
    file = tmp_path / "cases.jsonl"
    first = {"id": "x", "lang": "fr", "question": "Une autre?", "answerable": False}
    file.write_text(json.dumps(first), encoding="utf-8")
    assert main(["feedback", "--to-case", "f1", "--cases", str(file), "--abstains", "--referral", "financement"]) == 0
    before, added = load_cases([file])
    assert (before.id, added.answerable, added.referral) == ("x", False, "financement")
    assert find_feedback(database, "f1") is not None


def test_a_case_that_was_written_before_a_crash_is_linked(database: Database, tmp_path: Path) -> None:
    """The command is given again: the file keeps one case, the link is made."""
    file = tmp_path / "cases.jsonl"
    line = {"id": "feedback-f1", "lang": "fr", "question": ENTRY.question, "answerable": False}
    file.write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert main(["feedback", "--to-case", "f1", "--cases", str(file), "--abstains"]) == 0
    assert len(load_cases([file])) == 1
    found = find_feedback(database, "f1")
    assert found is not None
    assert found.led_to is not None


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--to-case", "nobody", "--abstains"], "no feedback has the id 'nobody'"),
        (["--to-case", "f2", "--abstains"], "its question was not sent"),
        (["--to-case", "f1"], "say what a right answer holds"),
        (["--to-case", "f1", "--expect", "x", "--quote", "rien de tel dans un document"], "no document holds"),
        (["--to-case", "f1", "--expect", "x", "--kind", "nothing"], "kind"),
        (["--to-case", "f1", "--expect", "x", "--quote", "montant de base"], "quotes"),
        (["--to-case", "f1", "--expect", "x", "--abstains"], "must_include given, yet not answerable"),
    ],
)
def test_what_makes_no_case_is_refused(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], problem: str
) -> None:
    """With the reason; neither the file nor the link is made."""
    file = tmp_path / "none.jsonl"
    assert main(["feedback", "--cases", str(file), *arguments]) == 2
    assert problem in capsys.readouterr().err
    assert not file.exists()
    found = find_feedback(database, "f1")
    assert found is not None
    assert found.led_to is None


def test_a_file_with_a_problem_is_not_touched(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its problem is told with its line, in its own name."""
    file = tmp_path / "cases.jsonl"
    file.write_text('{"id": "x"}\n', encoding="utf-8")
    assert main(["feedback", "--to-case", "f1", "--abstains", "--cases", str(file)]) == 2
    assert "cases.jsonl:1" in capsys.readouterr().err
    assert file.read_text("utf-8") == '{"id": "x"}\n'
    assert main(["feedback", "--to-case", "f1", "--abstains", "--cases", str(tmp_path / "cases.csv")]) == 2
    assert find_feedback(database, "f1") == ENTRY


def test_all_problems_of_an_entry_are_told_at_once() -> None:
    """The question, the expectation, the quotes."""
    with pytest.raises(EvalError) as refusal:
        case_of(replace(ENTRY, question=""), Expectation(quotes=("a", "b")), {}, [])
    assert len(refusal.value.problems) == 4


def test_the_report_tells_which_entry_led_to_which_case(database: Database, tmp_path: Path) -> None:
    """And what became of the case; what a person wrote makes neither columns nor markup; a purge keeps the link."""
    file, out = tmp_path / "cases.jsonl", tmp_path / "report.md"
    assert main(["feedback", "--report", str(out)]) == 0
    before = out.read_text("utf-8")
    assert "Entries: 3. Useful: 1; not: 2. Led to a case: 0." in before
    assert "| wrong_figure | 2 |" in before
    assert "Ce n’est \\| pas le bon \\<b\\>montant\\</b\\>." in before
    assert main(["feedback", "--to-case", "f1", "--cases", str(file), "--abstains"]) == 0
    assert main(["feedback", "--report", str(out)]) == 0
    assert f"| f1 | feedback-f1 | {file} | asks the question |" in out.read_text("utf-8")
    purge_feedback(database, NOON + timedelta(days=9))
    file.unlink()
    assert main(["feedback", "--report", str(out)]) == 0
    assert f"| f1 | feedback-f1 | {file} | no longer in its file |" in out.read_text("utf-8")


def test_a_case_that_was_reworded_is_told(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its question is not the one that was sent any more."""
    file, out = tmp_path / "cases.jsonl", tmp_path / "report.md"
    assert main(["feedback", "--to-case", "f1", "--cases", str(file), "--abstains"]) == 0
    file.write_text(file.read_text("utf-8").replace("cette année", "en 2024-2025"), encoding="utf-8")
    assert main(["feedback", "--report", str(out)]) == 0
    assert "| reworded |" in out.read_text("utf-8")
    assert find_feedback(database, "f1") is not None
    assert str(out) in capsys.readouterr().out
