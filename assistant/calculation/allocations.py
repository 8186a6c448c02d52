"""Allocations: from the inputs of a question to the tool that computes them, or to what is missing.

In: the figures, what is asked (`Situation`), what the profile and the route know, the language. Out: a `Calculation`
or a `Problem`. Raises the `ToolError`s of the tools; the step turns them into problems.
"""

import re
from dataclasses import replace
from fractions import Fraction

from assistant.calculation.case import (
    Case,
    Known,
    bodies_of,
    body_type_of,
    lacking_names,
    measure_of,
    of_the_key,
    own_counts,
    total_of,
    volets_of,
    weight_of,
)
from assistant.calculation.missing import missing
from assistant.calculation.understood import understood
from assistant.conversation import Calculation, Language, Problem, Status
from assistant.parsing.asks import asks_change
from assistant.parsing.followup import Situation
from assistant.parsing.reading import Reading
from assistant.tools import envelopes, needs, scenarios, share_lists, shares
from assistant.tools.allocation import Body
from assistant.tools.errors import SeparateRules, TotalMismatch, Wording, Worked
from assistant.tools.figures import Figures
from assistant.tools.formats import count, joined, millions
from assistant.tools.ground import SEPARATE, Ground, check_body_type
from assistant.tools.scenarios import Scenario

_LOCAL_ACTIONS = "strategie.action_2"
_SUPPOSED = re.compile(r"\b(?:si|if|suppos\w*|imagin\w*|hypoth\w*|mettons|admettons|say|assum\w*)\b")


def compute(figures: Figures, situation: Situation, known: Known, language: Language) -> Calculation | Problem:
    """The amount with its working, what is missing, or why there is none."""
    if situation.ask is None:
        raise ValueError("the situation asks for no computation")
    reading = situation.reading
    if reading.names.separate_rules:
        raise SeparateRules(SEPARATE)
    if problem := _false_envelope(figures, situation, known, language):
        return problem
    measure = measure_of(situation.ask, reading, known)
    body_type = body_type_of(reading, known)
    if measure is not None:
        check_body_type(figures, measure, body_type)
    volets = volets_of(situation.ask, reading, known, measure)
    lacking = lacking_names(measure, volets, reading)
    if measure is None or lacking:
        return needs.problem(figures, language, lacking, reading.doubts, "list" if situation.ask == "list" else "posts")
    year = reading.names.school_year or known.school_year
    before = of_the_key(situation.before, measure) if situation.before else None
    reading = of_the_key(reading, measure)
    case = Case(figures, language, situation.ask, reading, before, measure, volets, year, body_type)
    grounds = [case.ground(volet) for volet in volets] or [case.ground()]
    return missing(case) or _compute(case, grounds)


def _compute(case: Case, grounds: list[Ground]) -> Calculation:  # noqa: PLR0911 (one return for each thing that can be asked)
    reading, ground = case.reading, grounds[0]
    envelope = reading.envelope or Fraction(0)
    match case.ask:
        case "list":
            return _list(case, ground, envelope)
        case "list_volets":
            return scenarios.volets_of_each(grounds, reading.envelopes, bodies_of(case, reading.listed))
        case "sum_volets":
            return scenarios.sum_of_volets(grounds, reading.envelopes, weight_of(case, reading))
        case "base_total":
            return envelopes.base_total(ground, reading.number or 0)
        case "balance":
            return envelopes.balance(ground, envelope, reading.number or 0)
        case "inverse":
            return envelopes.envelope_needed(ground, reading.target or Fraction(0), weight_of(case, reading))
        case "unit_value":
            return envelopes.worth_of_one(ground, envelope, total_of(reading) or Fraction(0), reading.number or 0)
        case "delta":
            return _delta(case, ground)
        case _:
            return _single(case, ground, envelope)


def _delta(case: Case, ground: Ground) -> Calculation:
    reading = case.reading
    weight, change = weight_of(case, reading), _change(reading)
    if not asks_change(reading) and reading.envelope is not None and (reading.number is not None or not ground.base):
        before = Scenario(reading.envelope, weight)
        return scenarios.compare_one(ground, before, Scenario(reading.envelope + change, weight))
    return scenarios.change_of_envelope(ground, change, weight, reading.envelope)


