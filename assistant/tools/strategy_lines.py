"""The lines of the Strategy as printed, and how arithmetic on them is shown.

In: the figures. Out: axes, actions, and the `Calculation` that quotes them; amounts in M$ are exact decimals.
"""

from collections.abc import Sequence
from fractions import Fraction

from assistant.conversation import Calculation, Language, Parameter, Result, SourceQuote, Step
from assistant.tools.figures import Figure, Figures
from assistant.tools.formats import exact, joined, millions, money

_MILLION = 1_000_000
AXIS, _ACTION = "strategie.axe_", "strategie.action_"
TITLE = "strategie.titre"
ANNOUNCED = "guide.annonce"
YEARS = "guide.annonce_annees"
PILOT, PILOT_SCHOOLS = "strategie.action_1", "strategie.ecoles_pilotes"


def axes(figures: Figures) -> tuple[Figure, ...]:
    """The axes, in order."""
    return figures.family(AXIS)


def actions(figures: Figures, axis: int | None = None) -> tuple[Figure, ...]:
    """The actions of an axis, or all, in order."""
    found = figures.family(_ACTION)
    return found if axis is None else tuple(action for action in found if action.part_of == f"{AXIS}{axis}")


def priced(items: Sequence[Figure]) -> tuple[Figure, ...]:
    """Those that print an amount."""
    return tuple(item for item in items if item.sole.value is not None)


def in_millions(label: str, amount: Fraction, live: str) -> Result:
    """A result in M$ where it is a million or more, in dollars below."""
    if abs(amount) < _MILLION:
        return Result(label, exact(amount), exact(amount), live=live)
    value = exact(amount / _MILLION)
    return Result(label, value, value, "M$", live=f"({live})/{_MILLION}")


def both(amount: Fraction, language: Language) -> str:
    """An amount in M$ and in dollars."""
    return f"{millions(amount, language)} ({money(amount, language)})"


def without_price(items: Sequence[Figure], language: Language) -> tuple[str, ...]:
    """A sentence that names the items without an amount, if any."""
    missing = tuple(item.label[language] for item in items if item.sole.value is None)
    if not missing:
        return ()
    names = joined(missing, language)
    return (
        say(
            language,
            f"Sans montant affiché, donc non comptées\u00a0: {names}.",
            f"No printed amount, so not counted: {names}.",
        ),
    )


def unpriced(items: Sequence[Figure]) -> tuple[SourceQuote, ...]:
    """The lines of the items without an amount."""
    return tuple(item.sole.source for item in items if item.sole.value is None)


def cell(figure: Figure) -> str:
    """The name of the spreadsheet cell that holds a figure."""
    return figure.id.rpartition(".")[2]


def say(language: Language, fr: str, en: str) -> str:
    """The sentence in this language."""
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
    "strategy_premise": ("", ""),
    "strategy_mean": ("Moyenne = total ÷ nombre", "Mean = total ÷ number"),
}


def calculation_of(  # noqa: PLR0913, PLR0917 (the parts of a calculation that differ)
    figures: Figures,
    language: Language,
    operation: str,
    used: Sequence[Figure],
    steps: tuple[Step, ...],
    results: tuple[Result, ...],
    *,
    warnings: tuple[str, ...] = (),
    sources: tuple[SourceQuote, ...] = (),
    also: tuple[SourceQuote, ...] = (),
) -> Calculation:
    """The computation, with the figures it used as parameters."""
    parameters: tuple[Parameter, ...] = tuple(figures.sole_parameter(item.id, language) for item in used)
    return Calculation(
        operation=operation,
        measure=None,
        volet=None,
        school_year=None,
        inputs={},
        parameters=parameters,
        formula=say(language, *_FORMULA[operation]),
        steps=steps,
        results=results,
        rounding=say(
            language,
            "Montants tels qu’affichés dans les documents; pourcentages arrondis à deux décimales.",
            "Amounts as printed in the documents; percentages rounded to two decimals.",
        ),
        warnings=warnings,
        sources=tuple(dict.fromkeys([*(sources or [item.sole.source for item in used]), *also])),
    )
