"""Question to kept and rejected candidates, with the arithmetic of each: the gate of the assistant."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.comparison import compared
from assistant.conversation import Candidate, PipelineStep, Route, Turn
from assistant.ranking import Ranked, Ranking
from assistant.signals import SignalReader
from ingest.documents import UnitKind

CLOSE_SECOND = 0.3
"""A further passage is kept when it is at least this likely beside the first…"""
CLOSE_IN_ASKED_DOCUMENT = 0.08
"""…or this likely, for the best of each document when the question names several."""
_KEPT = 3
_SHOWN = 12


def make_retrieve(signals: SignalReader, ranking: Ranking, gate: float) -> PipelineStep:
    """The step: fill `turn.candidates`, best first, those under the gate rejected with the reason.

    Where the documents seem not to state it nothing is kept; the best known gap then says so precisely. Where two
    notions are compared, the definition of each is looked for and both are kept.
    """
    retriever = _Retriever(signals, ranking, gate)

    def retrieve(turn: Turn) -> Turn:
        candidates = retriever.candidates(turn.standalone, turn.route)
        sides = [retriever.definition(notion) for notion in compared(turn.standalone)]
        kept = tuple(side for side in sides if side is not None)
        if len({side.unit.id for side in kept if side.unit}) == len(sides) > 1:
            others = (replace(one, kept=False, reason="not one of the notions compared") for one in candidates)
            candidates = (*kept, *others)
        return replace(turn, candidates=candidates)

    return retrieve


@dataclass(frozen=True, slots=True)
class _Retriever:
    signals: SignalReader
    ranking: Ranking
    gate: float

    def candidates(self, question: str, route: Route) -> tuple[Candidate, ...]:
        """The best candidates, each kept or rejected."""
        found = self.signals.read(question, route)
        ranked = self.ranking.rank(found, self.signals.unit_of)
        asked = self._best_by_document(ranked, route.documents) if len(route.documents) > 1 else set()
        shown = [one for place, one in enumerate(ranked) if place < _SHOWN or one.name in asked]
        first = next((one for one in ranked if one.name in self.signals.targets), None)
        candidates: list[Candidate] = []
        for one in shown:
            close = CLOSE_IN_ASKED_DOCUMENT if one.name in asked else CLOSE_SECOND
            reason = self._reject(one, first, close)
            if not reason and sum(candidate.kept for candidate in candidates) >= _KEPT and one.name not in asked:
                reason = "enough passages"
            candidates.append(self._candidate(one, found, reason))
        return tuple(candidates)

    def definition(self, notion: str) -> Candidate | None:
        """The definition of a notion, where one passes the gate and stands among the best."""
        candidates = self.candidates(notion, Route(needs=frozenset({"definition"})))
        definitions = (one for one in candidates if one.unit is not None and one.unit.kind is UnitKind.DEFINITION)
        return next((one for one in definitions if one.kept), None)

    def _candidate(self, one: Ranked, found: Mapping[str, Mapping[str, float]], reason: str) -> Candidate:
        target = self.signals.targets.get(one.name)
        return Candidate(
            leads_to=target or self.signals.gaps[one.name],
            unit=self.signals.unit(target) if target else None,
            probability=one.probability,
            signals={**found[one.name], "score": one.score, "share": one.share},
            kept=not reason,
            reason=reason,
        )

    def _best_by_document(self, ranked: Sequence[Ranked], documents: Collection[str]) -> set[str]:
        """The best target of each of these documents."""
        best: dict[str, str] = {}
        for one in ranked:
            target = self.signals.targets.get(one.name)
            if target is not None and target.document in documents:
                best.setdefault(target.document, one.name)
        return set(best.values())

    def _reject(self, one: Ranked, first: Ranked | None, close: float) -> str:
        """Why a candidate is not kept, empty when it is; `close`: the part of the first's likelihood that it needs."""
        if first is None or one.name in self.signals.gaps:
            return "gap"
        if first.score < self.ranking.least_score:
            return "nothing here is close to the question"
        if first.probability < self.gate:
            return "below the gate"
        if one.probability < close * first.probability:
            return "far behind the first"
        return ""
