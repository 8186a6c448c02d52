"""Comparing two scenarios, and adding up volets.

In: a `Ground` for each volet, the inputs of each scenario. Out: a `Calculation`: first what the question asks for
(the new amounts, or the change), then the change of each body in the working. The changes of a list add up to the
change of the envelope. Refuses what the allocation of either scenario refuses.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from assistant.conversation import Calculation, Result, Step
from assistant.tools.allocation import Allocation, Body, allocate
from assistant.tools.errors import DuplicateBody, Wording
from assistant.tools.formats import count, exact
from assistant.tools.ground import Ground
from assistant.tools.rule_wording import rounding_of
from assistant.tools.share_lists import share_of_each
from assistant.tools.shares import (
    Weight,
    check_weight,
    live_round,
    quota,
    result_amount,
    share_of_one,
    weight_names,
    weight_steps,
)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One side of a comparison, for one body."""

    envelope: Fraction
    weight: Weight


def change_of_envelope(ground: Ground, change: Fraction, weight: Weight, before: Fraction | None = None) -> Calculation:
    """By how much one body's part moves when the envelope alone does: the base amounts do not change."""
    check_weight(ground, replace(weight, number=max(weight.number, 1)))
    moved = change * weight.own / weight.total
    own, total = weight_names(ground)
    p, whole = count(weight.own, ground.language), count(weight.total, ground.language)
    inputs = {"change": exact(change), total: exact(weight.total), own: exact(weight.own)}
    if before is not None:
        inputs |= {"envelope_before": exact(before), "envelope_after": exact(before + change)}
    label = ground.say("Variation de la part de l’organisme", "Change of the body’s part")
    step = Step(
        label,
        f"{ground.money(change)} × {p} ÷ {whole}",
        exact(moved),
        ground.money(moved, cents=True),
        name="moved",
        live=f"change*{own}/{total}",
    )
    assumption = ground.say(
        "Le nombre d’organismes, le montant de base et les autres nombres restent les mêmes dans les deux cas.",
        "The number of bodies, the base amount and the other counts stay the same in both cases.",
    )
    return Calculation(
        operation="delta",
        measure=ground.rule.measure,
        volet=ground.rule.volet,
        school_year=ground.school_year,
        inputs=inputs,
        parameters=(),
        formula="ΔA = ΔE × p ÷ P",
        steps=(*weight_steps(ground, weight), step),
        results=(Result(label, exact(moved), result_amount(ground, moved), live=live_round(ground, "moved")),),
        rounding=rounding_of(ground, of_list=False),
        assumptions=(*ground.assumptions, assumption),
        warnings=ground.warnings,
        sources=tuple(ground.figures.passages[name] for name in ground.rule.passages),
    )


def compare_one(ground: Ground, before: Scenario, after: Scenario, *, change_asked: bool = False) -> Calculation:
    """The part of one body in the second scenario; what it was and the change stand in the working.

    Where the change is what is asked for, it is the first result.
    """
    earlier = quota(ground, before.envelope, before.weight)
    calculation = share_of_one(ground, after.envelope, after.weight)
    later = quota(ground, after.envelope, after.weight)
    change = later - earlier
    shown = ground.money(earlier, cents=True)
    label = ground.say("Part avant le changement", "Part before the change")
    moved = ground.say("Variation de la part de l’organisme", "Change of the body’s part")
    first = (Result(moved, exact(change), result_amount(ground, change)),) if change_asked else ()
    return replace(
        calculation,
        results=(*first, *calculation.results),
        steps=(
            *calculation.steps,
            Step(label, shown, exact(earlier), shown),
            Step(
                ground.say("Écart", "Change"),
                f"{ground.money(later, cents=True)} − {shown}",
                exact(change),
                ground.money(change, cents=True),
            ),
        ),
        assumptions=(*calculation.assumptions, *_moved_total(ground, before.weight, after.weight)),
    )


