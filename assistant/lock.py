"""Figures of a text as values, so that « 43,6 M$ », « 43.6 million » and « 43 600 000 $ » can be told to be one.

A figure is a number with its scale and unit, a month, an e-mail or a web address. Number words are not read.
Any text can be given; the time it takes grows with its length and no faster.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.tokens import fold_accents

_MARK = re.compile(r"\[\d+\]")
_APART = " | "
"""Put where something was taken out or joined, so that no number is read across it."""
_ADDRESS = re.compile(
    r"(?<![\w+.-])[a-z][a-z0-9+.-]*+://[^\s<>«»\"]*+"
    r"|(?<![\w.@+-])(?P<host>[\w+-]++(?:[.@][\w+-]++)++)(?:[:/?#][^\s<>«»\"]*+)?",
    re.IGNORECASE,
)
_AFTER = ".,;:!?)]}'’"
_SCHOOL_YEAR = re.compile(r"\b(20\d\d)\s?[-–/]\s?(\d\d)\b(?![-–/.,]?\d)")
_NUMBER = re.compile(
    r"(?P<before>[$€£]\s?)?(?<!\d)"
    r"(?P<number>\d{1,3}(?:\s\d{3})++(?!\d)(?:[.,]\d+(?![.,]?\d))?"
    r"|\d{1,3}(?:,\d{3})++(?![.,]?\d)"
    r"|\d{1,3}(?:,\d{3})++\.\d++(?![.,]\d)"
    r"|\d++(?:[.,]\d++){2,}+"
    r"|\d++(?:[.,]\d++)?)"
    r"(?:(?:\s|-(?=\w{5}))?(?P<scale>[MGk](?=\s?\$)|[MBk]\b|millions?\b|milliards?\b|billions?\b|thousand\b|mille\b))?"
    r"(?:\s?(?:de\s|d['’])?(?P<unit>[$€£](?!\d)|[%‰]|dollars?\b|euros?\b|per\s?cent\b|pour\scent\b))?",
    re.IGNORECASE,
)
_SCALES = {"m": 6, "million": 6, "g": 9, "b": 9, "milliard": 9, "billion": 9, "k": 3, "thousand": 3, "mille": 3}
_UNITS = {"dollar": "$", "euro": "€", "percent": "%", "per cent": "%", "pour cent": "%"}
_MONTHS = (
    ("janvier", "january"), ("fevrier", "february"), ("mars", "march"), ("avril", "april"), ("mai",), ("juin", "june"),
    ("juillet", "july"), ("aout", "august"), ("septembre", "september"), ("octobre", "october"),
    ("novembre", "november"), ("decembre", "december"),
)  # fmt: skip
_MONTH = {name: f"month {rank}" for rank, names in enumerate(_MONTHS, start=1) for name in names}
_SHORT_MONTHS = {
    "jan": 1, "janv": 1, "feb": 2, "fev": 2, "fevr": 2, "mar": 3, "apr": 4, "avr": 4, "jun": 6, "jul": 7, "juil": 7,
    "juill": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_SHORT = "|".join(_SHORT_MONTHS)
_SHORT_MONTH = re.compile(rf"\b(?P<first>{_SHORT})\b\.?\s\d|\d(?:st|nd|rd|th|er)?\s(?:of\s)?(?P<last>{_SHORT})\b")
_MAY = re.compile(
    r"\bMay\s\d|\d(?:st|nd|rd|th)?\sMay\b"
    r"|\b(?:in|by|of|since|until|before|after|during|early|mid|late|every|each|this|next|last)[\s-]May\b"
)
"""The English month has a capital, the verb has none."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A value in canonical form and its unit: `$`, `%`, or none where the text gives none."""

    value: str
    unit: str = ""


def figures(text: str) -> frozenset[Figure]:
    """Every figure of a text; citation marks `[n]` are not figures."""
    return frozenset(in_order(text))


def in_order(text: str) -> tuple[Figure, ...]:
    """The same as they come, repeated ones too; addresses first, months last."""
    return tuple(_figures(re.sub(r"\s+", " ", _MARK.sub(_APART, text))))


