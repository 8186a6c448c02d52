"""results.json: all that reports, comparisons and gates read of a run. Its form is described in docs/evaluation.md.

In: the run, its cases as judged, its summary. Out: plain values; and back from a file, checked as far as it is read.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from evals.attribution import passed
from evals.cases import Case
from evals.citing import quotes_found
from evals.errors import EvalError
from evals.journal import RESULTS
from evals.measures import forbidden_found, missing_groups, right
from evals.retrieval import candidates, gold
from evals.run import Outcome
from evals.sources import Sources
from evals.summary import ALL, Judged, Summary, digest
from evals.verify import verify

FORMAT = 2
Results = Mapping[str, Any]


def build(
    about: Mapping[str, object],
    judged: Sequence[Judged],
    summary: Summary,
    sources: Sources,
    comments: Mapping[str, str],
) -> dict[str, object]:
    """The content of results.json; `about` is its `run`, `comments` what a model said, by case."""
    return {
        "format": FORMAT,
        "run": dict(about),
        "measures": {tally.measure: tally.value for tally in summary.groups if tally.kind == tally.lang == ALL},
        "counts": dict(summary.counts),
        "latency": dict(summary.latency),
        "groups": [asdict(tally) for tally in summary.groups],
        "calibration": asdict(summary.calibration) if summary.calibration else None,
        "failing_steps": dict(summary.failing_steps),
        "cases": [{**_case(item, sources), "comment": comments.get(item.outcome.case.id)} for item in judged],
    }


def read_results(path: Path) -> Results:
    """The results of a run, from its folder or from the file. `EvalError` when it is none."""
    file = path / RESULTS if path.is_dir() else path
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise EvalError(
            str(file), [f"cannot be read: {error.strerror}; a run that was interrupted has none"]
        ) from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise EvalError(str(file), [f"not JSON: {error}"]) from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise EvalError(str(file), [f"not the results of a run in format {FORMAT}; run it again"])
    return found


def _case(item: Judged, sources: Sources) -> dict[str, object]:
    outcome = item.outcome
    case, answer = outcome.case, outcome.answer
    trace = answer.get("trace") or {}
    shown = [(one, _candidate(case, one, sources)) for one in candidates(answer) or ()]
    return {
        **_asked(case),
        "answer": {name: value for name, value in answer.items() if name != "trace"},
        "failure": outcome.failure,
        "seconds": outcome.seconds,
        "repeats": [_repeat(one, sources) for one in item.repeats],
        "measures": dict(item.scores),
        "passed": passed(item.scores),
        "missing": [list(group) for group in missing_groups(case, answer)],
        "forbidden": list(forbidden_found(case, answer)),
        "quotes_found": list(quotes_found(case, answer, sources)),
        "violations": [
            {"check": one.check, "where": one.where, "what": one.what} for one in verify("", answer, sources)
        ],
        "steps": trace.get("steps") or [],
        "standalone": trace.get("standalone"),
        "removed": trace.get("removed") or [],
        "kept": [one for candidate, one in shown if candidate.get("kept")],
        "rejected": [one for candidate, one in shown if not candidate.get("kept")],
        "failing_step": item.fault.step if item.fault else None,
        "failing_reason": item.fault.reason if item.fault else None,
    }


def _asked(case: Case) -> dict[str, object]:
    calculation = None
    if case.calculation:
        calculation = {
            "amounts": [
                {"body": one.body, "dollars": str(one.dollars), "cents": str(one.cents)}
                for one in case.calculation.amounts
            ],
            "refusal": case.calculation.refusal,
        }
    return {
        "id": case.id,
        "kind": case.kind,
        "lang": case.lang,
        "persona": case.persona,
        "question": case.question,
        "history": [{"role": turn.role, "content": turn.content} for turn in case.history],
        "email": asdict(case.email) if case.email else None,
        "expected": {
            "answerable": case.answerable,
            "documents": list(case.documents),
            "quotes": list(case.quotes),
            "must_include": [list(group) for group in case.must_include],
            "must_not_include": list(case.must_not_include),
            "calculation": calculation,
            "referral": case.referral,
            "note": case.note,
        },
    }


def _repeat(outcome: Outcome, sources: Sources) -> dict[str, object]:
    return {
        "seconds": outcome.seconds,
        "status": outcome.answer.get("status"),
        "right": right(outcome.case, outcome.answer, sources),
        "digest": digest(outcome.answer),
        "failure": outcome.failure,
    }


def _candidate(case: Case, candidate: Mapping[str, Any], sources: Sources) -> dict[str, Any]:
    known = (
        "rank", "leads_to", "kind", "document", "source_file", "section", "page", "text", "probability", "reason",
        "signals",
    )  # fmt: skip
    return {**{name: candidate.get(name) for name in known}, "gold": gold(case, candidate, sources)}