def _moved_total(ground: Ground, before: Weight, after: Weight) -> tuple[str, ...]:
    """Said where the total moves as the count of the body does: nobody gave the new total."""
    moved = after.total - before.total
    if not moved or moved != after.own - before.own:
        return ()
    return (
        ground.say(
            "On suppose que le total varie d’autant que le nombre de l’organisme; dites «\u00a0total inchangé\u00a0» "
            "pour le calcul contraire.",
            "The total is assumed to move by as much as the count of the body; say “same total” for the opposite.",
        ),
    )


def compare_lists(
    ground: Ground, before: tuple[Fraction, Sequence[Body]], after: tuple[Fraction, Sequence[Body]]
) -> Calculation:
    """The amounts of a list in the second scenario, with the change of each body; a body may join or leave."""
    calculation = share_of_each(ground, after[0], after[1])
    changes = list_changes(
        allocate(before[1], before[0], ground.base_amount, ground.unit),
        allocate(after[1], after[0], ground.base_amount, ground.unit),
    )
    steps = tuple(
        Step(
            ground.say(f"Écart de {name}", f"Change of {name}"),
            ground.rounded(change),
            exact(change),
            ground.rounded(change),
        )
        for name, change in changes.items()
    )
    total = after[0] - before[0]
    whole = Step(
        ground.say("Somme des écarts (variation de l’enveloppe)", "Sum of the changes (change of the envelope)"),
        f"{ground.money(after[0])} − {ground.money(before[0])}",
        exact(total),
        ground.money(total),
    )
    return replace(
        calculation,
        steps=(*calculation.steps, *steps, whole),
        warnings=(*calculation.warnings, *_one_unit(ground, changes, total)),
    )


def list_changes(before: Allocation, after: Allocation) -> Mapping[str, Fraction]:
    """The change of each body that stands in either list; they add up to the change of the envelope."""
    old = {share.body.id: share.amount for share in before.shares}
    new = {share.body.id: share.amount for share in after.shares}
    return {name: new.get(name, Fraction(0)) - old.get(name, Fraction(0)) for name in dict.fromkeys([*old, *new])}


def _one_unit(ground: Ground, changes: Mapping[str, Fraction], total: Fraction) -> tuple[str, ...]:
    if total <= 0 or all(change >= 0 for change in changes.values()):
        return ()
    return (
        ground.say(
            "Une enveloppe plus grande peut retirer une unité d’arrondi à un organisme\u00a0: c’est un effet connu "
            "de la "
            "méthode des plus forts restes.",
            "A larger envelope can take one rounding unit away from a body: this is a known effect of the "
            "largest-remainder method.",
        ),
    )


def sum_of_volets(grounds: Sequence[Ground], envelopes: Sequence[Fraction], weight: Weight) -> Calculation:
    """What one body gets over several volets: each from its own envelope, by the same posts."""
    parts = [share_of_one(ground, envelope, weight) for ground, envelope in zip(grounds, envelopes, strict=True)]
    amounts = [Fraction(part.results[0].exact) for part in parts]
    first, total = grounds[0], sum(amounts, Fraction(0))
    steps = tuple(
        Step(
            f"Volet {ground.rule.volet}",
            next(step.expression for step in part.steps if step.name == "amount"),
            exact(amount),
            ground.money(amount, cents=True),
            name=f"volet_{ground.rule.volet}",
            live=_live_volet(ground),
        )
        for ground, part, amount in zip(grounds, parts, amounts, strict=True)
    )
    label = first.say("Total des volets", "Total of the volets")
    shown = " + ".join(ground.money(amount, cents=True) for ground, amount in zip(grounds, amounts, strict=True))
    live = "+".join(step.name for step in steps)
    whole = Step(label, shown, exact(total), first.money(total, cents=True), name="all_volets", live=live)
    inputs = {f"envelope_{g.rule.volet}": exact(e) for g, e in zip(grounds, envelopes, strict=True)}
    inputs |= {name: value for name, value in parts[0].inputs.items() if name != "envelope"}
    return Calculation(
        operation="sum_volets",
        measure=first.rule.measure,
        volet=None,
        school_year=first.school_year,
        inputs=inputs,
        parameters=tuple(dict.fromkeys(p for ground in grounds for p in ground.parameters)),
        formula=first.say(
            "Somme des volets (volet 1\u00a0: B + (E − n × B) × p ÷ P; volets 2 et 3\u00a0: E × p ÷ P)",
            "Sum of the volets (volet 1: B + (E − n × B) × p ÷ P; volets 2 and 3: E × p ÷ P)",
        ),
        steps=(*steps, whole),
        results=(Result(label, exact(total), result_amount(first, total), live=live_round(first, "all_volets")),),
        rounding=rounding_of(first, of_list=False),
        assumptions=_merged(ground.assumptions for ground in grounds),
        warnings=_merged(part.warnings for part in parts),
        sources=tuple(dict.fromkeys(source for ground in grounds for source in ground.sources)),
    )


