"""What was understood of a question that gets no amount: what it gave, and the base amount where it plays a part.

In: the figures, a `Situation`, what the profile and the route know, the language. Out: a `Calculation` without
formula, steps or results, whose sources state the rule that was asked about. Refuses nothing, and guesses nothing: a
number whose part is in doubt is named as such.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from assistant.calculation.case import Known, measure_of, volets_of
from assistant.conversation import Calculation, Language
from assistant.parsing.amounts import Unit
from assistant.parsing.followup import Situation
from assistant.parsing.reading import Reading
from assistant.tools.figures import Figures
from assistant.tools.formats import exact
from assistant.tools.ground import BASE_FIGURE, RULES, documented_year

_OF_THE_BASE = frozenset({"base_total", "balance"})
_COUNTED: dict[Unit | None, str] = {
    "posts": "posts",
    "pupils": "headcount",
    "fgj": "fgj",
    "fp": "fp",
    "fga": "fga_not_counted",
}


def understood(figures: Figures, situation: Situation, known: Known, language: Language) -> Calculation:
    """The inputs by the names that computations use; the documented base amount, where volet 1 is asked about."""
    reading, ask = situation.reading, situation.ask or "base_total"
    measure = measure_of(ask, reading, known)
    volets = volets_of(ask, reading, known, measure)
    has_base = measure == "15158" and reading.base is None and ("1" in volets or ask in _OF_THE_BASE)
    base = (figures.parameter(BASE_FIGURE, documented_year(figures), language),) if has_base else ()
    rules = [rule for rule in RULES if rule.measure == measure and rule.volet in (volets or (None,))]
    passages = [figures.passages[name] for rule in rules for name in rule.passages]
    return Calculation(
        operation=situation.ask or "base_amount",
        measure=measure,
        volet=volets[0] if len(volets) == 1 else None,
        school_year=reading.names.school_year or (None if reading.names.vague_year else known.school_year),
        inputs=_inputs(reading, volets, "headcount" if measure == "30100" else "posts"),
        parameters=base,
        formula="",
        steps=(),
        results=(),
        rounding="",
        sources=tuple(dict.fromkeys([*passages, *(parameter.source for parameter in base if parameter.source)])),
    )


def _inputs(reading: Reading, volets: Sequence[str], own: str) -> Mapping[str, str]:
    unsure = _unsure(reading)
    inputs = {"volets": ", ".join(volets)} if len(volets) > 1 else {}
    for name, value in _given(reading, volets, own):
        if exact(value) not in unsure:
            inputs[name] = f"{inputs[name]}; {exact(value)}" if name in inputs else exact(value)
    return inputs | ({"to_clarify": "; ".join(unsure.values())} if unsure else {})


def _unsure(reading: Reading) -> dict[str, str]:
    """The numbers whose part or reading is in doubt: as they are typed, by their exact value where it is known."""
    typed = {re.sub(r"\D", "", doubt): doubt for doubt in reading.doubts if re.search(r"\d", doubt)}
    return {exact(value): exact(value) for _, value in reading.unclear} | typed


def _given(reading: Reading, volets: Sequence[str], own: str) -> Iterator[tuple[str, Fraction]]:
    one_each = len(reading.envelopes) == len(volets)
    names = (
        [f"envelope_{volet}" for volet in volets]
        if one_each
        else [f"amount_{i}" for i in range(1, len(reading.envelopes) + 1)]
    )
    amounts = {
        "envelope": reading.envelope,
        **dict(zip(names, reading.envelopes, strict=True)),
        "change": reading.envelope_change,
        "target": reading.target,
        "base_amount": reading.base,
        "number_of_bodies": None if reading.number is None else Fraction(reading.number),
        f"total_{own}": reading.total,
        **{_COUNTED.get(unit, own): value for unit, value in reading.own},
        "percent": reading.shares[0] if len(reading.shares) == 1 else None,
    }
    yield from ((name, value) for name, value in amounts.items() if value is not None)
    for body in reading.listed:
        for unit, value in body.counts:
            yield f"{_COUNTED.get(unit, own)}:{body.name}", value
