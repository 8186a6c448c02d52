"""Allocations: from the inputs of a question to the tool that computes them, or to what is missing.

In: the figures, what is asked (`Situation`), what the profile and the route know, the language. Out: a `Calculation`
or a `Problem`. Raises the `ToolError`s of the tools; the step turns them into problems.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

from assistant.conversation import BodyType, Calculation, Language, Problem, Status
from assistant.parsing.asks import Ask, asks_change
from assistant.parsing.bodies import Listed
from assistant.parsing.followup import Situation
from assistant.parsing.numbers import Unit
from assistant.parsing.reading import Reading
from assistant.tools import envelopes, needs, scenarios, shares
from assistant.tools.allocation import CENT, DOLLAR, Body
from assistant.tools.errors import InvalidInput, SeparateRules, TotalMismatch, Wording
from assistant.tools.figures import Figures
from assistant.tools.formats import count, millions
from assistant.tools.ground import BASE_FIGURE, SEPARATE, VOLETS, Ground, check_body_type, documented_year, lay_ground
from assistant.tools.scenarios import Scenario
from assistant.tools.shares import Weight

_LOCAL_ACTIONS = "strategie.action_2"
_SUPPOSED = re.compile(r"\b(?:si|if|suppos\w*|imagin\w*|hypoth\w*|mettons|admettons|say|assum\w*)\b")
_FIRST_PERSON = re.compile(r"\b(?:nous|nos|notre|on|mon|ma|j'ai|je|we|our|us|i|my|ours)\b")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the words of the question: from the profile, the route or the conversation."""

    measure: str | None = None
    volets: tuple[str, ...] = ()
    school_year: str | None = None
    body_type: BodyType | None = None


@dataclass(frozen=True, slots=True)
class _Case:
    """A situation with its measure, volets and year settled."""

    figures: Figures
    language: Language
    ask: Ask
    reading: Reading
    before: Reading | None
    measure: str
    volets: tuple[str, ...]
    school_year: str | None
    body_type: BodyType | None

    def ground(self, volet: str | None = None) -> Ground:
        """The rule for this volet, or for the only one."""
        names = self.reading.names
        chosen = volet or (self.volets[0] if self.volets else None)
        cents = names.in_cents or self._has_cents()
        known = self.figures[BASE_FIGURE].values[-1]
        base = self.reading.base
        if base == known.exact and (self.school_year or known.start) == known.start:
            base = None
        return lay_ground(
            self.figures,
            self.language,
            self.measure,
            chosen if self.measure == "15158" else None,
            self.school_year,
            base=base,
            unit=CENT if cents else DOLLAR,
            body_type=self.body_type,
        )

    def _has_cents(self) -> bool:
        amounts = (self.reading.envelope, self.reading.base, *self.reading.envelopes)
        return any(amount is not None and amount.denominator != 1 for amount in amounts)


def compute(figures: Figures, situation: Situation, known: Known, language: Language) -> Calculation | Problem:
    """The amount with its working, what is missing, or why there is none."""
    if situation.ask is None:
        raise ValueError("the situation asks for no computation")
    reading = situation.reading
    if reading.names.separate_rules:
        raise SeparateRules(SEPARATE)
    if problem := _false_envelope(figures, reading, language):
        return problem
    measure = _measure(situation.ask, reading, known)
    body_type = _body_type(reading, known)
    if measure is not None:
        check_body_type(figures, measure, body_type)
    volets = _volets(situation.ask, reading, known, measure)
    lacking = _lacking_names(measure, volets, reading)
    if measure is None or lacking:
        return needs.problem(language, lacking, reading.doubts, "list" if situation.ask == "list" else "posts")
    year = reading.names.school_year or known.school_year
    case = _Case(figures, language, situation.ask, reading, situation.before, measure, volets, year, body_type)
    grounds = [case.ground(volet) for volet in volets] or [case.ground()]
    return _missing(case) or _compute(case, grounds)


def _measure(ask: Ask, reading: Reading, known: Known) -> str | None:
    units = (
        {unit for unit, _ in reading.own}
        | {u for body in reading.listed for u, _ in body.counts}
        | {reading.total_unit}
    )
    if reading.names.measure:
        return reading.names.measure
    if reading.names.volets or "posts" in units or ask in {"base_total", "balance"} or reading.number is not None:
        return "15158"
    if units & {"fgj", "fp", "pupils"}:
        return "30100"
    return known.measure or ("15158" if known.volets else None)


def _body_type(reading: Reading, known: Known) -> BodyType | None:
    if reading.body_type:
        return reading.body_type
    return known.body_type if _FIRST_PERSON.search(reading.folded) else None


