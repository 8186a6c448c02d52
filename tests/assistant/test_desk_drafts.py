"""A message at the desk, from its coming in to its approved reply: kept, written, read twice, taken out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_fakes import MESSAGE, World, made_world, reopened
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation import Status
from assistant.desk.differences import Change, differences
from assistant.desk.editing import Edits
from assistant.desk.errors import FlaggedError, ForbiddenError, InvalidError, NotFoundError, StaleError, StateError
from assistant.desk.events import Event
from assistant.desk.values import Account, Role, Stage
from assistant.errors import ConflictError

WRONG = Edits({"p4": "Le montant de base est de 22\u00a0000\u00a0$ [1]."})
RIGHT = Edits({"p4": "Le montant de base s’élève à 21\u00a0989\u00a0$ [1]."})


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A desk."""
    with made_world(tmp_path) as made:
        yield made


@pytest.fixture
def writer(world: World) -> Account:
    """Who writes."""
    return world.account("Amina Diallo", Role.WRITER)


@pytest.fixture
def approver(world: World) -> Account:
    """Who reads; also writes, as in a small office."""
    return world.account("Benoît Roy", Role.APPROVER, Role.WRITER)


def text(world: World, message: int, part: str = "p4") -> str:
    """The words of a part now."""
    draft = world.desk.queue.open(message).draft
    assert draft is not None
    return next(one.text for one in draft.parts if one.id == part)


def test_a_message_is_kept_before_it_is_drafted(world: World, writer: Account) -> None:
    """A program that is stopped while it drafts has the message; the draft can be asked for again."""
    message = world.desk.queue.receive_text(writer, MESSAGE)
    world.drafter.fail = True
    with pytest.raises(KeyboardInterrupt):
        world.desk.queue.prepare(writer, message)
    desk = reopened(world.database, world.clock, world.drafter, world.sources)
    assert desk.queue.open(message).stage is Stage.RECEIVED
    assert "montant de base" in desk.queue.open(message).message.body
    world.drafter.fail = False
    desk.queue.prepare(writer, message)
    assert desk.queue.open(message).stage is Stage.DRAFTED


def test_the_queue_lists_the_oldest_first_without_personal_data(world: World, writer: Account) -> None:
    """A telephone number or a name announced in a subject is hidden."""
    first = world.received(writer)
    world.clock.forward(hours=1)
    world.desk.queue.receive_text(
        writer, MESSAGE.replace("Montant de base", "Rappeler Mme Josée Tremblay 418 555-1234")
    )
    listed = world.desk.queue.listed()
    assert [one.id for one in listed] == [first, first + 1]
    assert listed[0].subject == "Montant de base"
    assert "Tremblay" not in listed[1].subject
    assert "555" not in listed[1].subject


@pytest.mark.parametrize("content", [b"", b"  \n", b"\x00\x01\x02" * 50])
def test_a_file_that_is_no_message_is_refused(world: World, writer: Account, content: bytes) -> None:
    """Nothing is kept of it."""
    with pytest.raises(InvalidError):
        world.desk.queue.receive_file(writer, content, "x.eml")
    assert world.desk.queue.listed() == ()


def test_a_wrong_figure_is_kept_flagged_and_stops_the_draft(world: World, writer: Account, approver: Account) -> None:
    """What a person wrote is never lost; it cannot be submitted; mended, it can."""
    message = world.received(writer)
    assert world.desk.editing.save(writer, message, world.version(message), WRONG) == ("p4",)
    assert "22\u00a0000" in text(world, message)
    assert world.desk.queue.open(message).flagged == ("p4",)
    with pytest.raises(FlaggedError):
        world.desk.review.submit(writer, message, world.version(message))
    assert world.desk.editing.save(writer, message, world.version(message), RIGHT) == ()
    world.desk.review.submit(writer, message, world.version(message))
    world.desk.review.approve(approver, message, world.version(message))
    assert world.desk.queue.open(message).stage is Stage.APPROVED


def test_an_answer_that_failed_has_to_be_written_by_somebody(world: World, writer: Account) -> None:
    """What stands in for it cannot be submitted; once written, it can."""
    world.drafter.status = Status.ERROR
    message = world.received(writer)
    assert world.desk.queue.open(message).flagged == ("p4",)
    with pytest.raises(FlaggedError):
        world.desk.review.submit(writer, message, world.version(message))
    assert world.desk.editing.save(writer, message, world.version(message), RIGHT) == ()


