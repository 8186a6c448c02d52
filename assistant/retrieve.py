"""Question to kept and rejected candidates, with the arithmetic of each: the gate of the assistant."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.conversation import Candidate, PipelineStep, Turn
from assistant.ranking import Ranked, Ranking
from assistant.signals import SignalReader

CLOSE_SECOND = 0.45
"""A further passage is kept when it is at least this likely beside the first…"""
CLOSE_IN_ASKED_DOCUMENT = 0.08
"""…or this likely, for the best of each document when the question names several."""
LEAST_COVERAGE = 0.2
"""Share of a question’s words, by weight, that the best candidate must know; less is another language, or noise."""
_KEPT = 3
_SHOWN = 12


def make_retrieve(signals: SignalReader, ranking: Ranking, gate: float) -> PipelineStep:
    """The step: fill `turn.candidates`, best first, those under the gate rejected with the reason.

    When a known gap comes first nothing is kept: the documents do not say, and the gap says so precisely.
    """

    def retrieve(turn: Turn) -> Turn:
        found = signals.read(turn.standalone, turn.route)
        ranked = ranking.rank(found, signals.unit_of)
        asked = _best_by_document(ranked, turn.route.documents, signals) if len(turn.route.documents) > 1 else set()
        gap_first = bool(ranked) and ranked[0].name in signals.gaps
        unknown = "its words are unknown here" if ranked and found[ranked[0].name]["coverage"] < LEAST_COVERAGE else ""
        candidates: list[Candidate] = []
        for place, one in enumerate(ranked):
            if place >= _SHOWN and one.name not in asked:
                continue
            target = signals.targets.get(one.name)
            floor = CLOSE_IN_ASKED_DOCUMENT if one.name in asked else CLOSE_SECOND
            reason = "gap" if target is None else unknown or _reject(one, ranked[0], gate, floor)
            if not reason and gap_first and one.name not in asked:
                reason = "a known gap comes first"
            if not reason and sum(candidate.kept for candidate in candidates) >= _KEPT and one.name not in asked:
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


def _best_by_document(ranked: Sequence[Ranked], documents: Collection[str], signals: SignalReader) -> set[str]:
    """The best target of each of these documents."""
    best: dict[str, str] = {}
    for one in ranked:
        target = signals.targets.get(one.name)
        if target is not None and target.document in documents:
            best.setdefault(target.document, one.name)
    return set(best.values())


def _reject(one: Ranked, first: Ranked, gate: float, floor: float) -> str:
    """Why a passage is not kept; empty when it is."""
    if first.probability < gate:
        return "below the gate"
    if one.probability < floor * first.probability:
        return "far behind the first"
    return ""
