"""Sharing an envelope between bodies, exactly.

In: bodies with their weights (posts, or pupils), an envelope, a base amount, a rounding unit; all exact fractions.
Out: for each body its exact quota and its amount in whole units; the amounts add up to the envelope.
Refuses, with a `ToolError`: a negative weight or envelope, a body twice, more than `MOST_BODIES`, an envelope finer
than the unit, base amounts above the envelope, a balance with nothing to share it by.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assistant.conversation import BodyType
from assistant.tools.errors import (
    BaseExceedsEnvelope,
    DuplicateBody,
    InvalidAmount,
    InvalidInput,
    InvalidWeight,
    NothingToShareBy,
    TooManyBodies,
    Wording,
    Worked,
)
from assistant.tools.formats import count, joined, money

MOST_BODIES = 5000
DOLLAR = Fraction(1)
CENT = Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class Body:
    """A school body of a list: `weight` is its number of posts, or its FGJ and FP pupils."""

    id: str
    weight: Fraction
    kind: BodyType | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """What a body gets: `quota` exactly, `amount` in whole units."""

    body: Body
    quota: Fraction
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Allocation:
    """An envelope shared. `balance` is what is left of it after the base amounts."""

    envelope: Fraction
    base: Fraction
    balance: Fraction
    total_weight: Fraction
    unit: Fraction
    shares: tuple[Share, ...]


def apportion(units: int, weights: Sequence[tuple[str, Fraction]]) -> tuple[int, ...]:
    """Largest remainder: whole units in proportion to the weights, adding up to `units`.

    The missing units go to the largest remainders; ties to the larger weight, then to the smaller id. A weight of
    zero never gets a unit. The sum of the weights must be positive.
    """
    scale = math.lcm(*(weight.denominator for _, weight in weights))
    whole = [weight.numerator * (scale // weight.denominator) for _, weight in weights]
    total = sum(whole)
    parts = [divmod(units * weight, total) for weight in whole]
    missing = units - sum(quotient for quotient, _ in parts)
    order = sorted(range(len(whole)), key=lambda i: (-parts[i][1], -whole[i], weights[i][0]))
    raised = set(order[:missing])
    return tuple(quotient + (i in raised) for i, (quotient, _) in enumerate(parts))


def allocate(bodies: Sequence[Body], envelope: Fraction, base: Fraction, unit: Fraction = DOLLAR) -> Allocation:
    """Give each body the base amount, then its part of the balance in proportion to its weight."""
    check_bodies(bodies)
    check_envelope(envelope, unit)
    balance = balance_after_base(envelope, base, len(bodies))
    if (base / unit).denominator != 1:
        raise InvalidAmount(_finer(base, unit))
    total = sum((body.weight for body in bodies), Fraction(0))
    if total == 0 and balance > 0:
        raise NothingToShareBy(_NOTHING)
    units = int(balance / unit)
    parts = apportion(units, [(body.id, body.weight) for body in bodies]) if total else (0,) * len(bodies)
    shares = tuple(
        Share(body, base + (balance * body.weight / total if total else 0), base + part * unit)
        for body, part in zip(bodies, parts, strict=True)
    )
    return Allocation(envelope, base, balance, total, unit, shares)


def balance_after_base(envelope: Fraction, base: Fraction, number: int) -> Fraction:
    """What is left to share once each body has the base amount; `BaseExceedsEnvelope` names the shortfall."""
    balance = envelope - number * base
    if balance < 0:
        raise BaseExceedsEnvelope(_shortfall(envelope, base, number), worked=_short_of(envelope, base, number))
    return balance


def check_bodies(bodies: Sequence[Body]) -> None:
    """Refuse an empty or too long list, a body twice, a negative weight: each names all the bodies at fault."""
    if not bodies:
        raise InvalidInput(Wording("La liste ne contient aucun organisme.", "The list holds no body."))
    if len(bodies) > MOST_BODIES:
        raise TooManyBodies(_too_many(len(bodies)))
    seen: set[str] = set()
    twice = [body.id for body in bodies if body.id in seen or seen.add(body.id)]  # type: ignore[func-returns-value]
    if twice:
        raise DuplicateBody(_named(twice, "Organisme présent plus d’une fois", "Body present more than once"))
    negative = [body.id for body in bodies if body.weight < 0]
    if negative:
        raise InvalidWeight(
            _named(
                negative,
                "Un nombre de postes ou d’élèves ne peut pas être négatif; à corriger",
                "A number of posts or students cannot be negative; to be corrected",
            )
        )


def check_envelope(envelope: Fraction, unit: Fraction) -> None:
    """Refuse a negative envelope, and one that is not a whole number of rounding units."""
    if envelope < 0:
        raise InvalidAmount(
            Wording("Une enveloppe ne peut pas être négative.", "An envelope cannot be negative."),
        )
    if (envelope / unit).denominator != 1:
        raise InvalidAmount(_finer(envelope, unit))


_NOTHING = Wording(
    "Il reste un solde à répartir, mais le total des postes ou des élèves est de zéro. "
    "Les documents ne disent pas quoi faire dans ce cas.",
    "A balance is left to share, but the posts or students add up to zero. "
    "The documents do not say what happens in that case.",
)


def _named(ids: Sequence[str], fr: str, en: str) -> Wording:
    names = tuple(ids)
    return Wording(f"{fr}\u00a0: {joined(names, 'fr')}.", f"{en}: {joined(names, 'en')}.")


def _too_many(number: int) -> Wording:
    return Wording(
        f"La liste compte {count(Fraction(number), 'fr')} organismes; "
        f"l’outil en accepte au plus {count(Fraction(MOST_BODIES), 'fr')}.",
        f"The list holds {count(Fraction(number), 'en')} bodies; "
        f"the tool accepts {count(Fraction(MOST_BODIES), 'en')} at most.",
    )


def _finer(amount: Fraction, unit: Fraction) -> Wording:
    fr, en = f"{count(amount, 'fr')}\u00a0$", f"${count(amount, 'en')}"
    if unit == CENT:
        return Wording(f"{fr} n’est pas un nombre entier de cents.", f"{en} is not a whole number of cents.")
    return Wording(
        f"{fr} n’est pas un multiple de l’unité d’arrondi. Demandez l’arrondi au cent.",
        f"{en} is not a multiple of the rounding unit. Ask for rounding to the cent.",
    )


def _short_of(envelope: Fraction, base: Fraction, number: int) -> tuple[Worked, Worked]:
    """The base amounts together, and what the envelope lacks to pay them."""
    need = number * base
    return (
        Worked(
            Wording("Montants de base", "Base amounts"),
            Wording.each(lambda language: f"{count(Fraction(number), language)} × {money(base, language)}"),
            need,
            Wording.each(lambda language: money(need, language)),
        ),
        Worked(
            Wording("Manque", "Shortfall"),
            Wording.each(lambda language: f"{money(need, language)} − {money(envelope, language)}"),
            need - envelope,
            Wording.each(lambda language: money(need - envelope, language)),
        ),
    )


def _shortfall(envelope: Fraction, base: Fraction, number: int) -> Wording:
    need, short = _short_of(envelope, base, number)
    return Wording(
        f"L’enveloppe de {money(envelope, 'fr')} ne couvre pas le montant de base\u00a0: "
        f"{need.expression.fr} = {need.shown.fr}, soit {short.shown.fr} "
        "de trop peu. Les documents ne disent pas quoi faire dans ce cas; aucun montant n’est calculé.",
        f"The envelope of {money(envelope, 'en')} does not cover the base amount: "
        f"{need.expression.en} = {need.shown.en}, {short.shown.en} short. "
        "The documents do not say what happens in that case; no amount is computed.",
    )
