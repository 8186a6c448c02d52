"""The part of one body of a network, with its working.

In: a `Ground`, the envelope and the weight, exact. Out: a `Calculation` in the language of the ground.
Refuses what `assistant.tools.allocation` refuses, and a body whose weight is above the total.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assistant.conversation import Calculation, Language, Result, SourceQuote, Step
from assistant.tools.allocation import (
    CENT,
    balance_after_base,
    check_envelope,
)
from assistant.tools.errors import InvalidInput, InvalidWeight, NothingToShareBy, TotalMismatch, Wording
from assistant.tools.formats import count, exact, half_up
from assistant.tools.ground import Ground
from assistant.tools.rule_wording import formula_of, rounding_of


@dataclass(frozen=True, slots=True)
class Weight:
    """The weight of one body beside the total of all: posts, or pupils split between FGJ and FP.

    `by_sector` holds what was given apart (`fgj`, `fp`, and `fga_not_counted`, which is not in the key).
    `number` is the count of bodies; it matters only where there is a base amount.
    """

    own: Fraction
    total: Fraction
    number: int = 0
    by_sector: tuple[tuple[str, Fraction], ...] = ()


def weight_names(ground: Ground) -> tuple[str, str]:
    """The names of the inputs that hold a body's weight and the total."""
    return ("posts", "total_posts") if ground.rule.by_posts else ("headcount", "total_headcount")


def weight_warnings(weights: Sequence[Fraction], language: Language, *, by_posts: bool) -> tuple[str, ...]:
    """Pupils that are not whole numbers are accepted, with a warning."""
    if by_posts or all(weight.denominator == 1 for weight in weights):
        return ()
    said = Wording(
        "Un effectif n’est pas un nombre entier\u00a0: il semble s’agir d’équivalents temps plein.",
        "An enrolment is not a whole number: it looks like full-time equivalents.",
    )
    return (said[language],)


def check_weight(ground: Ground, weight: Weight) -> None:
    """Refuse a negative weight, a weight above its total, and a body count that cannot be one."""
    if weight.own < 0 or weight.total < 0 or any(value < 0 for _, value in weight.by_sector):
        raise InvalidWeight(
            Wording(
                "Un nombre de postes ou d’élèves ne peut pas être négatif.",
                "A number of posts or students cannot be negative.",
            )
        )
    if weight.own > weight.total:
        own, total = weight.own, weight.total
        raise TotalMismatch(
            Wording(
                f"Le nombre d’un organisme ({count(own, 'fr')}) dépasse le total donné ({count(total, 'fr')}).",
                f"The count of one body ({count(own, 'en')}) is above the total given ({count(total, 'en')}).",
            )
        )
    if ground.base and weight.number < 1:
        raise InvalidInput(Wording("Il faut au moins un organisme.", "There must be at least one body."))


def quota(ground: Ground, envelope: Fraction, weight: Weight) -> Fraction:
    """The exact part of one body; refused as by `allocate`."""
    check_envelope(envelope, CENT)
    check_weight(ground, weight)
    balance = balance_after_base(envelope, ground.base_amount, weight.number)
    if weight.total == 0:
        raise NothingToShareBy(
            Wording("Le total des postes ou des élèves est de zéro.", "The total of posts or students is zero.")
        )
    return ground.base_amount + balance * weight.own / weight.total


def share_of_one(ground: Ground, envelope: Fraction, weight: Weight) -> Calculation:
    """The part of one body of a network: the amount, and each step with its numbers."""
    amount = quota(ground, envelope, weight)
    own, _ = weight_names(ground)
    steps = (*weight_steps(ground, weight), *_part_steps(ground, envelope, weight, amount))
    held = f"{count(weight.own, ground.language)} {_noun(ground)}"
    label = ground.say(f"Organisme de {held}", f"Body with {held}")
    return Calculation(
        operation="single",
        measure=ground.rule.measure,
        volet=ground.rule.volet,
        school_year=ground.school_year,
        inputs=one_body_inputs(ground, envelope, weight),
        parameters=ground.parameters,
        formula=formula_of(ground),
        steps=steps,
        results=(Result(label, exact(amount), result_amount(ground, amount), live=live_round(ground, "amount")),),
        rounding=rounding_of(ground, of_list=False),
        assumptions=(*ground.assumptions, *_sector_assumptions(ground, weight)),
        warnings=(
            *ground.warnings,
            *weight_warnings((weight.own, weight.total), ground.language, by_posts=own == "posts"),
        ),
        sources=ground.sources,
    )


