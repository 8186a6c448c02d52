"""A model's help in reading a question: a follow-up rephrased, what it asks for.

In: the deterministic step and a model. Out: a step that runs the first, then lets the model add to it. What the model
brings in that stands in no message (a figure, a measure, a year) is refused; where it fails, the first stands alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from assistant.conversation import PipelineStep, Route, Turn
from assistant.language import language_shown
from assistant.lock import loose
from assistant.model.breaker import Breaker
from assistant.model.values import ChatModel, ModelError, ModelOptions, Said
from assistant.model_composer.fence import Mask, fence_of, inert
from assistant.model_composer.ledger import Ledger
from assistant.model_composer.reply import json_object
from assistant.prompts import Prompts
from assistant.proof.values import numbered

_LONGEST = 600
_SHARE = 0.25
"""Of the time for one answer: what reading the question may take."""
_Number = Annotated[str, StringConstraints(pattern=r"^\d{1,2}(\.\d)?$")]
_Need = Literal["amount", "target", "date", "contact", "definition", "eligibility", "rule", "count", "list", "person"]


class _RouteReply(BaseModel):
    """What a model read of a question; other keys are dropped."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    needs: tuple[_Need, ...] = ()
    measure: Literal["15158", "30100"] | None = None
    volet: tuple[_Number, ...] = ()
    axis: tuple[_Number, ...] = ()
    action: tuple[_Number, ...] = ()
    objective: tuple[_Number, ...] = ()
    body_type: Literal["public", "private"] | None = None
    school_year: Annotated[str, StringConstraints(pattern=r"^20\d\d-20\d\d$")] | None = None
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelReader:
    """Reads questions with a model, after the deterministic steps."""

    model: ChatModel
    options: ModelOptions
    prompts: Prompts
    mask: Mask
    breaker: Breaker
    clock: Callable[[], float]
    documents: Mapping[str, str]

    def rephrase(self, deterministic: PipelineStep) -> PipelineStep:
        """The step: `turn.standalone` as the model words it, where there are earlier messages."""

        def step(turn: Turn) -> Turn:
            turn = deterministic(turn)
            if not turn.question.history:
                return turn
            said = self._said(turn)
            history = "\n".join(f"{one.role}: {self._clean(one.content)}" for one in turn.question.history)
            question = self._clean(turn.question.text)
            found, turn = self._ask(turn, "rephrase", {"history": history, "question": question})
            line = " ".join(found.split())
            shown = language_shown(line)
            strange = loose(line, said) or (shown is not None and shown != turn.language)
            return turn if not line or len(line) > _LONGEST or strange else replace(turn, standalone=line)

        return step

    def route(self, deterministic: PipelineStep) -> PipelineStep:
        """The step: what the model read fills what the words alone left unknown in `turn.route`."""

        def step(turn: Turn) -> Turn:
            turn = deterministic(turn)
            documents = "\n".join(f"{name}: {title}" for name, title in self.documents.items())
            variables = {"documents": documents, "question": self._clean(turn.standalone)}
            found, turn = self._ask(turn, "route", variables)
            try:
                read = _RouteReply.model_validate(json_object(found))
            except (ModelError, ValidationError):
                return turn
            return replace(turn, route=self._filled(turn.route, read, self._said(turn)))

        return step

    def _filled(self, route: Route, read: _RouteReply, said: str) -> Route:
        """The route with what the model read, where a person wrote it."""
        named = numbered(said.lower())
        wanted = {"volet": read.volet, "axis": read.axis, "action": read.action, "objective": read.objective}
        more = {key: frozenset(ns) for key, ns in wanted.items() if ns and set(ns) <= set(named.get(key, ()))}
        year = read.school_year if read.school_year and not loose(read.school_year, said) else None
        return replace(
            route,
            needs=route.needs | frozenset(read.needs),
            measure=route.measure or (read.measure if read.measure and read.measure in said else None),
            numbered={**more, **route.numbered},
            body_type=route.body_type or read.body_type,
            school_year=route.school_year or year,
            documents=route.documents | (frozenset(read.documents) & self.documents.keys()),
        )

    def _ask(self, turn: Turn, prompt: str, variables: dict[str, str]) -> tuple[str, Turn]:
        """The text of the reply (empty without one), and the turn with what it cost."""
        seconds = self.options.budget * _SHARE
        ledger = Ledger(self.model, self.breaker, seconds, self.clock() + seconds, turn.watch, self.clock)
        fence = fence_of(*variables.values())
        system, user = self.prompts[prompt].fill(fence=fence, **variables)
        turn.watch("model")
        try:
            text = ledger.ask([Said("system", system), Said("user", user)], ()).text
        except ModelError:
            text = ""
        account = ledger.authorship("extractive", self.prompts.digests(prompt), turn.authorship)
        return text, replace(turn, authorship=account)

    def _said(self, turn: Turn) -> str:
        return " | ".join([*(one.content for one in turn.question.history), turn.question.text, turn.standalone])

    def _clean(self, text: str) -> str:
        return inert(self.mask(text)).replace("\n", " ")
