"""Accounts and sessions of the desk: who comes in, who does not, for how long."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from desk_fakes import CHEAP, World, made_world
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.desk.accounts import MOST_FAILURES
from assistant.desk.errors import InvalidError, NotFoundError, SignInError
from assistant.desk.keys import LONGEST_KEY, Keys, new_key
from assistant.desk.oidc import Identity
from assistant.desk.sessions import Lifetimes
from assistant.desk.values import Role

ISSUER = "https://id.example.org"
KEYS = Keys(CHEAP)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A desk without any account."""
    with made_world(tmp_path, Lifetimes(timedelta(minutes=30), timedelta(hours=10))) as made:
        yield made


@settings(max_examples=20)
@given(key=st.text(min_size=1, max_size=LONGEST_KEY), other=st.text(max_size=LONGEST_KEY + 5))
def test_a_key_opens_by_itself_alone(key: str, other: str) -> None:
    """Any text is a key; another text is not; no hash, no entry; what is kept is Argon2id."""
    hashed = KEYS.hash(key)
    assert hashed.startswith("$argon2id$")
    assert KEYS.matches(key, hashed)
    assert KEYS.matches(other, hashed) is (other == key)
    assert not KEYS.matches(key, None)
    assert not KEYS.matches(key, "not a hash")


def test_keys_are_made_at_random_and_can_be_read_aloud() -> None:
    """No two alike; no letter that looks like a digit."""
    made = {new_key() for _ in range(50)}
    assert len(made) == 50
    assert not set("".join(made)) & set("01ilo")


def test_the_desk_is_closed_until_an_account_exists(world: World) -> None:
    """Then it is open."""
    assert not world.desk.accounts.exist()
    world.account("Amina Diallo", Role.WRITER)
    assert world.desk.accounts.exist()


def test_name_and_key_sign_in_whatever_the_capitals(world: World) -> None:
    """The key is not kept: only its hash is in the file."""
    made = world.account("Amina Diallo", Role.WRITER, Role.APPROVER)
    key = world.keys["Amina Diallo"]
    found = world.desk.accounts.sign_in("  amina  DIALLO ", key)
    assert (found.id, found.roles) == (made.id, {Role.WRITER, Role.APPROVER})
    assert key not in repr(world.desk.accounts.listed())
    with world.database.reading() as connection:
        assert key not in repr(connection.exec_driver_sql("SELECT * FROM desk_account").all())


def test_every_way_of_failing_says_the_same(world: World) -> None:
    """An unknown name, a wrong key, a closed account."""
    world.account("Chantal Côté", Role.ADMINISTRATOR)
    made = world.account("Amina Diallo", Role.WRITER)
    codes = []
    for name, key in (("Nobody", "x" * 20), ("Amina Diallo", "x" * 20)):
        with pytest.raises(SignInError) as raised:
            world.desk.accounts.sign_in(name, key)
        codes.append(raised.value.code)
    world.desk.accounts.change(made.id, "test", made.roles, active=False)
    with pytest.raises(SignInError) as raised:
        world.desk.accounts.sign_in("Amina Diallo", world.keys["Amina Diallo"])
    assert {*codes, raised.value.code} == {"sign_in"}


def test_five_wrong_keys_lock_an_account_for_a_while(world: World) -> None:
    """The right key does not open it then; it does after a quarter of an hour, or with a new key."""
    made = world.account("Amina Diallo", Role.WRITER)
    key = world.keys["Amina Diallo"]
    for _ in range(MOST_FAILURES):
        with pytest.raises(SignInError):
            world.desk.accounts.sign_in("Amina Diallo", "x" * 20)
    with pytest.raises(SignInError):
        world.desk.accounts.sign_in("Amina Diallo", key)
    world.clock.forward(minutes=16)
    assert world.desk.accounts.sign_in("Amina Diallo", key).id == made.id
    for _ in range(MOST_FAILURES):
        with pytest.raises(SignInError):
            world.desk.accounts.sign_in("Amina Diallo", "x" * 20)
    renewed = world.desk.accounts.renew_key(made.id, "test")
    assert world.desk.accounts.sign_in("Amina Diallo", renewed).id == made.id
    with pytest.raises(SignInError):
        world.desk.accounts.sign_in("Amina Diallo", key)