def _volets(ask: Ask, reading: Reading, known: Known, measure: str | None) -> tuple[str, ...]:
    if measure != "15158":
        return ()
    if reading.names.volets:
        return reading.names.volets
    if ask in {"base_total", "balance"} or reading.base is not None:
        return VOLETS[:1]
    return known.volets


def _lacking_names(measure: str | None, volets: tuple[str, ...], reading: Reading) -> tuple[str, ...]:
    lacking: list[str] = []
    if measure is None:
        lacking.append("measure")
    elif measure == "15158" and not volets:
        lacking.append("volet")
    if reading.names.vague_year:
        lacking.append("school_year")
    return tuple(lacking)


def _missing(case: _Case) -> Problem | None:
    reading, ask = case.reading, case.ask
    posts = case.measure == "15158"
    total, own = ("total_posts", "posts") if posts else ("total_headcount", "headcount")
    has_base = posts and "1" in case.volets
    needed: list[tuple[str, bool]] = []
    if ask in {"list", "single", "balance", "unit_value"} and len(case.volets) < 2:  # noqa: PLR2004 (several)
        needed.append(("envelope", reading.envelope is not None or (ask == "single" and _changed(reading))))
    if ask in {"sum_volets", "list_volets"}:
        needed.append(("envelopes", len(reading.envelopes) == len(case.volets)))
    if ask == "inverse":
        needed.append(("target", reading.target is not None))
    if ask in {"base_total", "balance"} or (has_base and ask in {"single", "inverse", "sum_volets", "unit_value"}):
        needed.append(("number_of_bodies", reading.number is not None))
    if ask in {"single", "inverse", "sum_volets", "unit_value", "delta"}:
        needed.append((total, _total(reading) is not None or "posts" in reading.doubts))
    if ask in {"single", "inverse", "sum_volets", "delta"}:
        needed.append((own, bool(_own(reading)) or bool(reading.unclear)))
    lacking = [name for name, present in needed if not present]
    if ask in {"list", "single"} and len(case.volets) < 2 and len(reading.envelopes) > 1:  # noqa: PLR2004 (several)
        return needs.problem(case.language, (), ("money", *reading.doubts), _example(case))
    if ask == "list" and reading.changes:
        lacking.append("body")
    doubts = _standing_doubts(case)
    return needs.problem(case.language, lacking, doubts, _example(case)) if lacking or doubts else None


def _changed(reading: Reading) -> bool:
    return reading.envelope_change is not None


def _standing_doubts(case: _Case) -> tuple[str, ...]:
    settled = {"posts", "headcount"} if case.ask == "unit_value" and case.reading.unclear else set()
    settled |= {"bodies"} if case.ask == "list" else set()
    return tuple(doubt for doubt in case.reading.doubts if doubt not in settled)


def _example(case: _Case) -> str:
    if case.ask in {"list", "list_volets"}:
        return "list"
    if case.ask == "inverse":
        return "inverse"
    return "posts" if case.measure == "15158" else "headcount"


def _compute(case: _Case, grounds: list[Ground]) -> Calculation:
    reading, ground = case.reading, grounds[0]
    envelope = reading.envelope or Fraction(0)
    match case.ask:
        case "list":
            return _list(case, ground, envelope)
        case "list_volets":
            return scenarios.volets_of_each(grounds, reading.envelopes, _bodies(case, reading.listed))
        case "sum_volets":
            return scenarios.sum_of_volets(grounds, reading.envelopes, _weight(case, reading))
        case "base_total":
            return envelopes.base_total(ground, reading.number or 0)
        case "balance":
            return envelopes.balance(ground, envelope, reading.number or 0)
        case "inverse":
            return envelopes.envelope_needed(ground, reading.target or Fraction(0), _weight(case, reading))
        case "unit_value":
            return envelopes.worth_of_one(ground, envelope, _total(reading) or Fraction(0), reading.number or 0)
        case "delta":
            return _delta(case, ground)
        case _:
            return _single(case, ground, envelope)


def _delta(case: _Case, ground: Ground) -> Calculation:
    reading = case.reading
    weight, change = _weight(case, reading), reading.envelope_change or Fraction(0)
    if not asks_change(reading) and reading.envelope is not None and (reading.number is not None or not ground.base):
        before = Scenario(reading.envelope, weight)
        return scenarios.compare_one(ground, before, Scenario(reading.envelope + change, weight))
    return scenarios.change_of_envelope(ground, change, weight, reading.envelope)


def _single(case: _Case, ground: Ground, envelope: Fraction) -> Calculation:
    after = Scenario(envelope, _weight(case, case.reading))
    before = case.before
    comparable = before is not None and before.envelope is not None and _own(before) and _total(before) is not None
    if before is None or not comparable or (ground.base and before.number is None):
        return shares.share_of_one(ground, after.envelope, after.weight)
    earlier = Scenario(before.envelope or Fraction(0), _weight(case, before))
    return scenarios.compare_one(ground, earlier, after)


