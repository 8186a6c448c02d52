"""How a rule and its rounding are said: the formula in letters, the convention in words.

In: a `Ground`. Out: sentences in its language. The rounding convention is ours: the documents specify none.
"""

from assistant.tools.allocation import CENT
from assistant.tools.errors import Wording
from assistant.tools.ground import Ground

_LIST_ROUNDING = Wording(
    "Arrondi {unit} par la méthode des plus forts restes (à égalité, le poids le plus grand, puis l’identifiant), pour "
    "que la somme égale l’enveloppe. C’est une convention de l’outil\u00a0: les documents ne précisent pas l’arrondi.",
    "Rounded {unit} by the largest-remainder method (ties: the larger weight, then the identifier), so that the sum "
    "equals the envelope. This is a convention of the tool: the documents do not specify the rounding.",
)
_SINGLE_ROUNDING = Wording(
    "Arrondi {unit} le plus près, la demie vers le haut. C’est une convention de l’outil\u00a0: les documents ne "
    "précisent pas l’arrondi; dans une liste complète, ce montant peut différer d’une unité pour que la somme soit "
    "exacte.",
    "Rounded {unit}, halves up. This is a convention of the tool: the documents do not specify the rounding; in a "
    "complete list this amount may differ by one unit so that the sum is exact.",
)


def rounding_of(ground: Ground, *, of_list: bool) -> str:
    """The rounding convention, said with its unit."""
    in_cents = ground.unit == CENT
    if of_list:
        unit = ground.say("au cent", "to the cent") if in_cents else ground.say("au dollar", "to the dollar")
        return _LIST_ROUNDING[ground.language].format(unit=unit)
    unit = (
        ground.say("au cent", "to the nearest cent") if in_cents else ground.say("au dollar", "to the nearest dollar")
    )
    return _SINGLE_ROUNDING[ground.language].format(unit=unit)


def formula_of(ground: Ground) -> str:
    """The rule in letters, with what each letter stands for."""
    if not ground.rule.by_posts:
        return ground.say(
            "A = E × e ÷ T (A\u00a0: allocation; E\u00a0: enveloppe; e\u00a0: effectif FGJ + FP de l’établissement; "
            "T\u00a0: effectif FGJ + FP total)",
            "A = E × e ÷ T (A: allocation; E: envelope; e: youth + vocational enrolment of the school; "
            "T: total youth + vocational enrolment)",
        )
    if ground.base:
        return ground.say(
            "A = B + (E − n × B) × p ÷ P (A\u00a0: allocation; B\u00a0: montant de base; E\u00a0: enveloppe; "
            "n\u00a0: nombre "
            "d’organismes; p\u00a0: postes de l’organisme; P\u00a0: total des postes)",
            "A = B + (E − n × B) × p ÷ P (A: allocation; B: base amount; E: envelope; n: number of bodies; "
            "p: posts of the body; P: total posts)",
        )
    return ground.say(
        "A = E × p ÷ P (A\u00a0: allocation; E\u00a0: enveloppe; p\u00a0: postes de l’organisme; P\u00a0: total des "
        "postes)",
        "A = E × p ÷ P (A: allocation; E: envelope; p: posts of the body; P: total posts)",
    )
