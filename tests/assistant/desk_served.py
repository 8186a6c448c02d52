"""The pages of the desk over a small desk, and people who are signed in to them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from bs4 import BeautifulSoup
from desk_fakes import World
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient
from web_fakes import READY, ScriptedResponder, answer, plan_library

from assistant.desk.oidc import Provider
from assistant.web.app import create_app
from assistant.web.desk import desk_routers
from assistant.web.limits import Limits

SITE = "http://testserver"
FORM = {"content-type": "application/x-www-form-urlencoded", "origin": SITE, "accept": "text/html"}


def desk_app(world: World, public_url: str = "", provider: Provider | None = None) -> FastAPI:
    """The whole application, the desk included."""
    return create_app(
        ScriptedResponder(answer()),
        plan_library(),
        lambda: READY,
        limits=Limits(larger_bodies={"/desk/messages": 1_000_000, "/desk/messages/": 1_000_000}),
        routers=desk_routers(world.desk, public_url, provider),
    )


@dataclass
class Person:
    """Somebody at a browser of their own."""

    client: TestClient
    csrf: str = ""

    def get(self, path: str) -> BeautifulSoup:
        """A page that must be there."""
        reply = self.client.get(path, headers={"accept": "text/html"})
        assert reply.status_code == 200, (path, reply.status_code)
        return BeautifulSoup(reply.text, "html.parser")

    def post(self, path: str, fields: Mapping[str, str] | None = None, **headers: str) -> Response:
        """What a form of ours sends; redirections are not followed."""
        sent = urlencode({"csrf": self.csrf} | dict(fields or {}))
        return self.client.post(path, content=sent, headers=FORM | headers)


def person(app: FastAPI, base_url: str = SITE) -> Person:
    """Nobody yet."""
    return Person(TestClient(app, base_url=base_url, follow_redirects=False))


def signed_in(app: FastAPI, world: World, name: str) -> Person:
    """The holder of an account, signed in by the form."""
    one = person(app)
    reply = one.post("/desk/sign-in", {"name": name, "key": world.keys[name]})
    assert reply.status_code == 303, reply.text
    found = re.search(r'name="csrf" value="([^"]+)"', one.client.get("/desk").text)
    assert found
    one.csrf = found[1]
    return one
