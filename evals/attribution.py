"""Which step let a case fail: read from what was expected and from how the answer came to be, not asked of the program.

In: a case, its scores, the answer with its trace (a server tells none). Out: a step and one sentence on why; None for a
case that passed. The first of the steps that went wrong is named: what comes after could not mend it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from evals.answers import Answer
from evals.cases import Case
from evals.emails import UNTAKEN
from evals.measures import forbidden_found, missing_groups
from evals.retrieval import Candidate, candidates, gold
from evals.scoring import Score, abstains, answers
from evals.sources import Sources

StepName = Literal[
    "crash", "screen", "route", "retrieval", "gate", "computation", "composition", "guard", "unknown",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """The step that failed, and why it is thought so."""

    step: StepName
    reason: str


def passed(scores: Mapping[str, Score]) -> bool:
    """The answer is right, its amounts too, and nothing in it is without backing."""
    firm = ("calculation_exact", "quotes_verbatim", "figures_backed")
    return scores.get("right") is True and all(scores.get(name) is not False for name in firm)


def attribute(case: Case, answer: Answer, scores: Mapping[str, Score], failure: str, sources: Sources) -> Fault | None:
    """The step that failed; None when the case passed."""
    if passed(scores):
        return None
    if failure:
        return Fault("crash", failure)
    unbacked = [name for name in ("quotes_verbatim", "figures_backed") if scores.get(name) is False]
    if unbacked:
        return Fault("guard", f"it let through what is not backed: {', '.join(unbacked)}")
    if answer.get("status") == "error":
        return _of_error(answer)
    return (
        _of_screen(case, answer)
        or _of_computation(case, answer, scores)
        or (_of_search(case, answer, sources) if case.answerable else _of_wrong_answer(case, answer))
    )


def _of_error(answer: Answer) -> Fault:
    if answer.get(UNTAKEN):
        return Fault("route", "the letter takes up no such question")
    removed = (answer.get("trace") or {}).get("removed")
    if removed:
        return Fault("guard", f"it took out every claim of the draft; first: {removed[0][-1]}")
    return Fault("crash", "a step broke, or there was no draft; see the log of the assistant")


def _of_screen(case: Case, answer: Answer) -> Fault | None:
    """A question that was stopped at the door and should not have been, or the other way round."""
    stopped = _steps(answer) == ["screen", "guard"]
    if case.answerable and (stopped or answer.get("status") == "refused"):
        return Fault("screen", f"it stopped a question that the documents answer, as {answer.get('status')}")
    if not case.answerable and stopped and answers(answer):
        return Fault("screen", "it answered by itself a question that has no answer")
    if case.kind == "adversarial" and not case.answerable and not abstains(answer):
        return Fault("screen", "it let through what asks for something else than an answer")
    return None


def _of_computation(case: Case, answer: Answer, scores: Mapping[str, Score]) -> Fault | None:
    given = bool((answer.get("calculation") or {}).get("results"))
    if case.calculation is None:
        return _of_unwanted_amount(case, answer, given=given and scores.get("right") is not True)
    if scores.get("calculation_exact") is not False:
        return None
    if case.calculation.refusal:
        return Fault("computation", f"an amount was given where there is none: {case.calculation.refusal}")
    if given:
        return Fault("computation", "the amounts are not those expected")
    if answer.get("status") != "needs_input":
        return Fault("route", "it was not seen that an amount is to be computed")
    missing = ", ".join(map(str, answer.get("missing") or ())) or "not said"
    return Fault("computation", f"an input that the question gives was not read; missing: {missing}")


def _of_unwanted_amount(case: Case, answer: Answer, *, given: bool) -> Fault | None:
    if given:
        return Fault("route", "an amount was computed where none was asked for")
    if case.answerable and answer.get("status") == "needs_input":
        return Fault("route", "inputs were asked for, as if an amount were to be computed")
    return None


def _of_search(case: Case, answer: Answer, sources: Sources) -> Fault:
    found = candidates(answer)
    if found is None:
        step: StepName = "unknown" if abstains(answer) else "composition"
        return Fault(step, "without a trace, what was found and rejected is not known")
    if not case.quotes:
        return Fault("unknown", "the case names no passage that the search could be held to")
    right = [candidate for candidate in found if gold(case, candidate, sources)]
    if not right:
        return Fault("retrieval", f"no expected passage among the {len(found)} candidates")
    kept = [candidate for candidate in right if candidate.get("kept")]
    if not kept:
        return _of_rejection(right[0], found)
    return Fault(
        "composition", f"the expected passage was kept (rank {kept[0].get('rank')}); {_wrong_words(case, answer)}"
    )


def _wrong_words(case: Case, answer: Answer) -> str:
    if not answers(answer):
        return f"the answer is {answer.get('status')} all the same"
    missing = ("/".join(group) for group in missing_groups(case, answer))
    said = [*(f"not said: {group}" for group in missing), *(f"said: {one}" for one in forbidden_found(case, answer))]
    return "; ".join(said)


def _of_rejection(best: Candidate, found: Sequence[Candidate]) -> Fault:
    """The right passage was found and not kept: ranked behind another passage, or stopped at the gate."""
    first = next(candidate for candidate in found if candidate.get("kind") != "gap")
    if first is best:
        return Fault("gate", f"the expected passage came first and was rejected: {best.get('reason')}{_gap(found)}")
    ahead = first.get("leads_to")
    place = f"the expected passage came in place {best.get('rank')}, behind {ahead}"
    return Fault("retrieval", f"{place}: {best.get('reason')}")


def _gap(found: Sequence[Candidate]) -> str:
    """The known gap that came before every passage, if one did."""
    first = found[0]
    return f" (ahead of it: {first.get('leads_to')})" if first.get("kind") == "gap" else ""


def _of_wrong_answer(case: Case, answer: Answer) -> Fault:
    if abstains(answer):
        return Fault("composition", "the abstention holds a string that it must not")
    found = candidates(answer) or ()
    kept = next((candidate for candidate in found if candidate.get("kept")), None)
    if kept is None and answer.get("calculation"):
        return Fault("computation", "an amount was worked out where the documents have no answer")
    if kept is None:
        return Fault(
            "unknown" if candidates(answer) is None else "composition", f"answered, {case.kind}: no passage kept"
        )
    return Fault(
        "gate", f"{kept.get('leads_to')} passed with {float(kept.get('probability') or 0):.2f}; nothing answers"
    )


def _steps(answer: Answer) -> list[str]:
    steps = (answer.get("trace") or {}).get("steps")
    return list(steps) if isinstance(steps, list) else []
