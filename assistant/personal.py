"""Personal data in what people write: addresses, telephone numbers, numbers of identity, names that are announced.

In: a person's text. Out: the ranges to hide, or the text with them hidden (`█`, length kept). Meant to be stored or
shown, so a doubt hides; but amounts, measures and school years are what a question is about, and stay.
"""

import re
from collections.abc import Collection, Iterator

from ingest.documents import Run
from ingest.fold import mask

_NUMBER = r"\d(?:[\d .\u00a0\u202f\u2009-]{2,18}\d)"
_MONEY = r"(?![\d ]*[\u00a0\u202f ]?(?:\$|M\$|k\$|%|dollars?\b|millions?\b|milliards?\b|billions?\b))"
_WORD = r"[A-ZÀ-Ý][\w’'-]*[a-zà-ÿ][\w’'-]*"  # an acronym is nobody's name
_NAME = rf"{_WORD}(?: (?:(?:de|du|des|la|le) ){{0,2}}{_WORD}){{0,3}}"
_HIDDEN = re.compile(
    "|".join(
        (
            r"(?<![\w.+-])(?P<address>[\w.+-]++(?:@|%40)(?:[\w-]++\.)+[^\W\d_]{2,})",
            # a number that is announced: social insurance, employee, permanent code, health insurance
            (
                r"\b(?:(?i:nas|nam|sin|ramq|matricules?|(?:num[ée]ro|no|n[o°]|number) d['’]employ[ée]e?|"
                r"employee (?:number|id|no)|code permanent|permanent code|assurance[ -](?:sociale|maladie)|"
                r"social insurance(?: number)?|health insurance(?: number)?)"
                rf"[\s:#°.no-]{{0,6}})(?P<announced>(?:[A-Z]{{4}}[\s-]?)?{_NUMBER}){_MONEY}"
            ),
            # permanent code, health insurance
            r"\b(?P<code>[A-Z]{4}[\s-]?\d{4}[\s-]?\d{4})\b",
            # telephone
            (
                r"(?<![\d,.])(?P<telephone>(?:\+?1[\s.-]?)?(?:\(\d{3}\)[\s.-]?|\d{3}[\s.-])\d{3}[.-]\d{4}"
                r"(?:\s*(?:,|poste|ext\.?|p\.|x)\s*\d{1,6})?)(?!\d)"
            ),
            rf"(?<![\d,.])(?P<digits>\d{{10}}|\d{{3}}[ -]\d{{3}}[ -]\d{{3}})(?![\d,]){_MONEY}",
            # postal code
            r"\b(?P<postal>[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d)\b",
            # a name that is announced
            (
                r"\b(?:(?i:je m['’]appelle|mon nom est|my name is)\s*|"
                r"(?i:je suis|i am|i['’]m)\s(?=[A-ZÀ-Ý][\w’'-]+ [A-ZÀ-Ý])|"
                rf"(?:M\.|MM\.|Mme|Mmes|Mlle|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Dre|Monsieur|Madame)\s+)(?P<name>{_NAME})"
            ),
        )
    )
)
_DIGIT = re.compile(r"\d")
_INSURANCE_DIGITS = 9
_OFFICES = frozenset({"madame", "monsieur", "la", "le", "ministre", "directrice", "directeur", "sous-ministre"})


def personal_data(text: str, published: Collection[str] = ()) -> Iterator[Run]:
    """Where personal data stands. `published` are addresses that anyone may write to, in small letters."""
    for found in _HIDDEN.finditer(text):
        kind = found.lastgroup or ""
        words = found[kind]
        if kind == "address" and words.lower() in published:
            continue
        if kind == "digits" and len(_DIGIT.findall(words)) == _INSURANCE_DIGITS and not _is_insurance(words):
            continue
        if kind == "name" and words.split()[0].lower() in _OFFICES:
            continue
        yield Run(found.start(kind), found.end(kind))


def masked(text: str, published: Collection[str] = ()) -> str:
    """The text with personal data hidden, character for character."""
    return mask(text, personal_data(text, published))


def _is_insurance(number: str) -> bool:
    """Whether nine digits pass the check of social insurance numbers (Luhn); other groups of three are amounts."""
    digits = [int(digit) for digit in _DIGIT.findall(number)]
    doubled = (digit * (1 + rank % 2) for rank, digit in enumerate(digits))
    return sum(value - 9 if value > _INSURANCE_DIGITS else value for value in doubled) % 10 == 0
