"""Retrieval keeps what passes the gate, keeps the rejected beside it with the reason, and gives way to a known gap."""

import pytest
from core_fakes import HashEmbedder, garden_index, turn

from assistant.conversation import Route, Turn
from assistant.ranking import Ranked, load_ranking
from assistant.retrieve import make_retrieve
from assistant.signals import SIGNALS, SignalReader
from ingest.expected import Gap, Target

READER = SignalReader(garden_index(), HashEmbedder())


class Fixed:
    """A ranking that gives these probabilities, also as scores, whatever the signals."""

    least_score = 0.0

    def __init__(self, *given: tuple[str, float]) -> None:
        self.given = given

    def rank(self, *_: object) -> list[Ranked]:
        """As given."""
        return [Ranked(name, p, p, p) for name, p in self.given]


def retrieved(*given: tuple[str, float], gate: float = 0.5) -> Turn:
    """The turn after a retrieval with these probabilities."""
    return make_retrieve(READER, Fixed(*given), gate)(turn("le jardin et les composteurs au prorata"))  # type: ignore[arg-type]


def targets() -> list[str]:
    """Targets that the question above finds."""
    return [name for name in READER.read("le jardin et les composteurs au prorata", Route()) if name in READER.targets]


def test_what_passes_the_gate_is_kept_and_the_rest_stays_with_its_reason() -> None:
    """One far behind the first, and one under the gate, are told apart."""
    first, second, third = targets()[:3]
    found = retrieved((first, 0.9), (second, 0.8), (third, 0.01))
    assert [one.kept for one in found.candidates] == [True, True, False]
    assert found.candidates[2].reason
    assert [one.leads_to for one in found.kept] == [READER.targets[first], READER.targets[second]]
    under = retrieved((first, 0.49), (second, 0.4))
    assert under.kept == ()
    assert all(one.reason for one in under.candidates)


@pytest.mark.parametrize(("gate", "kept"), [(0.0, True), (0.6, True), (0.61, False), (1.0, False)])
def test_the_gate_is_the_setting(gate: float, kept: bool) -> None:  # noqa: FBT001 (a table)
    """A probability equal to the gate passes."""
    assert bool(retrieved((targets()[0], 0.6), gate=gate).kept) is kept


def test_what_nothing_is_close_to_is_not_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """However sure the gate, the first candidate must reach the least score."""
    monkeypatch.setattr(Fixed, "least_score", 0.95)
    assert retrieved((targets()[0], 0.9)).kept == ()
    assert retrieved((targets()[0], 0.96)).kept


def test_no_more_passages_are_kept_than_an_answer_holds() -> None:
    """The others are there, rejected."""
    found = retrieved(*((name, 0.9) for name in targets()[:5]))
    assert [one.kept for one in found.candidates] == [True, True, True, False, False]
    assert found.candidates[3].reason


def test_when_a_known_gap_comes_first_nothing_is_kept() -> None:
    """The gap itself is the answer."""
    found = make_retrieve(READER, load_ranking(), 0.5)(turn("Peut-on acheter un tracteur?"))
    assert isinstance(found.candidates[0].leads_to, Gap)
    assert found.candidates[0].unit is None
    assert found.kept == ()
    assert all(one.reason for one in found.candidates)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("C’est quoi un jardin scolaire?", "se définit comme"),
        ("what is a school garden", "se définit comme"),
        ("kel est le montant de baze par ecole", "4 321 $"),
        ("Combien pour les composteurs?", "2,5 M$"),
        ("When is the report due?", "15 mars"),
    ],
)
def test_the_passage_that_is_asked_for_comes_first(question: str, words: str) -> None:
    """In either language, with typos; its signals and its score are told."""
    first = make_retrieve(READER, load_ranking(), 0.5)(turn(question)).candidates[0]
    assert isinstance(first.leads_to, Target)
    assert first.unit is not None
    assert words in garden_index().reading(first.unit).text.replace("\u00a0", " ")
    assert set(SIGNALS) <= set(first.signals)
    assert {"score", "share"} <= set(first.signals)


def test_the_standalone_question_is_what_is_searched() -> None:
    """A follow-up is searched with what it took from before."""
    step = make_retrieve(READER, load_ranking(), 0.5)
    follow = turn("et en dollars?", standalone="Quel est le montant de base par école? et en dollars?")
    assert (
        step(follow).candidates[0].leads_to
        == step(turn("Quel est le montant de base par école?")).candidates[0].leads_to
    )