def _change(reading: Reading) -> Fraction:
    """By how much the envelope moves; a percentage is of the envelope given."""
    if reading.envelope_change is not None:
        return reading.envelope_change
    return (reading.envelope or Fraction(0)) * (reading.envelope_percent or Fraction(0)) / 100


def _single(case: Case, ground: Ground, envelope: Fraction) -> Calculation:
    before, after = case.before, weight_of(case, case.reading)
    if (
        before is None
        or before.envelope is None
        or not own_counts(before)
        or total_of(before) is None
        or (ground.base and before.number is None)
    ):
        return shares.share_of_one(ground, envelope, after)
    earlier = Scenario(before.envelope, weight_of(case, before))
    change_asked = asks_change(case.reading)
    return scenarios.compare_one(ground, earlier, Scenario(envelope, after), change_asked=change_asked)


def _list(case: Case, ground: Ground, envelope: Fraction) -> Calculation:
    reading = case.reading
    bodies = bodies_of(case, reading.listed)
    _check_list(reading, bodies)
    if case.before is None or case.before.envelope is None or not case.before.listed:
        return share_lists.share_of_each(ground, envelope, bodies)
    earlier = case.before.envelope, bodies_of(case, case.before.listed)
    return scenarios.compare_lists(ground, earlier, (envelope, bodies))


def _check_list(reading: Reading, bodies: list[Body]) -> None:
    total = sum((body.weight for body in bodies), Fraction(0))
    if reading.total is not None and reading.total != total:
        raise TotalMismatch(
            Wording(
                f"Le total donné ({count(reading.total, 'fr')}) n’est pas la somme de la liste ({count(total, 'fr')}).",
                f"The total given ({count(reading.total, 'en')}) is not the sum of the list ({count(total, 'en')}).",
            ),
            worked=[
                Worked(
                    Wording("Somme de la liste", "Sum of the list"),
                    Wording.each(lambda language: " + ".join(count(body.weight, language) for body in bodies)),
                    total,
                    Wording.each(lambda language: count(total, language)),
                )
            ],
        )
    if reading.number is not None and reading.number != len(bodies) and "bodies" not in reading.doubts:
        n, listed = Fraction(reading.number), Fraction(len(bodies))
        raise TotalMismatch(
            Wording(
                f"La question annonce {count(n, 'fr')} organismes et en nomme {count(listed, 'fr')}\u00a0: à vérifier.",
                f"The question announces {count(n, 'en')} bodies and names {count(listed, 'en')}: to be checked.",
            ),
            worked=[
                Worked(
                    Wording("Organismes nommés", "Bodies named"),
                    Wording.each(lambda language: joined(tuple(body.id for body in bodies), language)),
                    listed,
                    Wording.each(lambda language: count(listed, language)),
                )
            ],
        )


def _false_envelope(figures: Figures, situation: Situation, known: Known, language: Language) -> Problem | None:
    reading, action = situation.reading, figures[_LOCAL_ACTIONS]
    given = {reading.envelope, *reading.envelopes}
    if action.sole.exact not in given or _SUPPOSED.search(reading.folded):
        return None
    read = understood(figures, situation, known, language)
    amount = millions(action.sole.exact, language)
    of_year = f"de {read.school_year}" if read.school_year else "d’une année"
    said = Wording(
        f"Le montant de {amount} n’est pas l’enveloppe {of_year}\u00a0: c’est celui de l’action {action.rank} "
        "de la Stratégie (soutenir les actions locales de valorisation du personnel scolaire), pour toute la durée "
        "de la Stratégie. Les documents ne donnent l’enveloppe d’aucune année; aucune part n’est calculée à partir "
        "de ce montant.",
        f"The amount of {amount} is not the envelope of {read.school_year or 'one year'}: it is that of action "
        f"{action.rank} of the Strategy (support for local actions that value school staff), for the whole length of "
        "the Strategy. The documents give the envelope of no year; no share is computed from this amount.",
    )
    return Problem(
        Status.NOT_IN_DOCUMENTS,
        "false_envelope",
        (said[language],),
        sources=(action.sole.source,),
        referral="financement",
        calculation=replace(read, parameters=(figures.sole_parameter(_LOCAL_ACTIONS, language),)),
    )
