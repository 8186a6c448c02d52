"""Arithmetic on the amounts of the Strategy as printed: sums, shares, the largest, those without an amount, means.

In: the figures and the language. Out: a `Calculation`. An action without an amount is named as such and never counted
as zero. Refuses nothing: the amounts are all in the documents.
"""

from collections.abc import Sequence
from fractions import Fraction

from assistant.conversation import Calculation, Language, Result, Step
from assistant.tools.figures import Figure, Figures
from assistant.tools.formats import count, exact, half_up, millions, percent
from assistant.tools.strategy_lines import (
    ANNOUNCED,
    PILOT,
    PILOT_SCHOOLS,
    YEARS,
    actions,
    calculation_of,
    cell,
    in_millions,
    priced,
    say,
    unpriced,
    without_price,
)


def total(figures: Figures, items: Sequence[Figure], language: Language) -> Calculation:
    """The sum of these axes or actions; those without an amount are named in a warning."""
    counted = priced(items)
    amount = sum((item.sole.exact for item in counted), Fraction(0))
    label = say(language, "Somme des montants affichés", "Sum of the printed amounts")
    shown = " + ".join(millions(item.sole.exact, language) for item in counted)
    step = Step(
        label, shown, exact(amount), millions(amount, language), name="total",
        live="+".join(cell(item) for item in counted),
    )  # fmt: skip
    return calculation_of(
        figures,
        language,
        "strategy_sum",
        counted,
        (step,),
        (in_millions(label, amount, live="total"),),
        warnings=without_price(items, language),
        also=unpriced(items),
    )


def share(figures: Figures, part: Figure, whole: Sequence[Figure], whole_name: str, language: Language) -> Calculation:
    """A part over a whole (the axes together, an axis, the announced total), with the denominator named."""
    base = sum((item.sole.exact for item in priced(whole)), Fraction(0))
    ratio = part.sole.exact / base
    rounded = half_up(ratio * 100, 2)
    label = say(
        language,
        f"{part.label.fr}, en pourcentage (dénominateur\u00a0: {whole_name})",
        f"{part.label.en}, as a percentage (denominator: {whole_name})",
    )
    cells = "+".join(cell(item) for item in priced(whole))
    steps = (
        Step(
            say(language, f"Dénominateur\u00a0: {whole_name}", f"Denominator: {whole_name}"),
            " + ".join(millions(item.sole.exact, language) for item in priced(whole)),
            exact(base),
            millions(base, language),
            name="whole",
            live=cells,
        ),
        Step(
            label,
            f"{millions(part.sole.exact, language)} ÷ {millions(base, language)}",
            exact(ratio),
            percent(ratio, language),
            name="ratio",
            live=f"{cell(part)}/whole",
        ),
    )
    result = Result(label, exact(ratio * 100), f"{rounded:f}", "%", live="ROUND(ratio*100,2)")
    used = tuple(dict.fromkeys(item.id for item in (part, *priced(whole))))
    return calculation_of(figures, language, "strategy_share", [figures[name] for name in used], steps, (result,))


def extreme(figures: Figures, items: Sequence[Figure], language: Language, *, largest: bool) -> Calculation:
    """The largest or the smallest printed amount among these."""
    counted = priced(items)
    found = (max if largest else min)(counted, key=lambda item: item.sole.exact)
    label = say(
        language,
        "Le plus grand montant affiché" if largest else "Le plus petit montant affiché",
        "The largest printed amount" if largest else "The smallest printed amount",
    )
    function = "MAX" if largest else "MIN"
    shown = f"{function} ({', '.join(millions(item.sole.exact, language) for item in counted)})"
    step = Step(
        label, shown, exact(found.sole.exact), millions(found.sole.exact, language), found.sole.source, name="extreme",
        live=f"{function}({','.join(map(cell, counted))})",
    )  # fmt: skip
    return calculation_of(
        figures,
        language,
        "strategy_extreme",
        counted,
        (step,),
        (in_millions(found.label[language], found.sole.exact, live="extreme"),),
        warnings=without_price(items, language),
        also=unpriced(items),
        sources=(found.sole.source,),
    )


def without_amount(figures: Figures, language: Language) -> Calculation:
    """The actions that print no amount: no amount is not zero."""
    found = [item for item in actions(figures) if item.sole.value is None]
    note = say(
        language,
        "L’absence de montant n’est pas un montant de zéro\u00a0: les documents ne donnent pas le coût de ces actions.",
        "No amount is not an amount of zero: the documents do not give the cost of these actions.",
    )
    return calculation_of(
        figures,
        language,
        "strategy_without_amount",
        (),
        (),
        tuple(Result(item.label[language], "", "", "") for item in found),
        warnings=(note,),
        sources=tuple(item.sole.source for item in found),
    )


def mean_per_year(figures: Figures, language: Language) -> Calculation:
    """The announced total over its years: a mean that nobody published."""
    return _mean(
        figures,
        language,
        figures[ANNOUNCED],
        figures[YEARS],
        say(language, "Moyenne simple par année", "Simple mean per year"),
        say(
            language,
            "C’est une moyenne calculée ici, que personne n’a publiée\u00a0: les documents ne donnent pas la "
            "répartition "
            "par année.",
            "This is a mean computed here, which nobody published: the documents do not give the split by year.",
        ),
    )


def mean_per_pilot_school(figures: Figures, language: Language) -> Calculation:
    """The amount of the pilot project over its schools: a mean, not a rule."""
    return _mean(
        figures,
        language,
        figures[PILOT],
        figures[PILOT_SCHOOLS],
        say(language, "Moyenne simple par école du projet-pilote", "Simple mean per school of the pilot project"),
        say(
            language,
            "C’est une moyenne calculée ici, pas une règle\u00a0: les documents ne donnent pas de montant par école.",
            "This is a mean computed here, not a rule: the documents do not give an amount per school.",
        ),
    )


def _mean(  # noqa: PLR0913, PLR0917 (the two means differ in these alone)
    figures: Figures, language: Language, amount: Figure, number: Figure, label: str, note: str
) -> Calculation:
    mean = amount.sole.exact / number.sole.exact
    step = Step(
        label,
        f"{millions(amount.sole.exact, language)} ÷ {count(number.sole.exact, language)}",
        exact(mean),
        millions(mean, language),
        name="mean",
        live=f"{cell(amount)}/{cell(number)}",
    )
    result = in_millions(label, mean, live="mean")
    return calculation_of(figures, language, "strategy_mean", (amount, number), (step,), (result,), warnings=(note,))
