"""Settings to the steps that use a language model, or to none with the reason why: the service runs without it.

In: settings and the parts that the assembly made. Out: functions that extend the deterministic steps. Refuses nothing:
what is wrong with the model is logged for an operator, once, and kept in `reason`.
"""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from assistant.conversation import Draft, PipelineStep
from assistant.errors import PromptError, SettingsError
from assistant.model.breaker import Breaker
from assistant.model.connect import ModelSetupError, connect, try_out
from assistant.model.values import ChatModel, ModelOptions
from assistant.model_composer.drafting import Drafter
from assistant.model_composer.reading import ModelReader
from assistant.model_composer.sources import Stacks
from assistant.model_composer.step import Checked, ModelComposer, tools_by_name
from assistant.personal import masked
from assistant.prompts import Prompts, load_prompts
from assistant.proof.check import Prover
from assistant.proof.form import word_runs
from assistant.proof.subject import Subjects
from assistant.referrals import Referrals
from assistant.replies import Replies
from assistant.settings import Settings
from assistant.tools.figures import Figures
from assistant.tools.langchain_tools import build_tools
from ingest.documents import UnitKind
from ingest.fold import read
from ingest.index import Index

_LOG = logging.getLogger(__name__)
Extend = Callable[[PipelineStep], PipelineStep]


class Closable(ChatModel, Protocol):
    """A connected model."""

    def close(self) -> None:
        """Give back what it holds."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the assembly hands over."""

    index: Index
    subjects: Subjects
    stacks: Stacks
    figures: Figures
    replies: Replies
    referrals: Referrals
    check: Callable[[Draft], Checked]


@dataclass(frozen=True, slots=True)
class ModelSteps:
    """By name of step: how it is extended. Empty without a model; `reason` then says why, where one was asked for."""

    extend: Mapping[str, Extend] = field(default_factory=dict)
    reason: str = ""
    model: ChatModel | None = None

    def __call__(self, name: str, step: PipelineStep) -> PipelineStep:
        """The step as it is, or extended."""
        return self.extend[name](step) if name in self.extend else step


def options_of(settings: Settings) -> ModelOptions | None:
    """How to reach the model that the settings name; None when they name none."""
    if settings.llm is None:
        return None
    key = settings.llm_key.get_secret_value() if settings.llm_key else ""
    if settings.llm_key_file is not None:
        try:
            key = settings.llm_key_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"BALISE_LLM_KEY_FILE: {settings.llm_key_file}: cannot be read ({error})") from error
    return ModelOptions(
        name=settings.llm,
        url=settings.llm_url or "",
        key=key,
        timeout=settings.llm_timeout,
        budget=settings.llm_budget,
        temperature=settings.llm_temperature,
        context_tokens=settings.llm_context,
        reply_tokens=settings.llm_reply,
        only_host=settings.llm_only_host or "",
    )


def model_steps(settings: Settings, parts: Parts, *, probe: bool = False) -> ModelSteps:
    """The steps of the model that the settings name. `probe`: ask it for a word first."""
    try:
        options = options_of(settings)
        if options is None:
            return ModelSteps()
        prompts = load_prompts(settings.prompts)
        model = _tried(connect(options)) if probe else connect(options)
    except (ModelSetupError, SettingsError, PromptError) as error:
        _LOG.warning("No language model is used, answers are made without it. %s", error)
        return ModelSteps(reason=str(error))
    return steps_of(model, options, prompts, parts, frozenset(settings.llm_steps.split(",")))


def _tried(model: Closable) -> Closable:
    """The model, once it was asked for a word; closed again where it will never answer."""
    try:
        if warning := try_out(model):
            _LOG.warning("%s; until it does, answers are made without it", warning)
    except ModelSetupError:
        model.close()
        raise
    return model


def steps_of(
    model: ChatModel, options: ModelOptions, prompts: Prompts, parts: Parts, names: frozenset[str]
) -> ModelSteps:
    """The steps that this model extends."""
    breaker = Breaker()
    mask = partial(masked, published=frozenset(_published(parts.index)))
    titles = {stored.entry.id: stored.entry.title for stored in parts.index.documents.values()}
    reader = ModelReader(model, options, prompts, mask, breaker, time.monotonic, titles)
    runs = frozenset(run for prompt in prompts.by_name.values() for run in word_runs(prompt.system))
    composer = ModelComposer(
        model=model,
        options=options,
        prompts=prompts,
        stacks=parts.stacks,
        tools=tools_by_name(build_tools(parts.figures)),
        drafter=Drafter(parts.index, Prover(parts.subjects, runs)),
        check=parts.check,
        replies=parts.replies,
        referrals=parts.referrals,
        mask=mask,
        breaker=breaker,
    )
    every: dict[str, Extend] = {"rephrase": reader.rephrase, "route": reader.route, "compose": composer.step}
    return ModelSteps({name: extend for name, extend in every.items() if name in names}, model=model)


def _published(index: Index) -> set[str]:
    """The words of the contact passages: their addresses are no personal data."""
    contacts = (unit for unit in index.units.values() if unit.kind is UnitKind.CONTACT)
    texts = (read(index.documents[unit.document].text, part.runs).text for unit in contacts for part in unit.parts)
    return {word.lower() for text in texts for word in text.split() if "@" in word}