def loose(text: str, *sources: str) -> frozenset[str]:
    """The figures of a text that stand in none of the sources; units must agree where both give one."""
    known = figures(_APART.join(sources))
    units: dict[str, set[str]] = {}
    for figure in known:
        units.setdefault(figure.value, set()).add(figure.unit)
    return frozenset(
        f"{figure.value}{figure.unit}"
        for figure in figures(text)
        if figure.value not in units or (figure.unit and not units[figure.value] & {figure.unit, ""})
    )


def _figures(text: str) -> Iterator[Figure]:
    addresses = [match for match in _ADDRESS.finditer(text) if match["host"] is None or _is_address(match["host"])]
    for match in addresses:
        yield Figure(match[0].rstrip(_AFTER).lower())
    plain = _without(text, addresses)
    for match in _NUMBER.finditer(_SCHOOL_YEAR.sub(_full_years, plain)):
        yield from _number(match)
    for month in _months(plain):
        yield Figure(month)


def _is_address(host: str) -> bool:
    """Whether a word with inner dots is an address, and not a decimal, a section number or an abbreviation."""
    *before, last = host.split(".")
    return "@" in host or (len(last) > 1 and last.isalpha() and any(c.isalpha() for c in before[-1]))


def _without(text: str, addresses: list[re.Match[str]]) -> str:
    pieces: list[str] = []
    last = 0
    for match in addresses:
        pieces.append(text[last : match.start()])
        last = match.end()
    return _APART.join([*pieces, text[last:]])


def _full_years(match: re.Match[str]) -> str:
    """« 2024-25 » gives the two years in full; two numbers that do not follow each other are left as they are."""
    follows = int(match[2]) == (int(match[1]) + 1) % 100
    return f"{match[1]}-{match[1][:2]}{match[2]}" if follows else match[0]


def _months(text: str) -> Iterator[str]:
    folded = fold_accents(text)
    for word in re.findall(r"[a-z]+", folded):
        if word in _MONTH:
            yield _MONTH[word]
    for match in _SHORT_MONTH.finditer(folded):
        yield f"month {_SHORT_MONTHS[match['first'] or match['last']]}"
    if _MAY.search(text):
        yield "month 5"


def _number(match: re.Match[str]) -> Iterator[Figure]:
    digits = re.sub(r"\s", "", match["number"])
    scale = _SCALES[match["scale"].lower().rstrip("s")] if match["scale"] else 0
    unit = (match["unit"] or match["before"] or "").strip().lower().rstrip("s").replace("\xa0", " ")
    unit = _UNITS.get(unit, unit)
    if _has_grouping_commas(digits) and not (digits.count(",") == 1 and _is_french(match, unit)):
        whole, _, fraction = digits.replace(",", "").partition(".")
    else:
        whole, *fractions = re.split(r"[.,]", digits)
        if len(fractions) > 1:  # a date, a list or a section number: « 27.01.2021 », « 1,2,3 »
            yield from (Figure(_canonical(piece, "", 0)) for piece in (whole, *fractions))
            return
        fraction = "".join(fractions)
    yield Figure(_canonical(whole, fraction, scale), unit)


def _has_grouping_commas(digits: str) -> bool:
    return re.fullmatch(r"[^0,.]\d{0,2}(?:,\d{3})+(?:\.\d+)?", digits) is not None


def _is_french(match: re.Match[str], unit: str) -> bool:
    """« 1,234 M$ » and « 1,234 % » have a decimal comma; « 21,989 $ » and « $1,234 million » group thousands."""
    return unit == "%" or (match["scale"] is not None and match["before"] is None)


def _canonical(whole: str, fraction: str, scale: int) -> str:
    """The number times ten to the `scale`, in plain ASCII digits without useless zeros; exact at any length."""
    whole, fraction = whole + fraction[:scale].ljust(scale, "0"), fraction[scale:]
    plain = "".join(str(int(digit)) for digit in whole).lstrip("0") or "0"
    rest = "".join(str(int(digit)) for digit in fraction).rstrip("0")
    return f"{plain}.{rest}" if rest else plain
