"""The numbers of a sentence, exact, with what the sentence says they count.

In: a question as typed, its language. Out: a `Line`: the cleaned text with number words as digits, the same text
folded (lower case, no accents, same length), and its `Number`s in order. Reads French and English amounts and counts:
« 1,2 M$ », "$4.5M", « 12 500 000 $ », "12,000,000", « 750,5 », « douze millions ». A number that can be read two ways
(« 96,000 » in French, « 2500 000 ») is marked `doubtful`; nothing is guessed.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from assistant.conversation import Language
from assistant.parsing.words import to_digits

Unit = Literal["money", "percent", "posts", "fgj", "fp", "fga", "pupils", "bodies", "schools", "other"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number at `[start, end)` of the line, its unit words included; `unit` is `None` where none is said."""

    value: Fraction
    unit: Unit | None
    start: int
    end: int
    raw: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence ready to be read: `folded` has the same length as `text`."""

    text: str
    folded: str
    numbers: tuple[Number, ...]


def clean(text: str, language: Language) -> str:
    """One form for apostrophes, dashes and spaces; number words as digits."""
    text = unicodedata.normalize("NFC", text).translate(_PLAIN)
    return to_digits(re.sub(r"[ \t]+", " ", text), language)


def fold(text: str) -> str:
    """Lower case without accents, character for character."""
    return "".join(unicodedata.normalize("NFD", character)[0].lower()[:1] or " " for character in text)


_PLAIN = str.maketrans(
    {"’": "'", "ʼ": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "−": "-", "–": "-", "—": "-", "‑": "-"}
)
_NUMBER = re.compile(
    r"(?P<before>(?:ca|us|c)?\$ ?)?(?<![\w.,])(?P<sign>(?:(?<=[\s(:=$])|(?<=^))-)?"
    r"(?P<digits>\d{1,3}(?:[ ']\d{3})+(?!\d)|\d{1,3}(?:,\d{3})+(?=\.\d)|\d{1,3}(?:\.\d{3})+(?=,\d)|"
    r"\d{1,3}(?:,\d{3}){2,}(?!\d)|\d{1,3}(?:\.\d{3}){2,}(?!\d)|\d+)"
    r"(?:(?P<mark>[.,])(?P<decimals>\d+))?(?!\d)"
    r"(?P<scale> ?(?:mm|m|k|g)(?= ?\$|\b)|(?= ?\$))?(?P<after> ?\$|(?: de| of)? (?:dollars?|piastres?|piasses?|"
    r"bucks|cad)\b)?"
)
_SCALE = {"k": 1_000, "m": 1_000_000, "mm": 1_000_000, "g": 1_000_000_000}
_A = r"(?:d'|de |des |of )?(?:(?:scolaires?|school|other|autres|petits?|private|public|fictitious|fictifs?|beaux) )*"
_PUPIL = r"(?:eleves? |etudiants? |students? |inscrits? )?"
_FGA = rf"{_PUPIL}(?:en |au |de la |in )?(?:fga\b|adult\w*|formation generale des adultes)"
_FP = rf"{_PUPIL}(?:en |au |a la |de la |de |in |du secteur )?(?:the )?(?:fp\b|formation pro\w*|vocational\w*|dep\b)"
_FGJ = (
    rf"{_PUPIL}(?:en |au |aux |du |de la |de |in )?(?:the )?(?:fgj\b|jeunes?\b|formation generale des jeunes|"
    r"secondaire\b|primaire\b|prescolaire\b|youths?\b|secondary\b|elementary\b|high school\b)"
)
_POSTS = (
    rf"{_A}(?:postes?\b|etc\b|etp\b|ftes?\b|posts?\b|(?:teaching |teacher )?(?:posts?|positions?|jobs)\b|"
    r"enseignants?\b|enseignantes?\b|profs?\b|teachers?\b|equivalents? temps|full[- ]time)"
)
_PUPILS = rf"{_A}(?:eleves?\b|etudiants?\b|students?\b|pupils?\b|inscrits?\b|inscriptions?\b|enfants?\b|kids\b)"
_BODIES = (
    rf"{_A}(?:organismes?\b|orgs?\b|css\b|cs\b|centres? de services|commissions?\b|boards?\b|bod(?:y|ies)\b|"
    r"(?:school )?service (?:centres?|centers?)\b|organi[sz]ations?\b)"
)
_SCHOOLS = rf"{_A}(?:etablissements?\b|ecoles?\b|schools?\b|institutions?\b|colleges?\b|centres?\b|centers?\b)"
_OTHER = (
    r"(?:ans?\b|annees?\b|years?\b|jours?\b|days?\b|mois\b|months?\b|h\b|heures?\b|hours?\b|axes?\b|actions?\b|"
    r"fois\b|times\b|points?\b|scenarios?\b|volets?\b|components?\b|eme\b|er\b|e\b|cibles?\b|targets?\b|"
    r"enveloppes\b|envelopes\b|comites?\b|partenariats?\b|collaborations?\b|montants?\b|amounts?\b|"
    r"questions?\b|personnes?\b|people\b|employes?\b|rencontres?\b)"
)
_UNITS: tuple[tuple[Unit, str], ...] = (
    ("percent", r" ?%"),
    ("fga", _FGA),
    ("fp", _FP),
    ("fgj", _FGJ),
    ("posts", _POSTS),
    ("pupils", _PUPILS),
    ("bodies", _BODIES),
    ("schools", _SCHOOLS),
    ("other", _OTHER),
)
_AFTER = tuple((unit, re.compile(rf"(?: ?{pattern})")) for unit, pattern in _UNITS)
_GOES_ON = frozenset(
    """
    a au aux en dans chez sur et ou pour dont notre nous nos de des du d le la les un une ce cette ces qui que par
    plus moins avec ici soit donc puis pis mais si est sont etait c'est ca combien quelle quel env enveloppe volet
    mesure budget total totaux ensemble reseau province provincial provinciaux quebec retenus reconnus calcules
    comptes supplementaires additionnels maintenant actuellement environ chacun chacune respectivement svp merci x
    vs fois versus repartis repartir calcule the an of out in on at for to and or our ours we us is are was were
    with now this that which per more less fewer extra additional then but so if how what envelope component measure
    overall altogether total network province-wide each respectively please thanks times combined
    """.split()
)
"""Words after a bare number that name nothing it could count; after any other word in lower case, it counts that."""
_NEXT_WORD = re.compile(r" (?:[a-z]{1,2}')?([a-z][a-z'-]+)")
_SECTOR_BEFORE: tuple[tuple[Unit, re.Pattern[str]], ...] = (
    ("fga", re.compile(r"\bfga ?[:=]? ?$")),
    ("fgj", re.compile(r"\bfgj ?[:=]? ?$")),
    ("fp", re.compile(r"\bfp ?[:=]? ?$")),
)
_BEFORE: tuple[tuple[Unit, re.Pattern[str]], ...] = (
    ("posts", re.compile(r"\b(?:postes?|posts?|positions?|etc|enseignants?)(?: d'enseignants?)?\b[^,;.!?()\d]{0,45}$")),
    (
        "pupils",
        re.compile(r"\b(?:effectifs?|enrol?lments?|headcount|clientele|eleves?|students?)\b[^,;.!?()\d]{0,60}$"),
    ),
    (
        "bodies",
        re.compile(
            r"\b(?:organismes|bodies|boards|(?:nombre|nb) d'organismes?|n) ?(?:scolaires?)? ?(?:[:=]|est de|is|are) ?$"
        ),
    ),
    (
        "money",
        re.compile(
            r"\b(?:enveloppes?|envelop(?:e|es)|budget|montant|amount|funding|cagnotte|pot)\b[^,;.!?()\d]{0,28}$"
        ),
    ),
)


def read(text: str, language: Language, masked: Sequence[tuple[int, int]] = ()) -> tuple[Number, ...]:
    """The numbers of a cleaned text, outside the masked spans (measure, volet, school year…)."""
    folded = list(fold(text))
    for start, end in masked:
        folded[start:end] = "¦" * (end - start)
    line = "".join(folded)
    numbers: list[Number] = []
    for match in _NUMBER.finditer(line):
        since = numbers[-1].end if numbers else 0
        if (number := _number(match, line, text, language, since)) is not None:
            run_on = bool(numbers) and line[since - 1].isdigit() and line[since : match.start()] == " "
            numbers.append(replace(number, doubtful=True) if run_on else number)
    return tuple(numbers)


def _number(match: re.Match[str], line: str, original: str, language: Language, since: int) -> Number | None:
    value, doubtful = _value(match, language)
    scale = (match["scale"] or "").strip()
    glued = bool(scale) and match.start("scale") == match.end("decimals" if match["decimals"] else "digits")
    dollars = bool(match["before"] or match["after"])
    if scale == "m" and not dollars and not glued and line[match.end() : match.end() + 1].isalpha():
        return None
    value *= _SCALE.get(scale, 1)
    end = match.end()
    unit: Unit | None = "money" if dollars else None
    if unit is None:
        unit, end = _unit_after(line, end)
    if unit is None and _SCALE.get(scale, 1) >= _SCALE["m"]:
        unit = "money"
    if unit is None and _counts_another_thing(line, end, original):
        unit = "other"
    if unit is None:
        unit = _unit_before(line[: match.start()], since)
    return Number(-value if match["sign"] else value, unit, match.start(), end, match[0].strip(), doubtful)


def _value(match: re.Match[str], language: Language) -> tuple[Fraction, bool]:
    digits, mark, decimals = match["digits"], match["mark"], match["decimals"] or ""
    plain = re.sub(r"[ ',.]", "", digits)
    if re.match(r"[.,]\d", match.string[match.end("decimals" if mark else "digits") :]):
        return Fraction(f"{plain}.{decimals or 0}"), True
    if not decimals:
        return Fraction(plain), False
    grouped = len(decimals) == 3 and digits.isdecimal() and len(digits) <= 3 and plain != "0"  # noqa: PLR2004 (a group)
    if grouped and not (match["scale"] or "").strip():
        english = language == "en" or bool(match["before"])
        if mark == "," and english:
            return Fraction(plain + decimals), False
        if mark == "," or not english:
            return Fraction(plain + decimals), True
    return Fraction(f"{plain}.{decimals}"), False


def _unit_after(line: str, end: int) -> tuple[Unit | None, int]:
    for unit, pattern in _AFTER:
        found = pattern.match(line, end)
        if found:
            return unit, found.end()
    return None, end


def _counts_another_thing(line: str, end: int, original: str) -> bool:
    """« 35 directions »: a word that is not known as a unit, nor goes on with the sentence, nor is a name."""
    word = _NEXT_WORD.match(line, end)
    if word is None or word[1] in _GOES_ON:
        return False
    typed = original[word.start(1) : word.end(1)]
    return typed[0].islower() or (typed.isupper() and len(typed) > 2 and typed != "CSS")  # noqa: PLR2004 (an acronym)


def _unit_before(text: str, since: int) -> Unit | None:
    """A sector names the number right after it; posts, pupils and amounts those of the rest of the clause."""
    clause = re.split(r"[;.!?\n]", text)[-1]
    sector = next((unit for unit, pattern in _SECTOR_BEFORE if pattern.search(text[since:])), None)
    return sector or next((unit for unit, pattern in _BEFORE if pattern.search(clause)), None)
