"""The step that answers with a language model, and with the deterministic draft whenever that is not proved in time.

In: a turn, its candidates ranked, what was computed. Out: the turn with a draft and its authorship. The deterministic
draft is made first; the model's is served only if every check passes on what is left of it, its first statement stands
and at least half of it does. One second try is allowed, with the findings. Whatever fails, the deterministic draft is
served.
"""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from assistant.conversation import Draft, Kind, Mailbox, PipelineStep, Statement, Status, Turn
from assistant.model.breaker import Breaker
from assistant.model.values import ChatModel, ModelError, ModelOptions, Reason
from assistant.model_composer.dialogue import Dialogue
from assistant.model_composer.drafting import Drafted, Drafter, Handed
from assistant.model_composer.fence import Mask, fence_of, inert
from assistant.model_composer.ledger import Ledger
from assistant.model_composer.reply import Answer
from assistant.model_composer.sources import Shelf, Stacks
from assistant.model_composer.toolbox import Tool, Toolbox, shown
from assistant.prompts import Prompts
from assistant.referrals import Referrals
from assistant.replies import Replies
from assistant.watch import CalledOff

_LOG = logging.getLogger(__name__)
ENGINE = "model"
DETERMINISTIC = "extractive"
_LEAST_SECONDS_TO_RETRY = 1.0
_LANGUAGES = {"fr": "French (Québec)", "en": "English"}
_HISTORY = 10
_FIXED = {Status.NEEDS_INPUT, Status.OUT_OF_SCOPE}
"""What a model may find, and reviewed sentences say."""
_ANSWERS = {Status.ANSWERED, Status.PARTIALLY_ANSWERED}


class Checked(Protocol):
    """What the guard gives back."""

    @property
    def draft(self) -> Draft:
        """What it lets through."""

    @property
    def removed(self) -> tuple[tuple[str, str], ...]:
        """What it took out, and why."""


@dataclass(frozen=True, slots=True)
class _Try:
    """A draft that may be served, and what was left out of it."""

    draft: Draft
    dropped: tuple[tuple[str, str], ...]
    fit: bool


@dataclass(frozen=True, slots=True)
class _Session:
    """One answer in the making."""

    turn: Turn
    safe: Draft
    dialogue: Dialogue
    handed: Handed