def one_body_inputs(ground: Ground, envelope: Fraction, weight: Weight) -> Mapping[str, str]:
    """What the question gave, by name, exact."""
    own, total = weight_names(ground)
    inputs = {"envelope": exact(envelope)}
    if ground.base:
        inputs["number_of_bodies"] = str(weight.number)
    inputs[total] = exact(weight.total)
    sectors = dict(weight.by_sector)
    inputs |= {name: exact(value) for name, value in sectors.items()}
    return inputs if {"fgj", "fp"} <= sectors.keys() else inputs | {own: exact(weight.own)}


def weight_steps(ground: Ground, weight: Weight) -> tuple[Step, ...]:
    """The FGJ + FP headcount, where the two were given apart."""
    sectors = dict(weight.by_sector)
    if "fgj" not in sectors or "fp" not in sectors:
        return ()
    fgj, fp = count(sectors["fgj"], ground.language), count(sectors["fp"], ground.language)
    label = ground.say("Effectif FGJ + FP", "Youth + vocational enrolment")
    total = count(weight.own, ground.language)
    return (Step(label, f"{fgj} + {fp}", exact(weight.own), total, name="headcount", live="fgj+fp"),)


def _part_steps(ground: Ground, envelope: Fraction, weight: Weight, amount: Fraction) -> tuple[Step, ...]:
    own, total = weight_names(ground)
    p, whole = count(weight.own, ground.language), count(weight.total, ground.language)
    steps: tuple[Step, ...] = ()
    shared, shared_name, lead = envelope, "envelope", ""
    if ground.base:
        steps = balance_steps(ground, envelope, weight.number)
        shared, shared_name, lead = envelope - weight.number * ground.base_amount, "balance", "base_amount+"
    expression = f"{ground.money(shared)} × {p} ÷ {whole}"
    if ground.base:
        expression = f"{ground.money(ground.base_amount)} + {expression}"
    label = ground.say("Part de l’organisme", "Part of the body")
    live = f"{lead}{shared_name}*{own}/{total}"
    cents = Step(label, expression, exact(amount), ground.money(amount, cents=True), name="amount", live=live)
    return (*steps, cents)


def balance_steps(ground: Ground, envelope: Fraction, number: int) -> tuple[Step, ...]:
    """The base amounts of all bodies, then what is left of the envelope."""
    n, base = count(Fraction(number), ground.language), ground.money(ground.base_amount)
    need = number * ground.base_amount
    source = ground.base.source if ground.base else None
    passages: Mapping[str, SourceQuote] = ground.figures.passages
    return (
        Step(
            ground.say("Montants de base", "Base amounts"),
            f"{n} × {base}",
            exact(need),
            ground.money(need),
            source,
            name="base_total",
            live="number_of_bodies*base_amount",
        ),
        Step(
            ground.say("Solde à répartir", "Balance to share"),
            f"{ground.money(envelope)} − {ground.money(need)}",
            exact(envelope - need),
            ground.money(envelope - need),
            passages["guide.volet_1_solde"],
            name="balance",
            live="envelope-base_total",
        ),
    )


def result_amount(ground: Ground, amount: Fraction) -> str:
    """The amount at the rounding unit, halves up, as a plain decimal."""
    return f"{half_up(amount, 2 if ground.unit == CENT else 0):f}"


def live_round(ground: Ground, name: str) -> str:
    """The spreadsheet formula that rounds a named cell to the unit."""
    return f"ROUND({name},{2 if ground.unit == CENT else 0})"


def _noun(ground: Ground) -> str:
    if ground.rule.by_posts:
        return ground.say("postes", "posts")
    return ground.say("élèves", "students")


def _sector_assumptions(ground: Ground, weight: Weight) -> tuple[str, ...]:
    sectors = dict(weight.by_sector)
    said: list[str] = []
    if "fga_not_counted" in sectors:
        n = count(sectors["fga_not_counted"], ground.language)
        said.append(
            ground.say(
                f"Les {n} élèves de la formation générale des adultes ne comptent pas\u00a0: la clé est l’effectif "
                f"FGJ + FP.",
                f"The {n} adult general education students do not count: the key is youth + vocational enrolment.",
            )
        )
    elif not ground.rule.by_posts and "fgj" not in sectors and "fp" not in sectors:
        said.append(
            ground.say(
                "On suppose que l’effectif donné est celui de la formation générale des jeunes et de la formation "
                "professionnelle.",
                "The enrolment given is assumed to be that of youth general education and vocational training.",
            )
        )
    return tuple(said)
