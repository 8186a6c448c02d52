"""A text to the questions it asks: one for each, in order, with the place of its own words.

In: what a person wrote (an e-mail, a chat message), cleaned. Out: questions that stand alone: the lead-in of a list
(« Pourriez-vous m'indiquer : »), the topic of a sentence (« Pour le volet 2, … ») and the sentence that a pronoun
points to are put before the words that need them. Greetings, thanks and plain statements ask nothing. A question
that only makes sense after another one (« Et pour le volet 3? ») names it. Pure: nothing is looked up or answered.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.clauses import Clause, clauses
from assistant.conversation import Language
from assistant.direct_questions import direct
from assistant.question_forms import (
    COMPUTES,
    ELLIPTIC,
    GREETING,
    LINK,
    PLEASANTRY,
    POINTS,
    POSSESSES,
    REQUEST,
    STARTS,
    VERB,
    flat,
)

_LONGEST_CONTEXT = 400
_SUPPOSES = re.compile(r"(?:si|if)\b")
_DIGIT = re.compile(r"\d")
_WORDS_OF_ITS_OWN = 3
_LONGEST_TAIL = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a text.

    `text` can be asked by itself; its own words stand at `[start, end)`, those put before it at the `context` ranges.
    `after` is the rank of the earlier question without which it says nothing; None for a question that stands alone.
    """

    text: str
    start: int
    end: int
    context: tuple[tuple[int, int], ...] = ()
    after: int | None = None


def questions_in(text: str, language: Language) -> tuple[Asked, ...]:
    """The questions of a text, in order; empty where it asks nothing.

    Args:
        text: what was written, several paragraphs and lists included; offsets refer to it.
        language: of the text, for the words put before a question.
    """
    found: list[Asked] = []
    pieces = clauses(text)
    for rank, clause in enumerate(pieces):
        if not clause.asks:
            continue
        if found and _is_tail(text, found[-1], clause):
            tail = _closed(_one_line(clause.words(text)))
            found[-1] = replace(found[-1], text=f"{found[-1].text} {tail[:1].upper()}{tail[1:]}", end=clause.end)
        else:
            found.append(_asked(text, pieces, rank, found, language))
    return tuple(found)


def _is_tail(text: str, before: Asked, clause: Clause) -> bool:
    """« Dans quel volet? », right after a question, completes it; « Et pour le volet 2? » is another one."""
    words = flat(clause.words(text))
    follows = "\n" not in text[before.end : clause.start] and not text[before.end : clause.start].strip()
    short = len(words.split()) <= _LONGEST_TAIL and VERB.search(words) is None
    return follows and not clause.lead and short and ELLIPTIC.match(words) is None


def _asked(text: str, pieces: Sequence[Clause], rank: int, before: Sequence[Asked], language: Language) -> Asked:
    clause = pieces[rank]
    words = clause.words(text)
    context = _context(text, pieces, rank)
    elliptic = bool(before) and ELLIPTIC.match(flat(words)) is not None and not _stands(words)
    link = None if elliptic else LINK.match(flat(words))
    skipped = link.end() if link and link.end() < len(words) else 0
    lead = [text[start:end].strip(" :,;\n") for start, end in clause.lead]
    said = [_one_line(one.words(text)) for one in context if not one.asks]
    question = direct(_closed(_joined(lead, _one_line(words[skipped:]), language)), language)
    ranges = (*((one.start, one.end) for one in context if not one.asks), *clause.lead)
    leans = bool(before) and (elliptic or any(one.asks for one in context))
    after = len(before) - 1 if leans else None
    return Asked(" ".join([*said, question]), clause.start + skipped, clause.end, ranges, after)


def _joined(lead: Sequence[str], words: str, language: Language) -> str:
    """The lead-in and the words after it, as one sentence."""
    if not lead:
        return words[:1].upper() + words[1:]
    first, *rest = words.split(" ", 1)
    low = " ".join([first.lower() if first.istitle() and not (language == "en" and first == "I") else first, *rest])
    before = " ".join(_one_line(one) for one in lead)
    comma = "," if STARTS.match(flat(words)) and REQUEST.search(flat(before)) is None else ""
    return f"{before[:1].upper()}{before[1:]}{comma} {low}"


def _closed(question: str) -> str:
    bare = question.rstrip(" .;,:…")
    return bare if bare.endswith("?") else f"{bare}?"


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _stands(words: str) -> bool:
    """Whether a question that opens with a linking word says by itself what it asks."""
    rest = LINK.sub("", flat(words))
    if _SUPPOSES.match(rest):
        return False
    return VERB.search(rest) is not None or (STARTS.match(rest) is not None and len(rest.split()) > _WORDS_OF_ITS_OWN)


def _context(text: str, pieces: Sequence[Clause], rank: int) -> tuple[Clause, ...]:
    """The sentences that a question leans on: those with its numbers, or the last one where it points back."""
    words = LINK.sub("", flat(pieces[rank].words(text)))
    earlier = [one for one in pieces[:rank] if one.asks or _says_something(text, one)]
    if COMPUTES.search(words):
        around = (*(one for one in earlier if not one.asks), *_up_to_a_question(pieces[rank + 1 :]))
        return tuple(one for one in around if _DIGIT.search(one.words(text)))
    last = earlier[-1] if earlier else None
    points = POINTS.search(words) or (last is not None and last.asks and _points_to_question(text, last, pieces[rank]))
    return (last,) if last and points and last.end - last.start <= _LONGEST_CONTEXT else ()


def _points_to_question(text: str, last: Clause, clause: Clause) -> bool:
    """« … et à quoi sert-il? »: a pronoun for what the question just before it, in its own paragraph, is about."""
    return POSSESSES.search(flat(clause.words(text))) is not None and "\n" not in text[last.end : clause.start]


def _says_something(text: str, clause: Clause) -> bool:
    words = flat(clause.words(text)).strip()
    return not (PLEASANTRY.match(words) or GREETING.fullmatch(f"{words}\n") or words.endswith(":"))


def _up_to_a_question(later: Sequence[Clause]) -> Iterator[Clause]:
    yield from itertools.takewhile(lambda one: not one.asks, later)
