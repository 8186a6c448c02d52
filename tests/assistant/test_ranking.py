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
    """Scores fall, shares add to one, the first's probability is the gate's, none is over it."""
    ranked = load_ranking().rank(signals, UNITS)
    assert sorted(one.name for one in ranked) == sorted(signals)
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
    assert sum(one.share for one in ranked) == pytest.approx(1)
    assert all(0 <= one.probability <= ranked[0].probability <= 1 for one in ranked)


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
    ranking = Ranking({"coverage": 1.0}, {"score": 1.0})
    ranked = ranking.rank({"a": {"coverage": score}}, UNITS)
    assert ranked[0].probability == pytest.approx(0.5 if score == 0 else float(score > 0))


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
