"""The step that computes: a question that asks for an amount gets it with its working, or what stands in the way.

In: a `Turn`. Out: the same turn with `calculation` or `problem` set, or unchanged where the question asks for no
computation. Uses no language model. Reads the earlier user turns again for follow-ups; keeps no state.
"""

from dataclasses import replace

from assistant.calculation import allocations, documents
from assistant.calculation.case import Known
from assistant.conversation import Calculation, PipelineStep, Problem, Status, Turn
from assistant.parsing.asks import speaks_of_base
from assistant.parsing.documents_asked import document_ask
from assistant.parsing.followup import Situation, situate
from assistant.parsing.reading import read
from assistant.tools.errors import FigureUnknown, InvalidInput, ToolError
from assistant.tools.figures import Figures
from assistant.tools.ground import base_unknown, documented_year


def make_calculate(figures: Figures) -> PipelineStep:
    """The step, over these figures."""

    def calculate(turn: Turn) -> Turn:
        try:
            found = _found(figures, turn)
        except ToolError as error:
            found = problem_of(error, turn)
        if isinstance(found, Calculation):
            return replace(turn, calculation=found)
        return turn if found is None else replace(turn, problem=found)

    return calculate


def problem_of(error: ToolError, turn: Turn) -> Problem:
    """A refusal of a tool, as the turn carries it: what was given is wrong, or the documents do not say."""
    status = Status.NEEDS_INPUT if isinstance(error, InvalidInput) else Status.NOT_IN_DOCUMENTS
    if error.code == "wrong_measure":
        status = Status.ANSWERED
    return Problem(status, error.code, (error.sentence[turn.language],), sources=error.sources, referral=error.referral)


def _found(figures: Figures, turn: Turn) -> Calculation | Problem | None:
    situation = situate(turn.question.text, turn.question.history, turn.language)
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
