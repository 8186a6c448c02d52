"""Arithmetic on the amounts of the Strategy as printed: sums, shares, gaps, the largest, those without an amount.

In: the figures and the language. Out: a `Calculation`; amounts in M$ are exact decimals of a million. An action
without an amount is named as such and never counted as zero. Refuses nothing: the amounts are all in the documents.
"""

from collections.abc import Sequence
from fractions import Fraction

from assistant.conversation import Calculation, Language, Parameter, Result, SourceQuote, Step
from assistant.tools.figures import Figure, Figures
from assistant.tools.formats import count, exact, half_up, joined, millions, money, percent

_MILLION = 1_000_000
_AXIS, _ACTION = "strategie.axe_", "strategie.action_"
TITLE = "strategie.titre"
ANNOUNCED = "guide.annonce"
YEARS = "guide.annonce_annees"
PILOT, PILOT_SCHOOLS = "strategie.action_1", "strategie.ecoles_pilotes"


def axes(figures: Figures) -> tuple[Figure, ...]:
    """The axes, in order."""
    return figures.family(_AXIS)


def actions(figures: Figures, axis: int | None = None) -> tuple[Figure, ...]:
    """The actions of an axis, or all, in order."""
    found = figures.family(_ACTION)
    return found if axis is None else tuple(action for action in found if action.part_of == f"{_AXIS}{axis}")


def priced(items: Sequence[Figure]) -> tuple[Figure, ...]:
    """Those that print an amount."""
    return tuple(item for item in items if item.sole.value is not None)


def total(figures: Figures, items: Sequence[Figure], language: Language) -> Calculation:
    """The sum of these axes or actions; those without an amount are named in a warning."""
    counted = priced(items)
    amount = sum((item.sole.exact for item in counted), Fraction(0))
    label = _say(language, "Somme des montants affichés", "Sum of the printed amounts")
    shown = " + ".join(millions(item.sole.exact, language) for item in counted)
    step = Step(
        label, shown, exact(amount), millions(amount, language), name="total",
        live="+".join(_cell(item) for item in counted),
    )  # fmt: skip
    return _calculation(
        figures,
        language,
        "strategy_sum",
        counted,
        (step,),
        (_result(label, amount, live="total"),),
        warnings=_without(items, language),
    )


def axes_against_announced(figures: Figures, language: Language) -> Calculation:
    """The sum of the axes beside the totals announced by the sheet and by the guide: reported, not mended."""
    items = axes(figures)
    amount = sum((item.sole.exact for item in items), Fraction(0))
    announced = figures[ANNOUNCED].sole.exact
    label = _say(language, "Somme des quatre axes affichés", "Sum of the four printed axes")
    gap_label = _say(language, "Écart avec le total annoncé", "Gap with the announced total")
    shown = " + ".join(millions(item.sole.exact, language) for item in items)
    live = "+".join(_cell(item) for item in items)
    steps = (
        Step(label, shown, exact(amount), millions(amount, language), name="total", live=live),
        Step(
            gap_label,
            f"{millions(announced, language)} − {millions(amount, language)}",
            exact(announced - amount),
            millions(announced - amount, language),
            name="gap",
            live="annonce-total",
        ),
    )
    title, guide = millions(figures[TITLE].sole.exact, language), millions(announced, language)
    note = _say(
        language,
        f"La feuille synthèse annonce « Plus de {title} » et le guide {guide}; les axes affichés totalisent "
        f"{millions(amount, language)}. L’écart est compatible avec l’arrondi des montants affichés, mais leur somme est "
        "inférieure au total annoncé\u00a0: les documents ne l’expliquent pas.",
        f"The budget sheet announces “more than {title}” and the guide {guide}; the printed axes add up to "
        f"{millions(amount, language)}. The gap is compatible with the rounding of the printed amounts, but their sum is "
        "below the announced total: the documents do not explain it.",
    )
    return _calculation(
        figures,
        language,
        "strategy_axes_total",
        (*items, figures[TITLE], figures[ANNOUNCED]),
        steps,
        (_result(label, amount, live="total"), _result(gap_label, announced - amount, live="gap")),
        warnings=(note,),
    )


