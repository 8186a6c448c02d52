"""How good a ranking is, for one query: hit@k, reciprocal rank and nDCG@10, as ir_measures defines them.

In: ids as found, best first, and those that are relevant. Out: the four numbers, from 0 to 1. Refuses a query that
nothing is relevant to. The only importer of ir_measures.

Sources: C. Macdonald, S. MacAvaney and I. Ounis, « Streamlining evaluation with ir-measures », ECIR 2022; nDCG: K.
Järvelin and J. Kekäläinen, « Cumulated gain-based evaluation of IR techniques », ACM TOIS 20 (2002).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ir_measures import RR, Qrel, ScoredDoc, Success, evaluator, nDCG

_QUERY = "q"
_MEASURES = (Success @ 1, Success @ 5, RR, nDCG @ 10)


@dataclass(frozen=True, slots=True)
class Ranked:
    """Is a relevant one first, is one among the first five, 1/rank of the first, nDCG of the first ten."""

    hit_at_1: bool
    hit_at_5: bool
    reciprocal_rank: float
    ndcg_at_10: float


def ranked(found: Sequence[str], relevant: Collection[str]) -> Ranked:
    """Score a ranking without repeated ids. `ValueError` when nothing is relevant, or an id comes twice."""
    if not relevant or len(set(found)) != len(found):
        raise ValueError("no relevant id, or an id found twice")
    judged = evaluator(_MEASURES, [Qrel(_QUERY, name, 1) for name in sorted(relevant)])
    scored = [ScoredDoc(_QUERY, name, float(-place)) for place, name in enumerate(found)]
    values = {one.measure: float(one.value) for one in judged.iter_calc(scored)}
    first, five, reciprocal, ndcg = (values.get(measure, 0.0) for measure in _MEASURES)
    return Ranked(bool(first), bool(five), reciprocal, ndcg)
