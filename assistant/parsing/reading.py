"""What a question gives to compute with: each number in the part that its words say it plays.

In: a question as typed, its language. Out: a `Reading`: envelope(s), base amount, target, change, counts of the
body, of all bodies, of bodies, and the list of bodies. Numbers that could play the same part are left out and named
in `doubts`: nothing is guessed.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from assistant.conversation import BodyType, Language
from assistant.parsing import bodies, terms
from assistant.parsing.bodies import Listed
from assistant.parsing.numbers import Number, Unit, clean, fold
from assistant.parsing.numbers import read as read_numbers
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
    def body_type(self) -> BodyType | None:
        """The kind of body that the words name."""
        return self.names.body_type


_TOTAL_BEFORE = re.compile(
    r"\b(?:total\w*|en tout|ensemble|reseau|network|overall|province\w*|combined|cumul\w*|tou(?:s|tes) (?:les|nos)?"
    r"|all (?:the )?(?:schools|boards|bodies)|somme|il y a|there (?:are|is))\b[^;!?\n]{0,60}$"
)
_TOTAL_AFTER = re.compile(
    r"[^,;.!?\n\d]{0,30}\b(?:au total|en tout|total|in total|overall|province|reseau|network|altogether|in all|ensemble)\b"
)
_OWN_BEFORE = re.compile(
    r"\b(?:nous|nos|notre|mon|ma|mes|moi|on a|j'ai|on en a|on compte|our|ours|we have|we've|we|my|i have|us)\b[^,;.!?\n\d]{0,40}$"
    r"|\b(?:un|une|a|an|le|the|this|ce|cette|notre|our) (?:(?:petite?|grande?|private|public|small|large|seule?) )?"
    r"(?:css|cs|organismes?|colleges?|ecoles?|schools?|(?:school )?boards?|centres?|commissions?|etablissements?|bod(?:y|ies)|"
    r"institutions?)\b[^,;!?\n\d]{0,40}$"
)
_OWN_AFTER = re.compile(r"[^,;.!?\n\d]{0,20}\b(?:ours|a nous|chez nous|for us|pour nous|notres|are mine|a moi)\b")
_DENOMINATOR = re.compile(
    r"\s*(?:[^,;.!?()\n\d]{0,24}\b)?(?:sur|des|de|out of|of|on|/|parmi|among)(?: un total de| a total of| the| les| ces)? *$"
)
_MORE = re.compile(r" ?(?:[a-z']+ )?(?:de plus|supplementaires?|additionnel\w*|more|extra|additional|en plus)\b")
_LESS = re.compile(r" ?(?:[a-z']+ )?(?:de moins|en moins|fewer|less)\b")
_SECTOR_LATER = re.compile(
    r"^[^,;.!?\d]{0,24}?\b(?:en |au |in )?(?P<u>fgj|fp|jeunes|formation pro\w*|vocational|youth)\b"
)
_ADD = re.compile(
    r"\b(?:ajout\w*|augment\w*(?: de)?|hauss\w*(?: de)?|bonifi\w*(?: de)?|add(?:ed|ing|s)?|increas\w*(?: by)?|rais\w* by"
    r"|rose by|grew by|grows by|additional|another|extra|majore\w* de|gonfl\w* de|(?:up|plus) by)\b[^,;\d]{0,24}$"
)
_CUT = re.compile(
    r"\b(?:retir\w*|enlev\w*|coup\w*(?: de)?|baiss\w*(?: de)?|diminu\w*(?: de)?|redui\w*(?: de)?|cuts?|reduc\w*(?: by)?|remov\w*"
    r"|drop\w* by|fell by|decreas\w* by|ampute\w* de)\b[^,;\d]{0,24}$"
)
_NO_AMOUNT_BETWEEN = re.compile(r"\b(?:a|de|to|from)\s*$")
_BASE = re.compile(
    r"\b(?:montants? de base|base amounts?|base de|base of|une base|a base|montant fixe|part fixe|base)\b[^,;\d]{0,24}$"
)
_TARGET = re.compile(
    r"\b(?:touch\w*|recev\w*|recoi\w*|obten\w*|obtien\w*|avoir|aura\w*|aurions|get\w*|receiv\w*|reach\w*|atteindre|attein\w*|cible|"
    r"vis\w+|target|parts? de|allocation (?:de|of)|share of|donne\w*|gives?|give us)\b[^,;\d]{0,32}$"
)
INVERSE = re.compile(
    r"\b(?:quelle|what|which|combien d')\W*(?:\w+ ){0,3}?(?:enveloppes?|envelope|budget)\b.{0,80}\b(?:fau\w+|need\w*|requi\w*|necess\w*|"
    r"permet\w*|donner\w*|pour (?:que|avoir|obtenir|recevoir|toucher)|would (?:give|get|let)|so that)"
    r"|a l'inverse|inversement|\b(?:enveloppe|envelope) (?:\w+ ){0,4}(?:necessaire|requise|needed|required)"
    r"|how (?:big|large|much)\b.{0,40}\benvelope\b.{0,40}\b(?:need|have to|must|should)"
    r"|\b(?:faut|faudrait|need)\b.{0,30}\b(?:quelle|what|combien)\b.{0,20}\benveloppe"
)
_STAYS = re.compile(
    r"total (?:reste|ne (?:change|bouge)|inchange|identique|stays|unchanged|the same)|meme total|same total|sans changer le total"
    r"|total does ?n[o']t change"
)
_FOLLOWS = re.compile(
    r"total (?:monte|augmente|bouge|suit|change|rises|goes up|increases|moves|also)|d'autant|accordingly|by as much"
)
_NO_FP = re.compile(
    r"\b(?:no|aucun\w*|pas d[e']|sans|zero)\b ?(?:eleves? |students? )?(?:en |in )?(?:fp\b|formation pro\w*|vocational)"
)
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
        inverse = INVERSE.search(self.folded) is not None
        for number in numbers:
            before, after = self.around(numbers, number)
            moved = self._moved(before, after)
            if _BASE.search(before):
                self.base = number.value
            elif (moved and not _NO_AMOUNT_BETWEEN.search(before.removesuffix(" ") + " ")) or (moved and re.search(r"\bde ?$|\bby ?$", before)):
                self.envelope_change = moved * number.value
            elif inverse and self.target is None and _TARGET.search(before):
                self.target = number.value
            else:
                self.envelopes.append(number.value)
        if inverse and self.target is None and len(self.envelopes) == 1:
            self.target = self.envelopes.pop()
        self.envelopes = list(dict.fromkeys(self.envelopes)) if len(self.names.volets) < 2 else self.envelopes  # noqa: PLR2004 (several)

    def _moved(self, before: str, after: str) -> int:
        if _MORE.match(after) or _ADD.search(before):
            return 1
        return -1 if _LESS.match(after) or _CUT.search(before) else 0

    def bodies(self, numbers: Sequence[Number]) -> None:
        """How many bodies; « 2 organismes de plus » is a change."""
        kept: list[Number] = []
        for number in numbers:
            _, after = self.around(numbers, number)
            sign = 1 if _MORE.match(after) else -1 if _LESS.match(after) else 0
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
        for number in free:
            before, after = self.around(numbers, number)
            part = self._part(free, number, before, after, in_list=in_list)
            if part == "change":
                sign = 1 if _MORE.match(after) else -1
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
            ("change", lambda: _MORE.match(after) or _LESS.match(after)),
            ("total", lambda: not in_list and self._is_denominator(free, number, before)),
            ("own", lambda: _OWN_AFTER.match(after)),
            ("total", lambda: _TOTAL_AFTER.match(after) and not _OWN_BEFORE.search(before)),
            ("own", lambda: not in_list and self._is_numerator(free, number, after)),
            ("total", lambda: _nearest(before) == "total"),
            ("own", lambda: _nearest(before) == "own"),
            ("own", lambda: number.unit in {"fgj", "fp", "fga"}),
        )
        return next((part for part, test in tests if test()), "")

    @staticmethod
    def _is_denominator(free: Sequence[Number], number: Number, before: str) -> bool:
        return number is not free[0] and _DENOMINATOR.fullmatch(before) is not None

    @staticmethod
    def _is_numerator(free: Sequence[Number], number: Number, after: str) -> bool:
        return number is not free[-1] and _DENOMINATOR.fullmatch(after) is not None

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
            total_moves=False if _STAYS.search(self.folded) else True if _FOLLOWS.search(self.folded) else None,
            percents=percents,
            no_vocational=_NO_FP.search(self.folded) is not None,
            doubts=tuple(dict.fromkeys(self.doubts)),
        )


def _nearest(before: str) -> str:
    total, own = _last(_TOTAL_BEFORE, before), _last(_OWN_BEFORE, before)
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
    later = _SECTOR_LATER.match(after)
    if not later:
        return number.unit
    return "fp" if later["u"].startswith(("fp", "formation", "voc")) else "fgj"
