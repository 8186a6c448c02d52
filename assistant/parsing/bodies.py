"""Lists of bodies written in a sentence: « A 1200 postes, B 750,5, C 49,5 », « 3 organismes (120, 80 et 45 postes) ».

In: a cleaned line, its numbers and the spans that hold names of the domain. Out: the bodies, each with what was
counted for it, and the numbers that were used. A list has at least two bodies; one alone is for the caller to judge.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assistant.parsing.amounts import Number, Unit, fold

_WEIGHTS: frozenset[Unit | None] = frozenset({"posts", "pupils", "fgj", "fp", "fga", None})
_SECTORS = frozenset({"fgj", "fp", "fga"})
_MOST_WORDS = 7
_SEPARATOR = re.compile(r"[,;:()\n?!¦•|]|\.(?=\s|$)| (?:et|and|puis|then|vs|plus) ")
_LEADING = re.compile(
    r"^(?:(?:et|and|puis|entre|between|among|parmi|pour|for|soit|le|la|les|the|dont|[-*•]) |l'|organismes? |bod(?:y|"
    r"ies) )+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?: (?:en (?:a|ont|compte|aurait)|a|à|ont|has|have|avec|with|compte|de|of|est|is|=|-|–)|[=:–-])+$", re.IGNORECASE
)
_CUT = re.compile(
    r"^.*\b(?:entre|between|among|parmi|pour|for|voici|bodies|organismes|ajout\w+|add) (?=\S)", re.IGNORECASE
)
_NOT_A_NAME = re.compile(
    r"\b(?:nous|nos|notre|mon|ma|mes|moi|on|ai|avons|avait|aurait|we|our|us|ours|my|i|total\w*|tout\w*|reseau|network|"
    r"ensemble|overall|all|un|une|an|qui|which|what|would|combien|how|si|if|envelopp?es?|budget|postes?|"
    r"posts?|effectifs?|"
    r"enrol?lments?|students?|eleves?|sur|out|them|dont|ajout\w*|passe\w*|sont|is|are|donne\w*|calcul\w*|simul\w*|"
    r"repart\w*|partag\w*|montant|base|annee|year|volets?|mesure|measure|component|pi|ca|cela|it|il y|il|there|"
    r"faire|fais|c'est|ont|has|have|had|avait|avaient|environ|about|around|exactement|seulement|only|"
    r"presque|almost|fgj|fp|fga|jeunes|adultes|youth|vocational|adults?)\b"
)
_US = re.compile(
    r"(?:nous(?: autres)?|moi|chez nous|us|ours|(?:notre|mon|ma|our|my) (?:css|cs|centre|ecole|college|organisme|"
    r"commission|board|school|body))(?: (?:avons|aurions|en avons|ai|have|has))?"
)
"""The body of the person, as one of a list that names others."""
_SHARED = re.compile(
    r"\b(?:entre|between|among|parmi|repart\w*|partag\w*|divis\w*|distribu\w*|ventil\w*|split\w*|shar(?:e|"
    r"es|ed|ing) (?:it|a|an|the)|"
    r"chacun\w*|each)\b"
)
_LINK_LAST = re.compile(
    r"(?:^|\s)(?:pour|for|de|du|des|of|en|in|à|au|aux|to|avec|with|par|per|by|sur|on|et|and|ou|or)$|\sa$"
)
_AFTER = re.compile(r" ?(?:pour|for|à|chez|->|=) ?(?P<name>[^,;:()\n?!¦]+?)(?=[,;:()\n?!]|\.(?:\s|$)| (?:et|and) |$)")
_JOINED = re.compile(r"\s*(?:,|;|/|et|and|&|, et|, and|puis)\s*")


@dataclass(frozen=True, slots=True)
class Listed:
    """A body as written, with its counts by unit (`posts`, `fgj`, `fp`, `pupils`, or `None` where none is said)."""

    name: str
    counts: tuple[tuple[Unit | None, Fraction], ...]


@dataclass(frozen=True, slots=True)
class BodyList:
    """The bodies of a sentence and the numbers that they took."""

    bodies: tuple[Listed, ...] = ()
    used: tuple[Number, ...] = ()


def read(text: str, numbers: Sequence[Number], masked: Sequence[tuple[int, int]]) -> BodyList:
    """The named list of the sentence, else its bare list, else the one body that it names, if any."""
    plain = _blanked(text, [(n.start, n.end) for n in numbers if n.unit not in _WEIGHTS], masked)
    weights = [number for number in numbers if number.unit in _WEIGHTS]
    named = _named(plain, weights)
    if len(named.bodies) > 1 and _is_list(text, named, numbers):
        return named
    bare = _bare(text, numbers, weights)
    return bare if bare.bodies or len(named.bodies) > 1 else named


def _is_list(text: str, named: BodyList, numbers: Sequence[Number]) -> bool:
    """Whether the words are names: capitals or digits in each, a sharing asked for, or as many as are announced."""
    others = [body.name for body in named.bodies if not _US.fullmatch(fold(body.name))]
    proper = all(re.search(r"[A-Z\d]", name) or len(name) == 1 for name in others)
    announced = any(n.unit in {"bodies", "schools"} and n.value == len(named.bodies) for n in numbers)
    return proper or announced or _SHARED.search(fold(text)) is not None


def _blanked(text: str, spans: Sequence[tuple[int, int]], masked: Sequence[tuple[int, int]]) -> str:
    characters = list(text)
    for start, end in (*spans, *masked):
        characters[start:end] = "¦" * (end - start)
    return "".join(characters)


def _named(text: str, weights: Sequence[Number]) -> BodyList:
    found: list[tuple[str, list[tuple[Unit | None, Fraction]]]] = []
    used: list[Number] = []
    ours: list[tuple[str, Number]] = []
    end = 0
    for i, number in enumerate(weights):
        following = weights[i + 1].start if i + 1 < len(weights) else len(text)
        name = _name_before(text[end : number.start]) or _name_after(text[number.end : following])
        if name:
            found.append((name, [(number.unit, number.value)]))
            used.append(number)
        elif found and used[-1] is weights[i - 1] and _goes_with(found[-1][1], number):
            found[-1][1].append((number.unit, number.value))
            used.append(number)
        elif us := _us_before(text[end : number.start]):
            ours.append((us, number))
        end = number.end
    if len(found) > 1 and len(ours) == 1:
        found.append((ours[0][0], [(ours[0][1].unit, ours[0][1].value)]))
        used.append(ours[0][1])
    names = {name for name, _ in found}
    if len({fold(name) for name in names}) < len(names):  # « p = 1 200, P = 96 000 » are symbols, not bodies
        return BodyList()
    return BodyList(tuple(Listed(name, tuple(counts)) for name, counts in found), tuple(used))


def _goes_with(counts: Sequence[tuple[Unit | None, Fraction]], number: Number) -> bool:
    """Whether a number is another sector of the same body."""
    units = {unit for unit, _ in counts}
    return number.unit in _SECTORS - units and units <= _SECTORS


def _name_before(before: str) -> str:
    return _tidy(_last_piece(before))


def _us_before(before: str) -> str:
    last = _LEADING.sub("", _last_piece(before))
    return last if _US.fullmatch(fold(last)) else ""


def _last_piece(before: str) -> str:
    pieces = _SEPARATOR.split(before)
    last = pieces[-1].strip()
    if not last and len(pieces) > 1 and before.rstrip()[-1:] in {"(", ":"}:
        return pieces[-2].strip()
    return last


def _name_after(after: str) -> str:
    match = _AFTER.match(after)
    return _tidy(match["name"].strip()) if match else ""


def _tidy(name: str) -> str:
    name = _CUT.sub("", name)
    name = _LEADING.sub("", name)
    while (shorter := _TRAILING.sub("", name).strip()) != name and shorter:
        name = shorter
    folded = fold(name)
    plausible = any(character.isalpha() for character in name) and len(name.split()) <= _MOST_WORDS
    named = not _NOT_A_NAME.search(folded) and not _starts_low(folded) and not _LINK_LAST.search(name)
    return name if plausible and named else ""


def _starts_low(folded: str) -> bool:
    return (
        re.match(r"(?:des?|du|sur|d'|of|with|avec|dont|moins|in|en|dans|par|per|by|to|from|where|ou)\b", folded)
        is not None
    )


def _bare(text: str, numbers: Sequence[Number], weights: Sequence[Number]) -> BodyList:
    announced = [number for number in numbers if number.unit in {"bodies", "schools"}]
    for run in _runs(text, weights):
        counted = any(number.value == len(run) for number in announced)
        if counted and len(run) > 1:
            bodies = tuple(Listed(str(i), ((number.unit, number.value),)) for i, number in enumerate(run, start=1))
            return BodyList(bodies, tuple(run))
    return BodyList()


def _runs(text: str, weights: Sequence[Number]) -> list[list[Number]]:
    runs: list[list[Number]] = []
    for number in weights:
        if runs and _JOINED.fullmatch(text[runs[-1][-1].end : number.start]):
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
