"""One number per signal for each candidate, comparable between questions, never a not-a-number."""

import math
from pathlib import Path

import pytest
import yaml
from core_fakes import GARDEN, LETTER, QUESTIONS, HashEmbedder, garden_index, guide_index, open_new, write_corpus
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation import Route
from assistant.ranking import load_ranking
from assistant.signals import SIGNALS, SignalReader

READER = SignalReader(garden_index(), HashEmbedder())
BASE = "Quel est le montant de base par école?"


def of(question: str, words: str, route: Route | None = None) -> dict[str, float]:
    """The signals of the target whose text has these words."""
    for name, signals in READER.read(question, route or Route()).items():
        if name in READER.targets and words in garden_index().reading(READER.unit(READER.targets[name])).text:
            return signals
    return dict.fromkeys(SIGNALS, 0.0)


@given(st.text(max_size=60))
def test_every_signal_of_every_candidate_is_a_number(question: str) -> None:
    """For any text; candidates are targets or gaps, coverage is a share."""
    for name, signals in READER.read(question, Route()).items():
        assert name in READER.targets or name in READER.gaps
        assert set(signals) == set(SIGNALS)
        assert all(math.isfinite(value) for value in signals.values())
        assert 0 <= signals["coverage"] <= 1 + 1e-9
        assert signals["gap"] == (name in READER.gaps)


def test_reading_twice_gives_the_same() -> None:
    """Same question, same index, same numbers."""
    assert READER.read(BASE, Route()) == READER.read(BASE, Route())


def test_words_that_the_corpus_does_not_know_count_against_every_candidate() -> None:
    """« tungstène » makes a match weaker, not the same."""
    plain, more = of(BASE, "montant de base"), of(f"{BASE[:-1]} de tungstène ionique?", "montant de base")
    for signal in ("passage_words", "question_words", "coverage"):
        assert more[signal] < plain[signal]


def test_an_expected_question_can_be_left_out_of_the_measure() -> None:
    """Without its own expected questions a passage has nothing from them, and keeps the rest."""
    name = next(
        n for n, t in READER.targets.items() if "montant de base" in garden_index().reading(READER.unit(t)).text
    )
    own = {rank for rank, one in enumerate(READER.questions) if one.leads_to == name}
    found = READER.read(BASE, Route(), own.__contains__)[name]
    assert (found["question_words"], found["question_vector"], found["question_grams"]) == (0, 0, 0)
    assert found["passage_words"] > 0


@pytest.mark.parametrize(
    ("route", "asked", "other"),
    [
        (Route(), 0, 0),
        (Route(documents=frozenset({"jardin"})), 1, 0),
        (Route(documents=frozenset({"lettre"})), 0, 1),
    ],
)
def test_a_document_that_is_named_counts(route: Route, asked: int, other: int) -> None:
    """For its passages, against those of the others."""
    found = of(BASE, "montant de base", route)
    assert (found["asked_document"], found["other_document"]) == (asked, other)


def test_what_is_asked_for_must_stand_in_the_passage() -> None:
    """An amount where an amount is asked, a date where a date is; else the passage lacks it."""
    amount, contact = Route(needs=frozenset({"amount"})), Route(needs=frozenset({"contact"}))
    assert of(BASE, "4 321", amount)["has_asked"] == 1
    assert of(BASE, "4 321", contact)["lacks_asked"] == 1
    assert of("date limite du rapport", "15 mars", Route(needs=frozenset({"date"})))["has_asked"] == 1
    assert of("c’est quoi un jardin", "se définit", amount)["lacks_asked"] == 1


def test_a_question_that_nobody_reviewed_counts_for_less(tmp_path: Path) -> None:
    """Each of its signals, and the rank of its passage beside one that is asked for in the same words."""
    index = garden_index()
    same = [one for one in QUESTIONS if one["about"] != "composters"]
    words = {"quote": "Une somme de 2,5 M$ sera consacrée aux composteurs.", "fr": [BASE], "document": "lettre"}
    written = [*same, {**words, "about": "the same words", "reviewed": False}]
    corpus = write_corpus(tmp_path / "corpus", {"jardin": GARDEN, "lettre": LETTER}, questions=written)
    drafted = SignalReader(open_new(corpus, tmp_path / "data"), HashEmbedder())
    (corpus / "questions" / "all.yaml").write_text(yaml.safe_dump([*same, {**words, "about": "the same words"}]))
    reviewed = SignalReader(open_new(corpus, tmp_path / "data"), HashEmbedder())
    (stray,) = (question.leads_to for question in drafted.questions if not question.reviewed)
    low, high = drafted.read(BASE, Route()), reviewed.read(BASE, Route())
    for signal in ("question_words", "question_grams", "question_vector", "coverage"):
        assert 0 < low[stray][signal] < high[stray][signal], signal
    others = [name for name in low if name != stray]
    assert {name: low[name] for name in others} == {name: high[name] for name in others}
    right = next(question.leads_to for question in index.expectations.questions if question.text == BASE)
    assert low[right]["question_words"] == high[right]["question_words"] > low[stray]["question_words"]
    ranking = load_ranking()
    assert ranking.score(low[stray]) < ranking.score(high[stray])


def test_units_that_say_the_same_words_count_as_one_for_the_gate() -> None:
    """The rule of measure 30100 stands in each of the three volets: three units, one thing said."""
    index = guide_index()
    reader = SignalReader(index, HashEmbedder())
    rules = {t.unit for t in index.expectations.targets if index.units[t.unit].labels.get("measure") == "30100"}
    said = {index.reading(index.units[unit]).text.casefold() for unit in rules}
    assert len(rules) > len(said)
    assert len({reader.unit_of[t.id] for t in index.expectations.targets if t.unit in rules}) == len(said)
