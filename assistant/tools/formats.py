"""Exact numbers as people read them in each language: amounts, counts, percentages, school years, days.

In: a `Fraction`. Out: a string with the non-breaking spaces and the separators of the language. Rounds half up,
and only where a number of decimals is asked for. The only importer of babel.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from babel.dates import format_date
from babel.numbers import format_decimal

from assistant.conversation import Language

NBSP = "\u00a0"
_LOCALE = {"fr": "fr_CA", "en": "en_CA"}
_MOST_DECIMALS = 6
_MILLION = 1_000_000


def half_up(value: Fraction, decimals: int = 0) -> Decimal:
    """The nearest number with that many decimals; the half goes away from zero."""
    scale = 10**decimals
    units = (abs(value) * scale + Fraction(1, 2)) // 1
    signed = -units if value < 0 else units
    return Decimal(int(signed)).scaleb(-decimals)


def exact(value: Fraction) -> str:
    """The value without loss, for machines: a finite decimal where there is one, else `n/d`."""
    decimals = _finite_decimals(value)
    return f"{value.numerator}/{value.denominator}" if decimals is None else f"{half_up(value, decimals):f}"


def _finite_decimals(value: Fraction) -> int | None:
    return next((n for n in range(_MOST_DECIMALS + 1) if (value * 10**n).denominator == 1), None)


def count(value: Fraction, language: Language, decimals: int | None = None) -> str:
    """A plain number: as many decimals as it has (six at most), or the number asked for."""
    if decimals is None:
        finite = _finite_decimals(value)
        decimals = _MOST_DECIMALS if finite is None else finite
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    rounded = half_up(value, decimals)
    text = format_decimal(abs(rounded), format=pattern, locale=_LOCALE[language], decimal_quantization=False)
    return ("−" if rounded < 0 else "") + text


def money(value: Fraction, language: Language, *, cents: bool | None = None) -> str:
    """« 21 989 $ » or "$21,989"; cents where asked for, or by default where the amount has any."""
    with_cents = value.denominator != 1 if cents is None else cents
    digits = count(abs(value), language, 2 if with_cents else 0)
    sign = "−" if value < 0 else ""
    return f"{sign}{digits}{NBSP}$" if language == "fr" else f"{sign}${digits}"


def millions(value: Fraction, language: Language) -> str:
    """« 43,6 M$ » or "$43.6M"; an amount under a million stays in dollars."""
    if abs(value) < _MILLION:
        return money(value, language)
    digits = count(value / _MILLION, language)
    return f"{digits}{NBSP}M$" if language == "fr" else f"${digits}M"


def percent(value: Fraction, language: Language, decimals: int = 2) -> str:
    """A ratio as a percentage: 0.4649 gives « 46,49 % » or "46.49%"."""
    digits = count(value * 100, language, decimals)
    return f"{digits}{NBSP}%" if language == "fr" else f"{digits}%"


def joined(items: tuple[str, ...], language: Language) -> str:
    """« a, b et c » or "a, b and c"."""
    word = " et " if language == "fr" else " and "
    return word.join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def day(value: date, language: Language) -> str:
    """« 1er novembre 2026 », “November 1, 2026”."""
    text = format_date(value, "long", locale=_LOCALE[language])
    return f"1er {text[2:]}" if language == "fr" and text.startswith("1 ") else text
