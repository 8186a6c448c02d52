"""What a question asks for and about: measure, volet, axis, objective, year, body, documents, attribute.

Read from the words of the question (and the profile); what is not said stays unknown.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.conversation import BodyType, PipelineStep, Profile, Route, Turn
from ingest.catalog import CatalogEntry
from ingest.tokens import fold_accents

_ORDINALS = {
    **dict.fromkeys(("premier", "1er", "first", "one", "un"), "1"),
    **dict.fromkeys(("deuxieme", "2e", "second", "two", "deux"), "2"),
    **dict.fromkeys(("troisieme", "3e", "third", "three", "trois"), "3"),
    **dict.fromkeys(("quatrieme", "4e", "fourth", "four", "quatre"), "4"),
}
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_RANK = r"premier|1er|first|deuxieme|2e|second|troisieme|3e|third|quatrieme|4e|fourth"
_NUMBERED = {
    "volet": (r"volets?|components?|streams?", r"[1-3]"),
    "axis": (r"axes?|axis", r"[1-4]"),
    "action": (r"actions?", r"1[0-6]|[1-9]"),
    "objective": (r"objectifs?|objectives?|obj\.?", r"10\.[1-3]|1[01]|[1-9]"),
}
_VOLET_NAMES = {"2": r"\bvolet\s(?:de la\s)?bienveillance", "3": r"\bvolet\s(?:de la\s)?collaboration"}
_MEASURE = re.compile(r"\b(15158|30100)\b")
_PRIVATE = re.compile(r"\b(?:prive|private|independent school)(?:e|s|es)?\b")
_PUBLIC = re.compile(
    r"\b(?:css|centres? de services|commissions? scolaires?|public|school boards?|service (?:centre|center)s?)\b",
)
_YEAR = re.compile(r"\b(?:20)?(\d\d)\s?[-–/]\s?(?:20)?(\d\d)\b")
_TOGETHER = r"\b(?:les|des|chaque|par|tous les|chacun des|the|all|each|every|per)\s+(?:\d+ |\w+ )?"
"""Words before a noun that stands for all of its kind (« les quatre axes »)."""
_NEEDS = {
    "amount": (
        r"\bcombien\b(?! de (?!l'argent|sous|piasse))|\bmontant|\bbudget|\bcout(?:e|s)?\b|\$|how much|\bamount"
        r"|\bfunding|\benveloppe\b|\bsous\b"
    ),
    "target": r"\bcibles?\b|\bvis(?:e|ee?s?|ait|ons)\b|\btargets?\b|pourcentage|\btaux\b|\bpercent|\bproportion\b",
    "date": r"\bquand\b|\bwhen\b|\bdates?\b|\bmois\b|\bmonth|echeance|deadline|a quel moment",
    "contact": r"\bcourriel|\be-?mail|\badresse\b|a qui (?:ecrire|j'ecris|j'envoie|poser)|\bqui contacter|\bcontact",
    "definition": r"\bc'est quoi|\bqu'est-ce qu|\bdefin|\bmeaning|\bwhat (?:is|are)\b|\bmean\b|signifie|veut dire",
    "eligibility": (
        r"\badmissible|\beligible|\bpeut[- ]?(?:on|tu)|\bon peut|\bfinancer|\bpayer?\b|\bcan (?:we|i|money|the)|\bcover"
        r"|\bpasse|rembours|\ballowed|\bpermi[st]"
    ),
    "rule": r"\brepart|\bpartag|\bdivis|\bprorata|\bpro rata|\bformul|\bcalcul|\ballocat|\bcle de",
    "count": r"\bcombien de\b|\bhow many\b|\bnombre de\b",
    "list": (
        r"\b(?:quel(?:le)?s sont|liste|enumer|nomme[rz]?\b|lesquel|donne.{0,15}exemples|which|what are|list\b|name the)"
    ),
    "axes": rf"{_TOGETHER}(?:axes?|axis)\b(?! \d)",
    "objectives": rf"{_TOGETHER}(?:objectifs?|objectives?)\b(?! \d)",
    "person": r"\bqui\b|\bwho\b|\bresponsable",
}


def make_route(entries: Sequence[CatalogEntry]) -> PipelineStep:
    """The step: fill `turn.route` from the stand-alone question; documents are known by the cues of the catalog."""
    cues = {entry.id: re.compile("|".join(entry.cues)) for entry in entries if entry.cues}

    def route(turn: Turn) -> Turn:
        question = turn.standalone
        text = fold_accents(question)
        measures = set(_MEASURE.findall(question))
        profile = turn.question.profile
        return replace(
            turn,
            route=Route(
                needs=needs(question),
                measure=measures.pop() if len(measures) == 1 else None,
                numbered=numbered(question),
                body_type=body_type(question, profile),
                school_year=school_year(question, profile),
                documents=frozenset(document for document, cue in cues.items() if cue.search(text)),
            ),
        )

    return route


def numbered(question: str) -> Mapping[str, frozenset[str]]:
    """The volets, axes, actions and objectives that a question names, by label key (`volet`, `axis`, …)."""
    text = fold_accents(question)
    found: dict[str, frozenset[str]] = {}
    for key, (nouns, value) in _NUMBERED.items():
        one = rf"\b(?:{value}|{_ORDINAL})\b(?!\.\d)"
        after = re.compile(rf"\b(?:{nouns})\s*(?:no\.?\s*|#\s*)?({one}(?:\s*(?:,|et|and|ou|or|&)\s*{one})*)")
        before = re.compile(rf"\b({_RANK})\s+(?:{nouns})\b")
        values = {number for match in after.finditer(text) for number in re.findall(one, match[1])}
        values |= {match[1] for match in before.finditer(text)}
        if key == "volet":
            values |= {number for number, pattern in _VOLET_NAMES.items() if re.search(pattern, text)}
        if values:
            found[key] = frozenset(_ORDINALS.get(number, number) for number in values)
    return found


def needs(question: str) -> frozenset[str]:
    """Which attributes are asked for (the keys of `_NEEDS`)."""
    text = fold_accents(question)
    return frozenset(name for name, pattern in _NEEDS.items() if re.search(pattern, text))


def body_type(question: str, profile: Profile) -> BodyType | None:
    """Public or private, when the question or else the profile says so; None when both are named."""
    text = fold_accents(question)
    private, public = bool(_PRIVATE.search(text)), bool(_PUBLIC.search(text))
    if private and public:
        return None
    if private or public:
        return "private" if private else "public"
    return profile.body_type


def school_year(question: str, profile: Profile) -> str | None:
    """The school year that is named (« 24-25 » → `2024-2025`), or else the profile's."""
    for match in _YEAR.finditer(question):
        first, second = int(match[1]), int(match[2])
        if second == first + 1:
            return f"20{first:02d}-20{second:02d}"
    return profile.school_year
