"""Question to kept and rejected candidates, with the arithmetic of each: the gate of the assistant."""

from dataclasses import replace

from assistant.conversation import Candidate, PipelineStep, Turn
from assistant.ranking import Ranked, Ranking
from assistant.signals import SignalReader

CLOSE_SECOND = 0.45
"""A further passage is kept when it is at least this likely beside the first."""
_KEPT = 3
_SHOWN = 12


def make_retrieve(signals: SignalReader, ranking: Ranking, gate: float) -> PipelineStep:
    """The step: fill `turn.candidates`, best first, those under the gate rejected with the reason.

    When a known gap comes first nothing is kept: the documents do not say, and the gap says so precisely.
    """

    def retrieve(turn: Turn) -> Turn:
        found = signals.read(turn.standalone, turn.route)
        ranked = ranking.rank(found, signals.unit_of)[:_SHOWN]
        candidates: list[Candidate] = []
        for one in ranked:
            target = signals.targets.get(one.name)
            reason = "gap" if target is None else _reject(one, ranked[0], ranked[0].name in signals.gaps, gate)
            if not reason and sum(candidate.kept for candidate in candidates) == _KEPT:
                reason = "enough passages"
            candidates.append(
                Candidate(
                    leads_to=target or signals.gaps[one.name],
                    unit=signals.unit(target) if target else None,
                    probability=one.probability,
                    signals={**found[one.name], "score": one.score, "share": one.share},
                    kept=not reason,
                    reason=reason,
                )
            )
        return replace(turn, candidates=tuple(candidates))

    return retrieve


def _reject(one: Ranked, first: Ranked, first_is_gap: bool, gate: float) -> str:  # noqa: FBT001 (one call, beside it)
    """Why a passage is not kept; empty when it is."""
    if first_is_gap:
        return "a known gap comes first"
    if first.probability < gate:
        return "below the gate"
    if one.probability < CLOSE_SECOND * first.probability:
        return "far behind the first"
    return ""