def test_a_source_that_changes_during_the_review_stops_the_approval(
    world: World, writer: Account, approver: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The draft is verified again at the moment of approval, over the sources of that moment."""
    message = world.received(writer)
    world.desk.review.submit(writer, message, world.version(message))
    monkeypatch.setattr("desk_fakes.loose", lambda *_: frozenset({"21989$"}))
    with pytest.raises(FlaggedError):
        world.desk.review.approve(approver, message, world.version(message))


def test_nobody_approves_what_they_wrote(world: World, writer: Account, approver: Account) -> None:
    """Neither who edited nor who submitted; somebody without the role does not either."""
    message = world.received(writer)
    world.desk.editing.save(approver, message, world.version(message), RIGHT)
    world.desk.review.submit(writer, message, world.version(message))
    for reader in (approver, writer):
        with pytest.raises(ForbiddenError):
            world.desk.review.approve(reader, message, world.version(message))
    with pytest.raises(ForbiddenError):
        world.desk.review.give_back(approver, message, world.version(message), "Non")
    other = world.account("Dao Nguyen", Role.APPROVER)
    world.desk.review.approve(other, message, world.version(message))
    assert world.desk.queue.open(message).listed.approver == "Dao Nguyen"


def test_a_draft_is_returned_with_a_reason(world: World, writer: Account, approver: Account) -> None:
    """Without one it is not; with one, it can be written in again."""
    message = world.received(writer)
    world.desk.review.submit(writer, message, world.version(message))
    for reason in ("", "  ", "x" * 2001):
        with pytest.raises(InvalidError):
            world.desk.review.give_back(approver, message, world.version(message), reason)
    world.desk.review.give_back(approver, message, world.version(message), " Nommer la mesure. ")
    found = world.desk.queue.open(message)
    assert (found.stage, found.notes[0].text, found.notes[0].author) == (
        Stage.RETURNED,
        "Nommer la mesure.",
        "Benoît Roy",
    )
    world.desk.editing.save(writer, message, world.version(message), RIGHT)
    assert world.desk.queue.open(message).stage is Stage.DRAFTED


def test_of_two_who_edit_the_second_overwrites_nothing(world: World, writer: Account, approver: Account) -> None:
    """The second is told; what the first wrote stands; so it is for every step."""
    message = world.received(writer)
    seen = world.version(message)
    world.desk.editing.save(writer, message, seen, RIGHT)
    with pytest.raises(StaleError):
        world.desk.editing.save(approver, message, seen, Edits({"p1": "Madame,"}))
    with pytest.raises(StaleError):
        world.desk.review.submit(writer, message, seen)
    assert text(world, message) == RIGHT.texts["p4"]
    assert text(world, message, "p1") == "Bonjour,"


def test_every_version_is_kept_and_a_saving_without_a_change_is_none(world: World, writer: Account) -> None:
    """The generated draft stays the first one."""
    message = world.received(writer)
    world.desk.editing.save(writer, message, world.version(message), RIGHT)
    world.desk.editing.save(writer, message, world.version(message), RIGHT)
    found = world.desk.queue.open(message)
    assert [(one.number, one.author) for one in found.revisions] == [(1, None), (2, "Amina Diallo")]
    assert found.generated is not None
    assert "21\u00a0989" in next(one.text for one in found.generated.parts if one.id == "p4")


def test_parts_are_taken_out_added_and_the_subject_is_one_line(world: World, writer: Account) -> None:
    """An empty text takes a part out; an added paragraph must be sourced as any other."""
    message = world.received(writer)
    edits = Edits({"p2": ""}, {"p4": "Cela fait 3\u00a0000\u00a0$."}, "Montant\r\nBcc: x@y.z")
    assert world.desk.editing.save(writer, message, world.version(message), edits) == ("w1",)
    draft = world.desk.queue.open(message).draft
    assert draft is not None
    assert [one.id for one in draft.parts] == ["p1", "p3", "p4", "w1", "p5"]
    assert draft.subject == "Montant Bcc: x@y.z"


@pytest.mark.parametrize(
    "edits",
    [
        Edits({"zz": "x"}),
        Edits(added={"zz": "x"}),
        Edits({"p4": "x" * 8001}),
        Edits(dict.fromkeys(("p1", "p2", "p3", "p4", "p5"), "")),
    ],
)
def test_what_makes_no_letter_is_refused(world: World, writer: Account, edits: Edits) -> None:
    """A part that is not there, a text without end, no letter at all: nothing changes."""
    message = world.received(writer)
    before = world.version(message)
    with pytest.raises(InvalidError):
        world.desk.editing.save(writer, message, before, edits)
    assert world.version(message) == before


def test_only_an_approved_reply_leaves_the_desk(world: World, writer: Account, approver: Account) -> None:
    """As a draft for a mail program, as text, as HTML; reopened, it has to be approved again."""
    message = world.received(writer)
    outgoing, review = world.desk.outgoing, world.desk.review
    for take in (outgoing.eml, outgoing.copies):
        with pytest.raises(StateError):
            take(writer, message)
    review.submit(writer, message, world.version(message))
    review.approve(approver, message, world.version(message))
    name, content = outgoing.eml(writer, message)
    assert name.endswith(".eml")
    assert b"X-Unsent: 1" in content
    copies = outgoing.copies(approver, message)
    assert "21\u00a0989" in copies.text
    assert "<" in copies.html
    review.reopen(writer, message, world.version(message))
    with pytest.raises(StateError):
        outgoing.eml(writer, message)
    review.close(writer, message, world.version(message))
    assert world.desk.queue.open(message).stage is Stage.CLOSED


def test_the_writer_takes_back_what_nobody_read_yet(world: World, writer: Account, approver: Account) -> None:
    """Nobody else does; while it is read, nobody writes in it."""
    message = world.received(writer)
    world.desk.review.submit(writer, message, world.version(message))
    with pytest.raises(StateError):
        world.desk.editing.save(writer, message, world.version(message), RIGHT)
    with pytest.raises(ForbiddenError):
        world.desk.review.take_back(approver, message, world.version(message))
    world.desk.review.take_back(writer, message, world.version(message))
    assert world.desk.queue.open(message).stage is Stage.DRAFTED


def test_every_step_is_in_the_log_and_the_log_only_grows(world: World, writer: Account, approver: Account) -> None:
    """Who, when, what, in order; the database refuses to change or erase a line."""
    message = world.received(writer)
    world.desk.editing.save(writer, message, world.version(message), RIGHT)
    world.desk.review.submit(writer, message, world.version(message))
    world.desk.review.approve(approver, message, world.version(message))
    world.desk.outgoing.eml(writer, message)
    log = world.desk.queue.open(message).log
    assert [(entry.actor, entry.act) for entry in log] == [
        ("Amina Diallo", Event.RECEIVED),
        ("Amina Diallo", Event.PREPARED),
        ("Amina Diallo", Event.EDITED),
        ("Amina Diallo", Event.SUBMITTED),
        ("Benoît Roy", Event.APPROVED),
        ("Benoît Roy", Event.REPLY_KEPT),
        ("Amina Diallo", Event.DOWNLOADED),
    ]
    assert log[2].detail == {"version": 2, "parts": "p4"}
    assert all(entry.at == world.clock.now for entry in log)
    for statement in ("UPDATE desk_event SET actor = 'x'", "DELETE FROM desk_event"):
        with pytest.raises(ConflictError), world.database.writing() as connection:
            connection.exec_driver_sql(statement)


def test_what_is_not_there_is_said_so(world: World, writer: Account) -> None:
    """A number that was never given."""
    with pytest.raises(NotFoundError):
        world.desk.queue.open(99)
    with pytest.raises(NotFoundError):
        world.desk.review.close(writer, 99, 1)


@given(st.text(max_size=60), st.text(max_size=60))
def test_differences_give_back_both_texts(before: str, after: str) -> None:
    """Kept and taken out make the first, kept and put in the second; neighbours differ."""
    pieces = differences(before, after)
    assert "".join(one.text for one in pieces if one.change is not Change.IN) == before
    assert "".join(one.text for one in pieces if one.change is not Change.OUT) == after
    assert all(one.text for one in pieces)
    assert (before == after) == all(one.change is Change.KEPT for one in pieces)
