"""The figures of a text, by value: amounts, percentages, dates, school years, addresses and any other number.

In: a text in French or English. Out: `Figure`s that compare across forms: « 21 989 $ » is "$21,989", « 43,6 M$ » is
"43.6 million", « 31 mai 2022 » is "May 31, 2022". Numbers in words (« trois volets ») are not figures.
Written apart from the assistant on purpose: it serves to check the assistant.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

Value = Fraction | str | tuple[int, int, int]

_FRENCH_MONTHS = (
    "janvier|janv", "février|fevrier|févr", "mars", "avril|avr", "mai", "juin", "juillet|juill", "août|aout",
    "septembre|sept", "octobre|oct", "novembre|nov", "décembre|decembre|déc",
)  # fmt: skip
_ENGLISH_MONTHS = (
    "january|jan", "february|feb", "march", "april|apr", "may", "june|jun", "july|jul", "august|aug",
    "september|sept|sep", "october|oct", "november|nov", "december|dec",
)  # fmt: skip
_SCALES = {
    "": 1, "k": 10**3, "mille": 10**3, "thousand": 10**3, "m": 10**6, "million": 10**6,
    "b": 10**9, "g": 10**9, "md": 10**9, "billion": 10**9, "milliard": 10**9,
}  # fmt: skip
_LABELS = (
    "volets?|axes?|axis|actions?|objectifs?|objectives?|orientations?|enjeux?|issues?|mesures?|measures?|components?|"
    "streams?|strands?|annexes?|appendix|parts?|sections?|notes?|pages?|p\\."
)

_GAP = "[ \u00a0\u2009\u202f]"
_NUMBER = rf"(?:\d{{1,3}}(?:{_GAP}\d{{3}})+(?!\d)(?:[.,]\d+)?|\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:[.,]\d+)?)"
# "Component 2 may fund" holds no date: the month of May has a capital.
_ENGLISH = rf"(?:{'|'.join(_ENGLISH_MONTHS).replace('may', '(?-i:May)')})\b\.?"
_MONTH = rf"(?:{'|'.join(_FRENCH_MONTHS)}|{_ENGLISH})\b\.?"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_SCALE = r"(?:milliards?|millions?|billions?|thousand|mille)\b"
_FIGURE = re.compile(
    rf"""
    (?P<address> [\w.+%-]+@[\w-]+(?:\.[\w-]+)+ | https?://[^\s<>«»]+ | www\.[^\s<>«»]+
               | \b[\w-]+(?:\.[\w-]+)*\.(?:ca|com|org|net|fr|gov|info|quebec)\b(?:/[^\s<>«»]*)? )
  | (?<!\d) (?P<iso> {_YEAR}-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)) (?!\d)
  | (?<!\d) (?P<date> (?P<day_before>{_DAY})\s?(?:er|st|nd|rd|th)?\s+(?:of\s+)?(?P<month_after>{_MONTH})
                      (?:,?\s+(?P<year_after>{_YEAR}))? )
  | \b (?P<named> (?P<english>{_ENGLISH})\s+(?P<day_inside>{_DAY})(?:st|nd|rd|th)?(?:,?\s+(?P<year_last>{_YEAR}))?
              | (?P<month_only>{_MONTH})\s+(?P<year_only>{_YEAR}) )
  | (?<!\d) (?P<years> (?P<from>{_YEAR})(?: \s?[-–—‑/]\s?(?P<to>{_YEAR}|\d\d(?!\d)) | \s(?:à|to)\s(?P<until>{_YEAR}) ) )
  | \$\s?(?P<priced>{_NUMBER})(?:\s?(?P<price_scale>{_SCALE}|[kmb]\b))?
  | (?P<number>{_NUMBER})(?:\s?(?P<scale>{_SCALE}|(?:md|m|g|k)(?=\s?\$)))?
    (?:\s?(?:(?:de|of)\s)?(?P<unit>\$|dollars?\b|%|pour\s?cent\b|per\s?cent\b))?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SMALL = r"\d{1,2}(?!\d)"
