"""A small OpenID Connect provider on a loopback port: description, keys, codes bound to PKCE, signed tokens."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "balise", "a secret with : and / in it"


class Identities:
    """What the provider says; `change` alters the claims of the next tokens, `stolen` signs them with another key.

    `unsigned` leaves the signature out, and says so in the header.
    """

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "k-1"}, auto_kid=False)
        self.other = RSAKey.generate_key(2048, {"kid": "k-1"}, auto_kid=False)
        self.issuer = ""
        self.change: dict[str, object] = {}
        self.stolen = False
        self.unsigned = False
        self.codes: dict[str, dict[str, str]] = {}

    def description(self) -> dict[str, object]:
        """What is published at the well-known address."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }

    def authorize(self, query: dict[str, str]) -> str:
        """A person who signed in: where their browser goes next."""
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, object]]:
        """The tokens of a code, once, for who can prove that they asked for it."""
        asked = self.codes.pop(form.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        known = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if (
            asked is None
            or asked["code_challenge"] != challenge.decode().rstrip("=")
            or authorization != f"Basic {known}"
        ):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": "s-1",
            "aud": CLIENT,
            "exp": now + 300,
            "iat": now,
            "nonce": asked["nonce"],
            "email": "amina@exemple.org",
            "email_verified": True,
        }
        claims = {name: value for name, value in (claims | self.change).items() if value is not None}
        key = self.other if self.stolen else self.key
        signed = jwt.encode({"alg": "RS256", "kid": "k-1"}, claims, key)
        if self.unsigned:
            header = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
            signed = f"{header}.{signed.split('.')[1]}."
        return 200, {"access_token": "unused", "token_type": "Bearer", "id_token": signed}


@contextmanager
def provider() -> Iterator[Identities]:
    """The provider, running."""
    identities = Identities()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/authorize":
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                self.send_response(302)
                self.send_header("Location", identities.authorize(query))
                self.send_header("Content-Length", "0")
                self.end_headers()
            elif parts.path == "/keys":
                self._json(200, {"keys": [identities.key.as_dict(private=False)]})
            else:
                self._json(200, identities.description())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._json(*identities.token(form, self.headers.get("Authorization", "")))

        def _json(self, status: int, value: dict[str, object]) -> None:
            content = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    identities.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield identities
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
