"""The inputs of a conversation: what was given earlier, with what a new message gives in its place.

In: two `Reading`s. Out: one, with the changes that the new one asks for made. Nothing that is given is lost: a count
without a part keeps its doubt until it takes the only part that is free.
"""

import re
from dataclasses import replace
from fractions import Fraction

from assistant.parsing.amounts import Unit, fold
from assistant.parsing.bodies import Listed
from assistant.parsing.reading import Reading
from assistant.parsing.sentence import Change
from assistant.parsing.terms import Terms

REMOVES = re.compile(r"\b(?:sans|retir\w*|enlev\w*|without|remov\w*|drop\w*|moins|except|excluding|excluant)\b")
_ADDS = re.compile(r"\b(?:ajout\w*|add\w*|plus|with|avec|aussi|also)\b")


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
    named = named_in(bodies, now)
    if len(named) == 1:
        return _with_one(bodies, named[0], now)
    if now.named and _ADDS.search(now.folded) and not named:
        return (*bodies, now.named)
    return bodies


def named_in(bodies: tuple[Listed, ...], now: Reading) -> list[Listed]:
    """The bodies of a list that a message names."""
    return [body for body in bodies if re.search(rf"\b{re.escape(fold(body.name))}\b", now.folded)]


def _with_one(bodies: tuple[Listed, ...], body: Listed, now: Reading) -> tuple[Listed, ...]:
    values = [value for _, value in (*now.own, *now.unclear, *(now.named.counts if now.named else ()))]
    moves = [change.by for change in now.changes if change.unit != "bodies"]
    if moves:
        unit, value = body.counts[0]
        return _replaced(bodies, body, Listed(body.name, ((unit, value + moves[0]), *body.counts[1:])))
    if len(set(values)) == 1:
        return _replaced(bodies, body, Listed(body.name, ((body.counts[0][0], values[0]),)))
    if not values and REMOVES.search(now.folded):
        return tuple(other for other in bodies if other is not body)
    return bodies


def _replaced(bodies: tuple[Listed, ...], old: Listed, new: Listed) -> tuple[Listed, ...]:
    return tuple(new if body is old else body for body in bodies)
