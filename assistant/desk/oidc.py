"""Signing in through an OpenID Connect provider: authorization code with PKCE, state, nonce.

In: a provider's address and a client registered there. Out: where to send the browser, then who came back. Refuses
(`SignInError`) anything but an ID token of this issuer, for this client, for this very attempt, in force, signed with
an asymmetric key that the provider publishes. No token is kept.
"""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from assistant.desk.errors import SignInError

SCOPE = "openid profile email"
_SIGNED = ["RS256", "PS256", "ES256", "EdDSA"]
_LEEWAY = 60
_PATIENCE = 10.0
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Client:
    """This program as the provider knows it. `claim` is the one that holds the name of an account."""

    issuer: str
    client_id: str
    client_secret: str
    claim: str = "email"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What the browser keeps between leaving and coming back: nothing of it is of use without the other side."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the provider says this is: `subject` never changes at this issuer, `name` may."""

    issuer: str
    subject: str
    name: str


class Provider:
    """One provider. Its description is read at the first use and again where its keys have changed."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._metadata: Mapping[str, Any] = {}
        self._keys: KeySet | None = None

    def start(self, redirect_uri: str) -> tuple[str, Attempt]:
        """The provider's address for this attempt, and what to keep until the browser comes back."""
        attempt = Attempt(*(secrets.token_urlsafe(32) for _ in range(3)))
        with self._session(redirect_uri) as session:
            url, _ = session.create_authorization_url(
                self._described()["authorization_endpoint"],
                state=attempt.state,
                nonce=attempt.nonce,
                code_verifier=attempt.verifier,
            )
        return str(url), attempt

    def finish(self, redirect_uri: str, attempt: Attempt, code: str, state: str) -> Identity:
        """The identity behind this code. `SignInError` for whatever is not in order."""
        if not code or not hmac.compare_digest(state.encode(), attempt.state.encode()):
            raise SignInError("oidc_state")
        try:
            with self._session(redirect_uri) as session:
                token = session.fetch_token(
                    self._described()["token_endpoint"], code=code, code_verifier=attempt.verifier
                )
            return self._identity(token["id_token"], attempt.nonce)
        except (AuthlibBaseError, JoseError, httpx.HTTPError, KeyError, ValueError) as error:
            raise SignInError("oidc") from error

    def _session(self, redirect_uri: str) -> OAuth2Client:
        return OAuth2Client(
            self.client.client_id,
            self.client.client_secret or None,
            token_endpoint_auth_method="client_secret_basic" if self.client.client_secret else "none",
            scope=SCOPE,
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
            timeout=_PATIENCE,
        )

    def _described(self) -> Mapping[str, Any]:
        """What the provider publishes of itself; it must be about the issuer that was asked, over HTTPS."""
        if self._metadata:
            return self._metadata
        found = self._get(f"{self.client.issuer.rstrip('/')}/.well-known/openid-configuration").json()
        if not isinstance(found, dict) or found.get("issuer") != self.client.issuer:
            raise SignInError("oidc")
        if not all(
            _safe(str(found.get(f"{name}"))) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
        ):
            raise SignInError("oidc")
        self._metadata = found
        return found

    def _get(self, url: str) -> httpx.Response:
        if not _safe(url):
            raise SignInError("oidc")
        try:
            return httpx.get(url, timeout=_PATIENCE).raise_for_status()
        except httpx.HTTPError as error:
            raise SignInError("oidc") from error

    def _identity(self, id_token: str, nonce: str) -> Identity:
        token = self._decoded(id_token)
        registry = jwt.JWTClaimsRegistry(
            leeway=_LEEWAY,
            iss={"essential": True, "value": self.client.issuer},
            aud={"essential": True, "value": self.client.client_id},
            nonce={"essential": True, "value": nonce},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )
        registry.validate(token.claims)
        if token.claims.get("azp", self.client.client_id) != self.client.client_id:
            raise SignInError("oidc")
        name = token.claims.get(self.client.claim)
        if not isinstance(name, str) or not name.strip():
            raise SignInError("oidc_claim")
        if self.client.claim == "email" and token.claims.get("email_verified") is not True:
            raise SignInError("oidc_claim")
        return Identity(self.client.issuer, str(token.claims["sub"]), name.strip())

    def _decoded(self, id_token: str) -> jwt.Token:
        """The token, its signature checked; unknown keys are looked for once more at the provider."""
        registry = JWSRegistry(algorithms=_SIGNED)
        if self._keys is not None:
            try:
                return jwt.decode(id_token, self._keys, registry=registry)
            except (JoseError, ValueError):
                self._keys = None
        self._keys = KeySet.import_key_set(self._get(self._described()["jwks_uri"]).json())
        return jwt.decode(id_token, self._keys, registry=registry)


def _safe(url: str) -> bool:
    """HTTPS; plain HTTP only where it never leaves the machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
