"""What is known of a message: given out whole, erased for good, forgotten in time; the log holds nothing of it."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from desk_fakes import World, made_world

from assistant import __main__ as program
from assistant.desk.editing import Edits
from assistant.desk.errors import ForbiddenError, NotFoundError
from assistant.desk.values import Account, Role

SECRETS = ("Josée", "Tremblay", "josee.tremblay@exemple.org", "Quel est le montant de base en 2024-2025?")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A desk."""
    with made_world(tmp_path) as made:
        yield made


@pytest.fixture
def administrator(world: World) -> Account:
    """Who may delete."""
    return world.account("Chantal Côté", Role.ADMINISTRATOR)


@pytest.fixture
def message(world: World) -> int:
    """A message that went through every step but the last."""
    writer, approver = world.account("Amina Diallo", Role.WRITER), world.account("Benoît Roy", Role.APPROVER)
    number = world.received(writer)
    world.desk.editing.save(writer, number, world.version(number), Edits({"p1": "Bonjour, Madame Tremblay."}))
    world.desk.review.submit(writer, number, world.version(number))
    world.desk.review.give_back(approver, number, world.version(number), "Madame Josée Tremblay a raison.")
    return number


def files(folder: Path) -> bytes:
    """All that is on the disk."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_the_export_holds_everything(world: World, message: int, administrator: Account) -> None:
    """The message, each version, the notes, the log; it is readable JSON."""
    found = json.loads(world.desk.forgetting.export(administrator, message))
    assert found["message"]["content"]["sender"]["email"] == "josee.tremblay@exemple.org"
    assert [one["author"] for one in found["drafts"]] == [None, "Amina Diallo"]
    assert found["notes"][0]["text"] == "Madame Josée Tremblay a raison."
    assert [one["act"] for one in found["log"]][-1] == "returned"
    assert all(secret in json.dumps(found, ensure_ascii=False) for secret in SECRETS)


def test_deletion_leaves_a_line_in_the_log_and_nothing_on_the_disk(
    world: World, message: int, administrator: Account, tmp_path: Path
) -> None:
    """Neither in the tables nor in the bytes of the files; the number is not given again."""
    assert all(secret.encode() in files(tmp_path) for secret in SECRETS)
    world.desk.forgetting.delete(administrator, message)
    assert not any(secret.encode() in files(tmp_path) for secret in SECRETS)
    with pytest.raises(NotFoundError):
        world.desk.queue.open(message)
    line = world.desk.journal.latest(administrator, 1)[0]
    assert (line.actor, line.act, line.message_id, line.detail) == ("Chantal Côté", "deleted", message, {})
    assert world.received(world.desk.accounts.named("Amina Diallo")) == message + 1


def test_nobody_but_an_administrator_exports_or_deletes(world: World, message: int) -> None:
    """Neither who wrote nor who read."""
    for name in ("Amina Diallo", "Benoît Roy"):
        for act in (world.desk.forgetting.export, world.desk.forgetting.delete):
            with pytest.raises(ForbiddenError):
                act(world.desk.accounts.named(name), message)
    with pytest.raises(ForbiddenError):
        world.desk.journal.latest(world.desk.accounts.named("Amina Diallo"), 1)


def test_the_log_holds_nothing_of_a_message(world: World, message: int, administrator: Account) -> None:
    """Names of accounts, codes, numbers."""
    shown = repr(world.desk.journal.latest(administrator, 100))
    assert f"message_id={message}" in shown
    assert not any(secret in shown for secret in SECRETS)


@pytest.mark.usefixtures("message")
def test_the_purge_forgets_what_is_too_old_only(world: World, tmp_path: Path) -> None:
    """By the moment a message was received; each leaves a line."""
    world.clock.forward(days=10)
    recent = world.received(world.desk.accounts.named("Amina Diallo"), "Bonjour, Quel est le taux?")
    assert world.desk.forgetting.purge(world.clock.now - timedelta(days=11)) == 0
    assert world.desk.forgetting.purge(world.clock.now - timedelta(days=9)) == 1
    assert [one.id for one in world.desk.queue.listed()] == [recent]
    assert not any(secret.encode() in files(tmp_path) for secret in SECRETS)


def test_the_command_line_does_the_same(
    message: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`balise desk export`, `delete`, and `balise purge`, over the same database."""
    monkeypatch.setenv("BALISE_DATA", str(tmp_path))
    assert program.main(["desk", "export", str(message), "--out", str(tmp_path / "out.json")]) == 0
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["message"]["id"] == message
    (tmp_path / "out.json").unlink()
    assert program.main(["desk", "delete", str(message)]) == 0
    assert program.main(["desk", "delete", str(message)]) == 1
    assert program.main(["purge", "--days", "1"]) == 0
    told = capsys.readouterr()
    assert "no message of this number" in told.err
    assert "0 message(s)" in told.out


def test_the_first_account_is_made_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its key is printed once and opens; a name twice, or nobody's name, is an error with its remedy."""
    monkeypatch.setenv("BALISE_DATA", str(tmp_path))
    assert program.main(["desk", "add-user", "Amina Diallo", "--role", "writer", "--role", "approver"]) == 0
    key = capsys.readouterr().out.rsplit(": ", 1)[1].strip()
    with made_world(tmp_path) as world:
        assert world.desk.accounts.sign_in("Amina Diallo", key).roles == {Role.WRITER, Role.APPROVER}
    assert program.main(["desk", "users"]) == 0
    assert capsys.readouterr().out == "Amina Diallo\twriter, approver\tactive\n"
    assert program.main(["desk", "add-user", "amina diallo", "--role", "writer"]) == 1
    assert "already an account" in capsys.readouterr().err
    assert program.main(["desk", "renew-key", "Nobody"]) == 1
    assert "balise desk users" in capsys.readouterr().err
    assert program.main(["desk", "renew-key", "Amina Diallo"]) == 0
    assert key not in capsys.readouterr().out
    assert program.main(["desk", "add-user", "x@exemple.org", "--role", "writer", "--no-key"]) == 0
    assert "OIDC" in capsys.readouterr().out
