"""What a question gives to compute with: each number in the part that its words say it plays.

In: a question as typed, its language. Out: a `Reading`: envelope(s), base amount, target, change, counts of the
body, of all bodies, of bodies, and the list of bodies. Numbers that could play the same part are left out and named
in `doubts`: nothing is guessed.
"""

import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from assistant.conversation import BodyType, Language
from assistant.parsing import bodies, cues, terms
from assistant.parsing.amounts import Number, Unit, clean, fold
from assistant.parsing.amounts import read as read_numbers
from assistant.parsing.bodies import Listed
from assistant.parsing.terms import Terms

Doubt = str
"""What is unclear: `posts`, `headcount`, `money`, `bodies`, or the number itself as it was typed."""


@dataclass(frozen=True, slots=True)
class Change:
    """« 40 postes de plus »: by how much a count of the body, or the number of bodies, moves."""

    unit: Unit | None
    by: Fraction


@dataclass(frozen=True, slots=True)
class Reading:
    """The inputs of a question; `None` or empty where it gives none.

    `listed` has at least two bodies; `named` is a body that stands alone; `unclear` are counts without a part.
    """

    folded: str
    names: Terms
    envelope: Fraction | None = None
    envelopes: tuple[Fraction, ...] = ()
    envelope_change: Fraction | None = None
    target: Fraction | None = None
    base: Fraction | None = None
    number: int | None = None
    own: tuple[tuple[Unit | None, Fraction], ...] = ()
    total: Fraction | None = None
    total_unit: Unit | None = None
    listed: tuple[Listed, ...] = ()
    named: Listed | None = None
    unclear: tuple[tuple[Unit | None, Fraction], ...] = ()
    changes: tuple[Change, ...] = ()
    total_moves: bool | None = None
    percents: tuple[Fraction, ...] = ()
    no_vocational: bool = False
    doubts: tuple[Doubt, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether posts or pupils were given at all."""
        return bool(self.own or self.listed or self.total is not None or self.changes or self.unclear)

    @property
    def volets(self) -> tuple[str, ...]:
        """The volets that the words name; measure 30100 has none."""
        return () if self.names.measure == "30100" else self.names.volets

    @property
    def body_type(self) -> BodyType | None:
        """The kind of body that the words name."""
        return self.names.body_type


_SAID: frozenset[Unit | None] = frozenset({"money", "posts", "pupils", "fgj", "fp", "fga"})
_FEW_WORDS = 8
"""A bare number counts nothing in a sentence that names no amount, post or pupil, unless it is this short."""
_WEIGHTS: frozenset[Unit | None] = frozenset({"posts", "pupils", "fgj", "fp", "fga", None})


def read(question: str, language: Language) -> Reading:
    """Everything that the question gives; see the module."""
    text = clean(question, language)
    folded = fold(text)
    names = terms.read(folded)
    numbers = read_numbers(text, language, names.masked)
    listed = bodies.read(text, numbers, names.masked)
    parts = _Parts(folded, names)
    parts.money([number for number in numbers if number.unit == "money"])
    parts.bodies([number for number in numbers if number.unit == "bodies"])
    in_list = len(listed.bodies) > 1
    used = listed.used if in_list else ()
    parts.weights([n for n in numbers if n.unit in _WEIGHTS and n not in used], numbers, in_list=in_list)
    parts.doubts += [number.raw for number in numbers if number.doubtful]
    return parts.reading(listed.bodies, tuple(n.value for n in numbers if n.unit == "percent"))


@dataclass
class _Parts:
    """The parts found so far; filled in order by `read`, then frozen."""

    folded: str
    names: Terms
    envelopes: list[Fraction] = field(default_factory=list)
    envelope_change: Fraction | None = None
    target: Fraction | None = None
    base: Fraction | None = None
    number: int | None = None
    own: list[tuple[Unit | None, Fraction]] = field(default_factory=list)
    totals: list[tuple[Unit | None, Fraction]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    unclear: list[tuple[Unit | None, Fraction]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def around(self, numbers: Sequence[Number], number: Number) -> tuple[str, str]:
        """The text since the number before, and up to the number after."""
        before = max((other.end for other in numbers if other.end <= number.start), default=0)
        after = min((other.start for other in numbers if other.start >= number.end), default=len(self.folded))
        return self.folded[before : number.start], self.folded[number.end : after]

    def money(self, numbers: Sequence[Number]) -> None:
        """Base amount, change, target; the rest are envelopes."""
        inverse = cues.INVERSE.search(self.folded) is not None
        numbers = self._from_to(numbers)
        for number in numbers:
            before, after = self.around(numbers, number)
            moved = self._moved(before, after)
            if cues.BASE.search(before):
                self.base = number.value
            elif (moved and not cues.NO_AMOUNT_BETWEEN.search(before.removesuffix(" ") + " ")) or (
                moved and re.search(r"\bde ?$|\bby ?$", before)
            ):
                self.envelope_change = moved * number.value
            elif inverse and self.target is None and cues.TARGET.search(before):
                self.target = number.value
            else:
                self.envelopes.append(number.value)
        if inverse and self.target is None and len(self.envelopes) == 1:
            self.target = self.envelopes.pop()
        self.envelopes = list(dict.fromkeys(self.envelopes)) if len(self.names.volets) < 2 else self.envelopes  # noqa: PLR2004 (several)

    def _from_to(self, numbers: Sequence[Number]) -> Sequence[Number]:
        """« de 4 M$ à 4,2 M$ »: the first is the envelope, the second makes the change."""
        for first, second in itertools.pairwise(numbers):
            between = self.folded[first.end : second.start]
            if cues.FROM.search(self.folded[: first.start]) and cues.TO.fullmatch(between):
                self.envelope_change = second.value - first.value
                return [number for number in numbers if number is not second]
        return numbers

    def _moved(self, before: str, after: str) -> int:
        if cues.MORE.match(after) or cues.ADD.search(before):
            return 1
        return -1 if cues.LESS.match(after) or cues.CUT.search(before) else 0

    def bodies(self, numbers: Sequence[Number]) -> None:
        """How many bodies; « 2 organismes de plus » is a change."""
        kept: list[Number] = []
        for number in numbers:
            _, after = self.around(numbers, number)
            sign = 1 if cues.MORE.match(after) else -1 if cues.LESS.match(after) else 0
            if sign:
                self.changes.append(Change("bodies", sign * number.value))
            else:
                kept.append(number)
        values = {number.value for number in kept}
        if len(values) == 1 and next(iter(values)).denominator == 1:
            self.number = int(next(iter(values)))
        elif values:
            self.doubts.append("bodies")

    def weights(self, free: Sequence[Number], numbers: Sequence[Number], *, in_list: bool) -> None:
        """Counts of the body and of all; one that could be either is used only where one part is left to play."""
        unknown: list[Number] = []
        known = any(number.unit in _SAID for number in numbers) or len(self.folded.split()) <= _FEW_WORDS
        for number in (number for number in free if known or number.unit is not None):
            before, after = self.around(numbers, number)
            before = cues.TOTAL_OF_THE_ONE_BEFORE.sub("", before, count=1)
            part = self._part(free, number, before, after, in_list=in_list)
            if part == "change":
                sign = 1 if cues.MORE.match(after) else -1
                self.changes.append(Change(_sector(number, after), sign * number.value))
            elif part == "total":
                self.totals.append((number.unit, number.value))
            elif part == "own":
                self.own.append((number.unit, number.value))
            elif number.unit is not None:
                unknown.append(number)
            elif in_list:
                self.doubts.append(number.raw)
        self._settle(unknown, in_list=in_list)

    def _part(self, free: Sequence[Number], number: Number, before: str, after: str, *, in_list: bool) -> str:
        tests: tuple[tuple[str, Callable[[], object]], ...] = (
            ("change", lambda: cues.MORE.match(after) or cues.LESS.match(after)),
            ("total", lambda: not in_list and self._is_denominator(free, number, before)),
            ("own", lambda: cues.OWN_AFTER.match(after)),
            ("total", lambda: cues.TOTAL_AFTER.match(after) and not cues.OWN_BEFORE.search(before)),
            ("own", lambda: not in_list and self._is_numerator(free, number, after)),
            ("total", lambda: _nearest(before) == "total"),
            ("own", lambda: _nearest(before) == "own"),
            ("own", lambda: number.unit in {"fgj", "fp", "fga"}),
        )
        return next((part for part, test in tests if test()), "")

    @staticmethod
    def _is_denominator(free: Sequence[Number], number: Number, before: str) -> bool:
        return number is not free[0] and cues.DENOMINATOR.fullmatch(before) is not None

    @staticmethod
    def _is_numerator(free: Sequence[Number], number: Number, after: str) -> bool:
        return number is not free[-1] and cues.DENOMINATOR.fullmatch(after) is not None

    def _settle(self, unknown: Sequence[Number], *, in_list: bool) -> None:
        values = list(dict.fromkeys(number.value for number in unknown))
        if in_list:
            self.doubts += [number.raw for number in unknown]
        elif len(values) == 1 and self.own and not self.totals:
            self.totals.append((unknown[0].unit, values[0]))
        elif len(values) == 1 and self.totals and not self.own:
            self.own.append((unknown[0].unit, values[0]))
        elif values:
            self.unclear += [(number.unit, number.value) for number in unknown]
            self.doubts.append("posts" if unknown[0].unit == "posts" else "headcount")

    def reading(self, listed: tuple[Listed, ...], percents: tuple[Fraction, ...]) -> Reading:
        """All of it, with what plays the same part twice named as a doubt."""
        totals = list(dict.fromkeys(value for _, value in self.totals))
        if len(totals) > 1:
            self.doubts.append("total")
        units = [unit for unit, _ in self.own]
        if len(units) != len(set(units)) or ({"pupils", None} & set(units) and len(units) > 1):
            self.doubts.append("own")
        several = len(self.envelopes) > 1
        return Reading(
            folded=self.folded,
            names=self.names,
            envelope=self.envelopes[0] if len(self.envelopes) == 1 else None,
            envelopes=tuple(self.envelopes) if several else (),
            envelope_change=self.envelope_change,
            target=self.target,
            base=self.base,
            number=self.number,
            own=tuple(self.own),
            total=totals[0] if totals else None,
            total_unit=self.totals[0][0] if self.totals else None,
            listed=listed if len(listed) > 1 else (),
            named=listed[0] if len(listed) == 1 else None,
            unclear=tuple(self.unclear),
            changes=tuple(self.changes),
            total_moves=False if cues.STAYS.search(self.folded) else True if cues.FOLLOWS.search(self.folded) else None,
            percents=percents,
            no_vocational=cues.NO_FP.search(self.folded) is not None,
            doubts=tuple(dict.fromkeys(self.doubts)),
        )


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
