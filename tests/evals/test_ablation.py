"""Ablation: configurations that name every signal once, and see nothing of the parts that are out."""

import random
from itertools import pairwise
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from assistant.conversation import Route
from assistant.ranking import GATE_INPUTS
from assistant.signals import SIGNALS
from evals.ablation import GROUPS, Restricted, fitted, one_out, restricted, steps_up
from evals.fit import Asked

if TYPE_CHECKING:
    from assistant.signals import SignalReader

UNITS = {"u1": "u1", "u2": "u2"}
GAPS = {"gap/x": object()}


def candidate(**signals: float) -> dict[str, float]:
    """All signals at zero but these."""
    return {**dict.fromkeys(SIGNALS, 0.0), **signals}


FOUND = {
    "u1": candidate(passage_words=0.5, question_words=0.2, agrees=1.0),
    "u2": candidate(question_vector=0.9, clashes=1.0),
    "gap/x": candidate(question_words=0.4, gap=1.0),
}


def test_every_signal_has_its_part_and_the_whole_has_them_all() -> None:
    """No signal is lost, none is in two parts; parts come in one at a time."""
    up = list(steps_up())
    assert up[-1].signals == frozenset(SIGNALS)
    assert up[-1].gate
    assert sum(len(group) for group in GROUPS.values()) == len({name for group in GROUPS.values() for name in group})
    assert all(before.signals < one.signals for before, one in pairwise(up[:-1]))
    assert {frozenset(SIGNALS) - one.signals for one in one_out()} == {
        frozenset(group) for group in GROUPS.values() if group
    }


def test_what_is_out_is_not_seen() -> None:
    """Its signals are zero, what only it found is no candidate, gaps compete only where they are in."""
    first, *_, whole = steps_up()
    assert restricted(FOUND, first, GAPS) == {"u1": candidate(passage_words=0.5)}
    assert restricted(FOUND, whole, GAPS) == FOUND
    without_gaps = next(one for one in one_out() if one.name == "without known gaps")
    assert set(restricted(FOUND, without_gaps, GAPS)) == {"u1", "u2"}


class Whole:
    """A reader that finds the same whatever it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []
        self.gaps, self.unit_of = GAPS, UNITS

    def read(self, *arguments: object) -> dict[str, dict[str, float]]:
        self.asked.append(arguments)
        return FOUND


def test_a_restricted_reader_reads_the_same_index() -> None:
    """It hands the question on, with what is to be skipped, and takes the signals away after."""
    whole = Whole()
    reader = Restricted(cast("SignalReader", whole), next(iter(steps_up())))
    assert reader.unit_of == UNITS
    assert set(reader.read("Combien?", Route(), len)) == {"u1"}
    assert whole.asked == [("Combien?", Route(), len)]


def made(count: int) -> list[Asked]:
    """The right target has more words in common; the vector says nothing; one question in three leads nowhere."""
    draw = random.Random(3)  # noqa: S311 (made data)
    asked = []
    for number in range(count):
        lost = number % 3 == 0
        found = {
            "u1": candidate(passage_words=draw.uniform(0.1, 0.3) if lost else draw.uniform(0.5, 0.9)),
            "u2": candidate(passage_words=draw.uniform(0.05, 0.3), question_vector=draw.random()),
            "gap/x": candidate(question_words=draw.uniform(0.05, 0.2), gap=1.0),
        }
        asked.append(Asked(found, "" if lost else "u1"))
    return asked


def test_each_configuration_is_fitted_on_its_own_signals() -> None:
    """Weights of what is out are zero; without the gate a passage wins unless a gap is ahead of it."""
    signals = cast("SignalReader", SimpleNamespace(gaps=GAPS, unit_of=UNITS))
    asked = made(30)
    configurations = {one.name: one for one in steps_up()}
    words = fitted(asked, configurations["passages, BM25"], signals)
    assert words.ranking["passage_words"] > 1
    assert {name for name, weight in words.ranking.items() if weight} == {"passage_words"}
    gaps = fitted(asked, configurations["+ known gaps"], signals)
    ahead = {"u1": candidate(passage_words=0.9), "gap/x": candidate(question_words=0.1, gap=1.0)}
    assert gaps.rank(ahead, UNITS)[0].probability == pytest.approx(1)
    whole = fitted(asked, configurations["+ gate (the whole)"], signals)
    assert set(whole.gate) == set(GATE_INPUTS)
    assert whole.least_score > gaps.least_score
