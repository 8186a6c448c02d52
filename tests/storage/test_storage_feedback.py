"""Feedback as it is kept: what goes in comes out, chosen, linked, forgotten in time."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from assistant.errors import ConflictError, StorageError, UnavailableError
from assistant.storage.database import Database
from assistant.storage.feedback import (
    CaseLink,
    Feedback,
    Reason,
    Wanted,
    find_feedback,
    link_case,
    list_feedback,
    purge_feedback,
    record_feedback,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ENTRY = Feedback(
    id="f1",
    received_at=NOON,
    answer_id="a1",
    useful=False,
    language="fr",
    question="Combien pour l’axe 1? 😀",
    reasons=(Reason.WRONG_FIGURE, Reason.OUT_OF_DATE),
    comment="C’est 43,6 M$; l’« autre » est de 2021.",
    index_version="v1",
)
LINK = CaseLink("fb-f1", "evals/cases/questions.jsonl", NOON)


def several() -> tuple[Feedback, ...]:
    """Three entries, the latest first."""
    return (
        replace(ENTRY, id="f3", received_at=NOON + timedelta(hours=2), useful=True, reasons=(), language="en"),
        replace(ENTRY, id="f2", received_at=NOON + timedelta(hours=1), reasons=(Reason.UNCLEAR,)),
        ENTRY,
    )


def filled(database: Database) -> Database:
    """With these three."""
    for entry in several():
        record_feedback(database, entry)
    return database


def test_what_goes_in_comes_out(database: Database) -> None:
    """Every field, on either database."""
    record_feedback(database, ENTRY)
    assert list_feedback(database) == (ENTRY,)
    assert find_feedback(database, "f1") == ENTRY
    assert find_feedback(database, "f2") is None


def test_a_moment_is_the_same_wherever_it_was_noted(database: Database) -> None:
    """Montréal's noon is read back as its UTC; a moment without a zone is refused, not guessed."""
    montreal = NOON.astimezone(timezone(timedelta(hours=-5)))
    record_feedback(database, replace(ENTRY, received_at=montreal))
    assert list_feedback(database)[0].received_at == NOON
    assert list_feedback(database)[0].received_at.utcoffset() == timedelta(0)
    with pytest.raises(StorageError):
        record_feedback(database, replace(ENTRY, id="f2", received_at=NOON.replace(tzinfo=None)))


CHOICES = (
    (Wanted(), ["f3", "f2", "f1"]),
    (Wanted(useful=True), ["f3"]),
    (Wanted(useful=False), ["f2", "f1"]),
    (Wanted(reason=Reason.WRONG_FIGURE), ["f1"]),
    (Wanted(language="en"), ["f3"]),
    (Wanted(since=NOON + timedelta(hours=1)), ["f3", "f2"]),
    (Wanted(led_to_case=True), ["f2"]),
    (Wanted(led_to_case=False), ["f3", "f1"]),
    (Wanted(most=2), ["f3", "f2"]),
    (Wanted(useful=False, reason=Reason.UNCLEAR, language="fr"), ["f2"]),
    (Wanted(useful=True, reason=Reason.UNCLEAR), []),
)


def test_entries_are_chosen(database: Database) -> None:
    """Each choice, and several together; the latest first."""
    link_case(filled(database), "f2", LINK)
    found = [[entry.id for entry in list_feedback(database, wanted)] for wanted, _ in CHOICES]
    assert found == [ids for _, ids in CHOICES]


def test_the_same_id_is_not_taken_twice(database: Database) -> None:
    """Nor is anything of the second entry kept; nor does the message hold what a person wrote."""
    record_feedback(database, ENTRY)
    with pytest.raises(ConflictError) as refusal:
        record_feedback(database, replace(ENTRY, reasons=(Reason.UNCLEAR,), comment="autre"))
    assert "autre" not in str(refusal.value)
    assert list_feedback(database) == (ENTRY,)


def test_a_case_is_linked_and_linked_anew(database: Database) -> None:
    """The last case stands."""
    link_case(filled(database), "f1", replace(LINK, case="old"))
    link_case(database, "f1", LINK)
    assert find_feedback(database, "f1") == replace(ENTRY, led_to=LINK)


def test_a_case_needs_its_feedback(database: Database) -> None:
    """Foreign keys are on."""
    with pytest.raises(ConflictError):
        link_case(database, "nobody", LINK)


def test_what_is_old_is_forgotten(database: Database) -> None:
    """Entries before the moment go, with their reasons; one that led to a case loses its words and keeps its link."""
    link_case(filled(database), "f1", LINK)
    assert purge_feedback(database, NOON + timedelta(hours=2)) == 2
    kept, bare = list_feedback(database)
    assert kept == several()[0]
    assert bare == replace(ENTRY, question="", comment="", led_to=LINK)
    assert purge_feedback(database, NOON + timedelta(hours=2)) == 0


def test_many_writers_lose_nothing(database: Database) -> None:
    """Threads of one server that write at once."""

    def write(rank: int) -> None:
        for n in range(10):
            record_feedback(database, replace(ENTRY, id=f"{rank}-{n}"))

    writers = [threading.Thread(target=write, args=(rank,)) for rank in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(list_feedback(database)) == 60


def test_a_transaction_is_all_or_nothing(database: Database) -> None:
    """What was written before a fault is undone."""
    record_feedback(database, ENTRY)

    def fail_half_way() -> None:
        with database.writing() as connection:
            connection.exec_driver_sql("DELETE FROM feedback")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert list_feedback(database) == (ENTRY,)


def test_a_reader_sees_one_moment_while_another_writes(opened: Callable[[], Database]) -> None:
    """And neither waits for the other."""
    reader, writer = opened(), opened()
    with reader.reading() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM feedback").scalar()
        record_feedback(writer, ENTRY)
        after = connection.exec_driver_sql("SELECT count(*) FROM feedback").scalar()
    assert before == 0
    assert after in {0, 1}  # PostgreSQL shows what was committed; SQLite the moment it began
    assert len(list_feedback(reader)) == 1


def test_a_table_that_disappeared_is_said_without_the_statement(database: Database) -> None:
    """An operator's message: which database, what it said, what to look at; no value that someone wrote."""
    with database.writing() as connection:
        connection.exec_driver_sql("DROP TABLE feedback_reason")
    with pytest.raises(UnavailableError, match="feedback_reason") as failure:
        record_feedback(database, ENTRY)
    assert database.name in str(failure.value)
    assert "axe 1" not in str(failure.value) + str(failure.value.__cause__)
