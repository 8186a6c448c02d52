"""Questions as people write them: the exact amount, a question back or a refusal; never a wrong amount."""

import itertools
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.calculate import make_calculate
from assistant.conversation import Language, Message, Question, Status, Turn
from assistant.tools import needs
from assistant.tools.figures import load_figures
from ingest.catalog import load_yaml

ROOT = Path(__file__).parents[2]
FIGURES = load_figures(ROOT / "corpus")
CALCULATE = make_calculate(FIGURES)
QUESTIONS: list[dict[str, Any]] = load_yaml(ROOT / "tests" / "policy" / "questions.yaml")


def ask(text: str, language: Language, *earlier: str) -> Turn:
    """The turn after the step."""
    history = tuple(Message("user", said) for said in earlier)
    return CALCULATE(Turn(Question(text, language, history), language, text))


def amounts(turn: Turn) -> list[str]:
    """The amounts of a turn, in order; none where it has no computation."""
    return [result.amount for result in turn.calculation.results] if turn.calculation else []


@pytest.mark.parametrize("case", [pytest.param(case, id=case["ask"][:70]) for case in QUESTIONS])
def test_a_question_gets_what_it_deserves(case: dict[str, Any]) -> None:
    """The amounts of the case, exactly what is missing, its refusal, or nothing at all."""
    turn = ask(case["ask"], case["language"], *case.get("after", []))
    assert amounts(turn) == case.get("gives", [])
    if "gives" in case:
        return
    if "computes" in case:
        assert turn.problem is None
        return
    assert turn.problem is not None
    if "refuses" in case:
        assert turn.problem.code == case["refuses"]
        return
    assert turn.problem.status is Status.NEEDS_INPUT
    if case["asks"] != "anything":
        assert set(turn.problem.missing) == set(needs.problem(FIGURES, case["language"], case["asks"]).missing)


_TOTAL = ("{P} postes au total", "le réseau compte {P} postes", "il y a {P} postes au Québec")
_OWN = ("nous avons {p} postes", "{p} postes chez nous", "notre CSS compte {p} enseignants", "on en a {p}")
_ENVELOPE = ("enveloppe de {E} $", "l'enveloppe est de {E} $", "{E} $ à partager", "le Ministère met {E} $")
_BESIDE = (
    "notre école a 450 élèves", "on a perdu 12 postes", "l'an passé on a reçu 61 234 $", "et 300 TES",
    "dont 150 à temps partiel", "2 nouvelles écoles ouvrent", "tél. 418 555-0199 poste 2210", "le 14 novembre 2024",
    "12 % de nos profs sont nouveaux", "la rencontre dure 2 h 30", "on a engagé 25 profs", "sur 3 ans",
)  # fmt: skip
_ORDERS = tuple(itertools.permutations(range(4)))


@settings(max_examples=150, deadline=None)
@given(
    numbers=st.tuples(st.integers(2500, 20000), st.integers(60_000, 110_000), st.integers(150, 3000)),
    clauses=st.tuples(*map(st.sampled_from, (_ENVELOPE, _TOTAL, _OWN, _BESIDE))),
    order=st.sampled_from(_ORDERS),
    mark=st.sampled_from((", ", ". ", "; ", " ", "\n")),
)
def test_whatever_stands_beside_the_inputs_no_amount_is_wrong(
    numbers: tuple[int, int, int], clauses: tuple[str, ...], order: tuple[int, ...], mark: str
) -> None:
    """In any order and with any number beside them, the inputs give their exact part, or a question back."""
    thousands, total, own = numbers
    said = mark.join(clauses[i] for i in order).format(E=f"{thousands} 000", P=total, p=own)
    turn = ask(f"volet 2 : {said}. Quelle serait notre part?", "fr")
    share = Fraction(thousands * 1000 * own, total)
    assert amounts(turn) in ([], [str(int(share + Fraction(1, 2)))])
