"""The folder of a run while it goes on: what was asked under which conditions, and every answer as it comes.

In: a folder, the conditions of the run, outcomes. Out: what an interrupted run had done. A folder that holds part of a
run under other conditions is refused: nothing is thrown away unasked, and answers of two programs are never mixed.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.answers import malformed
from evals.cases import Case
from evals.errors import EvalError
from evals.run import Outcome, Turn

ANSWERS = "answers.jsonl"
CONDITIONS = "run.json"
RESULTS = "results.json"


class Journal:
    """Keeps outcomes in `answers.jsonl` as they come. Whatever is killed, what was kept is read back."""

    def __init__(self, folder: Path, conditions: Mapping[str, object], *, fresh: bool = False) -> None:
        """Open the folder: an interrupted run under the same conditions goes on, a finished one starts anew.

        `fresh` starts anew whatever is there. Raises `EvalError` when part of another run is there.
        """
        self.folder = folder
        self._answers = folder / ANSWERS
        folder.mkdir(parents=True, exist_ok=True)
        if fresh or (folder / RESULTS).exists() or not self._begun():
            self._answers.unlink(missing_ok=True)
            (folder / RESULTS).unlink(missing_ok=True)
            self._conditions(conditions)
        elif differing := self._differing(conditions):
            remedy = "give --fresh to start anew, or another --out"
            raise EvalError(str(folder), [f"part of a run with another {name}: {remedy}" for name in differing])

    def done(self, cases: Sequence[Case], *, failures_too: bool = True) -> dict[Turn, Outcome]:
        """The outcomes kept, by case and repeat; those that failed if wanted. Drops a line that a kill cut short."""
        by_id = {case.id: case for case in cases}
        rows = list(self._rows())
        kept = [row for row in rows if row["id"] in by_id and (failures_too or not row["failure"])]
        return {
            (row["id"], row["repeat"]): Outcome(
                by_id[row["id"]], row["answer"], row["seconds"], row["failure"], row["repeat"]
            )
            for row in kept
        }

    def keep(self, outcome: Outcome) -> None:
        """Add a line; it is in the hands of the system when this returns."""
        row = {
            "id": outcome.case.id,
            "repeat": outcome.repeat,
            "seconds": outcome.seconds,
            "failure": outcome.failure,
            "answer": outcome.answer,
        }
        with self._answers.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")

    def finish(self, results: Mapping[str, object]) -> None:
        """Write `results.json`, whole or not at all: the run is finished."""
        _replace(self.folder / RESULTS, json.dumps(results, ensure_ascii=False, indent=1, default=str) + "\n")

    def _begun(self) -> bool:
        return self._answers.exists() and self._answers.stat().st_size > 0

    def _conditions(self, conditions: Mapping[str, object]) -> None:
        _replace(self.folder / CONDITIONS, json.dumps(conditions, ensure_ascii=False, indent=1) + "\n")

    def _differing(self, conditions: Mapping[str, object]) -> list[str]:
        try:
            before = json.loads((self.folder / CONDITIONS).read_text(encoding="utf-8"))
        except (OSError, json.JSONDecodeError):
            return [CONDITIONS]
        now = json.loads(json.dumps(conditions))
        return sorted(name for name in {*before, *now} if before.get(name) != now.get(name))

    def _rows(self) -> Iterator[dict[str, Any]]:
        if not self._answers.exists():
            return
        content = self._answers.read_bytes()
        whole = content.rfind(b"\n") + 1
        if whole < len(content):
            os.truncate(self._answers, whole)
        for number, line in enumerate(content[:whole].decode("utf-8").split("\n"), start=1):
            if line:
                yield _row(line, f"{self._answers}:{number}")


def _row(line: str, place: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise EvalError(place, [f"not JSON: {error}; give --fresh to start anew"]) from error
    fields = {"id", "repeat", "seconds", "failure", "answer"}
    if not isinstance(row, dict) or set(row) != fields or malformed(row["answer"]):
        raise EvalError(place, ["not an answer of a run; give --fresh to start anew"])
    return row


def _replace(path: Path, text: str) -> None:
    aside = path.with_name(f"{path.name}.part")
    aside.write_text(text, encoding="utf-8")
    aside.replace(path)
