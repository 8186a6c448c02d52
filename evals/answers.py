"""Answers as public JSON: what is scored and verified, wherever it comes from.

In: the reply of `POST /v1/chat`, or a file of them. Out: the same, known to have a shape that can be read.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evals.errors import EvalError
from evals.jsonl import numbered

Answer = Mapping[str, Any]
"""The public JSON of an answer; a field that is missing or null reads as empty."""

NO_ANSWER: Answer = {"status": "error"}
"""What is scored when nothing came back."""

_LISTS = ("statements", "citations", "nearest")
_OBJECTS = ("calculation", "referral")


def malformed(answer: object) -> str:
    """Why this cannot be read as an answer; empty when it can."""
    if not isinstance(answer, dict) or not isinstance(answer.get("status"), str):
        return "not an answer: no status"
    for name in _LISTS:
        value = answer.get(name) or []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            return f"not an answer: {name!r} is no list of objects"
    wrong = [name for name in _OBJECTS if not isinstance(answer.get(name) or {}, dict)]
    return f"not an answer: {wrong[0]!r} is no object" if wrong else ""


def load_answers(path: Path) -> tuple[tuple[str, Answer], ...]:
    """(id, answer) of each line `{"id", "answer"}`. Raises one `EvalError` that lists every line that is none."""
    answers: list[tuple[str, Answer]] = []
    problems: list[str] = []
    for number, line in numbered(path):
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            problems.append(f"line {number}: not JSON: {error}")
            continue
        known = isinstance(row, dict) and set(row) >= {"id", "answer"}
        problem = malformed(row["answer"]) if known else 'not {"id", "answer"}'
        if problem:
            problems.append(f"line {number}: {problem}")
        else:
            answers.append((str(row["id"]), row["answer"]))
    if problems or not answers:
        raise EvalError(str(path), problems or ["no answer in it"])
    return tuple(answers)
