"""Scores, shares and the gate are pure arithmetic over the signals; the coefficients file is checked as it is read."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import SettingsError
from assistant.ranking import GATE_INPUTS, RANKING_FILE, Ranking, load_ranking
from assistant.signals import SIGNALS

NAMES = ("a", "b", "c", "gap/x")
UNITS = {"a": "u1", "b": "u1", "c": "u2"}
found = st.dictionaries(
    st.sampled_from(NAMES), st.fixed_dictionaries({name: st.floats(-2, 4) for name in SIGNALS}), min_size=1
)


@given(found)
def test_the_best_come_first_and_the_shares_add_up(signals: dict[str, dict[str, float]]) -> None:
    """Scores fall, shares add to one; no passage is likelier than the best of them, no gap than the best gap."""
    ranked = load_ranking().rank(signals, UNITS)
    assert sorted(one.name for one in ranked) == sorted(signals)
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
    assert sum(one.share for one in ranked) == pytest.approx(1)
    for sort in ([one for one in ranked if one.name in UNITS], [one for one in ranked if one.name not in UNITS]):
        assert all(0 <= one.probability <= sort[0].probability <= 1 for one in sort)


@given(found)
def test_what_the_documents_answer_and_what_they_do_not_make_one(signals: dict[str, dict[str, float]]) -> None:
    """The chance of the best passage and that of the best gap add up, where there are both."""
    ranked = load_ranking().rank(signals, UNITS)
    passage = next((one.probability for one in ranked if one.name in UNITS), None)
    gap = next((one.probability for one in ranked if one.name not in UNITS), None)
    assert passage is None or gap is None or passage + gap == pytest.approx(1)


def test_a_gap_that_is_far_ahead_closes_the_gate() -> None:
    """And a passage that is far ahead of every gap opens it; only the lead counts, not the size of both."""
    ranking = Ranking({"coverage": 1.0}, {"bias": 0.0, "margin": 2.0, "share": 0.0})

    def chance(passage: float, gap: float) -> float:
        ranked = ranking.rank({"a": {"coverage": passage}, "gap/x": {"coverage": gap}}, UNITS)
        return next(one.probability for one in ranked if one.name == "a")

    assert chance(1.0, 3.0) < 0.05
    assert chance(3.0, 1.0) > 0.95
    assert chance(7.0, 5.0) == pytest.approx(chance(3.0, 1.0))


@given(found)
def test_the_order_in_which_candidates_are_found_does_not_count(signals: dict[str, dict[str, float]]) -> None:
    """Ties are by name."""
    backwards = dict(reversed(signals.items()))
    assert [one.name for one in load_ranking().rank(signals, UNITS)] == [
        one.name for one in load_ranking().rank(backwards, UNITS)
    ]


def test_nothing_found_ranks_nothing() -> None:
    """No division by an empty sum."""
    assert load_ranking().rank({}, UNITS) == []


@pytest.mark.parametrize("score", [-1e6, -800.0, 0.0, 800.0, 1e6])
def test_a_score_of_any_size_has_a_probability(score: float) -> None:
    """Far beyond what signals give, the logistic function still answers."""
    ranking = Ranking({"coverage": 1.0}, {"bias": 0.0, "margin": 1e3, "share": 0.0})
    ranked = ranking.rank({"a": {"coverage": score}, "gap/x": {"coverage": 0.0}}, UNITS)
    probability = next(one.probability for one in ranked if one.name == "a")
    assert probability == pytest.approx(0.5 if score == 0 else float(score > 0))


@pytest.mark.parametrize("section", ["ranking", "gate"])
def test_a_missing_or_unknown_coefficient_is_refused(tmp_path: Path, section: str) -> None:
    """The message names the file and what is expected."""
    read = yaml.safe_load(RANKING_FILE.read_text(encoding="utf-8"))
    for change in ({"unknown": 1.0}, None, "text"):
        wrong = {**read[section], **change} if isinstance(change, dict) else change
        path = tmp_path / "ranking.yaml"
        path.write_text(yaml.safe_dump({**read, section: wrong}))
        with pytest.raises(SettingsError, match=r"ranking\.yaml"):
            load_ranking(path)


def test_the_file_that_comes_with_the_program_is_complete() -> None:
    """One coefficient per signal and per input of the gate."""
    ranking = load_ranking()
    assert (set(ranking.ranking), set(ranking.gate)) == (set(SIGNALS), set(GATE_INPUTS))