def axis_against_actions(figures: Figures, axis: int, language: Language) -> Calculation:
    """The amount printed for an axis beside the sum of its actions that print one."""
    head, members = figures[f"{_AXIS}{axis}"], actions(figures, axis)
    counted = priced(members)
    amount = sum((item.sole.exact for item in counted), Fraction(0))
    gap = amount - head.sole.exact
    label = _say(language, f"Somme des actions chiffrées de l’axe {axis}", f"Sum of the priced actions of axis {axis}")
    gap_label = _say(language, "Écart avec le montant affiché de l’axe", "Gap with the printed amount of the axis")
    shown = " + ".join(millions(item.sole.exact, language) for item in counted)
    steps = (
        Step(label, shown, exact(amount), _both(amount, language), name="total", live="+".join(map(_cell, counted))),
        Step(
            gap_label,
            f"{_both(amount, language)} − {millions(head.sole.exact, language)}",
            exact(gap),
            money(gap, language),
            name="gap",
            live=f"total-{_cell(head)}",
        ),
    )
    verdict = (
        _say(language, "Les deux concordent exactement.", "The two agree exactly.")
        if gap == 0
        else _say(
            language,
            "Les deux concordent à l’arrondi affiché près; les documents n’expliquent pas l’écart.",
            "The two agree within the printed rounding; the documents do not explain the gap.",
        )
    )
    return _calculation(
        figures,
        language,
        "strategy_axis_balance",
        (head, *counted),
        steps,
        (_result(label, amount, live="total"), Result(gap_label, exact(gap), exact(gap), live="gap")),
        warnings=(verdict, *_without(members, language)),
    )


def share(figures: Figures, part: Figure, whole: Sequence[Figure], whole_name: str, language: Language) -> Calculation:
    """A part over a whole (the axes together, an axis, the announced total), with the denominator named."""
    base = sum((item.sole.exact for item in priced(whole)), Fraction(0))
    ratio = part.sole.exact / base
    rounded = half_up(ratio * 100, 2)
    label = _say(
        language,
        f"{part.label.fr}, en pourcentage (dénominateur\u00a0: {whole_name})",
        f"{part.label.en}, as a percentage (denominator: {whole_name})",
    )
    cells = "+".join(_cell(item) for item in priced(whole))
    steps = (
        Step(
            _say(language, f"Dénominateur\u00a0: {whole_name}", f"Denominator: {whole_name}"),
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
            live=f"{_cell(part)}/whole",
        ),
    )
    result = Result(label, exact(ratio * 100), f"{rounded:f}", "%", live="ROUND(ratio*100,2)")
    used = tuple(dict.fromkeys(item.id for item in (part, *priced(whole))))
    return _calculation(figures, language, "strategy_share", [figures[name] for name in used], steps, (result,))


def extreme(figures: Figures, items: Sequence[Figure], language: Language, *, largest: bool) -> Calculation:
    """The largest or the smallest printed amount among these."""
    counted = priced(items)
    found = (max if largest else min)(counted, key=lambda item: item.sole.exact)
    label = _say(
        language,
        "Le plus grand montant affiché" if largest else "Le plus petit montant affiché",
        "The largest printed amount" if largest else "The smallest printed amount",
    )
    function = "MAX" if largest else "MIN"
    shown = f"{function} ({', '.join(millions(item.sole.exact, language) for item in counted)})"
    step = Step(
        label, shown, exact(found.sole.exact), millions(found.sole.exact, language), found.sole.source, name="extreme",
        live=f"{function}({','.join(map(_cell, counted))})",
    )  # fmt: skip
    return _calculation(
        figures,
        language,
        "strategy_extreme",
        counted,
        (step,),
        (_result(found.label[language], found.sole.exact, live="extreme"),),
        warnings=_without(items, language),
        sources=(found.sole.source,),
    )


