"""Which arithmetic on amounts that stand in the documents a question asks for, if any.

In: a folded question and its percentages. Out: a `DocumentAsk`, or `None`. A look-up of one printed amount is not
arithmetic: it is left to the passages.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

DocumentOperation = Literal[
    "axes_total", "axis_balance", "share", "sum", "extreme", "without_amount", "mean_per_year", "over_four_years",
    "mean_per_school", "letter_total", "letter_rest", "plan_distance",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class DocumentAsk:
    """What to compute from the documents: on which axes or actions, against which whole."""

    operation: DocumentOperation
    axes: tuple[int, ...] = ()
    actions: tuple[int, ...] = ()
    largest: bool = True
    announced: bool = False
    observed: Fraction | None = None
    health: bool = False


_STRATEGY = re.compile(
    r"\bstrat\w*|\bax[ei]s?s?\b|\bfeuille\b|\bbudget sheet\b|\bone-pager?\b|\bone-page\b|\bactions\b|\baction \d"
)
_AXIS_NUMBERS = re.compile(r"\bax(?:e|is|es) ?(?P<n>\d(?:(?: ?, ?| ?et | ?and | ?\+ ?| ?a l'axe | ?ax(?:e|is) ?)\d)*)")
_ACTION_NUMBERS = re.compile(r"\bactions? ?(?:no )?(?P<n>\d{1,2}(?:(?: ?, ?| ?et | ?and | ?\+ ?)\d{1,2})*)\b")
_SUM = re.compile(
    r"\b(?:additionn\w*|somme\w*|total\w*|sum\w*|add(?:ed|ing|s)?(?: up)?|ensemble|together|arriv\w*|cumul\w*|"
    r"combin\w*|en tout)\b"
)
_AGREES = re.compile(
    r"\b(?:balanc\w*|concord\w*|compte\w* mal|donnent? pas|donne pas|egal\w*|match\w*|tally|tallies|reconcil\w*|"
    r"arriv\w*|ecart|gap|"
    r"diff[ei]r\w*|disagree|contradi\w*|manque|missing|correspond\w*|each document|chaque document|coherent\w*)\b"
)
_SHARE = re.compile(
    r"\b(?:pourcentage\w*|percentage|per ?cent|proportion|quelle (?:part|fraction)|what (?:share|fraction|part)|"
    r"share of|part de)\b|%"
)
_MOST = re.compile(
    r"\b(?:plus (?:gros\w*|grand\w*|elev\w*|cher\w*|important\w*|d'argent|couteu\w*|payant\w*)|largest|biggest|"
    r"highest|most (?:expensive|money|costly)|top)\b"
)
_LEAST = re.compile(
    r"\b(?:plus petit\w*|moins (?:cher\w*|elev\w*|d'argent|couteu\w*|gros\w*)|smallest|lowest|least|cheapest|"
    r"plus faible)\b"
)
_NO_AMOUNT = re.compile(
    r"\b(?:aucun|sans|pas de|no|without|any)\b(?: \w+){0,2} (?:montants?|chiffres?|budgets?|amounts?|figures?|"
    r"sommes?|dollars?|\$)\b"
    r"|\bpas (?:de |chiffre\w*)|\bunpriced\b|\bunfunded\b"
)
_WHICH = re.compile(r"\b(?:quel\w*|laquelle|lesquelles|which|what|liste\w*|list|combien|nomme\w*|how many|name)\b")
_ANNOUNCED = re.compile(r"\b140\b|\bannonc\w*|\bannounced\b")
_PER_YEAR = re.compile(
    r"\b(?:par an(?:nee)?|annuel\w*|chaque annee|per year|a year|yearly|annual\w*|each year|every year)\b"
)
_MEAN = re.compile(r"\b(?:moyenne|average|mean|combien|how much|ca (?:fait|donne|revient))\b")
_MEAN_ASKED = re.compile(
    r"\b(?:combien|moyenne|how much|average|mean)\b[^,?]{0,30}\b(?:par an|annuel|per year|a year|each year|yearly)"
)
_PILOT = re.compile(r"\bprojet[- ]pilote\b|\baides? a la classe\b|\bpilot\b|\bclassroom aides?\b")
_PER_SCHOOL = re.compile(r"\b(?:par|per|chaque|each|every|pour une|for one) (?:ecole|school)\b")
_LETTER = re.compile(r"\blettre\b|\bletter\b|\broberge\b|\bjanv\w* 2021\b|\bjanuary 2021\b")
_LETTER_SUM = re.compile(r"\b(?:somme|additionn\w*|sum of|add up|en tout|au total|grand total|altogether|in all)\b")
_ALL_AMOUNTS = re.compile(
    r"\b(?:les|tous les|trois|3|all|three|the) (?:trois |three |3 )?(?:montants?|sommes|amounts?|investissements?|"
    r"mesures?)\b|\btout\b|\ball\b"
)
_REST = re.compile(
    r"\b(?:reste\w*|restant\w*|remain\w*|left|hors prive|sans le prive|(?:reseau|secteur) public|public (?:network|"
    r"sector|system)|au public)\b"
)
_TUTORING = re.compile(r"\btutor\w*|\btutora\w*|\b11 ?m")
_HEALTH = re.compile(r"\bsante mentale\b|\bmental health\b|\b15 ?m")
_MEASURE = re.compile(r"\b15158\b|\b30100\b")
_OURS = re.compile(
    r"\b(?:on est|on a|nous|notre|nos|rendus?|atteint\w*|actuel\w*|presentement|we are|we're|we have|our|currently|"
    r"at)\b"
)
_PLAN = re.compile(r"\bcibles?\b|\btargets?\b|\bpevr\b|\bobjectifs?\b|\bvise\w*\b")
_DISTANCE = re.compile(
    r"\b(?:ecart|distance|manque\w*|combien de points|points?|loin|how far|gap|short|reste|encore|remain\w*|away|off)\b"
)


def document_ask(folded: str, percents: Sequence[Fraction]) -> DocumentAsk | None:
    """The arithmetic on the documents that the question asks for."""
    return _strategy(folded) or _letter(folded) or _plan(folded, percents)


def _strategy(folded: str) -> DocumentAsk | None:
    axes, actions = _numbers(_AXIS_NUMBERS, folded), _numbers(_ACTION_NUMBERS, folded)
    announced = _ANNOUNCED.search(folded) is not None
    if _PILOT.search(folded) and _PER_SCHOOL.search(folded) and _MEAN.search(folded):
        return DocumentAsk("mean_per_school")
    if announced and re.search(r"\b140\b", folded) and _PER_YEAR.search(folded):
        return DocumentAsk("mean_per_year" if _MEAN_ASKED.search(folded) else "over_four_years")
    if re.search(r"\b140\b", folded) and _AGREES.search(folded):
        return DocumentAsk("axes_total")
    if not _STRATEGY.search(folded):
        return None
    if re.search(r"\bactions?\b", folded) and _NO_AMOUNT.search(folded) and _WHICH.search(folded) and not actions:
        return DocumentAsk("without_amount")
    return _on_parts(folded, axes, actions, announced=announced)


def _on_parts(folded: str, axes: tuple[int, ...], actions: tuple[int, ...], *, announced: bool) -> DocumentAsk | None:  # noqa: PLR0911 (one return for each thing that can be asked)
    named = axes or actions
    summed = _SUM.search(folded) is not None
    if _SHARE.search(folded) and named and not _MEASURE.search(folded):
        return DocumentAsk("share", axes, actions, announced=announced)
    if len(axes) == 1 and not actions and re.search(r"\bactions\b", folded) and (summed or _AGREES.search(folded)):
        return DocumentAsk("axis_balance", axes)
    if len(axes) > 1 or len(actions) > 1:
        return DocumentAsk("sum", axes, actions) if summed else None
    extreme = _MOST.search(folded) or _LEAST.search(folded)
    if extreme and re.search(r"\bactions?\b|\baxe?s?\b|\baxis\b|\blaquelle\b|\bwhich\b", folded):
        return DocumentAsk(
            "extreme",
            axes,
            actions=() if re.search(r"\bactions?\b", folded) else (0,),
            largest=bool(_MOST.search(folded)),
        )
    plural = re.search(r"\b(?:axes|4 ax\w+|four ax\w+)\b", folded)
    if plural and not named and (summed or _AGREES.search(folded)):
        return DocumentAsk("axes_total")
    if (
        re.search(r"\b(?:16 |les |all |the )?actions\b", folded)
        and not named
        and re.search(r"\badditionn\w*|\bsomme\b|\bsum of\b|\badd up\b", folded)
    ):
        return DocumentAsk("sum", (), tuple(range(1, 100)))
    return None


def _numbers(pattern: re.Pattern[str], folded: str) -> tuple[int, ...]:
    found = [int(digits) for match in pattern.finditer(folded) for digits in re.findall(r"\d+", match["n"])]
    return tuple(dict.fromkeys(found))


def _letter(folded: str) -> DocumentAsk | None:
    tutoring, health = _TUTORING.search(folded) is not None, _HEALTH.search(folded) is not None
    if (
        _LETTER.search(folded)
        and _LETTER_SUM.search(folded)
        and _ALL_AMOUNTS.search(folded)
        and not (tutoring or health)
    ):
        return DocumentAsk("letter_total")
    if (
        tutoring != health
        and _REST.search(folded)
        and re.search(r"\bcombien\b|\bhow much\b|\bquel\w* (?:montant|part)|\bwhat\b", folded)
    ):
        return DocumentAsk("letter_rest", health=health)
    return None


def _plan(folded: str, percents: Sequence[Fraction]) -> DocumentAsk | None:
    if len(percents) == 1 and _OURS.search(folded) and _PLAN.search(folded) and _DISTANCE.search(folded):
        return DocumentAsk("plan_distance", observed=percents[0])
    return None
