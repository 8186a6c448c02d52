"""Case files: read whole or refused whole, with every problem and its line."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from assistant.conversation import Message
from evals.cases import load_cases, unlocated
from evals.errors import EvalError
from evals.sources import load_sources

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "evals" / "cases"

QUESTION: dict[str, Any] = {
    "id": "q1",
    "lang": "fr",
    "persona": "soutien",
    "kind": "budget",
    "question": "Combien?",
    "answerable": True,
    "documents": ["doc"],
    "quotes": ["le montant est de 21 989 $"],
    "must_include": [["21 989", "21,989"]],
    "must_not_include": [],
    "referral": None,
    "note": "",
}
EMAIL: dict[str, Any] = {
    "id": "m1",
    "subject": "Question",
    "from_name": "Alex",
    "lang": "en",
    "body": "Hello, two questions.",
    "must_not_include": ["secret"],
    "questions": [
        {"text": "Who pays?", "answerable": False, "documents": [], "quotes": [], "must_include": [], "referral": None},
        {"text": "When?", "answerable": False, "documents": [], "quotes": [], "must_include": [], "referral": "either"},
    ],
}


def written(folder: Path, *rows: object) -> Path:
    """A case file of these rows; a string is written as it is."""
    path = folder / "cases.jsonl"
    path.write_text(
        "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), encoding="utf-8"
    )
    return path


def test_the_development_sets_load_and_all_their_quotes_stand_in_the_corpus() -> None:
    """Both files of the repository are well formed, and can be scored against the corpus."""
    cases = load_cases([CASES / "dev_questions.jsonl", CASES / "dev_emails.jsonl"])
    assert (len(cases), len({case.id for case in cases})) == (200, 200)
    assert unlocated(cases, load_sources(ROOT / "corpus")) == ()


def test_a_question_of_an_email_is_a_case_that_follows_the_email(tmp_path: Path) -> None:
    """The whole e-mail stands before each of its questions; what it must not include goes with each."""
    first, second = load_cases([written(tmp_path, EMAIL)])
    assert (first.id, second.id, first.kind) == ("m1/1", "m1/2", "email")
    assert first.history == (Message("user", "Hello, two questions."),)
    assert second.must_not_include == ("secret",)
    assert second.request() == {
        "question": "When?",
        "history": [{"role": "user", "content": "Hello, two questions."}],
    }


def test_amounts_expected_are_exact(tmp_path: Path) -> None:
    """Dollars and cents of a list go together by body; a refusal has no amount."""
    calculation = {
        "measure": "15158",
        "volet": 1,
        "school_year": "2024-2025",
        "operation": "list",
        "inputs": {"envelope": "100"},
        "expected": {"dollars": {"A": "10"}, "cents": {"A": "9.99"}},
    }
    refusal = {**calculation, "expected": {"refusal": "invalid_weight"}}
    path = written(
        tmp_path,
        {**QUESTION, "calculation": calculation},
        {**QUESTION, "id": "q2", "question": "?", "calculation": refusal},
    )
    first, second = load_cases([path])
    assert first.calculation is not None
    assert first.calculation.amounts[0].cents == Fraction(999, 100)
    assert first.calculation.amounts[0].body == "A"
    assert second.calculation is not None
    assert (second.calculation.refusal, second.calculation.amounts) == ("invalid_weight", ())


def test_every_problem_is_listed_at_once_with_its_line(tmp_path: Path) -> None:
    """One error names each line that is wrong and what is wrong with it."""
    path = written(
        tmp_path,
        QUESTION,
        "{not json",
        "",
        {**QUESTION, "id": "q2", "question": "Autre?", "colour": "red"},
        {**QUESTION, "id": "q3", "question": "Encore?", "kind": "poem", "answerable": "yes"},
        {**QUESTION, "question": "Une autre question?"},
        {**QUESTION, "id": "q5"},
        {**QUESTION, "id": "q6", "question": "Quoi?", "must_include": []},
        {**QUESTION, "id": "q7", "question": "Qui?", "quotes": ["trop court"]},
        {**QUESTION, "id": "q8", "question": "Et?", "history": [{"role": "user", "content": "Avant"}]},
        {**EMAIL, "questions": []},
        "7",
    )
    with pytest.raises(EvalError) as caught:
        load_cases([path])
    said = "\n".join(caught.value.problems)
    for expected in (
        "cases.jsonl:2: not JSON",
        "cases.jsonl:4: colour",
        "cases.jsonl:5: kind",
        "cases.jsonl:5: answerable",
        "cases.jsonl:6: id of 'q1' already given at cases.jsonl:1",
        "cases.jsonl:7: question of 'q5' already given at cases.jsonl:1",
        "cases.jsonl:8: row: Value error, answerable without must_include",
        "cases.jsonl:9: quotes.0",
        "cases.jsonl:10: row: Value error, history is for follow_up",
        "cases.jsonl:11: questions",
        "cases.jsonl:12:",
    ):
        assert expected in said


@pytest.mark.parametrize(
    "expected",
    [
        {},
        {"dollars": "1"},
        {"dollars": {"A": "1"}, "cents": {"B": "1"}},
        {"dollars": "1", "cents": "1", "refusal": "invalid_weight"},
    ],
)
def test_an_expectation_that_contradicts_itself_is_refused(tmp_path: Path, expected: dict[str, object]) -> None:
    """Either a refusal, or the same amounts to the dollar and to the cent."""
    calculation = {
        "measure": "15158",
        "volet": None,
        "school_year": "2024-2025",
        "operation": "single",
        "inputs": {},
        "expected": expected,
    }
    with pytest.raises(EvalError, match="either a refusal"):
        load_cases([written(tmp_path, {**QUESTION, "calculation": calculation})])


def test_files_without_cases_or_without_text_are_refused(tmp_path: Path) -> None:
    """An empty file, a missing one and one in another encoding are errors that name the file."""
    with pytest.raises(EvalError, match="no case in it"):
        load_cases([written(tmp_path)])
    with pytest.raises(EvalError, match=r"nowhere\.jsonl"):
        load_cases([tmp_path / "nowhere.jsonl"])
    latin = tmp_path / "latin.jsonl"
    latin.write_bytes("é".encode("latin-1"))
    with pytest.raises(EvalError, match="UTF-8"):
        load_cases([latin])


def test_gold_that_the_corpus_lacks_is_listed(tmp_path: Path) -> None:
    """A document that is not there and a quote that stands nowhere are both told."""
    row = {**QUESTION, "documents": ["doc", "gone"], "quotes": ["le montant est de 22 000 $"]}
    problems = unlocated(load_cases([written(tmp_path, row)]), {"doc": "Le montant est de 21 989 $."})
    assert problems == ("q1: no document 'gone'", "q1: not in its documents: 'le montant est de 22 000 $'")
