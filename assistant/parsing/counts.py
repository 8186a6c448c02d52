"""The counts of a sentence, each in the part that its words say it plays.

In: a `Sentence`, and the numbers that a list of bodies took. Out: a `Counts`: those of the body, the totals, the number
of bodies, the changes. A count that could play two parts is left in `unclear` or named in `doubts`.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from assistant.parsing import cues
from assistant.parsing.amounts import Number, Unit
from assistant.parsing.sentence import WEIGHTS, Change, Sentence

Counted = tuple[Unit | None, Fraction]
_SAID: frozenset[Unit | None] = frozenset({"money", "posts", "pupils", "fgj", "fp", "fga"})
_FEW_WORDS = 8
"""A bare number counts nothing in a sentence that names no amount, post or pupil, unless it is this short."""


@dataclass
class Counts:
    """The parts found so far; filled in order by `counts_of`."""

    sentence: Sentence
    named: Sequence[Number]
    in_list: bool
    number: int | None = None
    own: list[Counted] = field(default_factory=list)
    totals: list[Counted] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    unclear: list[Counted] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def bodies(self) -> None:
        """How many bodies; « 2 organismes de plus » is a change."""
        kept: list[Number] = []
        for number in self.sentence.numbers:
            if number.unit != "bodies":
                continue
            if sign := _sign(*self.sentence.around(number)):
                self.changes.append(Change("bodies", sign * number.value))
            else:
                kept.append(number)
        values = {number.value for number in kept}
        if len(values) == 1 and next(iter(values)).denominator == 1:
            self.number = int(next(iter(values)))
        elif values:
            self.doubts.append("bodies")

    def weights(self, free: Sequence[Number]) -> None:
        """Counts of the body and of all; one that could be either is used only where one part is left to play."""
        unknown: list[Number] = []
        numbers = self.sentence.numbers
        short = len(self.sentence.folded.split()) <= _FEW_WORDS
        known = short or any(number.unit in _SAID for number in numbers)
        for number in (number for number in free if known or number.unit is not None):
            before, after = self.sentence.around(number)
            before = cues.TOTAL_OF_THE_ONE_BEFORE.sub("", before, count=1)
            if moved := self._from(number, before):
                self.own.append((number.unit, moved.value))
                self.changes.append(Change(number.unit, number.value - moved.value))
                continue
            if self._leaves(number, after):
                continue
            part = self._part(free, number, before, after)
            if part == "change":
                self.changes.append(Change(_sector(number, after), _sign(before, after) * number.value))
            elif part == "total":
                self.totals.append((number.unit, number.value))
            elif part == "own" and not self.in_list:
                self.own.append((number.unit, number.value))
            elif part in {"doubt", "own"} or (
                number.unit is None and (self.in_list or self._counts(number, before, after))
            ):
                self.doubts.append(number.raw)
            elif number.unit is not None:
                unknown.append(number)
        self._settle(unknown)

    def _from(self, number: Number, before: str) -> Number | None:
        """« de 1 200 à 1 250 postes »: the number that this one moves from."""
        previous = self.sentence.just_before(number)
        if previous is None or previous.unit not in WEIGHTS or not cues.TO.fullmatch(before):
            return None
        return previous if cues.FROM.search(self.sentence.plain[: previous.start]) else None

    def _leaves(self, number: Number, after: str) -> bool:
        """Whether a number is the one that another moves from: it is read with that one."""
        following = [one for one in self.sentence.numbers if one.start == number.end + len(after)]
        moves = following and following[0].unit in WEIGHTS and cues.TO.fullmatch(after)
        return bool(moves) and cues.FROM.search(self.sentence.plain[: number.start]) is not None

    def _counts(self, number: Number, before: str, after: str) -> bool:
        """Whether a bare number must count something: it stands with a count, or takes the place of one."""
        previous = self.sentence.just_before(number)
        follows = previous is not None and previous.unit in WEIGHTS and not cues.CLAUSE_ENDS.search(before)
        leads = cues.JOINS.fullmatch(after) and any(
            other.unit in WEIGHTS for other in self.sentence.numbers if other.start == number.end + len(after)
        )
        return bool(follows or leads or cues.REPLACES.search(before))

    def _part(self, free: Sequence[Number], number: Number, before: str, after: str) -> str:
        tests: tuple[tuple[str, Callable[[], object]], ...] = (
            ("doubt", lambda: cues.COMPARED.match(after) or (_sign(before, after) and self._of_all(before, after))),
            ("change", lambda: _sign(before, after)),
            ("doubt", lambda: number not in self.named and cues.CHANGING.search(before)),
            ("total", lambda: not self.in_list and _is_denominator(free, number, before)),
            ("own", lambda: cues.OWN_AFTER.match(after) or cues.OWN_BECOMES.search(before)),
            ("total", lambda: cues.TOTAL_AFTER.match(after) and not cues.OWN_BEFORE.search(before)),
            ("own", lambda: not self.in_list and _is_numerator(free, number, after)),
            ("total", lambda: _nearest(before) == "total"),
            ("own", lambda: _nearest(before) == "own"),
            ("own", lambda: number.unit in {"fgj", "fp", "fga"}),
        )
        return next((part for part, test in tests if test()), "")

    def _of_all(self, before: str, after: str) -> bool:
        """Whether it is the total that changes."""
        folded = self.sentence.folded
        if cues.FOLLOWS.search(before):
            return True
        if cues.STAYS.search(folded) or cues.FOLLOWS.search(folded):
            return False
        return _nearest(before) == "total" or cues.TOTAL_AFTER.match(after) is not None

    def _settle(self, unknown: Sequence[Number]) -> None:
        values = list(dict.fromkeys(number.value for number in unknown))
        own, total = sum(value for _, value in self.own), max((value for _, value in self.totals), default=Fraction(0))
        if self.in_list:
            self.doubts += [number.raw for number in unknown]
        elif len(values) == 1 and self.own and not self.totals and values[0] > 2 * own:
            self.totals.append((unknown[0].unit, values[0]))
        elif len(values) == 1 and self.totals and not self.own and total > 2 * values[0]:
            self.own.append((unknown[0].unit, values[0]))
        elif values:
            self.unclear += [(number.unit, number.value) for number in unknown]
            self.doubts.append("posts" if unknown[0].unit == "posts" else "headcount")

    def name_doubts(self) -> None:
        """What plays the same part twice."""
        if len({value for _, value in self.totals}) > 1:
            self.doubts.append("total")
        units = [unit for unit, _ in self.own]
        if len(units) != len(set(units)):
            self.doubts.append("own")


def counts_of(sentence: Sentence, named: Sequence[Number], *, in_list: bool) -> Counts:
    """Everything counted but the numbers of a list; `named` are those that stand with the name of a body."""
    counts = Counts(sentence, named, in_list)
    counts.bodies()
    weights = [number for number in sentence.numbers if number.unit in WEIGHTS]
    counts.weights([number for number in weights if not (in_list and number in named)])
    counts.name_doubts()
    counts.doubts += [number.raw for number in sentence.numbers if number.doubtful or _is_foreign(sentence, number)]
    counts.doubts += [match["n"] for match in cues.SEVERAL_YEARS.finditer(sentence.plain)]
    return counts


def _sign(before: str, after: str) -> int:
    """1 for a count that comes on top, -1 for one that goes, 0 for one that stays."""
    if cues.MORE.match(after) or cues.GAINS.search(before):
        return 1
    return -1 if cues.LESS.match(after) or cues.LOSES.search(before) else 0


def _is_foreign(sentence: Sentence, number: Number) -> bool:
    american = number.unit == "money" and sentence.plain.startswith("us", number.start)
    return american or cues.FOREIGN.match(sentence.plain, number.end) is not None


def _is_denominator(free: Sequence[Number], number: Number, before: str) -> bool:
    return number is not free[0] and cues.DENOMINATOR.fullmatch(before) is not None


def _is_numerator(free: Sequence[Number], number: Number, after: str) -> bool:
    return number is not free[-1] and cues.DENOMINATOR.fullmatch(after) is not None


def _nearest(before: str) -> str:
    total, own = _last(cues.TOTAL_BEFORE, before), _last(cues.OWN_BEFORE, before)
    if total < 0 and own < 0:
        return ""
    return "total" if total > own else "own"


def _last(pattern: re.Pattern[str], text: str) -> int:
    clause = max(text.rfind(mark) for mark in (";", "!", "?", "\n", ". "))
    return max((match.start() for match in _matches(pattern, text[clause + 1 :])), default=-1)


def _matches(pattern: re.Pattern[str], text: str) -> Iterable[re.Match[str]]:
    start = 0
    while match := pattern.search(text, start):
        yield match
        start = match.start() + 1


def _sector(number: Number, after: str) -> Unit | None:
    later = cues.SECTOR_LATER.match(after)
    if not later:
        return number.unit
    return "fp" if later["u"].startswith(("fp", "formation", "voc")) else "fgj"
