"""A message that asks several questions: each is answered by the same steps, and the drafts become one.

In: the steps that answer one question. Out: a step that answers them all, in order. A question that leans on the one
before it is given it as history. A computation that only the whole message makes possible is kept whole. Where some
questions are answered and others are not, the answer is partial and says which words it gives for each.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.conversation import Citation, Draft, Message, PipelineStep, Statement, Status, Turn
from assistant.several import questions_in

NamedStep = tuple[str, PipelineStep]
_MOST = 5
"""Questions answered one by one; a longer list is a document, and is answered as one question."""
_MARK = re.compile(r"\[(\d+)\]")


def make_parts(steps: Sequence[NamedStep]) -> PipelineStep:
    """The step: `turn.draft` answers every question of the message."""

    def parts(turn: Turn) -> Turn:
        whole = _run(steps, turn)
        asked = questions_in(turn.question.text, turn.language)
        if not 1 < len(asked) <= _MOST:
            return whole
        texts = [one.text for one in asked]
        answered = [_run(steps, _part(turn, texts[:rank], text)) for rank, text in enumerate(texts)]
        if whole.calculation is not None and not _computed(answered):
            return whole
        candidates = tuple(candidate for part in answered for candidate in part.candidates)
        drafts = [part.draft for part in answered if part.draft is not None]
        return replace(whole, candidates=candidates, draft=merged(drafts))

    return parts


def _computed(parts: Sequence[Turn]) -> bool:
    """Whether the parts of a message that is computed as a whole are computed too, none of them lacking an input."""
    lacking = any(part.problem is not None and part.problem.status is Status.NEEDS_INPUT for part in parts)
    return not lacking and any(part.calculation is not None for part in parts)


def _run(steps: Sequence[NamedStep], turn: Turn) -> Turn:
    for name, step in steps:
        turn.watch(name)
        turn = step(turn)
        if turn.draft is not None:
            break
    return turn


def _part(turn: Turn, before: Sequence[str], text: str) -> Turn:
    history = (*turn.question.history, *(Message("user", said) for said in before))
    return replace(turn, question=replace(turn.question, text=text, history=history), standalone=text)


def merged(drafts: Sequence[Draft]) -> Draft:
    """One draft for several: citations numbered anew, what is said twice said once."""
    citations: dict[tuple[str, int, int], Citation] = {}
    statements: list[Statement] = []
    nearest: list[Citation] = []
    for draft in drafts:
        numbers = {one.n: _number(one, citations) for one in draft.citations}
        for statement in draft.statements:
            moved = _moved(statement, numbers)
            if moved not in statements:
                statements.append(moved)
        nearest.extend(replace(one, n=numbers[one.n]) for one in draft.nearest if one.n in numbers)
    return Draft(
        _status([draft.status for draft in drafts]),
        tuple(statements),
        tuple(citations.values()),
        calculation=next((draft.calculation for draft in drafts if draft.calculation is not None), None),
        missing=tuple(dict.fromkeys(name for draft in drafts for name in draft.missing)),
        conflicts=tuple(dict.fromkeys(name for draft in drafts for name in draft.conflicts)),
        eligibility=next((draft.eligibility for draft in drafts if draft.eligibility), None),
        nearest=tuple(dict.fromkeys(nearest)),
        referral=next((draft.referral for draft in drafts if draft.referral is not None), None),
    )


def _number(citation: Citation, citations: dict[tuple[str, int, int], Citation]) -> int:
    place = (citation.document, citation.start, citation.end)
    return citations.setdefault(place, replace(citation, n=len(citations) + 1)).n


def _moved(statement: Statement, numbers: Mapping[int, int]) -> Statement:
    """The statement with its citations under their new numbers, in its marks too."""
    text = _MARK.sub(lambda mark: f"[{numbers.get(int(mark[1]), int(mark[1]))}]", statement.text)
    return replace(statement, text=text, citations=tuple(numbers[n] for n in statement.citations))


def _status(statuses: Sequence[Status]) -> Status:
    """Answered where every question is; partially where some are; otherwise the first reason for silence."""
    if Status.ERROR in statuses:
        return Status.ERROR
    silent = [status for status in statuses if status.is_abstention]
    if len(silent) == len(statuses):
        return silent[0]
    return Status.ANSWERED if set(statuses) == {Status.ANSWERED} else Status.PARTIALLY_ANSWERED
