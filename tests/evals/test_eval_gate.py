"""Comparison and gate: what fell is told, what may be chance is not called a loss, promises need no statistics."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from evals.comparing import compare
from evals.errors import EvalError
from evals.gate import Baseline, baseline_of, fallen, read, written
from evals.results import read_results


def case(name: str, *, right: bool, **more: Any) -> dict[str, Any]:
    """A case as results.json has it, as far as it is read."""
    return {
        "id": name, "question": f"Question {name}?", "history": [], "passed": right, "failure": "", "violations": [],
        "failing_step": None if right else "retrieval", "answer": {"status": "answered" if right else "error"},
        "measures": {"right": right, "reciprocal_rank": float(right), "wrong_answer": not right}, **more,
    }  # fmt: skip


def results(rights: list[bool], **more: Any) -> dict[str, Any]:
    """A run of so many cases."""
    share = sum(rights) / len(rights)
    group = {"measure": "right", "kind": "all", "lang": "all", "value": share, "low": share - 0.055, "high": 1.0}
    return {
        "format": 2,
        "run": {"files": [{"name": "c.jsonl", "sha256": "0"}]},
        "measures": {"right": share, "quotes_verbatim": 1.0, "figures_backed": None},
        "counts": {"cases": len(rights), "errors": 0, "failures": 0},
        "latency": {"p95_ms": 100.0},
        "groups": [group],
        "cases": [case(f"c{n}", right=right) for n, right in enumerate(rights)],
        **more,
    }


BEFORE = results([True] * 40 + [False] * 10)


def after(lost: int, gained: int = 0) -> dict[str, Any]:
    """The same cases, so many lost and so many gained."""
    return results([False] * lost + [True] * (40 - lost) + [True] * gained + [False] * (10 - gained))


@pytest.mark.parametrize(
    ("lost", "gained", "verdict"),
    [(0, 0, "same"), (2, 0, "chance"), (3, 3, "chance"), (8, 1, "worse"), (0, 8, "better")],
)
def test_a_difference_is_called_by_its_name(lost: int, gained: int, verdict: str) -> None:
    """Few changes, or as many one way as the other, may be chance; the cases are named either way."""
    found = compare(BEFORE, after(lost, gained))
    measures = {one.measure: one for one in found.differences}
    assert measures["right"].verdict == verdict
    assert (measures["right"].gained, measures["right"].lost) == (gained, lost)
    assert [one.id for one in found.changes if not one.passed_after] == [f"c{n}" for n in range(lost)]
    assert measures["reciprocal_rank"].p is None
    assert measures["reciprocal_rank"].low <= (gained - lost) / 50 <= measures["reciprocal_rank"].high
    assert measures["wrong_answer"].verdict == verdict, "fewer wrong answers are better"


def test_cases_that_are_not_the_same_are_not_compared() -> None:
    """In one run only, or asked in other words: named and left out."""
    changed = copy.deepcopy(BEFORE)
    changed["cases"][0]["question"] = "Autre?"
    changed["cases"][1]["id"] = "new"
    found = compare(BEFORE, changed)
    assert (found.unpaired, found.n) == (("c0", "c1", "new"), 48)


def test_the_gate_is_open_on_the_run_it_was_taken_from(tmp_path: Path) -> None:
    """A baseline asks for what was reached, floors lie under what was seen; its file reads back the same."""
    baseline = baseline_of(BEFORE)
    assert fallen(baseline, BEFORE) == ()
    assert baseline.min == {"right": 0.74, "quotes_verbatim": 1.0}
    assert baseline.max == {"errors": 0, "failures": 0}
    assert baseline.cases["c0"] == {"right": True}
    (tmp_path / "baseline.json").write_text(written(baseline), encoding="utf-8")
    assert read(tmp_path / "baseline.json", Baseline) == baseline


@pytest.mark.parametrize(("lost", "gained", "closed"), [(2, 0, False), (4, 0, True), (5, 5, False), (5, 0, True)])
def test_the_gate_closes_on_a_loss_that_is_no_chance(lost: int, gained: int, closed: bool) -> None:  # noqa: FBT001 (a row of the table)
    """One-sided: five lost and none gained is one chance in 32; a floor closes it too."""
    fell = fallen(baseline_of(BEFORE), after(lost, gained))
    assert bool(fell) is closed
    assert any("right: 5 case(s) lost, 0 gained" in one for one in fell) is (lost == 5 and not gained)
    assert any("right is 0.72; the baseline asks for at least 0.74" in one for one in fell) is (lost == 4)


def test_a_broken_promise_closes_the_gate_whatever_the_baseline() -> None:
    """One figure without backing, one quote that is not verbatim, one answer that never came."""
    broken = copy.deepcopy(BEFORE)
    broken["cases"][3]["violations"] = [{"check": "figure", "what": "12 $", "where": "Il y a 12 $."}]
    broken["cases"][4]["failure"] = "no answer within 60 s"
    with pytest.raises(EvalError, match="no baseline can be taken"):
        baseline_of(broken)
    assert fallen(Baseline(max={"failures": 99}), broken) == (
        "c3: figure without backing: 12 $ (Il y a 12 $.)",
        "c4: no answer: no answer within 60 s",
    )


def test_what_was_not_measured_has_fallen() -> None:
    """A number or a case that the run lacks is no pass."""
    baseline = Baseline(min={"right": 0.1, "figures_backed": 0.5, "typo": 0}, max={"p95_ms": 50}, cases={"gone": {}})
    assert fallen(baseline, BEFORE) == (
        "figures_backed is not in the results; the baseline asks for at least 0.5",
        "typo is not in the results; the baseline asks for at least 0",
        "p95_ms is 100; the baseline asks for at most 50",
        "1 case(s) of the baseline were not asked: gone",
    )


@pytest.mark.parametrize("content", ["{}", '{"minimum": {"right": 1}}', '{"min": {"right": "high"}}', "nonsense", None])
def test_a_baseline_that_asks_nothing_or_nonsense_is_refused(tmp_path: Path, content: str | None) -> None:
    """A gate that could not close is an error, not an open gate."""
    path = tmp_path / "baseline.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(EvalError, match=r"baseline\.json"):
        read(path, Baseline)


@pytest.mark.parametrize("content", ["{}", "[]", '{"format": 1}', "nonsense", None])
def test_results_of_another_form_are_refused(tmp_path: Path, content: str | None) -> None:
    """And an interrupted run is told for what it is."""
    path = tmp_path / "results.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(EvalError, match="interrupted" if content is None else "format 2|not JSON"):
        read_results(tmp_path)
    path.write_text(json.dumps(BEFORE), encoding="utf-8")
    assert read_results(tmp_path) == read_results(path) == BEFORE
