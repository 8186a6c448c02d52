"""Sums and remainders of the amounts of the 2021 letter, with their qualifiers carried through.

« près de » lies a little below, « un peu plus de » a little above: a sum of terms that all lean one way leans that
way, terms that lean both ways leave only « environ ». In: figure ids. Out: a `Calculation`. Refuses nothing.
"""

from collections.abc import Sequence
from fractions import Fraction

from assistant.conversation import Calculation, Language, Result, Step
from assistant.tools.errors import Wording
from assistant.tools.figures import DatedValue, Figures, Qualifier
from assistant.tools.formats import exact, millions

_MILLION = 1_000_000
_LEANS: dict[Qualifier, int] = {"exact": 0, "indicatif": 0, "pres_de": -1, "un_peu_plus_de": 1, "plus_de": 1}
_WORDS = {
    0: Wording("", ""),
    -1: Wording("un peu moins de", "a little less than"),
    1: Wording("un peu plus de", "a little more than"),
    None: Wording("environ", "about"),
}
_PRINTED: dict[Qualifier, Wording] = {
    "pres_de": Wording("près de", "nearly"),
    "un_peu_plus_de": Wording("un peu plus de", "a little more than"),
    "plus_de": Wording("plus de", "more than"),
}
WHOLE = ("lettre.tutorat", "lettre.sante_mentale", "lettre.partenariats")


def lean(terms: Sequence[tuple[int, Qualifier]]) -> int | None:
    """Which way a signed sum leans: -1 below, 0 exact, 1 above, `None` where its terms lean both ways."""
    leans = {sign * _LEANS[qualifier] for sign, qualifier in terms} - {0}
    if not leans:
        return 0
    return leans.pop() if len(leans) == 1 else None


def total(figures: Figures, ids: Sequence[str], language: Language) -> Calculation:
    """The sum of these amounts."""
    label = "Somme des montants de la lettre" if language == "fr" else "Sum of the amounts of the letter"
    return _combine(figures, [(1, name) for name in ids], label, language)


def remainder(figures: Figures, whole: str, language: Language) -> Calculation:
    """What is left of an amount once the share named for the private network is taken out."""
    (part,) = figures.parts(whole)
    label = (
        "Reste, une fois retirée la part du réseau privé"
        if language == "fr"
        else "Rest, without the private network’s share"
    )
    return _combine(figures, [(1, whole), (-1, part.id)], label, language)


def _combine(figures: Figures, terms: Sequence[tuple[int, str]], label: str, language: Language) -> Calculation:
    values = [(sign, figures[name].sole) for sign, name in terms]
    amount = sum((sign * dated.exact for sign, dated in values), Fraction(0))
    words = _WORDS[lean([(sign, dated.qualifier) for sign, dated in values])][language]
    shown = "".join(_term(i, sign, dated, language) for i, (sign, dated) in enumerate(values))
    cells = "".join(f"{'+' if sign > 0 else '-'}{name.rpartition('.')[2]}" for sign, name in terms)
    rounded = f"{words} {millions(amount, language)}".strip()
    value = exact(amount / _MILLION)
    return Calculation(
        operation="letter_sum",
        measure=None,
        volet=None,
        school_year=None,
        inputs={},
        parameters=tuple(figures.sole_parameter(name, language) for _, name in terms),
        formula="Somme ou différence des montants, avec leurs qualificatifs"
        if language == "fr"
        else "Sum or difference of the amounts, with their qualifiers",
        steps=(Step(label, shown, exact(amount), rounded, name="total", live=cells.removeprefix("+")),),
        results=(Result(label, value, value, "M$", live=f"total/{_MILLION}", qualifier=words),),
        rounding="Aucun arrondi." if language == "fr" else "No rounding.",
        warnings=(_DEDUCED[language],),
        sources=tuple(dated.source for _, dated in values),
    )


def _term(index: int, sign: int, dated: DatedValue, language: Language) -> str:
    joint = "" if index == 0 else (" + " if sign > 0 else " − ")
    printed = _PRINTED.get(dated.qualifier)
    words = f"{printed[language]} " if printed else ""
    return f"{joint}{words}{millions(dated.exact, language)}"


_DEDUCED = Wording(
    "Ce montant est déduit de ceux de la lettre, qui ne l’imprime pas; la lettre date de 2021 et n’est pas en vigueur "
    "par elle-même.",
    "This amount is deduced from those of the letter, which does not print it; the letter dates from 2021 and is "
    "not in "
    "force by itself.",
)