def test_a_success_forgives_earlier_failures(world: World) -> None:
    """Five wrong keys in a row lock, not five in a lifetime."""
    world.account("Amina Diallo", Role.WRITER)
    for _ in range(3):
        for _ in range(MOST_FAILURES - 1):
            with pytest.raises(SignInError):
                world.desk.accounts.sign_in("Amina Diallo", "x" * 20)
        assert world.desk.accounts.sign_in("Amina Diallo", world.keys["Amina Diallo"])


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "name"),
        ("x", "name"),
        ("Balise", "name"),
        ("a<b>", "name"),
        ("a\nb\x00", "name"),
        ("AMINA diallo", "name_taken"),
    ],
)
def test_a_name_is_plain_and_taken_once(world: World, name: str, code: str) -> None:
    """It stands in the log: nothing in it may be mistaken for the program or for another person."""
    world.account("Amina Diallo", Role.WRITER)
    with pytest.raises(InvalidError) as raised:
        world.account(name, Role.WRITER)
    assert raised.value.code == code


def test_somebody_can_always_administer_the_desk(world: World) -> None:
    """The last administrator keeps the role and stays open; nothing of the change remains."""
    only = world.account("Chantal Côté", Role.ADMINISTRATOR)
    for roles, active in (({Role.WRITER}, True), ({Role.ADMINISTRATOR}, False)):
        with pytest.raises(InvalidError):
            world.desk.accounts.change(only.id, "test", roles, active=active)
    assert world.desk.accounts.listed() == (only,)
    with pytest.raises(NotFoundError):
        world.desk.accounts.named("Nobody")


def test_an_identity_opens_the_account_of_its_name_then_stays_bound(world: World) -> None:
    """The subject decides from then on: a renamed identity still opens, another one of that name does not."""
    made, key = world.desk.accounts.add("amina@exemple.org", [Role.WRITER], "test", keyed=False)
    assert (key, made.has_key) == ("", False)
    enter = world.desk.accounts.sign_in_identity
    assert enter(Identity(ISSUER, "s-1", "Amina@exemple.org")).id == made.id
    assert enter(Identity(ISSUER, "s-1", "renamed@exemple.org")).id == made.id
    for other in (
        Identity(ISSUER, "s-2", "amina@exemple.org"),
        Identity("https://else.example.org", "s-1", "amina@exemple.org"),
        Identity(ISSUER, "s-3", "nobody@exemple.org"),
    ):
        with pytest.raises(SignInError):
            enter(other)
    with pytest.raises(SignInError):
        world.desk.accounts.sign_in("amina@exemple.org", "")


def test_a_session_lasts_while_it_is_used_and_not_for_ever(world: World) -> None:
    """Half an hour idle ends it; ten hours end it anyway."""
    account = world.account("Amina Diallo", Role.WRITER)
    sessions = world.desk.sessions
    token = sessions.open(account)
    for _ in range(29):
        world.clock.forward(minutes=20)
        found = sessions.resume(token)
        assert found is not None
        assert found.account.id == account.id
    world.clock.forward(minutes=21)
    assert sessions.resume(token) is None
    idle = sessions.open(account)
    world.clock.forward(minutes=31)
    assert sessions.resume(idle) is None


def test_a_session_ends_with_its_account_its_key_or_on_demand(world: World) -> None:
    """Closing the account, renewing the key, signing out; the token itself is kept nowhere."""
    world.account("Chantal Côté", Role.ADMINISTRATOR)
    account = world.account("Amina Diallo", Role.WRITER)
    sessions = world.desk.sessions
    tokens = [sessions.open(account) for _ in range(3)]
    assert len(set(tokens)) == 3
    with world.database.reading() as connection:
        assert not any(
            token in repr(connection.exec_driver_sql("SELECT * FROM desk_session").all()) for token in tokens
        )
    sessions.end(tokens[0])
    assert [sessions.resume(token) is None for token in tokens] == [True, False, False]
    world.desk.accounts.renew_key(account.id, "test")
    assert [sessions.resume(token) for token in tokens] == [None, None, None]
    last = sessions.open(account)
    world.desk.accounts.change(account.id, "test", account.roles, active=False)
    assert sessions.resume(last) is None
    assert sessions.resume("") is None


def test_the_log_tells_who_came_in_and_who_failed(world: World) -> None:
    """A name that is no account is not written down: it may be a key typed in the wrong field."""
    account = world.account("Chantal Côté", Role.ADMINISTRATOR)
    world.desk.accounts.sign_in("Chantal Côté", world.keys["Chantal Côté"])
    for name in ("Chantal Côté", "my-secret-key-in-the-wrong-field"):
        with pytest.raises(SignInError):
            world.desk.accounts.sign_in(name, "x" * 20)
    lines = [(entry.actor, entry.act) for entry in world.desk.journal.latest(account, 10)]
    assert lines == [
        ("balise", "sign_in_failed"),
        ("Chantal Côté", "sign_in_failed"),
        ("Chantal Côté", "signed_in"),
        ("test", "account_added"),
    ]
