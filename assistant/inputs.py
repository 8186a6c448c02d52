"""What a question gave to compute with, as people read it: what each thing is called, and its value with its unit.

In: a computation, inside or at the border. Out: (label, value) pairs in a language, the measure, the volet and the
school year first. A name that is not known is shown as it is; nothing is left out.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Protocol

from assistant.conversation import Language
from assistant.tools.errors import Wording
from assistant.tools.formats import NBSP, count, money

_NAMES = {
    "measure": Wording("Mesure", "Measure"),
    "volet": Wording("Volet", "Volet"),
    "school_year": Wording("Année scolaire", "School year"),
    "volets": Wording("Volets", "Volets"),
    "envelope": Wording("Enveloppe", "Envelope"),
    "envelope_before": Wording("Enveloppe avant", "Envelope before"),
    "envelope_after": Wording("Enveloppe après", "Envelope after"),
    "change": Wording("Variation de l’enveloppe", "Change of the envelope"),
    "target": Wording("Allocation visée", "Allocation aimed at"),
    "base_amount": Wording("Montant de base donné", "Base amount given"),
    "rounding_unit": Wording("Unité d’arrondi", "Rounding unit"),
    "number_of_bodies": Wording("Nombre d’organismes", "Number of bodies"),
    "total_posts": Wording("Total des postes", "Total posts"),
    "posts": Wording("Postes", "Posts"),
    "total_headcount": Wording("Effectif total (FGJ et FP)", "Total enrolment (youth and vocational)"),
    "headcount": Wording("Effectif (FGJ et FP)", "Enrolment (youth and vocational)"),
    "fgj": Wording("Élèves en FGJ", "Youth students"),
    "fp": Wording("Élèves en FP", "Vocational students"),
    "fga_not_counted": Wording("Élèves en FGA (ne comptent pas)", "Adult education students (not counted)"),
    "percent": Wording("Pourcentage", "Percentage"),
    "observed": Wording("Valeur observée", "Observed value"),
    "to_clarify": Wording("À préciser", "To be made clear"),
}
_RANKED = {
    "envelope": Wording("Enveloppe du volet", "Envelope of volet"),
    "amount": Wording("Montant", "Amount"),
}
_MONEY = frozenset(
    {"envelope", "envelope_before", "envelope_after", "change", "target", "base_amount", "amount", "rounding_unit"}
)
_PERCENT = frozenset({"percent", "observed"})
_AS_TYPED = frozenset({"measure", "volet", "school_year", "volets", "to_clarify"})


class Given(Protocol):
    """The part of a computation that a question gives; values are exact, several of one name are parted by `; `."""

    @property
    def measure(self) -> str | None:
        """Such as 15158."""

    @property
    def volet(self) -> str | None:
        """Such as 1."""

    @property
    def school_year(self) -> str | None:
        """Such as 2024-2025."""

    @property
    def inputs(self) -> Mapping[str, str]:
        """By name: `envelope`, `envelope_2` (of volet 2), `posts:A` (of body A)."""


def shown(found: Given, language: Language) -> Iterator[tuple[str, str]]:
    """Each thing that was given, as a label and a value, in order."""
    named = {"measure": found.measure, "volet": found.volet, "school_year": found.school_year}
    for name, value in ({name: value for name, value in named.items() if value} | dict(found.inputs)).items():
        kind, _, own = name.partition(":")
        stem, _, rank = kind.rpartition("_")
        if kind in _NAMES:
            label = _NAMES[kind][language]
        elif stem in _RANKED and rank.isdecimal():
            kind, label = stem, f"{_RANKED[stem][language]} {rank}"
        else:
            kind, label = "", name
        yield f"{label} ({own})" if own and kind else label, _value(kind, value, language)


def _value(kind: str, value: str, language: Language) -> str:
    if not kind or kind in _AS_TYPED:
        return value
    return "; ".join(_number(kind, Fraction(one), language) for one in value.split("; "))


def _number(kind: str, value: Fraction, language: Language) -> str:
    if kind in _MONEY:
        return money(value, language)
    digits = count(value, language)
    if kind in _PERCENT:
        return f"{digits}{NBSP}%" if language == "fr" else f"{digits}%"
    return digits