def _live_volet(ground: Ground) -> str:
    envelope = f"envelope_{ground.rule.volet}"
    if ground.base:
        return f"base_amount+({envelope}-number_of_bodies*base_amount)*posts/total_posts"
    return f"{envelope}*posts/total_posts"


def _merged(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sentence for group in groups for sentence in group))


def volets_of_each(grounds: Sequence[Ground], envelopes: Sequence[Fraction], bodies: Sequence[Body]) -> Calculation:
    """What each body of a list gets over several volets; each volet is shared, and adds up, on its own."""
    if len({ground.rule.volet for ground in grounds}) != len(grounds):
        raise DuplicateBody(Wording("Un volet est donné deux fois.", "A volet is given twice."))
    shared = [
        allocate(bodies, envelope, ground.base_amount, ground.unit)
        for ground, envelope in zip(grounds, envelopes, strict=True)
    ]
    lists = [share_of_each(ground, envelope, bodies) for ground, envelope in zip(grounds, envelopes, strict=True)]
    first = lists[0]
    totals = [sum((allocation.shares[i].amount for allocation in shared), Fraction(0)) for i in range(len(bodies))]
    quotas = [sum((allocation.shares[i].quota for allocation in shared), Fraction(0)) for i in range(len(bodies))]
    steps = tuple(
        replace(step, label=f"Volet {ground.rule.volet}, {step.label}", name="", live="")
        for ground, calculation in zip(grounds, lists, strict=True)
        for step in calculation.steps
    )
    whole = Step(
        grounds[0].say("Total des enveloppes", "Total of the envelopes"),
        " + ".join(grounds[0].money(envelope) for envelope in envelopes),
        exact(sum(envelopes, Fraction(0))),
        grounds[0].money(sum(envelopes, Fraction(0))),
    )
    inputs = {f"envelope_{g.rule.volet}": exact(e) for g, e in zip(grounds, envelopes, strict=True)}
    inputs |= {name: value for name, value in first.inputs.items() if name != "envelope"}
    return replace(
        first,
        operation="list_volets",
        volet=None,
        inputs=inputs,
        parameters=tuple(dict.fromkeys(p for ground in grounds for p in ground.parameters)),
        formula=" + ".join(
            f"[volet {ground.rule.volet}] {calculation.formula}"
            for ground, calculation in zip(grounds, lists, strict=True)
        ),
        steps=(*steps, whole),
        results=tuple(
            Result(body.id, exact(quota_), result_amount(grounds[0], total))
            for body, quota_, total in zip(bodies, quotas, totals, strict=True)
        ),
        assumptions=_merged(ground.assumptions for ground in grounds),
        warnings=_merged(calculation.warnings for calculation in lists),
        sources=tuple(dict.fromkeys(source for ground in grounds for source in ground.sources)),
    )
