"""The names of the domain in a sentence: measure, volets, school year, kind of body, rounding unit.

In: a cleaned, folded sentence. Out: `Terms`, with the spans that hold numbers which are names (15158, volet 2,
2024-2025), so that nobody counts them. « l'an prochain » is a year that is asked for and not known: never guessed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.conversation import BodyType
from assistant.tools.ground import SEPARATE_RULES

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a sentence names; empty or `None` where it names nothing. `mentions` says where volets are named."""

    measure: str | None = None
    volets: tuple[str, ...] = ()
    school_year: str | None = None
    vague_year: bool = False
    body_type: BodyType | None = None
    separate_rules: bool = False
    in_cents: bool | None = None
    masked: tuple[Span, ...] = ()
    mentions: tuple[tuple[int, tuple[str, ...]], ...] = ()


_MEASURES = (
    ("15158", re.compile(r"\b15[ -]?158\d?\b|\b(?:ms|mesure|measure) ?15\d{3}\b(?<=15158)")),
    ("30100", re.compile(r"\b301001?\b|\b30[ -]100\b(?= ?[^\s\d$]|$)(?! ?\$)")),
)
_VOLET = r"(?:volets?|vol\.|components?|comp\.|strands?|streams?)"
_ONE = r"(?:[123]\b(?! ?[\d$])|un\b|deux\b|trois\b|one\b|two\b|three\b|i{1,3}\b)"
_ANY = r"(?:[123]\b|un\b|deux\b|trois\b|one\b|two\b|three\b|i{1,3}\b)"
_SINGLE = re.compile(rf"\b{_VOLET} ?(?:no |n° ?|numero |number |# ?)?(?P<n>{_ANY})")
_SINGLE_GLUED = re.compile(r"\bv(?:olet)? ?(?P<n>[123])\b(?! ?[\d$])|\bvolet (?P<m>[123]) (?=\d{3})")
_SEVERAL = re.compile(
    rf"\b{_VOLET} ?(?P<list>{_ONE}(?: ?, ?{_ONE})*(?: ?(?:et|and|&|\+|/|ou|or) ?(?:le |the )?{_ONE})+)"
)
_RANGE = re.compile(
    rf"\b{_VOLET} ?(?:de |from )?(?P<a>[123]) ?(?:a|to|-|through) ?(?P<b>[123])\b(?! ?(?:[\d$%,.]|m+\b|k\b|mill))"
)
_ORDINAL = re.compile(
    rf"\b(?:(?P<n1>premier|1er|1ere|first|1st)|(?P<n2>deuxieme|second|2e|2eme|2nd)|(?P<n3>troisieme|third|3e|3eme|3rd))"
    rf" {_VOLET}"
)
_ALL_THREE = re.compile(
    rf"\b(?:(?:les |the |all |tous les )*(?:3|trois|three) {_VOLET}|tous les volets|all (?:the )?components)"
)
_BY_NAME = (
    ("2", re.compile(r"\bbienveillan\w*|\bcaring\b|\bkindness\b|\bbenevolence\b")),
    ("3", re.compile(r"\bcollabo\w*")),
    ("1", re.compile(rf"\b{_VOLET} (?:de la |de |sur la |of )?valorisation\b|\bvalorisation (?:volet|component)\b")),
)
_VALUES = {"un": "1", "one": "1", "i": "1", "deux": "2", "two": "2", "ii": "2", "trois": "3", "three": "3", "iii": "3"}
_YEARS = re.compile(r"(?<![\d,.])(?:20)?(?P<a>\d\d) ?[-/] ?(?:20)?(?P<b>\d\d)(?![\d,.]\d|\d)")
_SPELLED_YEARS = re.compile(r"\b20(?P<a>\d\d) (?:a|to|et|and) 20(?P<b>\d\d)\b")
_AUTUMN = re.compile(r"\b(?:rentree|automne|fall|septembre|september)(?: de| of)? (?P<y>20\d\d)\b")
_BARE_YEAR = re.compile(
    r"(?<![\d.,])\b20[12345]\d\b(?![.,]\d)(?! ?(?:postes?|posts?|\$|eleves?|students?|etc\b|etp\b))"
)
_RELATIVE = re.compile(
    r"(?<!que )(?<!qu')(?<!depuis )\b(?:l'an|l'annee|annee|an) (?:scolaire )?(?:prochaine?|passee?|"
    r"derniere?|d'apres|suivante?|precedente?)\b"
    r"|\b(?:l'an|l'annee|annee) (?:d'avant|anterieure|qui (?:suit|vient|precede))\b"
    r"|(?<!than )(?<!from )(?<!since )\b(?:next|last|previous|following|prior) (?:school )?year\b|"
    r"\bthe year (?:before|after)\b"
    r"|\bdans (?:\d|un|deux) ans?\b"
)
_PRIVATE = re.compile(r"\bprive(?:e|s|es)?\b|\bprivate\b")
_PUBLIC = re.compile(
    r"\bcss\b|\bcentres? de services?\b|\bcommissions? scolaires?\b|\bschool (?:service )?(?:boards?|cent(?:re|er)s?)\b"
    r"|\b(?:our|my|the|a) board\b|\breseau public\b|\bpublic (?:school|network)\b"
)
_CENTS = re.compile(
    r"\b(?:au|a la|en) (?:cents?|cennes?|sou)\b|\bto the (?:nearest )?(?:cent|penny)\b|\bwith cents\b|"
    r"\bavec (?:les )?cents?\b"
)
_DOLLARS = re.compile(r"\bau dollar\b|\bto the (?:nearest )?dollar\b")
_MONTH = (
    r"(?:janv(?:ier|\.)?|fevr(?:ier|\.)?|mars|avr(?:il|\.)|mai|juin|juil(?:let|\.)|aout|sept(?:embre|\.)|"
    r"oct(?:obre|\.)|"
    r"nov(?:embre|\.)|dec(?:embre|\.)|january|february|march|april|may|june|july|august|september|october|november|"
    r"december)"
)
_NAMES = re.compile(
    r"\b(?:axes?|axis|actions?|objectifs?|objectives?) ?\d+(?:(?: ?, ?| ?et | ?and )\d+)*\b"
    r"|\b(?:axe|axis|action|objectif|objective|obj\.|orientation|enjeu|article|art\.|page|p\.|note|annexe|etape|"
    r"question) ?\d+"
    rf"|\b\d{{1,2}}(?:er|st|nd|rd|th)? (?:of )?{_MONTH}(?:,? 20\d\d\b)?"
    rf"|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?:, 20\d\d\b)?"
    r"|\b\d{1,2} ?h(?: ?[0-5]\d)?\b|\b(?:en|in) 19\d\d\b|\b(?:depuis|since) (?:19|20)\d\d\b|"
    r"\b20\d\d-\d\d-\d\d\b|\b\d{1,2}[/.-]\d{1,2}[/.-](?:20)?\d\d\b"
    r"|\b\d+(?:e|er|ere|eme|ieme|th|nd|rd|st)\b"
    r"|(?<!\d)(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b"
    r"(?:[^\d\n]{0,6}\b(?:postes?|ext(?:ension|\.)?|p\.|x|#) ?[.:#]? ?\d{1,5}\b)?"
    r"|\b[a-z]\d[a-z] ?\d[a-z]\d\b"
)
"""Ranks, dates, telephone numbers with their extension, postal codes: numbers that count nothing."""


