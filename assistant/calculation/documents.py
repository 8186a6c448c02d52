"""Arithmetic on the documents: which tool answers a `DocumentAsk`.

In: the figures, what is asked, the language. Out: a `Calculation`, or a `Problem` where the question's premise is put
right by the documents. `None` where the question names an axis, an action or a target that the documents do not have.
"""

import re

from assistant.conversation import Calculation, Language, Problem, Status
from assistant.parsing.amounts import fold
from assistant.parsing.documents_asked import DocumentAsk
from assistant.tools import letter, plan, strategy, strategy_checks, strategy_lines
from assistant.tools.errors import Wording
from assistant.tools.figures import Figure, Figures
from assistant.tools.formats import count, millions

_AXES = Wording("les quatre axes affichés", "the four printed axes")
_ANNOUNCED = Wording("le total annoncé", "the announced total")


def compute(figures: Figures, ask: DocumentAsk, folded: str, language: Language) -> Calculation | Problem | None:  # noqa: PLR0911 (one return for each thing that can be asked)
    """The computation, the correction, or nothing."""
    match ask.operation:
        case "axes_total":
            return strategy_checks.axes_against_announced(figures, language)
        case "without_amount":
            return strategy.without_amount(figures, language)
        case "mean_per_year":
            return strategy.mean_per_year(figures, language)
        case "over_four_years":
            return _over_years(figures, language)
        case "mean_per_school":
            return strategy.mean_per_pilot_school(figures, language)
        case "letter_total":
            return letter.total(figures, letter.WHOLE, language)
        case "letter_rest":
            return letter.remainder(figures, letter.WHOLE[1 if ask.health else 0], language)
        case "plan_distance":
            return _distance(figures, ask, folded, language)
        case _:
            return _on_parts(figures, ask, language)


def _on_parts(figures: Figures, ask: DocumentAsk, language: Language) -> Calculation | None:
    axes = [axis for axis in strategy_lines.axes(figures) if axis.rank in ask.axes]
    actions = [action for action in strategy_lines.actions(figures) if action.rank in ask.actions]
    if len(axes) < len(ask.axes):
        return None
    if ask.operation == "axis_balance":
        return strategy_checks.axis_against_actions(figures, ask.axes[0], language)
    if ask.operation == "extreme":
        only_axes = bool(ask.actions)
        items = (
            strategy_lines.axes(figures)
            if only_axes
            else strategy_lines.actions(figures, ask.axes[0] if ask.axes else None)
        )
        return strategy.extreme(figures, items, language, largest=ask.largest)
    if ask.operation == "sum":
        return strategy.total(figures, actions or axes, language) if actions or axes else None
    return _share(figures, ask, axes, actions, language)


def _share(
    figures: Figures, ask: DocumentAsk, axes: list[Figure], actions: list[Figure], language: Language
) -> Calculation | None:
    parts = actions or axes
    if len(parts) != 1 or parts[0].sole.value is None:
        return None
    if ask.announced:
        return strategy.share(figures, parts[0], [figures[strategy_lines.ANNOUNCED]], _ANNOUNCED[language], language)
    if actions and len(axes) == 1:
        name = axes[0].label[language]
        return strategy.share(figures, parts[0], axes, name, language)
    return strategy.share(figures, parts[0], strategy_lines.axes(figures), _AXES[language], language)


def _over_years(figures: Figures, language: Language) -> Problem:
    amount = millions(figures[strategy_lines.ANNOUNCED].sole.exact, language)
    years = figures[strategy_lines.YEARS]
    said = Wording(
        f"Le montant de {amount} n’est pas annuel\u00a0: le guide annonce «\u00a0{years.sole.source.quote}\u00a0».",
        f"The amount of {amount} is not yearly: the guide announces it for {count(years.sole.exact, 'en')} years "
        f"together (“{years.sole.source.quote}”).",
    )
    split = Wording(
        "Les documents ne donnent pas la répartition par année.", "The documents do not give the split by year."
    )
    return Problem(
        Status.ANSWERED,
        "total_over_four_years",
        (said[language], split[language]),
        sources=(years.sole.source,),
        calculation=strategy_lines.calculation_of(
            figures, language, "strategy_premise", (figures[strategy_lines.ANNOUNCED], years), (), ()
        ),
    )


_WORD = re.compile(r"[a-z0-9]{2,}")
_EMPTY = frozenset(
    {"de", "des", "du", "en", "la", "le", "les", "et", "au", "aux", "of", "in", "the", "and", "with", "par", "zone"}
)


def _distance(figures: Figures, ask: DocumentAsk, folded: str, language: Language) -> Calculation | None:
    """The target whose label shares most words with the question, when only one does."""
    words = set(_WORD.findall(folded)) - _EMPTY
    scores = {target.id: _shared(target, words) for target in plan.targets(figures)}
    best = max(scores.values())
    found = [name for name, score in scores.items() if score == best]
    if best == 0 or len(found) > 1 or ask.observed is None:
        return None
    if figures[found[0]].sole.value in {None, ask.observed}:
        return None
    return plan.distance(figures, found[0], ask.observed, language)


def _shared(target: Figure, words: set[str]) -> int:
    return max(len((set(_WORD.findall(fold(label))) - _EMPTY) & words) for label in (target.label.fr, target.label.en))
