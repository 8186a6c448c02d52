"""What a question gives to compute with: each number in the part that its words say it plays.

In: a question as typed, its language. Out: a `Reading`: envelope(s), base amount, target, change, counts of the
body, of all bodies, of bodies, and the list of bodies. Numbers that could play the same part are left out and named
in `doubts`: nothing is guessed.
"""

from dataclasses import dataclass
from fractions import Fraction

from assistant.conversation import BodyType, Language
from assistant.parsing import bodies, cues, tables, terms
from assistant.parsing.amounts import Unit, clean, fold
from assistant.parsing.amounts import read as read_numbers
from assistant.parsing.bodies import Listed
from assistant.parsing.counts import counts_of
from assistant.parsing.money import money_of, moves
from assistant.parsing.sentence import Change, Sentence, sentence
from assistant.parsing.terms import Terms

Doubt = str
"""What is unclear: `posts`, `headcount`, `money`, `bodies`, or the number itself as it was typed."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The inputs of a question; `None` or empty where it gives none.

    `listed` has at least two bodies; `named` is a body that stands alone; `unclear` are counts without a part;
    `shares` are the percentages that are the body's part of the key; `asks_envelope`: it is what is looked for.
    """

    folded: str
    names: Terms
    envelope: Fraction | None = None
    envelopes: tuple[Fraction, ...] = ()
    envelope_change: Fraction | None = None
    envelope_percent: Fraction | None = None
    asks_envelope: bool = False
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
    shares: tuple[Fraction, ...] = ()
    no_vocational: bool = False
    doubts: tuple[Doubt, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether posts or pupils were given at all."""
        return bool(self.own or self.listed or self.total is not None or self.changes or self.unclear)

    @property
    def moves_envelope(self) -> bool:
        """Whether the envelope changes, by an amount or by a percentage."""
        return self.envelope_change is not None or self.envelope_percent is not None

    @property
    def volets(self) -> tuple[str, ...]:
        """The volets that the words name; measure 30100 has none."""
        return () if self.names.measure == "30100" else self.names.volets

    @property
    def body_type(self) -> BodyType | None:
        """The kind of body that the words name."""
        return self.names.body_type


def read(question: str, language: Language) -> Reading:
    """Everything that the question gives; see the module."""
    pasted = tables.cut(question, language)
    text = clean(pasted.text, language)
    names = terms.read(fold(text))
    said = sentence(fold(text), names, read_numbers(text, language, names.masked))
    listed = bodies.BodyList(pasted.bodies) if pasted.bodies else bodies.read(text, said.numbers, names.masked)
    several = len(listed.bodies) > 1
    money = money_of(said, in_list=several)
    counts = counts_of(said, listed.used, in_list=several)
    totals = [*counts.totals, *([pasted.total] if pasted.total else [])]
    shares, unsure = _shares(said, needed=not counts.own, moved=money.percent)
    return Reading(
        folded=said.folded,
        names=names,
        envelope=money.envelopes[0] if len(money.envelopes) == 1 else None,
        envelopes=money.envelopes if len(money.envelopes) > 1 else (),
        envelope_change=money.change,
        envelope_percent=money.percent,
        asks_envelope=money.asks_envelope,
        target=money.target,
        base=money.base,
        number=counts.number,
        own=tuple(counts.own),
        total=totals[0][1] if totals else None,
        total_unit=totals[0][0] if totals else None,
        listed=listed.bodies if several else (),
        named=listed.bodies[0] if len(listed.bodies) == 1 else None,
        unclear=tuple(counts.unclear),
        changes=tuple(counts.changes),
        total_moves=_total_moves(said.folded),
        percents=tuple(number.value for number in said.numbers if number.unit == "percent"),
        shares=shares,
        no_vocational=cues.NO_FP.search(said.folded) is not None,
        doubts=tuple(dict.fromkeys([*counts.doubts, *pasted.doubts, *unsure])),
    )


def _total_moves(folded: str) -> bool | None:
    if cues.STAYS.search(folded):
        return False
    return True if cues.FOLLOWS.search(folded) else None


def _shares(said: Sentence, *, needed: bool, moved: Fraction | None) -> tuple[tuple[Fraction, ...], tuple[Doubt, ...]]:
    """The part of the key that the body stands for, and the percentages whose part is not said."""
    found: list[Fraction] = []
    unsure: list[Doubt] = []
    for number in (number for number in said.numbers if number.unit == "percent"):
        before, after = said.around(number)
        move = moves(before, after) * number.value
        if move:
            unsure += [] if move == moved else [f"{number.raw} %"]
        elif cues.SHARE_OF.match(after) or cues.SHARE_BEFORE.search(before):
            found.append(number.value)
        elif needed:
            unsure.append(f"{number.raw} %")
    return tuple(found), tuple(unsure)
