"""The fit of the ranking and the gate: on made candidates whose right answer is known."""

import random
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal, cast

import pytest

from assistant.ranking import GATE_INPUTS, Ranking, load_ranking
from assistant.signals import SIGNALS, SignalReader
from evals.errors import EvalError
from evals.fit import Asked, ask, fit_gate, fit_least_score, fit_ranking, write
from ingest.expected import ExpectedQuestion, Gap


def candidate(**signals: float) -> dict[str, float]:
    """All signals at zero but these."""
    return {**dict.fromkeys(SIGNALS, 0.0), **signals}


def made(count: int) -> list[Asked]:
    """Questions whose right target has more coverage than two others; one in three leads nowhere, with little of it."""
    draw = random.Random(7)  # noqa: S311 (made data)
    asked = []
    for number in range(count):
        lost = number % 3 == 0
        found = {
            "u1@0-1": candidate(coverage=draw.uniform(0.1, 0.3) if lost else draw.uniform(0.6, 0.9)),
            "u2@0-1": candidate(coverage=draw.uniform(0.0, 0.3)),
            "gap/x": candidate(coverage=draw.uniform(0.0, 0.25), gap=1.0),
        }
        asked.append(Asked(found, "" if lost else "u1@0-1"))
    return asked


UNITS = {"u1@0-1": "u1", "u2@0-1": "u2"}


def test_the_signal_that_tells_right_from_wrong_gets_weight_and_the_others_none() -> None:
    """Coverage is what sets the right candidate apart; a signal that is always zero keeps a weight of zero."""
    weights = fit_ranking(made(90))
    assert weights["coverage"] > 2
    assert weights["historical"] == pytest.approx(0)
    assert set(weights) == set(SIGNALS)


def test_the_fitted_gate_passes_what_is_right_and_stops_what_leads_nowhere() -> None:
    """With the fitted coefficients, answerable questions are likelier to pass than the others, by far."""
    asked = made(120)
    ranking = fit_ranking(asked)
    gate = fit_gate(asked, ranking, UNITS)
    assert set(gate) == set(GATE_INPUTS)
    fitted = Ranking(ranking, gate)
    passes = [(fitted.rank(one.found, UNITS)[0].probability, bool(one.leads_to)) for one in asked]
    right = [probability for probability, answerable in passes if answerable]
    wrong = [probability for probability, answerable in passes if not answerable]
    assert min(right) > 0.6
    assert sum(wrong) / len(wrong) < 0.6


def test_almost_every_right_candidate_reaches_the_least_score() -> None:
    """And what leads nowhere, with little to speak for it, mostly does not."""
    asked = made(120)
    ranking = fit_ranking(asked)
    least = fit_least_score(asked, ranking, UNITS)
    fitted = Ranking(ranking, dict.fromkeys(GATE_INPUTS, 0.0))
    scores = [(fitted.rank(one.found, UNITS)[0].score, bool(one.leads_to)) for one in asked]
    assert sum(score >= least for score, right in scores if right) >= 0.95 * sum(right for _, right in scores)
    assert not any(score >= least for score, right in scores if not right)


def test_what_is_written_is_what_the_ranking_reads(tmp_path: Path) -> None:
    """The file of coefficients is accepted by `load_ranking`, rounded to three digits."""
    ranking, gate = fit_ranking(made(30)), dict.fromkeys(GATE_INPUTS, 0.12345)
    write(tmp_path / "ranking.yaml", ranking, gate, 5.004)
    read = load_ranking(tmp_path / "ranking.yaml")
    assert read.gate == dict.fromkeys(GATE_INPUTS, 0.123)
    assert read.least_score == 5.0
    assert read.ranking == pytest.approx(ranking, abs=5e-4)


def reader(questions: tuple[ExpectedQuestion, ...], hidden: dict[str, list[int]]) -> SignalReader:
    """A signal reader that notes which questions were hidden from each one that is asked."""

    def read(question: str, _route: object, skip: Any) -> dict[str, dict[str, float]]:
        hidden[question] = [number for number in range(len(questions)) if skip(number)]
        return {"t": candidate(), "gap/g": candidate(gap=1.0)}

    gaps = {"gap/g": Gap("gap/g", "money", (), None, "", "")}
    return cast("SignalReader", SimpleNamespace(questions=questions, gaps=gaps, read=read))


def test_the_second_hand_is_asked_without_itself_and_some_gaps_are_left_out_whole() -> None:
    """Every other gap question hides its whole gap, and then leads nowhere; the first hand is never asked."""
    hands: tuple[Literal[1, 2], ...] = (1, 2)
    questions = tuple(
        ExpectedQuestion(leads_to, "fr", f"{leads_to} {hand} {n}", hand)
        for leads_to in ("t", "gap/g")
        for hand in hands
        for n in range(4)
    )
    hidden: dict[str, list[int]] = {}
    asked = ask(reader(questions, hidden), lambda turn: turn, count=8, seed=3, tell=lambda: None)
    assert {(one.leads_to, "gap/g" in one.found) for one in asked} == {("t", True), ("gap/g", True), ("", False)}
    second = [number for number, question in enumerate(questions) if question.hand == 2]
    assert set(hidden) == {questions[number].text for number in second}
    for number in second:
        whole = {n for n, other in enumerate(questions) if other.leads_to == "gap/g"}
        assert hidden[questions[number].text] in ([number], sorted(whole))
        if questions[number].leads_to == "t":
            assert hidden[questions[number].text] == [number]


def test_a_gate_is_not_fitted_on_answered_questions_alone() -> None:
    """The message says what is missing."""
    asked = [one for one in made(30) if one.leads_to]
    with pytest.raises(EvalError, match="known gaps"):
        fit_gate(asked, fit_ranking(asked), UNITS)


def test_a_corpus_of_one_hand_cannot_be_fitted_on() -> None:
    """The message says what is missing."""
    with pytest.raises(EvalError, match="second_hand"):
        ask(reader((ExpectedQuestion("t", "fr", "t"),), {}), lambda turn: turn, 8, 3, lambda: None)
