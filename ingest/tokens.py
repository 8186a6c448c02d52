"""French words and numbers as index tokens: elisions cut, accents folded, then stemmed; numbers kept whole.

Accents are folded before stemming, everywhere, so that « general » and « général » meet. English words go through
the same stemmer: it only has to treat questions and expected questions alike. Source of the stemmer: Snowball
(PyStemmer).
"""

import re
import unicodedata
from functools import lru_cache

import Stemmer

_ELISION = re.compile(r"\b(?:l|d|j|m|t|s|c|n|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=\w)")
_GROUPED = re.compile(
    r"(?<![\d,.])[1-9]\d{0,2}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)|(?<![\d,.])[1-9]\d{0,2}(?:,\d{3})+(?!,?\d)"
)
_SCHOOL_YEAR = re.compile(r"(?<![\w.,/–-])(?:20)?(\d\d)\s?[-–/]\s?(?:20)?(\d\d)(?![-–/.,]?\w)")
_ALIKE = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "‘": "'", "ʼ": "'", "\u2010": "-", "\u2011": "-", "\u00ad": ""})
_TOKEN = re.compile(r"\d+(?:[.,]\d+)?(?:-\d+)?|[^\W\d_]+(?:[-'][^\W\d_]+)*")
_STEMMER = Stemmer.Stemmer("french")

_STOP_WORDS = frozenset(
    """
    a afin ai ainsi alors au aux avec car ce cela ces cet cette chez comme dans de des donc du elle elles en et eux
    ici il ils je la le les leur leurs lui ma mais me mes moi mon ne nos notre nous on ont ou par pas pour qu que qui
    sa se ses si son sont sur ta te tes toi ton tu un une vos votre vous y est etre etes suis ete sera serait avoir ait
    avez avons as the of to in and or for on at by with is are be do does it its this that these those an as from our
    we us you your i my me
    """.split()
)


def fold_accents(text: str) -> str:
    """Lower case, no accents, ligatures opened, one apostrophe, one hyphen: « Œuvre d’été » → « oeuvre d'ete »."""
    decomposed = unicodedata.normalize("NFD", text.lower().translate(_ALIKE))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def words(text: str) -> list[str]:
    """The words and numbers of a text, folded, elisions cut, not stemmed; grouped thousands joined, years in full."""
    plain = _ELISION.sub("", fold_accents(text))
    plain = _GROUPED.sub(lambda match: re.sub(r"\D", "", match[0]), plain)
    plain = _SCHOOL_YEAR.sub(_full_years, plain)
    return [token.replace(",", ".") for token in _TOKEN.findall(plain)]


def tokenize(text: str) -> list[str]:
    """Index tokens of a text: stems without stop words; a compound gives its parts and itself without hyphens."""
    tokens: list[str] = []
    for word in words(text):
        if word[0].isdigit():
            tokens.append(word)
            continue
        parts = re.split(r"[-']", word)
        forms = [*parts, "".join(parts)] if len(parts) > 1 else parts
        tokens.extend(stem(form) for form in forms if form not in _STOP_WORDS)
    return tokens


def char_grams(text: str, size: int = 4) -> list[str]:
    """Overlapping pieces of words, which survive typos and missing letters; numbers stay whole."""
    grams: list[str] = []
    for word in words(text):
        if word[0].isdigit() or word in _STOP_WORDS:
            grams.extend([word] if word[0].isdigit() else [])
            continue
        padded = f"_{word}_"
        grams.extend(padded[i : i + size] for i in range(max(1, len(padded) - size + 1)))
    return grams


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The Snowball French stem of a folded word."""
    return str(_STEMMER.stemWord(word))


def _full_years(match: re.Match[str]) -> str:
    first, second = int(match[1]), int(match[2])
    return f"20{first:02d}-20{second:02d}" if second == first + 1 else match[0]