def read(folded: str) -> Terms:
    """What the sentence names, and the spans to leave out when its numbers are read."""
    masked: list[Span] = [match.span() for pattern in (_NAMES,) for match in pattern.finditer(folded)]
    measure = _measure(folded, masked)
    year, vague = _school_year(folded, masked)
    mentions = _mentions(folded, masked)
    return Terms(
        measure,
        tuple(dict.fromkeys(name for _, names in mentions for name in names)) or _by_name(folded),
        year,
        vague,
        _body_type(folded),
        SEPARATE_RULES.search(folded) is not None,
        True if _CENTS.search(folded) else (False if _DOLLARS.search(folded) else None),
        tuple(masked),
        mentions,
    )


def _measure(folded: str, masked: list[Span]) -> str | None:
    found: list[str] = []
    for name, pattern in _MEASURES:
        matches = list(pattern.finditer(folded))
        masked += [match.span() for match in matches]
        found += [name] * bool(matches)
    return found[0] if len(found) == 1 else None


def _school_year(folded: str, masked: list[Span]) -> tuple[str | None, bool]:
    years: list[str] = []
    for pattern in (_YEARS, _SPELLED_YEARS):
        for match in pattern.finditer(folded):
            start, end = int(match["a"]), int(match["b"])
            consecutive = end == start + 1
            if consecutive or (match[0].startswith("20") and len(match[0].replace(" ", "")) > len("24-25")):
                masked.append(match.span())
            if consecutive:
                years.append(f"20{start:02d}-20{end:02d}")
    autumns = [f"{match['y']}-{int(match['y']) + 1}" for match in _AUTUMN.finditer(folded)]
    inside = list(masked)
    bare = [match for match in _BARE_YEAR.finditer(folded) if not any(a <= match.start() < b for a, b in inside)]
    masked += [match.span() for match in bare]
    named = tuple(dict.fromkeys(years + autumns))
    vague = not named and (bool(bare) or _RELATIVE.search(folded) is not None)
    return (named[-1] if named else None), vague


def _mentions(folded: str, masked: list[Span]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The volets by their numbers, in the order they are mentioned."""
    found: list[tuple[int, tuple[str, ...]]] = []
    taken: list[Span] = []
    for pattern, names in _VOLET_READERS:
        for match in pattern.finditer(folded):
            if not any(start <= match.start() < end for start, end in taken):
                found.append((match.start(), tuple(names(match))))
                taken.append(match.span())
    masked += taken
    return tuple(sorted(found))


def _by_name(folded: str) -> tuple[str, ...]:
    return tuple(name for name, pattern in _BY_NAME if pattern.search(folded))


def _named(match: re.Match[str]) -> list[str]:
    name = next(group for group in match.groups() if group)
    return [_VALUES.get(name, name)]


_VOLET_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], list[str]]], ...] = (
    (_RANGE, lambda match: [str(n) for n in range(int(match["a"]), int(match["b"]) + 1)]),
    (_SEVERAL, lambda match: [_VALUES.get(name, name) for name in re.findall(_ONE, match["list"])]),
    (_SINGLE, _named),
    (_SINGLE_GLUED, _named),
    (_ORDINAL, lambda match: ["1" if match["n1"] else "2" if match["n2"] else "3"]),
    (_ALL_THREE, lambda _: ["1", "2", "3"]),
)


def _body_type(folded: str) -> BodyType | None:
    private, public = _PRIVATE.search(folded) is not None, _PUBLIC.search(folded) is not None
    if private == public:
        return None
    return "private" if private else "public"