@dataclass(frozen=True, slots=True)
class ModelComposer:
    """Composes with a model, over the deterministic composer. Safe to share between threads."""

    model: ChatModel
    options: ModelOptions
    prompts: Prompts
    stacks: Stacks
    tools: Mapping[str, Tool]
    drafter: Drafter
    check: Callable[[Draft], Checked]
    replies: Replies
    referrals: Referrals
    mask: Mask
    breaker: Breaker = field(default_factory=Breaker)

    def step(self, deterministic: PipelineStep) -> PipelineStep:
        """The step: fill `turn.draft` and `turn.authorship`."""

        def compose(turn: Turn) -> Turn:
            safe = deterministic(turn)
            if safe.draft is None:
                return safe
            ledger = self._ledger(turn)
            try:
                draft, engine = self._composed(turn, safe.draft, ledger)
            except ModelError as error:
                _LOG.warning("the language model is not used for this answer: %s", error.reason)
                draft, engine = safe.draft, f"{DETERMINISTIC} (model: {error.reason})"
            except CalledOff:
                raise
            except Exception:  # noqa: BLE001 (the model is an extra: whatever breaks, the deterministic draft stands)
                _LOG.exception("the language model's answer could not be made")
                draft, engine = safe.draft, f"{DETERMINISTIC} (model: {Reason.FAILED})"
            digests = self.prompts.digests("compose", "retry")
            return replace(turn, draft=draft, authorship=ledger.authorship(engine, digests, turn.authorship))

        return compose

    def _ledger(self, turn: Turn) -> Ledger:
        deadline = time.monotonic() + self.options.budget
        return Ledger(self.model, self.breaker, self.options.timeout, deadline, turn.watch)

    def _composed(self, turn: Turn, safe: Draft, ledger: Ledger) -> tuple[Draft, str]:
        """The draft to serve, and the engine that wrote it."""
        turn.watch("model")
        session, variables = self._session(turn, safe, ledger)
        best: _Try | None = None
        try:
            answer = session.dialogue.open(variables)
            if answer.status in _FIXED:
                return self._fixed(turn, safe, answer)
            best = self._try(session, answer)
            findings = _findings(best.dropped)
        except ModelError as error:
            if error.reason not in {Reason.UNREADABLE, Reason.EMPTY}:
                raise
            findings = "Your reply was not one JSON object of the form asked for."
        if findings and ledger.seconds_left > _LEAST_SECONDS_TO_RETRY:
            turn.watch("retry")
            best = self._second(session, findings, best)
        if best is None:
            raise ModelError(Reason.UNREADABLE, "no reply could be read")
        ledger.dropped = best.dropped
        if not best.fit:
            raise ModelError(Reason.UNSUPPORTED, f"{len(best.dropped)} statement(s) did not hold")
        lost = len({text for text, _ in best.dropped})
        return best.draft, f"{ENGINE} ({lost} dropped: {', '.join(_codes(best.dropped))})" if lost else ENGINE

    def _session(self, turn: Turn, safe: Draft, ledger: Ledger) -> tuple[_Session, dict[str, str]]:
        """What is handed out for this answer, and what fills the prompt."""
        shelf = Shelf(self.stacks)
        sources = shelf.sources(turn, self.options.context_tokens)
        question, history = self._asked(turn)
        echoed = "\n".join([*(line for line in history.splitlines() if line.startswith("user:")), question])
        toolbox = Toolbox(self.tools, turn.language, echoed, None if sources.whole else shelf.find)
        computed = self._computed(turn, safe, toolbox)
        variables = {
            "fence": fence_of(sources.documents, sources.text, computed, history, question),
            "language": _LANGUAGES[turn.language],
            "documents": sources.documents,
            "passages": sources.text,
            "computed": computed,
            "history": history,
            "question": question,
        }
        dialogue = Dialogue(self.prompts, toolbox, ledger)
        handed = Handed(shelf.by_token, toolbox.calculations, echoed, turn.language)
        return _Session(turn, safe, dialogue, handed), variables

    def _second(self, session: _Session, findings: str, first: _Try | None) -> _Try | None:
        """The better of the two tries; the first where the second cannot be had."""
        try:
            answer = session.dialogue.again(findings)
        except ModelError:
            if first is None or not first.fit:
                raise
            return first
        if answer.status in _FIXED:
            return first
        second = self._try(session, answer)
        return second if first is None or not first.fit or _better(second, first) else first

    def _try(self, session: _Session, answer: Answer) -> _Try:
        """A reply made a draft, checked by every check there is."""
        session.turn.watch("check")
        drafted = self.drafter.draft(answer, session.handed)
        draft = self._completed(session.turn, session.safe, drafted, answer)
        verdict = self.check(draft)
        dropped = [(text, f"{found.code}: {found.said}") for text, all_ in drafted.dropped for found in all_]
        dropped += [(text, f"figure: {reason}") for text, reason in verdict.removed]
        lost = len(drafted.dropped) + len(verdict.removed)
        says = any(one.kind is not Kind.FRAMING for one in drafted.draft.statements) or draft.status not in _ANSWERS
        fit = verdict.draft.status is not Status.ERROR and drafted.led and says and drafted.kept >= max(1, lost)
        return _Try(verdict.draft, tuple(dropped), fit)

    def _completed(self, turn: Turn, safe: Draft, drafted: Drafted, answer: Answer) -> Draft:
        """The draft with what code alone says: that the documents are silent, and who can be asked."""
        draft = drafted.draft
        if draft.status is not Status.NOT_IN_DOCUMENTS:
            return draft
        if all(one.kind is not Kind.FRAMING for one in draft.statements):
            said = Statement(self.replies.say("abstain", turn.language), kind=Kind.FRAMING)
            draft = replace(draft, statements=(said, *draft.statements))
        draft = replace(draft, nearest=draft.citations)
        mailbox = answer.mailbox or _mailbox_of(safe)
        return self.referrals.add(draft, mailbox, turn.language, drafted.notebook)

    def _fixed(self, turn: Turn, safe: Draft, answer: Answer) -> tuple[Draft, str]:
        """What is asked for or out of scope is said by reviewed sentences, never by a model."""
        if Status(answer.status) is Status.OUT_OF_SCOPE and safe.status.is_abstention:
            said = Statement(self.replies.say("out_of_scope", turn.language), kind=Kind.FRAMING)
            return Draft(Status.OUT_OF_SCOPE, (said,)), ENGINE
        return safe, f"{DETERMINISTIC} (model: {answer.status.replace('_', ' ')})"

    def _asked(self, turn: Turn) -> tuple[str, str]:
        """The question and the earlier turns as the model may read them."""
        question = inert(self.mask(turn.question.text))
        if turn.standalone != turn.question.text:
            question += f"\n(understood with the earlier messages as: {inert(self.mask(turn.standalone))})"
        profile = turn.question.profile
        known = [f"body: {profile.body_type}"] if profile.body_type else []
        known += [f"school year: {profile.school_year}"] if profile.school_year else []
        question += f"\n({', '.join(known)})" if known else ""
        history = [f"{one.role}: {inert(self.mask(one.content))}" for one in turn.question.history[-_HISTORY:]]
        return question, "\n".join(line.replace("\n", " ") for line in history)

    def _computed(self, turn: Turn, safe: Draft, toolbox: Toolbox) -> str:
        """What the pipeline computed, or what it needs in order to."""
        calculation = turn.calculation or safe.calculation
        if calculation is not None and calculation.results:
            return f"{toolbox.add(calculation)} = {shown(calculation)}"
        if turn.problem is not None:
            return f"The calculator says ({turn.problem.code}): {' '.join(turn.problem.sentences)}"
        return ""


def _mailbox_of(draft: Draft) -> Mailbox | None:
    local = draft.referral.email.partition("@")[0] if draft.referral else ""
    return "financement" if local == "financement" else "valorisation" if local == "valorisation" else None


def _better(one: _Try, other: _Try) -> bool:
    return one.fit and len(one.dropped) < len(other.dropped)


def _codes(dropped: Sequence[tuple[str, str]]) -> list[str]:
    return sorted({reason.partition(":")[0] for _, reason in dropped})


def _findings(dropped: Sequence[tuple[str, str]]) -> str:
    return "\n".join(f"- {text[:300]!r}: {reason}" for text, reason in dropped)


def tools_by_name(tools: Sequence[Any]) -> dict[str, Tool]:
    """LangChain tools, by their names."""
    return {tool.name: tool for tool in tools}
