"""The amounts of money of a sentence, each in the part that its words say it plays.

In: a `Sentence`, and whether it holds a list of bodies. Out: a `Money`: envelope(s), change, target, base amount. An
amount that the body received is none of them. Envelopes of several volets come in the order of the volets; where the
words do not say which is whose, they are left out, so that they are asked for.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assistant.parsing import cues
from assistant.parsing.amounts import Number
from assistant.parsing.sentence import Sentence

_NEAR = 20
"""« 6 M$ majorés de 3 % »: the percentage is of the amount this close before it."""
Mention = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Money:
    """`percent` is a change of the envelope in hundredths; `asks_envelope`: the envelope is what is looked for."""

    envelopes: tuple[Fraction, ...] = ()
    change: Fraction | None = None
    percent: Fraction | None = None
    target: Fraction | None = None
    base: Fraction | None = None
    asks_envelope: bool = False


def money_of(sentence: Sentence, *, in_list: bool) -> Money:
    """Base amount, change, target; the rest are envelopes."""
    parts: dict[str, Fraction] = {}
    envelopes: list[Number] = []
    asked = _asks_envelope(sentence)
    numbers, change = _from_to(
        sentence, [number for number in sentence.numbers if _is_money(sentence, number, asked=asked)]
    )
    if change is not None:
        parts["change"] = change
    for number in numbers:
        part, value = _part(sentence, number, asked=asked, in_list=in_list)
        if part == "envelope" or (part == "target" and "target" in parts):
            envelopes.append(number)
        elif part:
            parts[part] = value
    if asked and "target" not in parts and len(envelopes) == 1:
        parts["target"] = envelopes.pop().value
    return Money(
        _in_order(sentence, envelopes), parts.get("change"), _percent(sentence), parts.get("target"), parts.get("base"),
        asks_envelope=asked,
    )  # fmt: skip


def _asks_envelope(sentence: Sentence) -> bool:
    """Whether the envelope is looked for: said so, or asked for beside an amount that the body gets."""
    if cues.INVERSE.search(sentence.folded):
        return True
    aimed = any(
        cues.TARGET.search(sentence.around(number)[0])
        for number in sentence.numbers
        if number.unit == "money" or _in_thousands(number)
    )
    return aimed and cues.ASKED_ENVELOPE.search(sentence.plain) is not None


def _is_money(sentence: Sentence, number: Number, *, asked: bool) -> bool:
    """« on veut 60k, quelle enveloppe? » aims at an amount without saying dollars."""
    aimed = asked and _in_thousands(number) and cues.TARGET.search(sentence.around(number)[0]) is not None
    return number.unit == "money" or aimed


def _in_thousands(number: Number) -> bool:
    return number.unit is None and number.raw.endswith("k")


def _part(sentence: Sentence, number: Number, *, asked: bool, in_list: bool) -> tuple[str, Fraction]:
    before, after = sentence.around(number)
    moved = moves(before, after)
    free = cues.NO_AMOUNT_BETWEEN.search(before.removesuffix(" ") + " ") is None
    part = "envelope"
    if cues.BASE.search(before) or cues.BASE_OF_EACH.match(after) or _of_each(sentence, number, before):
        part = "base"
    elif moved and (free or re.search(r"\bde ?$|\bby ?$", before)):
        return "change", moved * number.value
    elif asked and cues.TARGET.search(before):
        part = "target"
    elif not in_list and cues.RECEIVED.search(before):
        part = ""
    return part, number.value


def _of_each(sentence: Sentence, number: Number, before: str) -> bool:
    """« 72 organismes à 21 989 $ »."""
    previous = sentence.just_before(number)
    return previous is not None and previous.unit == "bodies" and cues.TIMES.fullmatch(before) is not None


def _from_to(sentence: Sentence, numbers: Sequence[Number]) -> tuple[Sequence[Number], Fraction | None]:
    """« de 4 M$ à 4,2 M$ »: the first is the envelope, the second makes the change."""
    for first, second in itertools.pairwise(numbers):
        between = sentence.plain[first.end : second.start]
        if cues.FROM.search(sentence.plain[: first.start]) and cues.TO.fullmatch(between):
            return [number for number in numbers if number is not second], second.value - first.value
    return numbers, None


def moves(before: str, after: str) -> int:
    """1 for an amount that comes on top, -1 for one that goes, 0 for one that stays."""
    if cues.MORE.match(after) or cues.ADD.search(before):
        return 1
    return -1 if cues.LESS.match(after) or cues.CUT.search(before) else 0


def _percent(sentence: Sentence) -> Fraction | None:
    """« l'enveloppe baisse de 10 % »."""
    found: list[Fraction] = []
    for number in sentence.numbers:
        before, after = sentence.around(number)
        previous = sentence.just_before(number)
        if number.unit == "percent" and (moved := moves(before, after)):
            named = re.search(r"\b(?:enveloppes?|envelopes?|budget)\b", before + after)
            of_amount = previous is not None and previous.unit == "money" and len(before) < _NEAR
            found += [moved * number.value] if named or of_amount else []
    return found[0] if len(found) == 1 else None


def _in_order(sentence: Sentence, numbers: Sequence[Number]) -> tuple[Fraction, ...]:
    """The envelopes in the order in which the sentence names the volets."""
    volets, values = sentence.names.volets, tuple(number.value for number in numbers)
    if len(volets) < 2:  # noqa: PLR2004 (several)
        return tuple(dict.fromkeys(values))
    mentions = sentence.names.mentions
    alone = [mention for mention in mentions if len(mention[1]) == 1]
    if len(numbers) < 2 or not alone:  # noqa: PLR2004 (several)
        return values
    for tried in (mentions, alone, mentions[1:], alone[1:]):
        pairs = _paired(numbers, tried)
        if pairs is not None and set(pairs) == set(volets):
            return tuple(pairs[volet] for volet in volets)
    return ()


def _paired(numbers: Sequence[Number], mentions: Sequence[Mention]) -> dict[str, Fraction] | None:
    """Each amount with the volet next to it, where amounts and volets alternate throughout; else nothing."""
    events = sorted([(n.start, n) for n in numbers] + [(at, names) for at, names in mentions], key=lambda one: one[0])
    runs = [
        [event for _, event in group] for _, group in itertools.groupby(events, key=lambda e: isinstance(e[1], Number))
    ]
    if len(runs) % 2:
        return None
    pairs: list[tuple[str, Fraction]] = []
    for one, other in zip(runs[::2], runs[1::2], strict=True):
        amounts, named = (one, other) if isinstance(one[0], Number) else (other, one)
        names = [name for event in named if isinstance(event, tuple) for name in event]
        values = [event.value for event in amounts if isinstance(event, Number)]
        if len(names) != len(values):
            return None
        pairs += zip(names, values, strict=True)
    found = dict(pairs)
    return found if len(found) == len(pairs) else None