def without_amount(figures: Figures, language: Language) -> Calculation:
    """The actions that print no amount: no amount is not zero."""
    found = [item for item in actions(figures) if item.sole.value is None]
    note = _say(
        language,
        "L’absence de montant n’est pas un montant de zéro\u00a0: les documents ne donnent pas le coût de ces actions.",
        "No amount is not an amount of zero: the documents do not give the cost of these actions.",
    )
    return _calculation(
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
        _say(language, "Moyenne simple par année", "Simple mean per year"),
        _say(
            language,
            "C’est une moyenne calculée ici, que personne n’a publiée\u00a0: les documents ne donnent pas la répartition "
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
        _say(language, "Moyenne simple par école du projet-pilote", "Simple mean per school of the pilot project"),
        _say(
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
        live=f"{_cell(amount)}/{_cell(number)}",
    )
    result = _result(label, mean, live="mean")
    return _calculation(figures, language, "strategy_mean", (amount, number), (step,), (result,), warnings=(note,))


def _result(label: str, amount: Fraction, live: str) -> Result:
    if abs(amount) < _MILLION:
        return Result(label, exact(amount), exact(amount), live=live)
    value = exact(amount / _MILLION)
    return Result(label, value, value, "M$", live=f"({live})/{_MILLION}")


def _both(amount: Fraction, language: Language) -> str:
    return f"{millions(amount, language)} ({money(amount, language)})"


def _without(items: Sequence[Figure], language: Language) -> tuple[str, ...]:
    missing = tuple(item.label[language] for item in items if item.sole.value is None)
    if not missing:
        return ()
    names = joined(missing, language)
    return (
        _say(
            language,
            f"Sans montant affiché, donc non comptées\u00a0: {names}.",
            f"No printed amount, so not counted: {names}.",
        ),
    )


def _cell(figure: Figure) -> str:
    return figure.id.rpartition(".")[2]


def _say(language: Language, fr: str, en: str) -> str:
    return fr if language == "fr" else en


_FORMULA = {
    "strategy_sum": ("Somme des montants affichés", "Sum of the printed amounts"),
    "strategy_axes_total": (
        "Somme des axes; écart = total annoncé − somme",
        "Sum of the axes; gap = announced total − sum",
    ),
    "strategy_axis_balance": (
        "Somme des actions; écart = somme − montant de l’axe",
        "Sum of the actions; gap = sum − amount of the axis",
    ),
    "strategy_share": ("Part = montant ÷ dénominateur", "Share = amount ÷ denominator"),
    "strategy_extreme": ("Comparaison des montants affichés", "Comparison of the printed amounts"),
    "strategy_without_amount": ("Actions sans montant affiché", "Actions without a printed amount"),
    "strategy_mean": ("Moyenne = total ÷ nombre", "Mean = total ÷ number"),
}


def _calculation(  # noqa: PLR0913 (the parts of a calculation that differ)
    figures: Figures,
    language: Language,
    operation: str,
    used: Sequence[Figure],
    steps: tuple[Step, ...],
    results: tuple[Result, ...],
    *,
    warnings: tuple[str, ...] = (),
    sources: tuple[SourceQuote, ...] = (),
) -> Calculation:
    parameters: tuple[Parameter, ...] = tuple(figures.sole_parameter(item.id, language) for item in used)
    return Calculation(
        operation=operation,
        measure=None,
        volet=None,
        school_year=None,
        inputs={},
        parameters=parameters,
        formula=_say(language, *_FORMULA[operation]),
        steps=steps,
        results=results,
        rounding=_say(
            language,
            "Montants tels qu’affichés dans les documents; pourcentages arrondis à deux décimales.",
            "Amounts as printed in the documents; percentages rounded to two decimals.",
        ),
        warnings=warnings,
        sources=sources or tuple(dict.fromkeys(item.sole.source for item in used)),
    )