def _list(case: _Case, ground: Ground, envelope: Fraction) -> Calculation:
    reading = case.reading
    bodies = _bodies(case, reading.listed)
    _check_list(reading, bodies)
    if case.before is None or case.before.envelope is None or not case.before.listed:
        return shares.share_of_each(ground, envelope, bodies)
    earlier = case.before.envelope, _bodies(case, case.before.listed)
    return scenarios.compare_lists(ground, earlier, (envelope, bodies))


def _check_list(reading: Reading, bodies: list[Body]) -> None:
    total = sum((body.weight for body in bodies), Fraction(0))
    if reading.total is not None and reading.total != total:
        raise TotalMismatch(
            Wording(
                f"Le total donné ({count(reading.total, 'fr')}) n’est pas la somme de la liste ({count(total, 'fr')}).",
                f"The total given ({count(reading.total, 'en')}) is not the sum of the list ({count(total, 'en')}).",
            )
        )
    if reading.number is not None and reading.number != len(bodies) and "bodies" not in reading.doubts:
        n, listed = Fraction(reading.number), Fraction(len(bodies))
        raise TotalMismatch(
            Wording(
                f"La question annonce {count(n, 'fr')} organismes et en nomme {count(listed, 'fr')}\u00a0: à vérifier.",
                f"The question announces {count(n, 'en')} bodies and names {count(listed, 'en')}: to be checked.",
            )
        )


def _bodies(case: _Case, listed: tuple[Listed, ...]) -> list[Body]:
    return [Body(body.name, _listed_weight(case, body)) for body in listed]


def _listed_weight(case: _Case, body: Listed) -> Fraction:
    counted: set[Unit | None] = {"posts", None} if case.measure == "15158" else {"fgj", "fp", "pupils", None}
    values = [value for unit, value in body.counts if unit in counted]
    if not values:
        raise InvalidInput(
            Wording(
                f"Le nombre donné pour {body.name} n’est pas celui de la clé de répartition de la mesure.",
                f"The count given for {body.name} is not that of the allocation key of the measure.",
            )
        )
    return sum(values, Fraction(0))


def _own(reading: Reading) -> dict[Unit | None, Fraction]:
    if not reading.own and reading.total is None and len(reading.percents) == 1:
        return {None: reading.percents[0]}
    return dict(reading.own)


def _total(reading: Reading) -> Fraction | None:
    if reading.total is None and not reading.own and len(reading.percents) == 1:
        return Fraction(100)
    if reading.total is None and len(reading.unclear) == 1 and not reading.own:
        return reading.unclear[0][1]
    return reading.total


def _weight(case: _Case, reading: Reading) -> Weight:
    own, total = _own(reading), _total(reading) or Fraction(0)
    number = reading.number or 0
    if case.measure == "15158":
        return Weight(sum((v for u, v in own.items() if u in {"posts", None}), Fraction(0)), total, number)
    sectors = {unit: value for unit, value in own.items() if unit in {"fgj", "fp"}}
    if reading.no_vocational and "fgj" in sectors:
        sectors.setdefault("fp", Fraction(0))
    counted = sum(sectors.values(), Fraction(0)) + sum((own.get(u, Fraction(0)) for u in ("pupils", None)), Fraction(0))
    named = [(str(unit), value) for unit, value in sectors.items()]
    if "fga" in own:
        named.append(("fga_not_counted", own["fga"]))
    return Weight(counted, total, 0, tuple(named))


def _false_envelope(figures: Figures, reading: Reading, language: Language) -> Problem | None:
    action = figures[_LOCAL_ACTIONS]
    given = {reading.envelope, *reading.envelopes}
    if action.sole.exact not in given or _SUPPOSED.search(reading.folded):
        return None
    amount, year = millions(action.sole.exact, language), reading.names.school_year or documented_year(figures)
    said = Wording(
        f"Le montant de {amount} n’est pas l’enveloppe de {year}\u00a0: c’est celui de l’action 2 de la Stratégie 2022-2026 "
        "(soutenir les actions locales de valorisation), pour toute la durée de la Stratégie. Les documents ne donnent "
        "l’enveloppe d’aucune année; aucune part n’est calculée à partir de ce montant.",
        f"The amount of {amount} is not the envelope of {year}: it is that of action 2 of the Strategy 2022-2026 (support "
        "for local recognition actions), for the whole length of the Strategy. The documents give the envelope of no "
        "year; no share is computed from this amount.",
    )
    return Problem(
        Status.NOT_IN_DOCUMENTS,
        "false_envelope",
        (said[language],),
        sources=(action.sole.source,),
        referral="financement",
    )
