"""Targets of the local plan (PEVR): look-up, and the distance between a value that a person gives and a target.

In: a figure id, the value in percent. Out: a target, or a `Calculation` in percentage points, never in percent.
Refuses a target that the source leaves unreadable.
"""

from fractions import Fraction

from assistant.conversation import Calculation, Language, Result, SourceQuote, Step
from assistant.tools.errors import InvalidInput, Wording
from assistant.tools.figures import Figure, Figures
from assistant.tools.formats import count, exact, percent

_PREFIX = "pevr."


def targets(figures: Figures, objective: int | None = None) -> tuple[Figure, ...]:
    """The targets of an objective, or all."""
    found = figures.family(_PREFIX)
    return (
        found
        if objective is None
        else tuple(item for item in found if item.part_of == f"{_PREFIX}objectif_{objective}")
    )


def objective_of(figures: Figures, target: Figure) -> SourceQuote | None:
    """The statement of the objective that a target belongs to."""
    return figures.passages.get(target.part_of or "")


def distance(figures: Figures, target_id: str, observed: Fraction, language: Language) -> Calculation:
    """How many percentage points separate an observed value from a target."""
    target = figures[target_id]
    if target.sole.value is None:
        raise InvalidInput(
            Wording(
                f"La cible «\u00a0{target.sole.printed}\u00a0» est illisible dans le document\u00a0: aucun écart "
                f"n’est calculé.",
                f"The target “{target.sole.printed}” is unreadable in the document: no distance is computed.",
            ),
            [target.sole.source],
        )
    gap = target.sole.exact - observed
    unit = "points de pourcentage" if language == "fr" else "percentage points"
    shown = f"{count(gap, language)}\u00a0{unit}"
    label = (
        f"Écart avec la cible ({target.label.fr})"
        if language == "fr"
        else f"Distance to the target ({target.label.en})"
    )
    goal, seen = target.sole.exact / 100, observed / 100
    step = Step(
        label,
        f"{percent(goal, language, _decimals(goal))} − {percent(seen, language, _decimals(seen))}",
        exact(gap),
        shown,
        target.sole.source,
        name="gap",
        live=f"{target_id.rpartition('.')[2]}-observed",
    )
    objective = objective_of(figures, target)
    return Calculation(
        operation="plan_distance",
        measure=None,
        volet=None,
        school_year=None,
        inputs={"observed": exact(observed)},
        parameters=(figures.sole_parameter(target_id, language),),
        formula="Écart = cible − valeur observée" if language == "fr" else "Distance = target − observed value",
        steps=(step,),
        results=(Result(label, exact(gap), exact(gap), "points", live="gap"),),
        rounding="Aucun arrondi." if language == "fr" else "No rounding.",
        warnings=(_LOCAL[language],),
        sources=(target.sole.source, *([objective] if objective else [])),
    )


def _decimals(ratio: Fraction) -> int:
    return 0 if (ratio * 100).denominator == 1 else 2


_LOCAL = Wording(
    "La cible est celle d’un seul centre de services scolaire (PEVR local), pas une règle du Ministère; la valeur "
    "observée vient de la question.",
    "The target is that of one school service centre (local plan), not a rule of the Ministry; the observed value "
    "comes "
    "from the question.",
)
