"""All checks of a language model's statements, in order: what is wrong with each, with words that it can act on.

In: statements with the verbatim passages and tool facts they rest on. Out: findings, none for a statement that holds.
Fails closed: a statement without a source is held to be wrong unless all it says is that the documents are silent.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from assistant.proof.clauses import Clause
from assistant.proof.denial import denial_findings, is_reply
from assistant.proof.figures import figure_findings
from assistant.proof.form import form_findings
from assistant.proof.subject import Subjects, evidence_words
from assistant.proof.values import Claim, Finding
from assistant.proof.wording import force_findings, scope_findings, side_findings, verdict_findings

_CHECKS: tuple[Callable[[Claim], Iterator[Finding]], ...] = (
    figure_findings,
    scope_findings,
    verdict_findings,
    force_findings,
    side_findings,
)


@dataclass(frozen=True, slots=True)
class Prover:
    """Checks statements against their sources. Read only."""

    subjects: Subjects
    prompt_runs: frozenset[str] = frozenset()

    def findings(self, claims: Sequence[Claim]) -> list[tuple[Finding, ...]]:
        """For each statement, what is wrong with it."""
        pairs = [((one.text, one.said or one.text), evidence_words(one.evidence)) for one in claims]
        likenesses = self.subjects.likenesses(pairs)
        return [tuple(self._of(one, likeness)) for one, likeness in zip(claims, likenesses, strict=True)]

    def _of(self, claim: Claim, likeness: float) -> Iterator[Finding]:
        if not claim.text.strip():
            yield Finding("empty", "it says nothing")
            return
        yield from form_findings(claim, self.prompt_runs)
        if not claim.evidence and not claim.computed and not all(map(partial(self._is_silent, claim), claim.clauses)):
            yield Finding("unsupported", "it rests on nothing; only a statement that the documents are silent may")
        for check in _CHECKS:
            yield from check(claim)
        yield from denial_findings(claim, lambda clause: self._spoken(claim, clause), self.subjects.states)
        yield from self.subjects.findings(claim, likeness)

    def _is_silent(self, claim: Claim, clause: Clause) -> bool:
        return clause.silent or is_reply(clause.text, claim, self.subjects.states)

    def _spoken(self, claim: Claim, clause: str) -> str:
        return self.subjects.contradicted(clause, claim)
