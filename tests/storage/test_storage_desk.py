"""The tables of the desk, on every database: a log that only grows, versions that are checked, numbers given once."""

from datetime import UTC, datetime, timedelta

import pytest

from assistant.errors import ConflictError
from assistant.storage.database import Database
from assistant.storage.desk import desk_reading, desk_writing
from assistant.storage.desk_accounts import SessionRecord

NOW = datetime(2026, 1, 27, 14, 5, tzinfo=UTC)


def test_the_database_itself_refuses_to_change_the_log(database: Database) -> None:
    """Neither updating nor deleting; on PostgreSQL, nor truncating."""
    with desk_writing(database) as rows:
        rows.log.add(NOW, "Amina Diallo", "edited", 1, {"version": 2})
    statements = ["UPDATE desk_event SET actor = 'x'", "DELETE FROM desk_event"]
    if not database.name.endswith(".sqlite"):
        statements.append("TRUNCATE desk_event")
    for statement in statements:
        with pytest.raises(ConflictError), database.writing() as connection:
            connection.exec_driver_sql(statement)
    with desk_reading(database) as rows:
        (line,) = rows.log.about(1)
    assert (line.at, line.actor, line.act, line.detail) == (NOW, "Amina Diallo", "edited", {"version": 2})


def test_a_change_needs_the_latest_version(database: Database) -> None:
    """Of two changes of the same version one is made."""
    with desk_writing(database) as rows:
        number = rows.messages.add(NOW, "received", "s", "{}")
        assert rows.messages.change(number, 1, NOW, stage="drafted")
        assert not rows.messages.change(number, 1, NOW, stage="closed")
        found = rows.messages.get(number)
    assert found is not None
    assert (found.version, found.stage) == (2, "drafted")


def test_a_deleted_message_takes_all_with_it_and_its_number_is_not_given_again(database: Database) -> None:
    """Drafts and notes go; the log stays."""
    with desk_writing(database) as rows:
        number = rows.messages.add(NOW, "received", "s", "{}")
        assert rows.messages.add_revision(number, NOW, None, "{}") == 1
        assert rows.messages.add_revision(number, NOW, "Amina Diallo", "{}") == 2
        rows.messages.add_note(number, NOW, "Benoît Roy", "Non.")
        rows.log.add(NOW, "x", "deleted", number, {})
        rows.messages.delete(number)
    with desk_writing(database) as rows:
        assert (rows.messages.revisions(number), rows.messages.notes(number)) == ((), ())
        assert len(rows.log.about(number)) == 1
        assert rows.messages.add(NOW, "received", "s", "{}") > number


def test_sessions_end_with_their_account_and_in_time(database: Database) -> None:
    """Old ones and idle ones; nothing else."""
    with desk_writing(database) as rows:
        account = rows.accounts.add("A B", "a b", "writer", None, NOW)
        for name, started, seen in (("old", 11, 0), ("idle", 1, 1), ("new", 1, 0)):
            rows.accounts.open_session(
                SessionRecord(name, account, "c", NOW - timedelta(hours=started), NOW - timedelta(hours=seen))
            )
        assert rows.accounts.end_old_sessions(NOW - timedelta(hours=10), NOW - timedelta(minutes=30)) == 2
        assert rows.accounts.session("new")
    with pytest.raises(ConflictError), desk_writing(database) as rows:
        rows.accounts.add("a b", "a b", "writer", None, NOW)


def test_a_reply_ends_once(database: Database) -> None:
    """It is listed still, with its reason."""
    with desk_writing(database) as rows:
        reply = rows.replies.add("k", "fr", "{}", NOW, "Benoît Roy")
        assert [one.id for one in rows.replies.current("k", "fr")] == [reply]
        assert rows.replies.current("k", "en") == ()
        assert rows.replies.end(reply, NOW, "withdrawn")
        assert not rows.replies.end(reply, NOW, "source_changed")
        assert rows.replies.current() == ()
        assert [one.ended_for for one in rows.replies.listed()] == ["withdrawn"]
