"""The body of an e-mail reply, worded by a model from answers that were already checked.

In: the message and its answers. Out: paragraphs whose every figure and mark stands in those answers. Refuses
(`ModelError`) a reply that brings in a figure, an address, a mark or a verdict of its own: the caller then keeps the
deterministic draft. It never sends anything.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.conversation import Answer, Language
from assistant.lock import loose
from assistant.model.values import ModelError, Reason, Said
from assistant.model_composer.fence import Mask, fence_of, inert
from assistant.model_composer.ledger import Ledger
from assistant.model_composer.reply import json_object
from assistant.model_composer.typography import tidy
from assistant.prompts import Prompts
from assistant.proof.check import Prover
from assistant.proof.form import form_findings
from assistant.proof.values import Claim, Evidence
from assistant.proof.wording import scope_findings, verdict_findings
from assistant.provenance import Authorship

_MARK = re.compile(r"\[\d+\]")
_LANGUAGES = {"fr": "French (Québec)", "en": "English"}


class _Reply(BaseModel):
    """What the prompt asks for; other keys are dropped."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EmailWriter:
    """Words e-mail bodies. Safe to share between threads."""

    prompts: Prompts
    mask: Mask
    prover: Prover

    def write(
        self, message: str, answers: Sequence[Answer], language: Language, ledger: Ledger
    ) -> tuple[tuple[str, ...], Authorship]:
        """The paragraphs, and what the model cost."""
        said = "\n\n".join(f"{rank}. {answer.text}" for rank, answer in enumerate(answers, start=1))
        asked = inert(self.mask(message))
        system, user = self.prompts["email"].fill(
            fence=fence_of(asked, said), language=_LANGUAGES[language], message=asked, answers=said
        )
        reply = ledger.ask([Said("system", system), Said("user", user)], ())
        try:
            read = _Reply.model_validate(json_object(reply.text))
        except ValidationError as error:
            raise ModelError(Reason.UNREADABLE, "the reply is not of the form asked for") from error
        paragraphs = tuple(tidy(one, language) for one in read.paragraphs if one.strip())
        self._check(paragraphs, said, language)
        return paragraphs, ledger.authorship("model", self.prompts.digests("email"), None)

    def _check(self, paragraphs: Sequence[str], said: str, language: Language) -> None:
        if not paragraphs:
            raise ModelError(Reason.EMPTY, "no paragraph")
        sources = (Evidence(said),)
        for text in paragraphs:
            claim = Claim(text, language, sources, echoed=said)
            strange = set(_MARK.findall(text)) - set(_MARK.findall(said))
            findings = [
                *form_findings(claim, self.prover.prompt_runs),
                *scope_findings(claim),
                *verdict_findings(claim),
            ]
            if strange or findings or loose(text, said):
                raise ModelError(Reason.UNSUPPORTED, "; ".join(one.said for one in findings) or "a figure or a mark")
