"""Approved answers: remembered for the same units, without personal data, until a source or a figure changes."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from desk_fakes import MESSAGE, QUOTE, OneLetter, World, citation, made_world, reopened

from assistant.conversation import Kind, Status
from assistant.correspondence.message import Address, IncomingMessage
from assistant.correspondence.reply import DraftPart, ReplyDraft, Section
from assistant.desk.editing import Edits
from assistant.desk.errors import NotFoundError, StaleError
from assistant.desk.memory import Curated, Proposal
from assistant.desk.proposing import with_reply
from assistant.desk.seams import FigureUsed
from assistant.desk.values import Account, Role

BETTER = "Pour 2024-2025, le montant de base est de 21\u00a0989\u00a0$ par organisme [1]."


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A desk."""
    with made_world(tmp_path) as made:
        yield made


@pytest.fixture
def people(world: World) -> tuple[Account, Account]:
    """A writer and an approver."""
    return world.account("Amina Diallo", Role.WRITER), world.account("Benoît Roy", Role.APPROVER)


def approved(world: World, people: tuple[Account, Account], text: str = BETTER, message: str = MESSAGE) -> int:
    """A message answered by this text, approved."""
    writer, approver = people
    number = world.received(writer, message)
    world.desk.editing.save(writer, number, world.version(number), Edits({"p4": text}))
    world.desk.review.submit(writer, number, world.version(number))
    world.desk.review.approve(approver, number, world.version(number))
    return number


def proposals(world: World, number: int) -> tuple[Proposal, ...]:
    """What is proposed for a message."""
    return world.desk.memory.proposals(world.desk.queue.open(number))


def test_an_approved_answer_is_proposed_for_the_same_units(world: World, people: tuple[Account, Account]) -> None:
    """Before it is taken up it differs from the draft; after, it is the draft, verified and one version more."""
    approved(world, people)
    number = world.received(people[0])
    (one,) = proposals(world, number)
    assert (one.reply.text, one.question, one.used) == (BETTER, 0, False)
    world.desk.proposing.use(people[0], number, world.version(number), 0, one.record.id)
    found = world.desk.queue.open(number)
    assert found.draft is not None
    assert [part.text for part in found.draft.parts if part.section is Section.ANSWER] == [BETTER]
    assert found.flagged == ()
    assert (len(found.revisions), found.log[-1].act) == (2, "proposal_used")
    assert [one.used for one in proposals(world, number)] == [True]


def test_nothing_is_proposed_for_other_units_or_another_language(world: World, people: tuple[Account, Account]) -> None:
    """The key is the set of units that the generated answer rests on."""
    approved(world, people)
    world.sources.digests["plan/2"] = "d-2"
    assert proposals(world, world.received(people[0])) == ()


@pytest.mark.parametrize("change", ["words", "gone", "quote", "figure"])
def test_what_no_longer_stands_is_ended_with_its_reason(
    world: World, people: tuple[Account, Account], change: str
) -> None:
    """The words of a unit, the unit, a quote, a figure: proposed no more, and ended when the program starts."""
    approved(world, people)
    waiting = world.received(people[0])
    if change == "words":
        world.sources.digests["plan/1"] = "d-other"
    elif change == "gone":
        world.sources.digests = {"plan/9": "d-1"}
    elif change == "quote":
        world.sources.standing = False
    else:
        world.sources.known = (FigureUsed("base", "2024-2025", "22500", "$"),)
    assert proposals(world, waiting) == ()
    desk = reopened(world.database, world.clock, world.drafter, world.sources)
    ((record, _),) = desk.memory.listed()
    assert record.ended_for == ("figure_changed" if change == "figure" else "source_changed")
    assert desk.memory.refresh() == 0


def test_an_answer_that_names_the_sender_is_not_kept(world: World, people: tuple[Account, Account]) -> None:
    """By the name of the address or of the signature; an address is a figure without a source, and stopped before."""
    answer = "Madame Tremblay, le montant de base est de 21\u00a0989\u00a0$ [1]."
    approved(world, people, answer)
    approved(world, people, answer, MESSAGE.split("\n\n", 1)[1])
    assert world.desk.memory.listed() == ()


def test_only_answers_are_kept(world: World, people: tuple[Account, Account]) -> None:
    """What the documents do not say is asked again each time: another edition may say it."""
    world.drafter.status = Status.NOT_IN_DOCUMENTS
    approved(world, people)
    assert world.desk.memory.listed() == ()


def test_the_same_answer_is_kept_once(world: World, people: tuple[Account, Account]) -> None:
    """Another wording for the same units is kept beside it, the latest first."""
    approved(world, people)
    approved(world, people)
    other = BETTER.replace("par organisme ", "")
    approved(world, people, other)
    assert [reply.text for _, reply in world.desk.memory.listed()] == [other, BETTER]
    assert [one.reply.text for one in proposals(world, world.received(people[0]))] == [other, BETTER]


def test_a_withdrawn_reply_is_proposed_no_more(world: World, people: tuple[Account, Account]) -> None:
    """And it cannot be withdrawn twice, nor taken up by who still sees it."""
    approved(world, people)
    number = world.received(people[0])
    (one,) = proposals(world, number)
    world.desk.memory.withdraw(people[1], one.record.id)
    assert proposals(world, number) == ()
    with pytest.raises(NotFoundError):
        world.desk.memory.withdraw(people[1], one.record.id)
    with pytest.raises(NotFoundError):
        world.desk.proposing.use(people[0], number, world.version(number), 0, one.record.id)
    with pytest.raises(StaleError):
        world.desk.proposing.use(people[0], number, world.version(number) - 1, 0, one.record.id)


def test_the_references_of_a_reply_are_numbered_among_those_of_the_draft() -> None:
    """A known source keeps its number, another gets the next one; a mark inside a quote is the source's."""
    draft: ReplyDraft = OneLetter().draft(
        IncomingMessage("", Address("", ""), (), None, "", (), "Quel est?", "", "", (), (), ())
    )
    other = replace(citation(1, "Voir la note [2] du guide"), start=0, end=25)
    same = citation(2)
    text = "Voici\u00a0: «\u00a0Voir la note [2] du guide\u00a0» [1], et 21\u00a0989\u00a0$ [2]."
    part = DraftPart("p9", Section.ANSWER, text, (1, 2), Kind.CLAIM, 3)
    made = with_reply(draft, 0, Curated((part,), (other, same), {}, (), ()), prefix="r7")
    new = next(one for one in made.parts if one.id == "r7-1")
    assert new.text == "Voici\u00a0: «\u00a0Voir la note [2] du guide\u00a0» [2], et 21\u00a0989\u00a0$ [1]."
    assert (new.citations, new.question) == ((2, 1), 0)
    assert [(one.n, one.quote) for one in made.citations] == [(1, QUOTE), (2, "Voir la note [2] du guide")]
    assert [one.id for one in made.parts] == ["p1", "p2", "p3", "r7-1", "p5"]