_ORDINALS = re.compile(rf"\b(?:{_LABELS})\s*{_SMALL}(?:\s*(?:,|et|ou|and|or|à|to|&|-)\s*{_SMALL})*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as written, and the values it may have: « 21,989 » is an integer in English, a decimal in French.

    `unit` is `$`, `%` or empty. `ordinal` marks the small numbers of « volet 1 » and « axes 2 et 3 ».
    A date is (year, month, day), 0 where not said; years « 2024-2025 » are (2024, 2025, 0).
    """

    kind: Literal["address", "date", "years", "number"]
    text: str
    values: frozenset[Value]
    unit: str = ""
    ordinal: bool = False


def figures(text: str) -> tuple[Figure, ...]:
    """Every figure of the text, in order."""
    ordinals = [match.span() for match in _ORDINALS.finditer(text)]
    found = []
    for match in _FIGURE.finditer(text):
        figure = _figure(match)
        inside = any(start <= match.start() and match.end() <= end for start, end in ordinals)
        found.append(replace(figure, ordinal=inside and figure.kind == "number"))
    return tuple(found)


def numeric(value: float | str) -> Figure:
    """A bare number, as a tool gives it in JSON."""
    return Figure("number", str(value), frozenset({Fraction(str(value))}))


def supported(figure: Figure, by: Iterable[Figure]) -> bool:
    """Whether one of the figures has this value. Units agree where both are said; a date may be less full than `by`."""
    return any(_same(figure, other) for whole in by for other in (whole, *_inside(whole)))


def _same(figure: Figure, other: Figure) -> bool:
    if figure.kind != other.kind:
        return False
    if figure.kind == "date":
        return any(_agrees(a, b) for a in figure.values for b in other.values)
    units_agree = not (figure.unit and other.unit) or figure.unit == other.unit
    return units_agree and not figure.values.isdisjoint(other.values)


def _agrees(date: Value, support: Value) -> bool:
    """Whether the support says everything that the date says."""
    return (
        isinstance(date, tuple)
        and isinstance(support, tuple)
        and all(mine in (0, theirs) for mine, theirs in zip(date, support, strict=True))
    )


def _inside(figure: Figure) -> Iterator[Figure]:
    """The numbers that a date or a pair of years holds: « 2024-2025 » supports « 2024 »."""
    for value in figure.values:
        if isinstance(value, tuple):
            first, second, third = value
            said = (first, second) if figure.kind == "years" else (first, third)
            yield from (numeric(number) for number in said if number)


def _figure(match: re.Match[str]) -> Figure:
    if match["address"]:
        address = match["address"].rstrip(".,;:!?)]}’'\"")
        return Figure("address", address, frozenset({_address(address)}))
    if match["years"]:
        return Figure("years", match[0], frozenset({_years(match)}))
    if match["iso"] or match["date"] or match["named"]:
        return Figure("date", match[0], frozenset({_date(match)}))
    scale = _SCALES[(match["price_scale"] or match["scale"] or "").lower().rstrip("s")]
    values: frozenset[Value] = frozenset(value * scale for value in _readings(match["priced"] or match["number"]))
    return Figure("number", match[0], values, _unit(match))


def _unit(match: re.Match[str]) -> str:
    unit = (match["unit"] or "").lower()
    if match["priced"] or unit.startswith(("$", "dollar")):
        return "$"
    return "%" if unit else ""


def _address(address: str) -> str:
    return re.sub(r"^(https?://)?(www\.)?", "", address.casefold()).rstrip("/")


def _years(match: re.Match[str]) -> tuple[int, int, int]:
    last = match["to"] or match["until"]
    return int(match["from"]), int(match["from"][:2] + last if len(last) == len("25") else last), 0


def _date(match: re.Match[str]) -> tuple[int, int, int]:
    if match["iso"]:
        return int(match["iso"][:4]), int(match["iso_month"]), int(match["iso_day"])
    year = match["year_after"] or match["year_last"] or match["year_only"]
    day = match["day_before"] or match["day_inside"]
    return int(year or 0), _month(match["month_after"] or match["english"] or match["month_only"]), int(day or 0)


def _month(name: str) -> int:
    name = name.casefold().rstrip(".")
    months = zip(_FRENCH_MONTHS, _ENGLISH_MONTHS, strict=True)
    return next(number for number, forms in enumerate(months, start=1) if name in "|".join(forms).split("|"))


def _readings(written: str) -> Iterator[Fraction]:
    """The values that a number may have; a lone comma before three digits is a decimal comma or groups thousands."""
    digits = re.sub(r"\s", "", written)
    if re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?", digits):
        yield Fraction(digits.replace(",", ""))
        if digits.count(",") > 1 or "." in digits:
            return
    yield Fraction(digits.replace(",", "."))
