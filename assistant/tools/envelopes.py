"""About the envelope rather than a body: base amounts in total, balance, envelope needed, worth of a post.

In: a `Ground` and exact amounts. Out: a `Calculation`. Refuses what no envelope can give, and base amounts under a
rule that has none (the documents give one for volet 1 of measure 15158 only).
"""

from fractions import Fraction

from assistant.conversation import Calculation, Result, Step
from assistant.tools.allocation import balance_after_base
from assistant.tools.errors import InvalidInput, NothingToShareBy, TargetBelowBase, Wording
from assistant.tools.formats import count, exact
from assistant.tools.ground import Ground
from assistant.tools.rule_wording import formula_of, rounding_of
from assistant.tools.shares import (
    Weight,
    balance_steps,
    check_weight,
    live_round,
    result_amount,
    weight_names,
    weight_steps,
)


def base_total(ground: Ground, number: int) -> Calculation:
    """The base amounts of `number` bodies together: also the smallest envelope that pays them all."""
    _need_base(ground)
    n, need = Fraction(number), number * ground.base_amount
    step = Step(
        ground.say("Montants de base cumulés", "Base amounts together"),
        f"{count(n, ground.language)} × {ground.money(ground.base_amount)}",
        exact(need),
        ground.money(need),
        ground.base.source if ground.base else None,
        name="base_total",
        live="number_of_bodies*base_amount",
    )
    label = ground.say(
        f"Montant de base de {count(n, 'fr')} organismes (enveloppe minimale)",
        f"Base amount of {count(n, 'en')} bodies (smallest envelope)",
    )
    return _calculation(
        ground,
        "base_total",
        {"number_of_bodies": str(number)},
        ground.say(
            "n × B (n\u00a0: nombre d’organismes; B\u00a0: montant de base)",
            "n × B (n: number of bodies; B: base amount)",
        ),
        (step,),
        Result(label, exact(need), result_amount(ground, need), live="base_total"),
    )


def balance(ground: Ground, envelope: Fraction, number: int) -> Calculation:
    """What is left to share in proportion to posts once the base amounts are paid."""
    _need_base(ground)
    left = balance_after_base(envelope, ground.base_amount, number)
    return _calculation(
        ground,
        "balance",
        {"envelope": exact(envelope), "number_of_bodies": str(number)},
        ground.say(
            "E − n × B (E\u00a0: enveloppe; n\u00a0: nombre d’organismes; B\u00a0: montant de base)",
            "E − n × B (E: envelope; n: number of bodies; B: base amount)",
        ),
        balance_steps(ground, envelope, number),
        Result(
            ground.say("Solde à répartir au prorata des postes", "Balance to share in proportion to posts"),
            exact(left),
            result_amount(ground, left),
            live="balance",
        ),
    )


def envelope_needed(ground: Ground, target: Fraction, weight: Weight) -> Calculation:
    """The envelope that gives one body exactly `target`; `TargetBelowBase` where none does."""
    check_weight(ground, weight)
    above = target - ground.base_amount
    if weight.own == 0 or above < 0:
        raise TargetBelowBase(_out_of_reach(ground, target))
    need = weight.number * ground.base_amount + above * weight.total / weight.own
    own, total = weight_names(ground)
    p, whole = count(weight.own, ground.language), count(weight.total, ground.language)
    expression, live = f"{ground.money(above)} × {whole} ÷ {p}", f"target*{total}/{own}"
    formula = "E = A × P ÷ p"
    if ground.base:
        n = count(Fraction(weight.number), ground.language)
        expression = f"{n} × {ground.money(ground.base_amount)} + {expression}"
        live = f"number_of_bodies*base_amount+(target-base_amount)*{total}/{own}"
        formula = "E = n × B + (A − B) × P ÷ p"
    inputs = {"target": exact(target), total: exact(weight.total), own: exact(weight.own)}
    if ground.base:
        inputs["number_of_bodies"] = str(weight.number)
    step = Step(
        ground.say("Enveloppe nécessaire", "Envelope needed"),
        expression,
        exact(need),
        ground.money(need, cents=True),
        name="needed",
        live=live,
    )
    label = ground.say(
        f"Enveloppe pour une allocation de {ground.money(target)}",
        f"Envelope for an allocation of {ground.money(target)}",
    )
    result = Result(label, exact(need), result_amount(ground, need), live=live_round(ground, "needed"))
    return _calculation(ground, "inverse", inputs, formula, (*weight_steps(ground, weight), step), result)


