"""A follow-up read with the turns before it: « et si on avait 40 postes de plus? », « pour le volet 2 alors? ».

In: the question and its history. Out: a `Situation`: what is asked now with all inputs in place, and what it was
before where the question changes a scenario. The earlier user turns are read again: no state is kept.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from assistant.conversation import Language, Message
from assistant.parsing.amounts import Unit, fold
from assistant.parsing.asks import Ask, ask_of, asks_expense, is_guidance
from assistant.parsing.bodies import Listed
from assistant.parsing.cues import SUPPOSES
from assistant.parsing.reading import Reading, read
from assistant.parsing.sentence import Change
from assistant.parsing.terms import Terms

_FOLLOWS = re.compile(
    r"^\W*(?:et|and|ok|pis|puis|donc|mais|alors|now|then|so|what about|how about|avec|with|pour|for|plutot|meme|same)\b"
    r"|\bet si\b|\bwhat if\b|\brefai\w*|\brecalcul\w*|\bredo\b|\brerun\b|\bre-?run\b|\bmeme (?:chose|calcul|"
    r"question)|\bsame (?:thing|again|question)"
    r"|\ba la place\b|\binstead\b|\bplutot\b|\bau lieu\b|\balors ?\?|\bcette fois\b|\bthis time\b|\bmaintenant\b|"
    r"\brather\b"
)
_TEXT = re.compile(
    r"\b(?:quoi|sert|servir|financ\w*|peut|peux|pouvons|permet\w*|can|may|should|doit|est-ce|exemples?|examples?|but|objectifs?|"
    r"vise\w*|droit|what (?:is|are|does|do)|about what)\b"
)
_FEW_WORDS = 18
_FRAGMENT = 4
_REMOVES = re.compile(r"\b(?:sans|retir\w*|enlev\w*|without|remov\w*|drop\w*|moins|except|excluding|excluant)\b")
_ADDS = re.compile(r"\b(?:ajout\w*|add\w*|plus|with|avec|aussi|also)\b")


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
    removes = _REMOVES.search(now.folded) is not None and len(_named_in(earlier.listed, now)) == 1
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


def merge(earlier: Reading, now: Reading) -> Reading:
    """The earlier inputs, with what the new sentence gives in their place, then the changes that it asks for."""
    listed = _listed(earlier, now)
    unresolved = now.changes if listed is earlier.listed and earlier.listed else ()
    own, total, number = _counts(earlier, now)
    if earlier.listed and not unresolved:
        own, total = earlier.own, earlier.total
    envelope = earlier.envelope if now.envelope is None else now.envelope
    if envelope is not None:
        envelope += now.envelope_change or envelope * (now.envelope_percent or 0) / 100
    return replace(
        now,
        names=_names(earlier.names, now.names),
        envelope=None if now.envelopes else envelope,
        envelopes=now.envelopes or (earlier.envelopes if now.envelope is None else ()),
        envelope_change=None,
        envelope_percent=None,
        target=earlier.target if now.target is None else now.target,
        base=earlier.base if now.base is None else now.base,
        number=number,
        own=own,
        total=total,
        total_unit=now.total_unit or earlier.total_unit,
        listed=listed,
        named=None,
        unclear=(),
        changes=unresolved,
        no_vocational=earlier.no_vocational or now.no_vocational,
        shares=now.shares or earlier.shares,
        doubts=_doubts(earlier, now, settled=_settled(earlier, now) or listed is not earlier.listed),
    )


def _names(earlier: Terms, now: Terms) -> Terms:
    measure = now.measure or (earlier.measure if not now.volets or earlier.measure == "15158" else None)
    return replace(
        now,
        measure=measure,
        volets=now.volets or (earlier.volets if now.measure in {None, "15158"} else ()),
        school_year=now.school_year or (None if now.vague_year else earlier.school_year),
        vague_year=now.vague_year or (earlier.vague_year and now.school_year is None),
        body_type=now.body_type or earlier.body_type,
        separate_rules=now.separate_rules or earlier.separate_rules,
        in_cents=earlier.in_cents if now.in_cents is None else now.in_cents,
    )


def _counts(
    earlier: Reading, now: Reading
) -> tuple[tuple[tuple[Unit | None, Fraction], ...], Fraction | None, int | None]:
    own = dict(earlier.own) if not _same_role(now) else {}
    own |= dict(now.own)
    total = earlier.total if now.total is None else now.total
    number = earlier.number if now.number is None else now.number
    unclear = now.unclear or earlier.unclear
    if len({value for _, value in unclear}) == 1:
        unit, value = unclear[0]
        if own and total is None:
            total = value
        elif total is not None and not own:
            own[unit] = value
    for change in now.changes:
        if change.unit == "bodies":
            number = None if number is None else number + int(change.by)
        elif own:
            unit = _unit_of(own, change)
            own[unit] = own.get(unit, Fraction(0)) + change.by
            if total is not None and now.total_moves is not False and now.total is None:
                total += change.by
    return tuple(own.items()), total, number


def _same_role(now: Reading) -> bool:
    """A new count in posts, or of pupils at large, takes the place of the earlier one."""
    return any(unit in {"posts", "pupils", None} for unit, _ in now.own)


def _unit_of(own: dict[Unit | None, Fraction], change: Change) -> Unit | None:
    if change.unit in own or change.unit in {"fgj", "fp", "fga"}:
        return change.unit
    return next(iter(own))


def _settled(earlier: Reading, now: Reading) -> bool:
    """Whether each count has its part: one without a part took the only part that nothing else plays."""
    own, total, _ = _counts(earlier, now)
    extra = bool(now.unclear and earlier.own) and earlier.total is not None
    return bool(own) and total is not None and not extra


def _doubts(earlier: Reading, now: Reading, *, settled: bool) -> tuple[str, ...]:
    gone = {"posts", "headcount"} if settled else set()
    return tuple(doubt for doubt in dict.fromkeys([*earlier.doubts, *now.doubts]) if doubt not in gone)


def _listed(earlier: Reading, now: Reading) -> tuple[Listed, ...]:
    if now.listed:
        return now.listed
    bodies = earlier.listed
    if not bodies:
        return ()
    named = _named_in(bodies, now)
    if len(named) == 1:
        return _with_one(bodies, named[0], now)
    if now.named and _ADDS.search(now.folded) and not named:
        return (*bodies, now.named)
    return bodies


def _named_in(bodies: tuple[Listed, ...], now: Reading) -> list[Listed]:
    return [body for body in bodies if re.search(rf"\b{re.escape(fold(body.name))}\b", now.folded)]


def _with_one(bodies: tuple[Listed, ...], body: Listed, now: Reading) -> tuple[Listed, ...]:
    values = [value for _, value in (*now.own, *now.unclear, *(now.named.counts if now.named else ()))]
    moves = [change.by for change in now.changes if change.unit != "bodies"]
    if moves:
        unit, value = body.counts[0]
        return _replaced(bodies, body, Listed(body.name, ((unit, value + moves[0]), *body.counts[1:])))
    if len(set(values)) == 1:
        return _replaced(bodies, body, Listed(body.name, ((body.counts[0][0], values[0]),)))
    if not values and _REMOVES.search(now.folded):
        return tuple(other for other in bodies if other is not body)
    return bodies


def _replaced(bodies: tuple[Listed, ...], old: Listed, new: Listed) -> tuple[Listed, ...]:
    return tuple(new if body is old else body for body in bodies)
