"""A failing case, ready to be read: what was asked, expected, answered, quoted, found, and where it went wrong.

In: a case of results.json, the weights of the ranking, the words of a language. Out: a frozen `Failure` for templates.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.reports.wording import Wording
from evals.results import Results

_SHOWN = 6
_SLIGHT = 0.005


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was expected, and whether it is there; None where that is not said."""

    label: str
    text: str
    met: bool | None = None
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A candidate: its place, its words, what became of it and why, and the terms of its score."""

    rank: int
    place: str
    text: str
    probability: str
    fate: str
    kept: bool
    gold: bool
    arithmetic: tuple[str, ...]
    score: str


@dataclass(frozen=True, slots=True)
class Failure:
    """All that a report shows of a failing case."""

    id: str
    kind: str
    lang: str
    question: str
    history: tuple[str, ...]
    standalone: str
    step: str
    about_step: str
    reason: str
    expected: tuple[Check, ...]
    status: str
    answer_lang: str
    answer: tuple[str, ...]
    quotes: tuple[tuple[str, str, str], ...]
    removed: tuple[tuple[str, str], ...]
    violations: tuple[str, ...]
    passages: tuple[Passage, ...]
    more: int
    comment: str


def failures(results: Results, words: Wording) -> tuple[Failure, ...]:
    """The cases that did not pass: answers given where there is none first, then the others in their order."""
    failed = [case for case in results["cases"] if not case["passed"]]
    failed.sort(key=lambda case: case["measures"].get("wrong_answer") is not True)
    weights = results["run"].get("weights") or {}
    return tuple(_failure(case, weights, words) for case in failed)


def _failure(case: Mapping[str, Any], weights: Mapping[str, float], words: Wording) -> Failure:
    answer = case["answer"]
    step = case["failing_step"] or "unknown"
    found = sorted([*case["kept"], *case["rejected"]], key=lambda one: one["rank"])
    shown = [one for place, one in enumerate(found) if place < _SHOWN or one in case["kept"] or one["gold"]]
    kept = {one["rank"] for one in case["kept"]}
    standalone = case["standalone"] or ""
    return Failure(
        id=case["id"],
        kind=words.name("kind", case["kind"]),
        lang=case["lang"],
        question=case["question"],
        history=tuple(f"{words.name('role', turn['role'])}{words.colon} {turn['content']}" for turn in case["history"]),
        standalone=standalone if standalone != case["question"] else "",
        step=words.name("step", step),
        about_step=words.definition("step", step),
        reason=case["failing_reason"] or case["failure"],
        expected=tuple(_expected(case, words)),
        status=words.name("status", str(answer.get("status"))),
        answer_lang=str(answer.get("language") or case["lang"]),
        answer=tuple(str(answer.get("text") or "").split("\n\n")) if answer.get("text") else (),
        quotes=tuple(_quotes(answer, words)),
        removed=tuple((str(text), str(reason)) for text, reason in case["removed"]),
        violations=tuple(f"{one['what']} ({one['where']})" for one in case["violations"]),
        passages=tuple(_passage(one, one["rank"] in kept, weights, words) for one in shown),
        more=len(found) - len(shown),
        comment=case["comment"] or "",
    )


def _expected(case: Mapping[str, Any], words: Wording) -> Iterator[Check]:
    expected, answer = case["expected"], case["answer"]
    kind = "expected_answer" if expected["answerable"] else "expected_abstention"
    yield Check("", words.say(kind))
    for group in expected["must_include"]:
        met = group not in case["missing"]
        verdict = words.say("present" if met else "missing")
        yield Check(words.say("must_include"), " / ".join(group), met, verdict)
    for string in case["forbidden"]:
        yield Check(words.say("must_not_include"), string, met=False, verdict=words.say("said"))
    for quote in expected["quotes"] if expected["answerable"] else ():
        met = quote in case["quotes_found"]
        yield Check(words.say("expected_quote"), quote, met, words.say("cited" if met else "not_cited"))
    if expected["referral"]:
        given = (answer.get("referral") or {}).get("email") or words.say("no_address")
        met = case["measures"].get("referral_right") is True
        yield Check(
            words.say("expected_referral"),
            expected["referral"],
            met,
            f"{words.say('given_referral')}{words.colon} {given}",
        )
    if expected["calculation"]:
        yield from _amounts(expected["calculation"], answer, case["measures"].get("calculation_exact"), words)
    if expected["note"]:
        yield Check(words.say("note"), expected["note"])


def _amounts(
    calculation: Mapping[str, Any], answer: Mapping[str, Any], exact: object, words: Wording
) -> Iterator[Check]:
    amounts: Sequence[Mapping[str, str]] = calculation["amounts"]
    wanted = ", ".join(f"{one['body']} {one['dollars']}".strip() for one in amounts) or calculation["refusal"]
    results = (answer.get("calculation") or {}).get("results") or ()
    given = ", ".join(f"{one.get('label')} {one.get('amount')}" for one in results) or words.say("no_amount")
    yield Check(
        words.say("expected_amounts"), wanted, exact is True, f"{words.say('given_amounts')}{words.colon} {given}"
    )


def _quotes(answer: Mapping[str, Any], words: Wording) -> Iterator[tuple[str, str, str]]:
    """(mark, place, words) of each citation."""
    for citation in answer.get("citations") or ():
        page = citation.get("page")
        section = citation.get("section") or ()
        place = [str(citation.get("document")), *section[-1:], words.say("page", number=page) if page else ""]
        yield f"[{citation.get('n')}]", " · ".join(part for part in place if part), str(citation.get("quote"))


def _passage(one: Mapping[str, Any], kept: bool, weights: Mapping[str, float], words: Wording) -> Passage:  # noqa: FBT001 (a fact of the passage)
    section = one["section"] or ()
    section = [section] if isinstance(section, str) else list(section)
    is_gap = one["kind"] == "gap"
    place = words.say("gap") if is_gap else " · ".join([str(one["document"]), *section[-1:]])
    reason = one["reason"] or ""
    fate = words.say("kept") if kept else f"{words.say('rejected')}{words.colon} {words.name('reason', reason)}"
    signals = one["signals"] or {}
    terms = [(name, value, weights[name]) for name, value in signals.items() if name in weights]
    terms.sort(key=lambda term: -abs(term[1] * term[2]))
    return Passage(
        rank=one["rank"],
        place=place,
        text=one["text"] or str(one["leads_to"]),
        probability=words.percent(one["probability"] or 0),
        fate=fate,
        kept=kept,
        gold=bool(one["gold"]),
        arithmetic=tuple(_term(*term, words) for term in terms if abs(term[1] * term[2]) >= _SLIGHT),
        score=words.say("equals", score=words.number(signals.get("score", 0.0), 2)),
    )


def _term(name: str, value: float, weight: float, words: Wording) -> str:
    """« sens proche du passage : 0,53 × 1,20 = 0,63 »."""
    one, other, product = (words.number(number, 2) for number in (value, weight, value * weight))
    return f"{words.name('signal', name)}{words.colon} {one} × {other} = {product}"
