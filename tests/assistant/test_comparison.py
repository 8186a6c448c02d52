"""Which two notions a question compares, if any."""

import pytest
from core_fakes import HashEmbedder, guide_index, turn

from assistant.comparison import compared
from assistant.ranking import load_ranking
from assistant.retrieve import make_retrieve
from assistant.signals import SignalReader
from ingest.documents import UnitKind


@pytest.mark.parametrize(
    ("question", "notions"),
    [
        ("C’est quoi la différence entre mentorat et partenariat?", ("mentorat", "partenariat")),
        ("Pouvez-vous distinguer la bienveillance et le bien-être svp", ("bienveillance", "bien-etre")),
        ("what is the distinction between a veilleur and a mentor, please?", ("veilleur", "mentor")),
        ("COP versus CAP", ("cop", "cap")),
        ("Nos gens confondent l’OPMO avec la mesure 15158", ("opmo", "mesure 15158")),
        ("comment comparer une commission scolaire et un css?", ("commission scolaire", "css")),
    ],
)
def test_the_two_sides_are_told_without_articles_or_politeness(question: str, notions: tuple[str, str]) -> None:
    """In both languages, with or without « entre »."""
    assert compared(question) == notions


@pytest.mark.parametrize(
    "question",
    ["Combien vaut l’axe 2?", "Le mentorat et le partenariat sont-ils admissibles?", "Y a-t-il une différence?", ""],
)
def test_a_question_that_compares_nothing_has_no_sides(question: str) -> None:
    """Two notions side by side are not a comparison."""
    assert compared(question) == ()


def test_both_definitions_are_kept_and_nothing_else() -> None:
    """On the real guide: the definition of each side, in the order of the question."""
    retrieve = make_retrieve(SignalReader(guide_index(), HashEmbedder()), load_ranking(), gate=0.05)
    kept = retrieve(turn("Quelle est la différence entre le mentorat et le partenariat?")).kept
    assert [one.unit.titles[-1] for one in kept if one.unit] == ["Mentorat", "Partenariat"]
    assert {one.unit.kind for one in kept if one.unit} == {UnitKind.DEFINITION}
