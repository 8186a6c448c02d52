"""Signing in through a provider of identities: only a token of this issuer, for this client, for this attempt."""

import time
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from oidc_provider import CLIENT, SECRET, Identities, provider

from assistant.desk.errors import SignInError
from assistant.desk.oidc import Attempt, Client, Identity, Provider

BACK = "http://127.0.0.1:1/desk/oidc/callback"


@pytest.fixture(scope="module")
def running() -> Iterator[Identities]:
    """One provider for all."""
    with provider() as identities:
        yield identities


@pytest.fixture
def identities(running: Identities) -> Identities:
    """The provider as it is when nothing is wrong."""
    running.change, running.stolen, running.unsigned = {}, False, False
    return running


def client(identities: Identities) -> Provider:
    """Balise, registered there."""
    return Provider(Client(identities.issuer, CLIENT, SECRET))


def came_back(ours: Provider, identities: Identities) -> tuple[Attempt, str, str]:
    """An attempt whose person signed in: with the code and the state that the browser brings."""
    url, attempt = ours.start(BACK)
    query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    assert attempt.verifier not in url
    back = {name: values[0] for name, values in parse_qs(urlsplit(identities.authorize(query)).query).items()}
    return attempt, back["code"], back["state"]


def test_a_person_who_comes_back_is_who_the_provider_says(identities: Identities) -> None:
    """Issuer, subject and name; a code serves once."""
    ours = client(identities)
    attempt, code, state = came_back(ours, identities)
    expected = Identity(identities.issuer, "s-1", "amina@exemple.org")
    assert ours.finish(BACK, attempt, code, state) == expected
    with pytest.raises(SignInError):
        ours.finish(BACK, attempt, code, state)


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://else.example.org"},
        {"aud": "another client"},
        {"aud": "another client", "azp": CLIENT},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"nonce": "of another attempt"},
        {"nonce": None},
        {"exp": int(time.time()) - 3600},
        {"exp": None},
        {"sub": None},
        {"email": None},
        {"email": ["amina@exemple.org"]},
        {"email_verified": False},
        {"email_verified": None},
    ],
    ids=str,
)
def test_a_token_that_is_not_ours_is_refused(identities: Identities, change: dict[str, object]) -> None:
    """Each claim is checked by itself."""
    ours = client(identities)
    identities.change = change
    with pytest.raises(SignInError):
        ours.finish(BACK, *came_back(ours, identities))


@pytest.mark.parametrize("way", ["stolen", "unsigned"])
def test_a_token_without_the_signature_of_the_provider_is_refused(identities: Identities, way: str) -> None:
    """Signed by another key under the id of a known one; not signed at all."""
    ours = client(identities)
    setattr(identities, way, True)
    with pytest.raises(SignInError):
        ours.finish(BACK, *came_back(ours, identities))


def test_keys_that_change_are_read_again(identities: Identities) -> None:
    """A provider may replace its keys while the program runs."""
    ours = client(identities)
    ours.finish(BACK, *came_back(ours, identities))
    identities.key, identities.other = identities.other, identities.key
    assert ours.finish(BACK, *came_back(ours, identities)).subject == "s-1"


def test_the_attempt_of_another_browser_is_refused(identities: Identities) -> None:
    """By its state; and by its verifier, which the provider checks."""
    ours = client(identities)
    attempt, code, state = came_back(ours, identities)
    with pytest.raises(SignInError):
        ours.finish(BACK, attempt, code, "another state")
    with pytest.raises(SignInError):
        ours.finish(BACK, replace(attempt, verifier="x" * 43), code, state)
    with pytest.raises(SignInError):
        ours.finish(BACK, attempt, "", state)


@pytest.mark.parametrize("issuer", ["http://id.example.org", "ftp://127.0.0.1", "", "http://127.0.0.1:9"])
def test_a_provider_over_plain_http_elsewhere_or_not_there_is_refused(issuer: str) -> None:
    """Nothing is asked of it in clear; one that does not answer is the same refusal."""
    with pytest.raises(SignInError):
        Provider(Client(issuer, CLIENT, SECRET)).start(BACK)


def test_a_description_of_another_issuer_is_refused(identities: Identities) -> None:
    """What is published must be about the address that was asked."""
    with pytest.raises(SignInError):
        Provider(Client(f"{identities.issuer}/", CLIENT, SECRET)).start(BACK)
