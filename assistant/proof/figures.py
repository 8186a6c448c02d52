"""Every figure of a statement stands in what it rests on, with its approximation, beside what it belongs to."""

import re
from collections.abc import Iterator, Sequence

from assistant.lock import Figure, figures, in_order, loose
from assistant.parsing.words import to_digits
from assistant.proof.clauses import pieces
from assistant.proof.lexicon import lexicon
from assistant.proof.values import Claim, Evidence, Finding, numbered

_MOST_COUNTED = 20
_APPROXIMATIONS = ("near", "over", "under")
_AHEAD = 24
"""Characters after an approximation in which its figure starts and ends."""
_FIGURE = re.compile(r"[$€£]?\s?\d[\d\s,.]*(?:[mgkb]\b\s?\$?)?(?:\s?(?:de |d')?(?:[$%]|dollars?))?")
_BETWEEN = r"[^\d.;:()$€£]{0,16}"


def digits(text: str, language: str) -> str:
    """The text with its number words as digits."""
    return to_digits(text.replace("’", "'"), "fr" if language == "fr" else "en")


def figure_findings(claim: Claim) -> Iterator[Finding]:
    """Figures that stand nowhere, that lost or gained an approximation, or that belong to something else."""
    unknown = _unknown(claim)
    if unknown:
        yield Finding("figure", f"these figures are not in the words it rests on: {', '.join(sorted(unknown))}")
        return
    yield from _approximations(claim)
    yield from _misplaced(claim)


def _unknown(claim: Claim) -> set[str]:
    sources = [text for one in claim.evidence for text in (one.words, one.context, digits(one.words.lower(), "fr"))]
    found: set[str] = set()
    for piece, clause in zip(pieces(claim.text), claim.clauses, strict=True):
        said = digits(piece, claim.language)
        missing = loose(said, *sources, *claim.computed) | _without_unit(said, sources, claim)
        if missing and clause.denies:
            missing = loose(said, *sources, *claim.computed, digits(claim.echoed, claim.language), claim.echoed)
        found |= missing - claim.named if clause.silent else missing
    return {figure for figure in found if not _is_count(figure, claim)}


def _without_unit(said: str, sources: Sequence[str], claim: Claim) -> frozenset[str]:
    """Figures to which the statement gives a unit that its sources do not: 4 pupils are not 4 %."""
    units: dict[str, set[str]] = {}
    for figure in figures(" | ".join([*sources, *claim.computed])):
        units.setdefault(figure.value, set()).add(figure.unit)
    computed = {figure.value for figure in figures(" | ".join(claim.computed))}
    return frozenset(
        f"{one.value}{one.unit}"
        for one in figures(said)
        if one.unit and one.value in units and one.unit not in units[one.value] and one.value not in computed
    )


def _is_count(figure: str, claim: Claim) -> bool:
    """How many passages it rests on or things it lists, which the statement itself shows."""
    if not figure.isdecimal() or int(figure) > _MOST_COUNTED:
        return False
    items = len(re.findall(r"[,;•]|\bet\b|\band\b|\bou\b|\bor\b", claim.text.partition(":")[2] or claim.text)) + 1
    return int(figure) in {len(claim.evidence), items}


def _approximations(claim: Claim) -> Iterator[Finding]:
    """« près de 15 M$ » stays approximate, « 21 989 $ » stays exact."""
    if not claim.evidence or claim.computed:
        return
    said = _approximated(claim.plain)
    given: dict[Figure, set[str]] = {}
    for one in claim.evidence:
        marked = _approximated(one.plain)
        for figure in figures(one.plain):
            given.setdefault(figure, set()).update(marked.get(figure, {""}))
    for figure in figures(claim.plain):
        if not figure.unit:
            continue
        kinds = next((kinds for other, kinds in given.items() if other.value == figure.value), None)
        if kinds is None:
            continue
        mine = said.get(figure, {""})
        if not mine & kinds and not ("" in mine and "" in kinds):
            meant = " or ".join(sorted(kind or "exact" for kind in kinds))
            yield Finding("qualifier", f"{figure.value}{figure.unit} is {meant} in its source: keep that")


def _approximated(text: str) -> dict[Figure, set[str]]:
    """By figure: how it is approximated in a plain text."""
    found: dict[Figure, set[str]] = {}
    for kind in _APPROXIMATIONS:
        pattern = re.compile(f"(?:{lexicon().families[kind].pattern}){_BETWEEN}(?=[$€£]?\\s?\\d)")
        for match in pattern.finditer(text):
            ahead = _FIGURE.match(text[match.end() : match.end() + _AHEAD])
            for figure in figures(ahead[0]) if ahead else ():
                found.setdefault(figure, set()).add(kind)
    return found


def _misplaced(claim: Claim) -> Iterator[Finding]:
    """In one clause, an amount and the volet or axis it is said of stand in one passage; a series goes in step."""
    for clause in claim.clauses:
        amounts = [figure for figure in in_order(clause.text) if figure.unit]
        scopes = [(key, n) for key, ns in numbered(clause.text).items() if key != "measure" for n in sorted(ns)]
        if not amounts or not scopes or clause.denies:
            continue
        if len(amounts) == len(scopes) > 1:
            pairs = [([scope], [amount]) for scope, amount in zip(scopes, amounts, strict=True)]
        else:
            pairs = [(scopes, [amount]) for amount in amounts]
        for wanted, found in pairs:
            if not claim.computed and not any(_holds(one, wanted, found) for one in claim.evidence):
                shown = ", ".join(f"{figure.value}{figure.unit}" for figure in found)
                yield Finding("misplaced", f"{shown} is not said of {' '.join(wanted[0])} in one passage")
                return


def _holds(evidence: Evidence, scopes: Sequence[tuple[str, str]], amounts: Sequence[Figure]) -> bool:
    about = any(n in evidence.numbers.get(key, frozenset()) for key, n in scopes)
    return about and not loose(" | ".join(f"{a.value} {a.unit}" for a in amounts), evidence.words, evidence.plain)
