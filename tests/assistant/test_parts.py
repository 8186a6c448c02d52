"""A message that asks several things gets each answered; drafts are put together without losing or saying twice."""

from dataclasses import replace

import pytest
from core_fakes import garden_index, steps_of, turn

from assistant.conversation import Citation, Draft, Kind, Statement, Status, Turn
from assistant.guard import Guard
from assistant.parts import make_parts, merged

INDEX = garden_index()
STEPS = tuple(step for step in steps_of(INDEX) if step[0] != "screen")


def answered(question: str, **more: object) -> Turn:
    """The turn after every question of a message was answered over the small corpus."""
    return make_parts(STEPS)(turn(question, **more))


def draft_of(question: str) -> Draft:
    """Its draft."""
    draft = answered(question).draft
    assert draft is not None
    return draft


def cited(n: int, start: int) -> Citation:
    """A citation of the small corpus, told apart by where it starts."""
    return Citation(n, "jardin", "j.txt", "Jardin", "ministry", "2024-2025", (), None, "mots", start, start + 4, "/x")


def test_each_question_of_a_message_is_answered_in_order() -> None:
    """Its quotes are those that each question gets alone, numbered anew; the guard passes the whole."""
    both = draft_of("C’est quoi un jardin scolaire? Quelle est la date limite du rapport?")
    assert both.status is Status.ANSWERED
    quotes = [one.quote for one in both.citations]
    assert [one.n for one in both.citations] == list(range(1, len(quotes) + 1))
    alone = [*draft_of("C’est quoi un jardin scolaire?").citations]
    alone += draft_of("Quelle est la date limite du rapport?").citations
    assert quotes == list(dict.fromkeys(one.quote for one in alone))
    assert Guard(INDEX).check(both).removed == ()


def test_what_is_answered_beside_what_is_not_is_partial() -> None:
    """The silence keeps its own sentence."""
    draft = draft_of("C’est quoi un jardin scolaire? Peut-on acheter un tracteur?")
    assert draft.status is Status.PARTIALLY_ANSWERED
    said = " ".join(one.text for one in draft.statements)
    assert "se définit comme" in said
    assert "tracteur" in said


def test_a_single_question_is_left_as_it_is() -> None:
    """The same draft as the steps give."""
    question = "Quel est le montant de base par école?"
    by_hand = turn(question)
    for _, step in STEPS:
        by_hand = step(by_hand)
    assert answered(question).draft == by_hand.draft


def test_the_candidates_of_every_question_are_kept_for_the_trace() -> None:
    """So that a bad answer can be explained."""
    found = answered("C’est quoi un jardin scolaire? Combien pour les composteurs?").candidates
    assert sum(one.kept for one in found) >= 2


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ([Status.ANSWERED, Status.ANSWERED], Status.ANSWERED),
        ([Status.ANSWERED, Status.NOT_IN_DOCUMENTS], Status.PARTIALLY_ANSWERED),
        ([Status.PARTIALLY_ANSWERED, Status.ANSWERED], Status.PARTIALLY_ANSWERED),
        ([Status.NEEDS_INPUT, Status.NOT_IN_DOCUMENTS], Status.NEEDS_INPUT),
        ([Status.OUT_OF_SCOPE, Status.OUT_OF_SCOPE], Status.OUT_OF_SCOPE),
        ([Status.ANSWERED, Status.ERROR], Status.ERROR),
    ],
)
def test_the_status_of_several(statuses: list[Status], expected: Status) -> None:
    """Answered only where all are; silence only where all are silent; an error fails the whole."""
    assert merged([Draft(status, ()) for status in statuses]).status is expected


def test_marks_follow_their_citations_and_nothing_is_said_twice() -> None:
    """[1] of the second draft becomes the number that its citation has in the whole."""
    one = Draft(Status.ANSWERED, (Statement("A [1][2]", (1, 2)),), (cited(1, 0), cited(2, 10)))
    two = Draft(Status.ANSWERED, (Statement("B [1]", (1,)), Statement("C [2]", (2,))), (cited(1, 10), cited(2, 20)))
    whole = merged([one, two, replace(one, statements=(*one.statements, Statement("framing", kind=Kind.FRAMING)))])
    assert [(said.text, said.citations) for said in whole.statements] == [
        ("A [1][2]", (1, 2)),
        ("B [2]", (2,)),
        ("C [3]", (3,)),
        ("framing", ()),
    ]
    assert [one.start for one in whole.citations] == [0, 10, 20]
