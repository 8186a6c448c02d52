"""Number words turned into digits: « douze millions » becomes « 12 M », "two and a half million" "2.5 M".

In: a cleaned sentence and its language. Out: the same sentence with digits; every other word is left as it was.
A number word that is part of a name (« Trois-Lacs », « Mille-Îles ») stays. The only importer of text_to_num.
"""

import re
from decimal import Decimal

from text_to_num import text2num

from assistant.conversation import Language

_SMALL = {
    "fr": "zéro|zero|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?"
    "|trente|quarante|cinquante|soixante|septante|huitante|octante|nonante|cents?|mille",
    "en": "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    "|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand",
}
_JOINT = {"fr": r"(?:[ -]+|[ -]et[ -])", "en": r"(?:[ -]+|[ -]and[ -])"}
_POINT = {"fr": "virgule|point", "en": "point"}
_ALONE = {"fr": {"un", "une", "cent", "cents"}, "en": {"one", "hundred"}}
"""Words that are a number only beside another one, or after an article that is not a preposition."""
_MILLION = r"(?:millions?|milliards?|billions?)"
_HALVES = (
    (re.compile(r"\b(?:un |une )?demi[- ]million\b|\bhalf a million\b"), "0.5 M"),
    (re.compile(r"\b(?:un|1|a|one) million (?:et demie?|and a half)\b|\bone and a half million\b"), "1.5 M"),
    (re.compile(r"\ba hundred\b|\bcent(?= (?:postes?|organismes?|élèves?|eleves?|css|etc)\b)"), "100"),
    (re.compile(r"\bpour[ -]?cents?\b|\bper ?cent\b"), "%"),
    (re.compile(r"\b(?:un|a) million\b(?! (?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)\b)"), "1 M"),
)


def _runs(language: Language) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    word, joint = _SMALL[language], _JOINT[language]
    small = rf"(?:{word})(?:{joint}(?:{word}))*"
    large = rf"(?:{word}|{_MILLION})(?:{joint}(?:{word}|{_MILLION}))*"
    bounds = r"(?<![\w'-])({})(?![\w'-])"
    return (
        re.compile(bounds.format(rf"(?:\d+|{small}) {_MILLION} (?:et demie?|and a half)|{small} and a half million")),
        re.compile(bounds.format(rf"{small} (?:{_POINT[language]}) {small}") + f"(?= {_MILLION})?"),
        re.compile(bounds.format(large)),
    )


_PATTERNS: dict[Language, tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]] = {
    "fr": _runs("fr"),
    "en": _runs("en"),
}
_DIGITS_MILLION = re.compile(r"(\d) ?(?:millions?|mln)\b")
_DIGITS_BILLION = re.compile(r"(\d) ?(?:milliards?|billions?)\b")
_DIGITS_THOUSAND = re.compile(r"(\d) ?(?:mille|thousand)\b")


_TWO_READINGS = re.compile(rf"{_MILLION} (?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf)$")
"""« un million deux » is 1,2 million to some and 1 000 002 to others: left in words, so that it is asked about."""


def to_digits(text: str, language: Language) -> str:
    """The sentence with its number words as digits; « M » and « k » stand for million and thousand."""
    first = re.match(r"[A-Z][a-zé]+(?=[ -])", text)
    if first and re.fullmatch(_SMALL[language], first[0].lower()):
        text = text[0].lower() + text[1:]
    for pattern, digits in _HALVES:
        text = pattern.sub(digits, text)
    halves, decimals, runs = _PATTERNS[language]
    text = halves.sub(lambda match: _half(match[1], language), text)
    text = decimals.sub(lambda match: _decimal(match[1], language), text)
    text = _DIGITS_BILLION.sub(r"\1 G", text)
    text = _DIGITS_MILLION.sub(r"\1 M", text)
    text = _DIGITS_THOUSAND.sub(r"\1 k", text)
    return runs.sub(lambda match: _whole(match, language), text)


def _half(words: str, language: Language) -> str:
    count = re.split(rf"{_MILLION}|and a half", words)[0].strip()
    return f"{count if count.isdecimal() else _value(count, language)}.5 M"


def _decimal(words: str, language: Language) -> str:
    whole, part = re.split(rf" (?:{_POINT[language]}) ", words, maxsplit=1)
    numbers = _value(whole, language), _value(part, language)
    return words if None in numbers else f"{numbers[0]}.{numbers[1]}"


def _whole(match: re.Match[str], language: Language) -> str:
    words = match[1]
    if words in _ALONE[language] or re.fullmatch(_MILLION, words) or _TWO_READINGS.search(words):
        return words
    value = _value(words, language)
    if value is not None and value >= 1_000_000:  # noqa: PLR2004 (a million, written as such)
        return f"{Decimal(value) / 1_000_000:f} M"
    return words if value is None else str(value)


def _value(words: str, language: Language) -> int | None:
    try:
        return int(text2num(words.replace("-", " ") if language == "en" else words, language))
    except ValueError:
        return None
