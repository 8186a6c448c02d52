"""The step that computes: a question that asks for an amount gets it with its working, or what stands in the way.

In: a `Turn`. Out: the same turn with `calculation` or `problem` set, or unchanged where the question asks for no
computation. Uses no language model. Reads the earlier user turns again for follow-ups; keeps no state.
"""

from dataclasses import replace

from assistant.calculation import allocations, documents
from assistant.calculation.case import Known
from assistant.calculation.understood import understood
from assistant.conversation import Calculation, Language, PipelineStep, Problem, Status, Turn
from assistant.parsing.asks import speaks_of_base
from assistant.parsing.documents_asked import document_ask
from assistant.parsing.followup import Situation, situate
from assistant.parsing.reading import read
from assistant.tools.errors import FigureUnknown, InvalidInput, NotApplicable, NotComputable, ToolError
from assistant.tools.figures import Figures
from assistant.tools.ground import base_unknown, documented_year


def make_calculate(figures: Figures) -> PipelineStep:
    """The step, over these figures."""

    def calculate(turn: Turn) -> Turn:
        situation = situate(turn.question.text, turn.question.history, turn.language)
        found = _found(figures, turn, situation)
        if isinstance(found, Calculation):
            return replace(turn, calculation=found)
        if found is None or found.calculation is not None:
            return replace(turn, problem=found)
        return replace(turn, problem=replace(found, calculation=_understood(figures, turn, situation)))

    return calculate


def problem_of(error: ToolError, language: Language, calculation: Calculation) -> Problem:
    """A refusal of a tool, as the turn carries it: what was given is wrong, or the documents do not say.

    `calculation` is what was understood; what the tool worked out before it refused is added to it, and the figures
    of a measure that does not apply are taken out. Where the rule itself gives no amount, the rule is quoted.
    """
    status = Status.NEEDS_INPUT if isinstance(error, InvalidInput) else Status.NOT_IN_DOCUMENTS
    if error.code == "wrong_measure":
        status = Status.ANSWERED
    if isinstance(error, NotApplicable):
        calculation = replace(calculation, parameters=(), sources=())
    return Problem(
        status,
        error.code,
        (error.sentence[language],),
        sources=error.sources or (calculation.sources if isinstance(error, NotComputable) else ()),
        referral=error.referral,
        calculation=replace(calculation, steps=tuple(worked.step(language) for worked in error.worked)),
    )


def _found(figures: Figures, turn: Turn, situation: Situation) -> Calculation | Problem | None:
    try:
        return _computed(figures, turn, situation)
    except ToolError as error:
        return problem_of(error, turn.language, _understood(figures, turn, situation))


def _understood(figures: Figures, turn: Turn, situation: Situation) -> Calculation:
    return understood(figures, situation, _known(turn), turn.language)


def _computed(figures: Figures, turn: Turn, situation: Situation) -> Calculation | Problem | None:
    reading = situation.reading
    if not reading.counts:
        percents = reading.percents
        if ask := document_ask(reading.folded, percents):
            return documents.compute(figures, ask, reading.folded, turn.language)
    if refusal := _base_of_another_year(figures, turn, situation):
        raise refusal
    if situation.ask is None:
        return None
    return allocations.compute(figures, situation, _known(turn), turn.language)


def _known(turn: Turn) -> Known:
    route, profile = turn.route, turn.question.profile
    return Known(
        route.measure,
        tuple(sorted(route.numbered.get("volet", frozenset()))),
        route.school_year or profile.school_year,
        route.body_type or profile.body_type,
    )


def _base_of_another_year(figures: Figures, turn: Turn, situation: Situation) -> FigureUnknown | None:
    """The base amount of a year that the documents do not cover, asked for as such or after a question about it."""
    reading = situation.reading
    year, documented = reading.names.school_year, documented_year(figures)
    if (
        situation.ask is not None
        or reading.counts
        or (year is None and not reading.names.vague_year)
        or year == documented
    ):
        return None
    earlier = [message.content for message in turn.question.history if message.role == "user"]
    about = speaks_of_base(reading) or (
        bool(earlier) and speaks_of_base(read(earlier[-1], turn.language)) and not reading.names.volets
    )
    if not about:
        return None
    other = "une autre année" if turn.language == "fr" else "another year"
    return base_unknown(figures, year or other)
