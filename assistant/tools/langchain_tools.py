"""The deterministic tools as LangChain tools, each with a strict JSON schema: a model may choose and fill them.

In: the dated figures. Out: a tuple of `StructuredTool`; each returns the computation as JSON, exact numbers as strings,
or the reason why there is none. The arithmetic is that of the pipeline: a model never computes. Only importer of
`langchain_core.tools`.
"""

from collections.abc import Callable
from dataclasses import asdict
from fractions import Fraction
from functools import partial
from typing import Annotated, Any, Literal

from langchain_core.tools import StructuredTool
from pydantic import BaseModel, ConfigDict, Field

from assistant.conversation import Calculation, Language
from assistant.tools import envelopes, letter, plan, scenarios, share_lists, shares, strategy, strategy_checks
from assistant.tools import strategy_lines as lines
from assistant.tools.allocation import CENT, DOLLAR, Body
from assistant.tools.errors import ToolError
from assistant.tools.figures import Figures
from assistant.tools.ground import Ground, lay_ground
from assistant.tools.shares import Weight

_Number = Annotated[str, Field(pattern=r"^\d{1,15}(\.\d{1,6})?$", description="exact decimal, such as 750.5")]
_Year = Annotated[str, Field(pattern=r"^20\d\d-20\d\d$")]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RuleInput(_Strict):
    """Measure 15158 by volet (posts), or 30100 without volet (FGJ and FP pupils)."""

    measure: Literal["15158", "30100"]
    volet: Literal["1", "2", "3"] | None = None
    school_year: _Year | None = None
    base_amount: _Number | None = Field(None, description="a hypothesis of the person, where no figure is documented")
    cents: bool = False
    language: Language = "fr"

    def ground(self, figures: Figures) -> Ground:
        """The rule, with its figures."""
        base = None if self.base_amount is None else Fraction(self.base_amount)
        unit = CENT if self.cents else DOLLAR
        return lay_ground(figures, self.language, self.measure, self.volet, self.school_year, base=base, unit=unit)


class BodyInput(_Strict):
    """A body and its posts, or its FGJ and FP pupils together."""

    id: str
    weight: _Number


class ListInput(RuleInput):
    """An envelope to share among all these bodies."""

    envelope: _Number
    bodies: Annotated[tuple[BodyInput, ...], Field(min_length=1)]


class OneBodyInput(RuleInput):
    """One body beside the total of all; `number_of_bodies` matters in volet 1 only."""

    envelope: _Number
    weight: _Number
    total: _Number
    number_of_bodies: Annotated[int, Field(ge=0)] = 0


class TargetInput(RuleInput):
    """The allocation that one body should get."""

    target: _Number
    weight: _Number
    total: _Number
    number_of_bodies: Annotated[int, Field(ge=0)] = 0


class CountInput(RuleInput):
    """How many bodies share the envelope."""

    number_of_bodies: Annotated[int, Field(ge=1)]


class ChangeInput(RuleInput):
    """An increase of the envelope, everything else staying."""

    change: _Number
    weight: _Number
    total: _Number


class StrategyInput(_Strict):
    """`axis` for its balance with its actions; none for all the axes beside the announced total."""

    axis: Annotated[int, Field(ge=1, le=4)] | None = None
    language: Language = "fr"


class LanguageInput(_Strict):
    """No input but the language."""

    language: Language = "fr"


class DistanceInput(_Strict):
    """A target of the local plan, by figure id, and the value observed, in percent."""

    target: str
    observed: _Number
    language: Language = "fr"


def _one(figures: Figures, asked: OneBodyInput) -> Calculation:
    weight = Weight(Fraction(asked.weight), Fraction(asked.total), asked.number_of_bodies)
    return shares.share_of_one(asked.ground(figures), Fraction(asked.envelope), weight)


def _each(figures: Figures, asked: ListInput) -> Calculation:
    bodies = [Body(body.id, Fraction(body.weight)) for body in asked.bodies]
    return share_lists.share_of_each(asked.ground(figures), Fraction(asked.envelope), bodies)


def _inverse(figures: Figures, asked: TargetInput) -> Calculation:
    weight = Weight(Fraction(asked.weight), Fraction(asked.total), asked.number_of_bodies)
    return envelopes.envelope_needed(asked.ground(figures), Fraction(asked.target), weight)


def _change(figures: Figures, asked: ChangeInput) -> Calculation:
    weight = Weight(Fraction(asked.weight), Fraction(asked.total))
    return scenarios.change_of_envelope(asked.ground(figures), Fraction(asked.change), weight)


def _base_total(figures: Figures, asked: CountInput) -> Calculation:
    return envelopes.base_total(asked.ground(figures), asked.number_of_bodies)


def _totals(figures: Figures, asked: StrategyInput) -> Calculation:
    if asked.axis is None:
        return strategy_checks.axes_against_announced(figures, asked.language)
    return strategy_checks.axis_against_actions(figures, asked.axis, asked.language)


def _largest(figures: Figures, asked: LanguageInput) -> Calculation:
    return strategy.extreme(figures, lines.actions(figures), asked.language, largest=True)


def _letter(figures: Figures, asked: LanguageInput) -> Calculation:
    return letter.total(figures, letter.WHOLE, asked.language)


def _distance(figures: Figures, asked: DistanceInput) -> Calculation:
    return plan.distance(figures, asked.target, Fraction(asked.observed), asked.language)


def build_tools(figures: Figures) -> tuple[StructuredTool, ...]:
    """The tools, over these figures."""
    every: tuple[tuple[str, str, type[_Strict], Callable[..., Calculation]], ...] = (
        ("allocate_list", "Share an envelope among all the bodies of a list.", ListInput, _each),
        ("allocate_one", "The part of one body of a network.", OneBodyInput, _one),
        ("envelope_for_target", "The envelope that gives one body a target.", TargetInput, _inverse),
        ("change_of_part", "How one body's part moves with the envelope.", ChangeInput, _change),
        ("base_amounts", "The base amounts of n bodies; the smallest envelope.", CountInput, _base_total),
        ("strategy_totals", "Totals of the Strategy beside what they should add up to.", StrategyInput, _totals),
        ("strategy_largest", "The action with the largest printed amount.", LanguageInput, _largest),
        ("letter_total", "The amounts of the 2021 letter together, with their qualifiers.", LanguageInput, _letter),
        ("distance_to_target", "Percentage points to a target of the local plan.", DistanceInput, _distance),
    )
    return tuple(_tool(name, said, schema, partial(compute, figures)) for name, said, schema, compute in every)


def _tool(name: str, description: str, schema: type[_Strict], compute: Callable[[Any], Calculation]) -> StructuredTool:
    def call(**arguments: object) -> dict[str, object]:
        asked = schema.model_validate(arguments)
        try:
            return asdict(compute(asked))
        except ToolError as error:
            return {"code": error.code, "fr": error.sentence.fr, "en": error.sentence.en}

    return StructuredTool.from_function(
        call, name=name, description=description, args_schema=schema, infer_schema=False
    )
