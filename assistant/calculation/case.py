"""A question with its measure, volets and year settled: what is known beside its words, and its counts as weights.

In: a `Reading`, what the profile and the route know. Out: a `Case`, its rule, its weights. Raises the `ToolError`s of
the rule, and `InvalidInput` for a count that is not that of the allocation key.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from assistant.conversation import BodyType, Language
from assistant.parsing.amounts import Unit
from assistant.parsing.asks import Ask
from assistant.parsing.bodies import Listed
from assistant.parsing.reading import Reading
from assistant.tools.allocation import CENT, DOLLAR, Body
from assistant.tools.errors import InvalidInput, Wording
from assistant.tools.figures import Figures
from assistant.tools.ground import BASE_FIGURE, VOLETS, Ground, lay_ground
from assistant.tools.shares import Weight

_KEY: Mapping[str, frozenset[Unit | None]] = {
    "15158": frozenset({"posts", None}),
    "30100": frozenset({"fgj", "fp", "pupils", None}),
}
"""The units that count in the allocation key of each measure; a bare number counts in either."""
_FIRST_PERSON = re.compile(r"\b(?:nous|nos|notre|on|mon|ma|j'ai|je|we|our|us|i|my|ours)\b")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the words of the question: from the profile, the route or the conversation."""

    measure: str | None = None
    volets: tuple[str, ...] = ()
    school_year: str | None = None
    body_type: BodyType | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A situation with its measure, volets and year settled."""

    figures: Figures
    language: Language
    ask: Ask
    reading: Reading
    before: Reading | None
    measure: str
    volets: tuple[str, ...]
    school_year: str | None
    body_type: BodyType | None

    def ground(self, volet: str | None = None) -> Ground:
        """The rule for this volet, or for the only one."""
        names = self.reading.names
        chosen = volet or (self.volets[0] if self.volets else None)
        cents = names.in_cents or self._has_cents()
        known = self.figures[BASE_FIGURE].values[-1]
        base = self.reading.base
        if base == known.exact and (self.school_year or known.start) == known.start:
            base = None
        return lay_ground(
            self.figures,
            self.language,
            self.measure,
            chosen if self.measure == "15158" else None,
            self.school_year,
            base=base,
            unit=CENT if cents else DOLLAR,
            body_type=self.body_type,
        )

    def _has_cents(self) -> bool:
        amounts = (self.reading.envelope, self.reading.base, *self.reading.envelopes)
        return any(amount is not None and amount.denominator != 1 for amount in amounts)


def measure_of(ask: Ask, reading: Reading, known: Known) -> str | None:
    """The measure that the words, the unit of the counts or the conversation name; posts are the key of 15158 alone."""
    units = (
        {unit for unit, _ in reading.own}
        | {u for body in reading.listed for u, _ in body.counts}
        | {reading.total_unit}
    )
    if reading.names.measure:
        return reading.names.measure
    if reading.names.volets or "posts" in units or ask in {"base_total", "balance"} or reading.number is not None:
        return "15158"
    if units & {"fgj", "fp", "pupils"}:
        return "30100"
    return known.measure or ("15158" if known.volets else None)


def body_type_of(reading: Reading, known: Known) -> BodyType | None:
    """The kind of body in the words; that of the profile only where the person speaks of their own."""
    if reading.body_type:
        return reading.body_type
    return known.body_type if _FIRST_PERSON.search(reading.folded) else None


def volets_of(ask: Ask, reading: Reading, known: Known, measure: str | None) -> tuple[str, ...]:
    """The volets in the words or the conversation; volet 1 where a base amount is what is asked about."""
    if measure != "15158":
        return ()
    if reading.names.volets:
        return reading.names.volets
    if ask in {"base_total", "balance"} or reading.base is not None:
        return VOLETS[:1]
    return known.volets


def lacking_names(measure: str | None, volets: tuple[str, ...], reading: Reading) -> tuple[str, ...]:
    """The names that are missing before any number is: measure, volet, a school year that is not said plainly."""
    lacking: list[str] = []
    if measure is None:
        lacking.append("measure")
    elif measure == "15158" and not volets:
        lacking.append("volet")
    if reading.names.vague_year:
        lacking.append("school_year")
    return tuple(lacking)


def bodies_of(case: Case, listed: tuple[Listed, ...]) -> list[Body]:
    """The listed bodies with their weights."""
    return [Body(body.name, _listed_weight(case, body)) for body in listed]


def _listed_weight(case: Case, body: Listed) -> Fraction:
    values = [value for unit, value in body.counts if unit in _KEY[case.measure]]
    if not values:
        raise InvalidInput(
            Wording(
                f"Le nombre donné pour {body.name} n’est pas celui de la clé de répartition de la mesure.",
                f"The count given for {body.name} is not that of the allocation key of the measure.",
            )
        )
    return sum(values, Fraction(0))


def of_the_key(reading: Reading, measure: str) -> Reading:
    """The reading without the counts that are not those of the allocation key: pupils under 15158, posts under 30100.

    Adult education students stay, beside others, so that the answer says that they do not count.
    """
    counted = _KEY[measure]
    own = tuple(pair for pair in reading.own if pair[0] in counted)
    adults = tuple(pair for pair in reading.own if pair[0] == "fga" and measure == "30100" and own)
    foreign = bool(reading.own) and not own
    has_total = reading.total_unit in counted and not (foreign and reading.total_unit is None)
    doubts = reading.doubts
    if len(own) > 1 and {"posts", "pupils", None} & {unit for unit, _ in own}:
        doubts = tuple(dict.fromkeys([*doubts, "own"]))
    return replace(
        reading,
        own=(*own, *adults),
        total=reading.total if has_total else None,
        unclear=tuple(pair for pair in reading.unclear if pair[0] in counted),
        doubts=doubts,
    )


def own_counts(reading: Reading) -> dict[Unit | None, Fraction]:
    """The counts of the body; a percentage of the posts alone counts as so many in a hundred."""
    if not reading.own and reading.total is None and len(reading.shares) == 1:
        return {None: reading.shares[0]}
    return dict(reading.own)


def total_of(reading: Reading) -> Fraction | None:
    """The total of the key, if it is known."""
    if reading.total is None and not reading.own and len(reading.shares) == 1:
        return Fraction(100)
    if reading.total is None and len(reading.unclear) == 1 and not reading.own:
        return reading.unclear[0][1]
    return reading.total


def weight_of(case: Case, reading: Reading) -> Weight:
    """The weight of the body beside the total, by sector where it was given so."""
    own, total = own_counts(reading), total_of(reading) or Fraction(0)
    number = reading.number or 0
    if case.measure == "15158":
        return Weight(sum((v for u, v in own.items() if u in {"posts", None}), Fraction(0)), total, number)
    sectors = {unit: value for unit, value in own.items() if unit in {"fgj", "fp"}}
    if reading.no_vocational and "fgj" in sectors:
        sectors.setdefault("fp", Fraction(0))
    counted = sum(sectors.values(), Fraction(0)) + sum((own.get(u, Fraction(0)) for u in ("pupils", None)), Fraction(0))
    named = [(str(unit), value) for unit, value in sectors.items()]
    if "fga" in own:
        named.append(("fga_not_counted", own["fga"]))
    return Weight(counted, total, 0, tuple(named))
