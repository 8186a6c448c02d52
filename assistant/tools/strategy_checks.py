"""Totals of the Strategy beside what they should add up to: reported as they are, not mended.

In: the figures and the language. Out: a `Calculation` with the sum, the gap and what can be said of it.
"""

from fractions import Fraction

from assistant.conversation import Calculation, Language, Result, Step
from assistant.tools.figures import Figures
from assistant.tools.formats import exact, millions, money
from assistant.tools.strategy_lines import (
    ANNOUNCED,
    AXIS,
    TITLE,
    actions,
    axes,
    both,
    calculation_of,
    cell,
    in_millions,
    priced,
    say,
    unpriced,
    without_price,
)


def axes_against_announced(figures: Figures, language: Language) -> Calculation:
    """The sum of the axes beside the totals announced by the sheet and by the guide: reported, not mended."""
    items = axes(figures)
    amount = sum((item.sole.exact for item in items), Fraction(0))
    announced = figures[ANNOUNCED].sole.exact
    label = say(language, "Somme des quatre axes affichés", "Sum of the four printed axes")
    gap_label = say(language, "Écart avec le total annoncé", "Gap with the announced total")
    shown = " + ".join(millions(item.sole.exact, language) for item in items)
    live = "+".join(cell(item) for item in items)
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
    note = say(
        language,
        f"La feuille synthèse annonce « Plus de {title} » et le guide {guide}; les axes affichés totalisent "
        f"{millions(amount, language)}. L’écart est compatible avec l’arrondi des montants affichés, mais leur "
        f"somme est "
        "inférieure au total annoncé\u00a0: les documents ne l’expliquent pas.",
        f"The budget sheet announces “more than {title}” and the guide {guide}; the printed axes add up to "
        f"{millions(amount, language)}. The gap is compatible with the rounding of the printed amounts, but their "
        f"sum is "
        "below the announced total: the documents do not explain it.",
    )
    return calculation_of(
        figures,
        language,
        "strategy_axes_total",
        (*items, figures[TITLE], figures[ANNOUNCED]),
        steps,
        (in_millions(label, amount, live="total"), in_millions(gap_label, announced - amount, live="gap")),
        warnings=(note,),
    )


def axis_against_actions(figures: Figures, axis: int, language: Language) -> Calculation:
    """The amount printed for an axis beside the sum of its actions that print one."""
    head, members = figures[f"{AXIS}{axis}"], actions(figures, axis)
    counted = priced(members)
    amount = sum((item.sole.exact for item in counted), Fraction(0))
    gap = amount - head.sole.exact
    label = say(language, f"Somme des actions chiffrées de l’axe {axis}", f"Sum of the priced actions of axis {axis}")
    gap_label = say(language, "Écart avec le montant affiché de l’axe", "Gap with the printed amount of the axis")
    shown = " + ".join(millions(item.sole.exact, language) for item in counted)
    steps = (
        Step(label, shown, exact(amount), both(amount, language), name="total", live="+".join(map(cell, counted))),
        Step(
            gap_label,
            f"{both(amount, language)} − {millions(head.sole.exact, language)}",
            exact(gap),
            money(gap, language),
            name="gap",
            live=f"total-{cell(head)}",
        ),
    )
    verdict = (
        say(language, "Les deux concordent exactement.", "The two agree exactly.")
        if gap == 0
        else say(
            language,
            "Les deux concordent à l’arrondi affiché près; les documents n’expliquent pas l’écart.",
            "The two agree within the printed rounding; the documents do not explain the gap.",
        )
    )
    return calculation_of(
        figures,
        language,
        "strategy_axis_balance",
        (head, *counted),
        steps,
        (in_millions(label, amount, live="total"), Result(gap_label, exact(gap), exact(gap), live="gap")),
        warnings=(verdict, *without_price(members, language)),
        also=unpriced(members),
    )
