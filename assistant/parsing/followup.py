"""A follow-up read with the turns before it: « et si on avait 40 postes de plus? », « pour le volet 2 alors? ».

In: the question and its history. Out: a `Situation`: what is asked now with all inputs in place, and what it was
before where the question changes a scenario. The earlier user turns are read again: no state is kept.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.conversation import Language, Message
from assistant.parsing.asks import Ask, ask_of, asks_expense, is_guidance
from assistant.parsing.cues import SUPPOSES
from assistant.parsing.merging import REMOVES, merge, named_in
from assistant.parsing.reading import Reading, read

_FOLLOWS = re.compile(
    r"^\W*(?:et|and|ok|pis|puis|donc|mais|alors|now|then|so|what about|how about|avec|with|pour|for|plutot|meme|same)\b"
    r"|\bet si\b|\bwhat if\b|\brefai\w*|\brecalcul\w*|\bredo\b|\brerun\b|\bre-?run\b|\bmeme (?:chose|calcul|"
    r"question)|\bsame (?:thing|again|question)"
    r"|\ba la place\b|\binstead\b|\bplutot\b|\bau lieu\b|\balors ?\?|\bcette fois\b|\bthis time\b|\bmaintenant\b|"
    r"\brather\b"
)
_TEXT = re.compile(
    r"\b(?:quoi|sert|servir|financ\w*|peut|peux|pouvons|permet\w*|can|may|should|doit|est-ce|exemples?|examples?|but|"
    r"objectifs?|vise\w*|droit|what (?:is|are|does|do)|about what)\b"
)
_FEW_WORDS = 18
_FRAGMENT = 4


@dataclass(frozen=True, slots=True)
class Situation:
    """What is asked, with its inputs; `before` is the scenario that it changes, where it changes one."""

    ask: Ask | None
    reading: Reading
    before: Reading | None = None


def situate(question: str, history: Sequence[Message], language: Language) -> Situation:
    """Read the question, and the earlier user turns where it leans on them."""
    now = read(question, language)
    ask, earlier = None, None
    for message in history:
        if message.role == "user":
            said = read(message.content, language)
            asked = ask_of(said)
            if earlier is None or (asked and _whole(said)):
                ask, earlier = (asked, said) if asked else (ask, earlier)
            elif _adds_something(said, earlier):
                ask, earlier = asked or ask, merge(earlier, said)
    asked = ask_of(now)
    if earlier is None or ask is None or (asked and _whole(now) and not _leans(now)):
        return _alone(asked, now)
    leans = _leans(now) or _completes(earlier, now)
    if not (_adds_something(now, earlier) and leans) or _asks_a_text(asked, now):
        return _alone(asked, now)
    merged = merge(earlier, now)
    kept = asked if asked and (asked not in {"single", "delta"}) else _kept(ask, merged)
    changed = merged.names.volets == earlier.names.volets and kept in {"single", "list"}
    return Situation(kept, merged, earlier if changed else None)


def _alone(ask: Ask | None, now: Reading) -> Situation:
    """A question by itself; « si on avait 40 postes de plus » makes a second scenario of its own numbers."""
    if not now.changes or now.listed or ask is None:
        return Situation(ask, now)
    if ask not in {"single", "delta"} or not now.own or not SUPPOSES.search(now.folded):
        return Situation(ask, replace(now, doubts=(*now.doubts, "change")) if now.own else now)
    before = replace(now, changes=(), envelope_change=None, envelope_percent=None)
    only = replace(
        now, envelope=None, envelopes=(), number=None, own=(), total=None, total_unit=None, unclear=(), doubts=()
    )
    return Situation("single", merge(before, only), before)


def _kept(ask: Ask, merged: Reading) -> Ask:
    several = len(merged.volets) > 1
    if len(merged.listed) > 1:
        return "list_volets" if several else "list"
    if several:
        return "sum_volets"
    return "single" if ask in {"sum_volets", "list_volets", "delta"} else ask


def _has_numbers(now: Reading) -> bool:
    return _gives_inputs(now) or bool(now.named or now.doubts)


def _gives_inputs(now: Reading) -> bool:
    """Whether numbers have a part to play in an allocation."""
    money = (now.envelope, now.target, now.base, now.number, now.total)
    counted = now.own or now.listed or now.changes or now.unclear or now.shares
    return bool(now.envelopes or counted or now.moves_envelope) or any(amount is not None for amount in money)


def _adds_something(now: Reading, earlier: Reading) -> bool:
    names = now.names
    removes = REMOVES.search(now.folded) is not None and len(named_in(earlier.listed, now)) == 1
    return _has_numbers(now) or bool(names.volets or names.school_year or names.measure) or removes


def _asks_a_text(asked: Ask | None, now: Reading) -> bool:
    """Whether a follow-up without numbers asks what stands in the documents: « à quoi sert le volet 3? »."""
    if asked or _gives_inputs(now):
        return is_guidance(now) and not _has_numbers(now)
    if asks_expense(now) or is_guidance(now):
        return True
    fragment = _FOLLOWS.search(now.folded) is not None or len(now.folded.split()) <= _FRAGMENT
    return _TEXT.search(now.folded) is not None or not (fragment or _has_numbers(now))


def _leans(now: Reading) -> bool:
    return _FOLLOWS.search(now.folded) is not None or len(now.folded.split()) <= _FEW_WORDS


def _completes(earlier: Reading, now: Reading) -> bool:
    """Whether a message gives inputs that the question before it lacks, and none that it gave."""
    inputs = [
        (one.envelope is not None or bool(one.envelopes), bool(one.own or one.listed), one.total, one.number)
        for one in (earlier, now)
    ]
    pairs = [(bool(before), bool(after)) for before, after in zip(*inputs, strict=True)]
    return any(after for _, after in pairs) and not any(before and after for before, after in pairs)


def _whole(now: Reading) -> bool:
    """Whether the question gives an envelope and the counts: it stands on its own."""
    money = now.envelope is not None or bool(now.envelopes) or now.target is not None
    return money and (bool(now.listed) or (bool(now.own) and now.total is not None))
