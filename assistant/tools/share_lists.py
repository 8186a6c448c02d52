"""The amount of each body of a whole list, with its working; the amounts add up to the envelope.

In: a `Ground`, the envelope and the bodies, exact. Out: a `Calculation` in the language of the ground.
Refuses what `assistant.tools.allocation` refuses.
"""

from collections.abc import Sequence
from fractions import Fraction

from assistant.conversation import Calculation, Result, Step
from assistant.tools.allocation import Allocation, Body, Share, allocate
from assistant.tools.formats import count, exact
from assistant.tools.ground import Ground
from assistant.tools.rule_wording import formula_of, rounding_of
from assistant.tools.shares import balance_steps, result_amount, weight_names, weight_warnings


def share_of_each(ground: Ground, envelope: Fraction, bodies: Sequence[Body]) -> Calculation:
    """The amount of each body of a whole list; the amounts add up to the envelope."""
    allocation = allocate(bodies, envelope, ground.base_amount, ground.unit)
    own, total = weight_names(ground)
    inputs = {"envelope": exact(envelope), "rounding_unit": exact(ground.unit)}
    inputs |= {f"{own}:{body.id}": exact(body.weight) for body in bodies}
    balance = balance_steps(ground, envelope, len(bodies)) if ground.base else ()
    sum_step = Step(
        ground.say("Total des postes", "Total posts")
        if own == "posts"
        else ground.say("Effectif total", "Total enrolment"),
        " + ".join(count(body.weight, ground.language) for body in bodies) if len(bodies) <= _MOST_SHOWN else "Σ",
        exact(allocation.total_weight),
        count(allocation.total_weight, ground.language),
        name=total,
    )
    return Calculation(
        operation="list",
        measure=ground.rule.measure,
        volet=ground.rule.volet,
        school_year=ground.school_year,
        inputs=inputs,
        parameters=ground.parameters,
        formula=formula_of(ground),
        steps=(*balance, sum_step, *(_share_step(ground, allocation, share) for share in allocation.shares)),
        results=tuple(
            Result(share.body.id, exact(share.quota), result_amount(ground, share.amount))
            for share in allocation.shares
        ),
        rounding=rounding_of(ground, of_list=True),
        assumptions=ground.assumptions,
        warnings=(*ground.warnings, *_list_warnings(ground, bodies)),
        sources=ground.sources,
    )


_MOST_SHOWN = 40
"""A sum of more terms than this is not written out."""


def _share_step(ground: Ground, allocation: Allocation, share: Share) -> Step:
    weight, total = count(share.body.weight, ground.language), count(allocation.total_weight, ground.language)
    expression = f"{ground.money(allocation.balance)} × {weight} ÷ {total}" if allocation.total_weight else "0"
    if ground.base:
        expression = f"{ground.money(ground.base_amount)} + {expression}"
    return Step(share.body.id, expression, exact(share.quota), ground.money(share.quota, cents=True))


def _list_warnings(ground: Ground, bodies: Sequence[Body]) -> tuple[str, ...]:
    weights = [body.weight for body in bodies]
    said = list(weight_warnings(weights, ground.language, by_posts=ground.rule.by_posts))
    if ground.base and not all(weights):
        said.append(
            ground.say(
                "Un organisme sans poste reçoit ici le montant de base seul; les documents ne disent pas s’il y a "
                "droit.",
                (
                    "A body without posts gets the base amount alone here; the documents do not say whether it is "
                    "entitled to it."
                ),
            )
        )
    return tuple(said)
