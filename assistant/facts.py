"""What a computation was given and worked out, as text: what its sentences are allowed to say.

In: a `Calculation`. Out: its inputs, dated figures, working and results. Leaves out every label and every sentence
(formula, rounding, assumptions, warnings), which would vouch for themselves, and its quotes, which vouch for what
cites them.
"""

from collections.abc import Iterator

from assistant.conversation import Calculation


def facts(calculation: Calculation) -> Iterator[str]:
    """One text for each value, with its unit where it has one."""
    yield from (name for name in (calculation.measure, calculation.volet, calculation.school_year) if name)
    for name, value in calculation.inputs.items():
        yield from (name, value)
    for parameter in calculation.parameters:
        yield from (f"{parameter.value} {parameter.unit}", parameter.school_year or "")
    for step in calculation.steps:
        yield from (step.expression, step.exact, step.rounded)
    for result in calculation.results:
        yield from (result.exact, f"{result.amount} {result.unit}")
