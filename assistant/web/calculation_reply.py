"""How a computation is shown in the public contract.

In: a `Calculation` and the citations of the answer that shows it. Out: its JSON, exact numbers as strings.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.conversation import Calculation, Citation, Parameter, SourceQuote, Step
from ingest.fold import fold


class _Reply(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class SourceReply(_Reply):
    """A verbatim quote of a document."""

    document: str
    quote: str


class ParameterReply(_Reply):
    """A dated policy figure; `value` is exact, a decimal or `n/d`; `citation` is a number of the answer."""

    id: str
    label: str
    value: str
    unit: str
    status: Literal["official", "indicative", "hypothesis"]
    school_year: str | None
    source: SourceReply | None
    citation: int | None


class StepReply(_Reply):
    """One line of the working: `exact` is an integer, a decimal or `n/d`; `rounded` is for people."""

    label: str
    expression: str
    exact: str
    rounded: str
    source: SourceReply | None
    citation: int | None


class ResultReply(_Reply):
    """An amount that the computation gives; `qualifier` is said before it where its terms are approximate."""

    label: str
    exact: str
    amount: str
    unit: str
    qualifier: str


class CalculationReply(_Reply):
    """A computation that a finance officer can redo by hand; always a simulation.

    Without `results` it is what was understood of a question that gets no amount.
    """

    operation: str
    measure: str | None
    volet: str | None
    school_year: str | None
    inputs: Mapping[str, str]
    parameters: tuple[ParameterReply, ...]
    formula: str
    steps: tuple[StepReply, ...]
    results: tuple[ResultReply, ...]
    rounding: str
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
    sources: tuple[SourceReply, ...]

    @classmethod
    def of(cls, found: Calculation, citations: Sequence[Citation] = ()) -> "CalculationReply":
        """The computation; each source that a citation holds gets the number of that citation."""
        return cls(
            operation=found.operation,
            measure=found.measure,
            volet=found.volet,
            school_year=found.school_year,
            inputs=dict(found.inputs),
            parameters=tuple(_parameter(parameter, citations) for parameter in found.parameters),
            formula=found.formula,
            steps=tuple(_step(step, citations) for step in found.steps),
            results=tuple(ResultReply.model_validate(result) for result in found.results),
            rounding=found.rounding,
            assumptions=found.assumptions,
            warnings=found.warnings,
            sources=tuple(SourceReply.model_validate(source) for source in found.sources),
        )


def _parameter(found: Parameter, citations: Sequence[Citation]) -> ParameterReply:
    return ParameterReply(
        id=found.id,
        label=found.label,
        value=found.value,
        unit=found.unit,
        status=found.status,
        school_year=found.school_year,
        source=_source(found.source),
        citation=_number(found.source, citations),
    )


def _step(found: Step, citations: Sequence[Citation]) -> StepReply:
    return StepReply(
        label=found.label,
        expression=found.expression,
        exact=found.exact,
        rounded=found.rounded,
        source=_source(found.source),
        citation=_number(found.source, citations),
    )


def _source(found: SourceQuote | None) -> SourceReply | None:
    return SourceReply.model_validate(found) if found else None


def _number(source: SourceQuote | None, citations: Sequence[Citation]) -> int | None:
    if source is None:
        return None
    wanted = fold(source.quote)
    return next((c.n for c in citations if c.document == source.document and wanted in fold(c.quote)), None)
