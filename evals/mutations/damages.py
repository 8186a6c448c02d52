"""Ways of damaging the pipeline on purpose, each a real fault that a change could bring in.

In: an assistant that was built once. Out: for each `Damage`, a block in which the program is broken in one way, and
whole again after it. Some break what comes after the guard, so that only an independent check can tell.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any
from unittest.mock import patch

from assistant import pipeline, retrieve, signals
from assistant.assemble import Assistant
from assistant.conversation import Citation, Draft, Kind, Language, Statement
from assistant.guard import Guard, Verdict
from assistant.language import detect_language
from assistant.referrals import Referrals
from assistant.signals import SignalReader
from assistant.tools import allocation
from assistant.tools.figures import DatedValue, Figures
from evals.cases import Case

Break = Callable[[Assistant], AbstractContextManager[object]]
_SPAN = 7
_INVENTED = "12\u00a0345\u00a0$"


@dataclass(frozen=True, slots=True)
class Damage:
    """One way of breaking the program; it should show in cases that `shows_in` accepts, asked up to `most` of them."""

    name: str
    what: str
    shows_in: Callable[[Case], bool]
    most: int
    apply: Break


def _always_answers(_: Assistant) -> AbstractContextManager[object]:
    """The gate lets everything through but gaps, and gaps never win."""

    def reject(self: retrieve._Retriever, one: Any, first: Any, *, asked: bool) -> str:  # noqa: ANN401, ARG001 (stands in for it)
        return "gap" if one.name in self.signals.gaps else ""

    return patch.object(retrieve._Retriever, "_reject", reject)  # noqa: SLF001 (damaged on purpose)


def _always_abstains(_: Assistant) -> AbstractContextManager[object]:
    return patch.object(retrieve._Retriever, "_reject", lambda *_, **__: "damaged")  # noqa: SLF001 (damaged on purpose)


def _gaps_win(_: Assistant) -> AbstractContextManager[object]:
    return _signals(
        lambda found: {n: {**one, "coverage": one["coverage"] + 9 * one["gap"]} for n, one in found.items()}
    )


def _questions_forgotten(_: Assistant) -> AbstractContextManager[object]:
    return patch.object(signals, "_best", lambda *_: None)


def _signals_mixed(_: Assistant) -> AbstractContextManager[object]:
    """The signals of the candidates are handed out in the reverse order."""

    def shuffled(found: dict[str, Any]) -> dict[str, Any]:
        names = list(found)
        return dict(zip(names, [found[name] for name in reversed(names)], strict=True))

    return _signals(shuffled)


def _signals(change: Callable[[dict[str, Any]], dict[str, Any]]) -> AbstractContextManager[object]:
    read = SignalReader.read

    def damaged(self: SignalReader, *given: Any) -> dict[str, Any]:  # noqa: ANN401 (as `read` takes them)
        return change(read(self, *given))

    return patch.object(SignalReader, "read", damaged)


def _volets_swapped(assistant: Assistant) -> AbstractContextManager[object]:
    """What speaks for a passage of volet 1 is put to the account of one of volet 2, and the other way round."""
    reader = assistant.signals

    def swapped(found: dict[str, Any]) -> dict[str, Any]:
        sides: dict[str, list[str]] = {"1": [], "2": []}
        for name in sorted(found.keys() & reader.targets.keys(), key=lambda name: -found[name]["coverage"]):
            volet = reader.unit(reader.targets[name]).labels.get("volet", "")
            if volet in sides:
                sides[volet].append(name)
        pairs = dict(zip(sides["1"], sides["2"], strict=False))
        return {**found, **{a: found[b] for a, b in pairs.items()}, **{b: found[a] for a, b in pairs.items()}}

    return _signals(swapped)


def _step_breaks(_: Assistant) -> AbstractContextManager[object]:
    return patch.object(SignalReader, "read", side_effect=ZeroDivisionError)


def _wrong_language(_: Assistant) -> AbstractContextManager[object]:
    detect = detect_language
    other: Mapping[Language, Language] = {"fr": "en", "en": "fr"}
    return patch.object(pipeline, "detect_language", lambda text: other[detect(text)])


def _history_ignored(assistant: Assistant) -> AbstractContextManager[object]:
    answer = pipeline.Pipeline.answer

    def damaged(self: pipeline.Pipeline, question: Any, *given: Any) -> object:  # noqa: ANN401 (as `answer` takes them)
        return answer(self, replace(question, history=()), *given)

    return patch.object(type(assistant.pipeline), "answer", damaged)


def _wrong_rounding(_: Assistant) -> AbstractContextManager[object]:
    """Every share is rounded down: the amounts no longer add up to the envelope."""

    def floored(units: int, weights: Any) -> tuple[int, ...]:  # noqa: ANN401 (as `apportion` takes them)
        total = sum((weight for _, weight in weights), Fraction(0))
        return tuple(int(units * weight / total) for _, weight in weights)

    return patch.object(allocation, "apportion", floored)


def _stale_figure(_: Assistant) -> AbstractContextManager[object]:
    """A year without a figure gets the last known one instead of a refusal."""
    value = Figures.value

    def last_known(self: Figures, figure_id: str, _year: str) -> DatedValue:
        return value(self, figure_id, self[figure_id].values[-1].start)

    return patch.object(Figures, "value", last_known)


def _wrong_mailbox(_: Assistant) -> AbstractContextManager[object]:
    say = Referrals.say
    other = {"financement": "valorisation", "valorisation": "financement"}

    def damaged(self: Referrals, mailbox: str, *given: Any) -> object:  # noqa: ANN401 (as `say` takes them)
        return say(self, other[mailbox], *given)  # type: ignore[arg-type]  # the two keys are the two mailboxes

    return patch.object(Referrals, "say", damaged)


def _gaps_mixed(assistant: Assistant) -> AbstractContextManager[object]:
    """Each known gap serves the sentences, the passages and the mailbox of another one."""
    gaps = assistant.signals.gaps
    names = sorted(gaps)
    half = len(names) // 2
    mixed = {
        name: replace(gaps[other], id=gaps[name].id)
        for name, other in zip(names, [*names[half:], *names[:half]], strict=True)
    }
    return patch.dict(gaps, mixed)


Change = Callable[[Draft], Draft]


def _after(change: Change) -> Break:
    """Change every draft once the guard has passed it."""
    check = Guard.check

    def damaged(self: Guard, draft: Draft) -> Verdict:
        verdict = check(self, draft)
        return replace(verdict, draft=change(verdict.draft))

    return lambda _: patch.object(Guard, "check", damaged)


def _unguarded(change: Change) -> Break:
    """Change every draft, and let it go unguarded."""
    return lambda _: patch.object(Guard, "check", lambda _guard, draft: Verdict(change(draft), ()))


def _invented(draft: Draft) -> Draft:
    """The composer adds a sentence with a figure of its own to every answer."""
    numbers = tuple(citation.n for citation in draft.citations[:1])
    added = Statement(f"Le maximum est de {_INVENTED}.", numbers, Kind.CLAIM if numbers else Kind.FRAMING)
    return replace(draft, statements=(*draft.statements, added))


def _cited(change: Callable[[Citation], Citation]) -> Change:
    def changed(draft: Draft) -> Draft:
        citations, nearest = (tuple(map(change, some)) for some in (draft.citations, draft.nearest))
        return replace(draft, citations=citations, nearest=nearest)

    return changed


def _shifted(citation: Citation) -> Citation:
    return replace(citation, start=citation.start + _SPAN, end=citation.end + _SPAN)


def _truncated(citation: Citation) -> Citation:
    return replace(citation, quote=citation.quote[: len(citation.quote) // 2])


def _misquoted(citation: Citation) -> Citation:
    """One letter of the quotation is another one."""
    return replace(citation, quote=citation.quote.replace("e", "a", 1))


def _misattributed(citation: Citation) -> Citation:
    return replace(citation, source_file=f"other-{citation.source_file}")


def _uncited(draft: Draft) -> Draft:
    return replace(draft, citations=(), nearest=())


def _one_dollar_more(draft: Draft) -> Draft:
    calculation = draft.calculation
    if calculation is None:
        return draft
    results = (replace(result, amount=str(Fraction(result.amount) + 1)) for result in calculation.results)
    return replace(draft, calculation=replace(calculation, results=tuple(results)))


def _kinds(*kinds: str) -> Callable[[Case], bool]:
    return lambda case: case.kind in kinds


def _asks_for_a_volet(case: Case) -> bool:
    return case.answerable and not case.calculation and bool(re.search(r"(?i)\bvolets?\b|\bcomponent", case.question))


def _shared_by_a_list(case: Case) -> bool:
    return case.calculation is not None and len(case.calculation.amounts) > 1


def _refused_amount(case: Case) -> bool:
    return case.calculation is not None and case.calculation.refusal == "base_amount_unknown"


def _computed(case: Case) -> bool:
    return case.calculation is not None and bool(case.calculation.amounts)


def _referred(case: Case) -> bool:
    return case.referral in {"financement", "valorisation"}


def _referred_elsewhere(case: Case) -> bool:
    return _referred(case) and not case.answerable


_PASSAGE = _kinds("definition", "eligibility", "budget", "pevr")
_SILENCE = _kinds("unanswerable", "out_of_scope", "adversarial")
_MANY, _MORE, _MOST = 12, 18, 24
_FEW = 6

DAMAGES: tuple[Damage, ...] = (
    Damage("always answers", "the gate lets every passage through", _SILENCE, _MANY, _always_answers),
    Damage("always abstains", "the gate rejects every passage", _PASSAGE, _FEW, _always_abstains),
    Damage("gaps always win", "a known gap is served whatever is asked", _PASSAGE, _FEW, _gaps_win),
    Damage("gap sentences mixed", "each gap says what another one should", _referred_elsewhere, _MORE, _gaps_mixed),
    Damage("questions forgotten", "expected questions are not searched",
           _kinds("eligibility", "contact", "deadline", "letter", "allocation_rule", "professional_development"),
           _MOST, _questions_forgotten),
    Damage("signals mixed up", "each candidate gets another one's signals", _PASSAGE, _FEW, _signals_mixed),
    Damage("volets swapped", "volet 1 is answered with volet 2", _asks_for_a_volet, _MANY, _volets_swapped),
    Damage("step breaks", "the search raises an error", _PASSAGE, _FEW, _step_breaks),
    Damage("wrong language", "French is taken for English, English for French", _PASSAGE, _FEW, _wrong_language),
    Damage("history ignored", "the earlier turns are not read", _kinds("follow_up"), _MANY, _history_ignored),
    Damage("wrong rounding", "every share is rounded down", _shared_by_a_list, _FEW, _wrong_rounding),
    Damage("one dollar more", "every computed amount is off by one", _computed, _FEW, _after(_one_dollar_more)),
    Damage("stale figure", "an unknown year gets the last known amount", _refused_amount, _FEW, _stale_figure),
    Damage("wrong mailbox", "the two addresses are swapped", _referred, _MANY, _wrong_mailbox),
    Damage("guard dropped", "an invented figure leaves with the answer", _PASSAGE, _FEW, _unguarded(_invented)),
    Damage("guard bypassed", "quotes that are not verbatim pass it", _PASSAGE, _FEW, _unguarded(_cited(_misquoted))),
    Damage("offsets shifted", f"citations point {_SPAN} characters too far", _PASSAGE, _FEW, _after(_cited(_shifted))),
    Damage("quotes truncated", "the second half of each quotation is lost", _PASSAGE, _FEW, _after(_cited(_truncated))),
    Damage("citations dropped", "marks such as [1] lead nowhere", _PASSAGE, _FEW, _after(_uncited)),
    Damage("wrong document", "citations name another document", _PASSAGE, _FEW, _after(_cited(_misattributed))),
)  # fmt: skip
