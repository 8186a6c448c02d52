"""A run over five cases with a made-up assistant: one passes, one lacks words, one crashes; its results as JSON."""

import json
from typing import Any

from evals.cases import Case, ExpectedAmount, ExpectedCalculation
from evals.results import build
from evals.run import Conditions, run
from evals.summary import judge, summarise

TEXT = "Le jardin reçoit 12 $ par élève. La date limite est le 15 mars."
SOURCES = {"jardin": TEXT, "jardin-original": TEXT}
NASTY = "<script>alert('é')</script> & «guillemets» \x0b|"


def case(name: str, **more: Any) -> Case:
    """A question on the garden that has an answer, unless told otherwise."""
    given = {"kind": "budget", "lang": "fr", "question": f"Combien, {name}?", "answerable": True, **more}
    if given["answerable"]:
        given = {"documents": ("jardin-original",), "quotes": ("Le jardin reçoit 12 $ par élève.",), **given}
    return Case(name, **given)


CASES = (
    case("good", must_include=(("12",),)),
    case("wrong", must_include=(("12",), ("15 mars", "March 15")), question=NASTY, referral="financement", note="voir"),
    case("silent", kind="unanswerable", answerable=False, lang="en"),
    case("crash", kind="pevr", must_include=(("12",),)),
    case(
        "sum", kind="allocation_calc", calculation=ExpectedCalculation((ExpectedAmount(5, 5),)), must_include=(("5",),)
    ),  # type: ignore[arg-type]
)


def candidate(rank: int, probability: float, **more: object) -> dict[str, object]:
    """A candidate as the trace tells it."""
    return {
        "rank": rank, "leads_to": f"jardin/{rank}", "unit": f"jardin/{rank}", "kind": "figure", "document": "jardin",
        "source_file": "jardin-original.txt", "section": ["Jardin", "Sommes"], "page": 2, "text": TEXT, "kept": False,
        "probability": probability, "reason": "far behind the first", "places": [[0, 32]],
        "signals": {"passage_words": 0.5, "gap": 0.0, "score": 1.0, "share": 0.2}, **more,
    }  # fmt: skip


def answer(asked: Case) -> dict[str, Any]:
    """The same answer to all, but for the one that crashes."""
    if asked.id == "crash":
        raise ZeroDivisionError("in a step")
    citation = {"n": 1, "document": "jardin", "source_file": "jardin-original.txt", "title": "Jardin", "page": 2,
                "section": ["Sommes"], "quote": "Le jardin reçoit 12 $ par élève.", "start": 0, "end": 32}  # fmt: skip
    return {
        "status": "answered", "language": asked.lang, "text": "Le jardin reçoit 12 $ par élève. [1]",
        "statements": [{"text": "Le jardin reçoit 12 $ par élève. [1]", "citations": [1], "kind": "claim"}],
        "citations": [citation], "nearest": [], "referral": None, "calculation": None,
        "trace": {"steps": ["screen", "retrieve", "guard"], "standalone": asked.question,
                  "removed": [["Une phrase.", "loose"]], "candidates":
                  [candidate(1, 0.9, kept=True, reason=""), candidate(2, 0.3, kind="gap", places=[])]},
    }  # fmt: skip


def made_results() -> dict[str, Any]:
    """The content of results.json."""
    done = run(CASES, answer, Conditions(1, 30, iter(range(1000)).__next__))
    judged = judge(done, SOURCES)
    about = {
        "name": "essai", "started": "2026-11-22T17:30:00+00:00", "seconds": 3.5, "clients": 1, "repeat": 1,
        "engine": "extractive", "against": None, "index_version": "abc", "only": {}, "weights": {"passage_words": 3.0},
        "files": [{"name": "essai.xlsx", "sha256": "…", "cases": 5}],
    }  # fmt: skip
    whole = build(about, judged, summarise(done, judged, SOURCES), SOURCES, {"wrong": "Il manque la date."})
    return json.loads(json.dumps(whole))  # type: ignore[no-any-return]
