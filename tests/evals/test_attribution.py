"""Which step failed, on answers made by hand: one for each step that may fail, and for each way it may."""

from dataclasses import replace
from typing import Any

import pytest

from evals.attribution import attribute, passed
from evals.cases import Case, ExpectedAmount, ExpectedCalculation
from evals.measures import MEASURES

SOURCE = "Le solde est réparti au prorata des postes. Autre chose ici."
SOURCES = {"doc": SOURCE}
CASE = Case(
    "c", "allocation_rule", "fr", "Comment?", answerable=True, documents=("doc",), quotes=("réparti au prorata",),
    must_include=(("prorata",),), must_not_include=("au hasard",),
)  # fmt: skip
SILENT = replace(CASE, answerable=False, quotes=(), must_include=())
COMPUTED = replace(CASE, calculation=ExpectedCalculation((ExpectedAmount(7, 7),)))  # type: ignore[arg-type]
REFUSED = replace(SILENT, calculation=ExpectedCalculation(refusal="invalid_weight"))
ALL = ["screen", "rephrase", "route", "retrieve", "calculate", "compose", "guard"]


def candidate(name: str, *, kept: bool, gold: bool = False, kind: str = "rule", reason: str = "") -> dict[str, Any]:
    """A candidate on the gold quote, or beside it."""
    start = SOURCE.index("prorata") if gold else SOURCE.index("Autre")
    places = [] if kind == "gap" else [[start, start + 4]]
    return {
        "leads_to": name, "kind": kind, "kept": kept, "reason": reason, "probability": 0.7, "source_file": "doc.txt",
        "places": places, "rank": 1,
    }  # fmt: skip


def answer(*found: dict[str, Any], status: str = "answered", text: str = "Oui.", **more: Any) -> dict[str, Any]:
    """An answer with its trace."""
    trace = {"steps": ALL, "candidates": list(found), "removed": []}
    return {"status": status, "language": "fr", "text": text, "trace": trace, **more}


def fault(case: Case, given: dict[str, Any], failure: str = "") -> tuple[str, str]:
    """The step and the reason; two empty words for a case that passed."""
    scores = {measure.__name__: measure(case, given, SOURCES) for measure in MEASURES}
    found = attribute(case, given, scores, failure, SOURCES)
    assert (found is None) is passed(scores)
    return (found.step, found.reason) if found else ("", "")


GOLD, BESIDE = candidate("gold", kept=True, gold=True), candidate("beside", kept=True)
BELOW = candidate("gold", kept=False, gold=True, reason="below the gate")
GAP = candidate("gap/x", kept=False, kind="gap", reason="gap")
SCREENED = {"steps": ["screen", "guard"], "candidates": [], "removed": []}
EMPTY = {"steps": ALL, "candidates": [], "removed": [["Douze.", "figures not in its sources: 12"]]}


@pytest.mark.parametrize(
    ("case", "given", "step", "reason"),
    [
        (CASE, answer(GOLD, text="Au prorata."), "", ""),
        (CASE, answer(GOLD, text="Il y en a 12, au prorata."), "guard", "figures_backed"),
        (CASE, {"status": "error", "trace": EMPTY}, "guard", "figures not in its sources: 12"),
        (CASE, {"status": "error", "trace": SCREENED}, "crash", "a step broke"),
        (CASE, {"status": "refused", "trace": SCREENED}, "screen", "as refused"),
        (CASE, {"status": "out_of_scope", "trace": SCREENED}, "screen", "as out_of_scope"),
        (replace(SILENT, kind="adversarial"), answer(GOLD), "screen", "let through"),
        (SILENT, {**answer(), "trace": SCREENED}, "screen", "answered by itself"),
        (CASE, answer(GOLD, text="Au hasard, au prorata."), "composition", "said: au hasard"),
        (CASE, answer(GOLD), "composition", "not said: prorata"),
        (CASE, answer(GOLD, status="not_in_documents"), "composition", "not_in_documents all the same"),
        (CASE, answer(GOLD, status="needs_input"), "route", "inputs were asked for"),
        (CASE, answer(GOLD, calculation={"results": [{"amount": "7"}]}), "route", "where none was asked for"),
        (CASE, answer(BESIDE), "retrieval", "no expected passage among the 1"),
        (CASE, answer(GAP, BELOW, status="not_in_documents"), "gate", "below the gate (ahead of it: gap/x)"),
        (CASE, answer(BESIDE, {**BELOW, "reason": "far behind the first"}), "retrieval", "behind beside"),
        (COMPUTED, answer(GOLD, status="needs_input", missing=["posts"]), "computation", "missing: posts"),
        (COMPUTED, answer(GOLD, text="prorata"), "route", "not seen that an amount"),
        (
            COMPUTED, answer(GOLD, text="prorata", calculation={"results": [{"amount": "8"}]}), "computation",
            "not those expected",
        ),
        (REFUSED, answer(calculation={"results": [{"amount": "8"}]}), "computation", "invalid_weight"),
        (SILENT, answer(BESIDE), "gate", "beside passed with 0.70"),
        (SILENT, answer(GAP, status="not_in_documents", text="Au hasard."), "composition", "must not"),
        (SILENT, answer(GAP), "composition", "no passage kept"),
        (CASE, {"status": "not_in_documents", "text": ""}, "unknown", "without a trace"),
        (CASE, {"status": "answered", "text": "Oui."}, "composition", "without a trace"),
        (replace(CASE, quotes=()), answer(GOLD), "unknown", "names no passage"),
    ],
)  # fmt: skip
def test_the_step_that_failed(case: Case, given: dict[str, Any], step: str, reason: str) -> None:
    """The first thing that went wrong is named, with why."""
    found, why = fault(case, given)
    assert found == step
    assert reason in why


def test_an_answer_that_never_came_is_a_crash() -> None:
    """With the words of what broke."""
    assert fault(CASE, {"status": "error"}, "no answer within 1 s") == ("crash", "no answer within 1 s")
