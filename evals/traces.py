"""How an answer came to be, as JSON: the steps that ran, the question as searched, every candidate with its arithmetic.

In: an answer of the pipeline in this process, and the index. Out: plain values. Nothing of it leaves by HTTP.
"""

from collections.abc import Mapping, Sequence

from assistant.conversation import Answer, Candidate
from ingest.expected import Gap
from ingest.index import Index

Trace = Mapping[str, object]
_LONGEST = 600


def traced(answer: Answer, steps: Sequence[str], index: Index) -> dict[str, object]:
    """The trace of an answer; `places` of a candidate are the ranges of its unit in the source."""
    candidates = answer.trace.get("candidates")
    found = candidates if isinstance(candidates, tuple) else ()
    passages = [_passage(rank, candidate, index) for rank, candidate in enumerate(found, start=1)]
    return {
        "steps": list(steps),
        "standalone": answer.trace.get("standalone"),
        "removed": [list(pair) for pair in _pairs(answer.trace.get("removed"))],
        "candidates": passages,
    }


def _pairs(value: object) -> Sequence[Sequence[str]]:
    return value if isinstance(value, tuple) else ()


def _passage(rank: int, candidate: Candidate, index: Index) -> dict[str, object]:
    common = {
        "rank": rank,
        "leads_to": candidate.leads_to.id,
        "probability": candidate.probability,
        "kept": candidate.kept,
        "reason": candidate.reason,
        "signals": dict(candidate.signals),
    }
    unit = candidate.unit
    if unit is None:
        about = candidate.leads_to.reply_fr if isinstance(candidate.leads_to, Gap) else ""
        nowhere: dict[str, object] = dict.fromkeys(("unit", "document", "source_file", "page"))
        nowhere |= {"section": [], "places": []}
        return {**common, **nowhere, "kind": "gap", "text": about[:_LONGEST]}
    return {
        **common,
        "kind": unit.kind.value,
        "unit": unit.id,
        "document": unit.document,
        "source_file": index.documents[unit.document].entry.original_file,
        "section": list(unit.titles),
        "page": unit.page,
        "text": " … ".join(index.reading(unit, part).text for part in range(len(unit.parts)))[:_LONGEST],
        "places": [[run.start, run.end] for part in unit.parts for run in part.runs],
    }