def worth_of_one(ground: Ground, envelope: Fraction, total: Fraction, number: int = 0) -> Calculation:
    """What one post (or one pupil) is worth: the balance over the total."""
    if total <= 0:
        raise NothingToShareBy(
            Wording("Le total des postes ou des élèves est de zéro.", "The total of posts or students is zero.")
        )
    left = balance_after_base(envelope, ground.base_amount, number)
    worth = left / total
    name = weight_names(ground)[1]
    whole = count(total, ground.language)
    shared = "balance" if ground.base else "envelope"
    label = (
        ground.say("Valeur d’un poste", "Worth of one post")
        if ground.rule.by_posts
        else ground.say("Valeur d’un élève", "Worth of one student")
    )
    step = Step(
        label, f"{ground.money(left)} ÷ {whole}", exact(worth), ground.money(worth, cents=True), name="worth",
        live=f"{shared}/{name}",
    )  # fmt: skip
    inputs = {"envelope": exact(envelope), name: exact(total)}
    if ground.base:
        inputs["number_of_bodies"] = str(number)
    before = balance_steps(ground, envelope, number) if ground.base else ()
    cents = result_amount(ground, worth) if worth.denominator == 1 else f"{round_cents(worth)}"
    formula = ground.say("Valeur = montant à répartir ÷ total de la clé", "Worth = amount to share ÷ total of the key")
    result = Result(label, exact(worth), cents, live="ROUND(worth,2)")
    return _calculation(ground, "unit_value", inputs, formula, (*before, step), result)


def round_cents(amount: Fraction) -> str:
    """An amount to the cent, halves up, as a plain decimal."""
    cents = int(amount * 100 + Fraction(1, 2))
    return f"{cents // 100}.{cents % 100:02d}"


def _need_base(ground: Ground) -> None:
    if not ground.base:
        raise InvalidInput(
            Wording(
                "Il n’y a un montant de base qu’au volet 1 de la mesure 15158.",
                "There is a base amount in volet 1 of measure 15158 only.",
            ),
            (ground.figures.passages["guide.volet_1_titre"], ground.figures.passages["guide.volet_1_base"]),
        )


def _out_of_reach(ground: Ground, target: Fraction) -> Wording:
    aim = ground.money(target)
    if not ground.base:
        return Wording(
            f"Aucune enveloppe ne donne {aim}\u00a0: l’organisme doit avoir au moins un poste ou un élève.",
            f"No envelope gives {aim}: the body must have at least one post or student.",
        )
    base = ground.money(ground.base_amount)
    return Wording(
        f"Aucune enveloppe ne donne {aim}\u00a0: le montant visé doit atteindre le montant de base ({base}) et "
        "l’organisme doit avoir au moins un poste.",
        f"No envelope gives {aim}: the target must reach the base amount ({base}) and the body must have at least one "
        "post.",
    )


def _calculation(  # noqa: PLR0913, PLR0917 (the parts of a calculation that differ)
    ground: Ground, operation: str, inputs: dict[str, str], formula: str, steps: tuple[Step, ...], result: Result
) -> Calculation:
    return Calculation(
        operation=operation,
        measure=ground.rule.measure,
        volet=ground.rule.volet,
        school_year=ground.school_year,
        inputs=inputs,
        parameters=ground.parameters,
        formula=formula or formula_of(ground),
        steps=steps,
        results=(result,),
        rounding=rounding_of(ground, of_list=False),
        assumptions=ground.assumptions,
        warnings=ground.warnings,
        sources=ground.sources,
    )
