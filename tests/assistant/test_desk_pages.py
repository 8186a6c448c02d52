"""The pages of the desk: its door, its forms, what each role sees, what happens when things go wrong."""

import itertools
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from bs4 import BeautifulSoup
from desk_fakes import MESSAGE, World, made_world
from desk_served import SITE, Person, desk_app, person, signed_in
from fastapi import FastAPI
from oidc_provider import CLIENT, SECRET, Identities, provider

from assistant.desk.oidc import Client, Provider
from assistant.desk.sessions import Lifetimes
from assistant.desk.values import Role, Stage
from assistant.web.desk_gate import Tries

HOSTILE = "</textarea><script>alert(1)</script>\"'{{ 7*7 }}"
ACTS = ("save", "use", "submit", "take-back", "approve", "return", "reopen", "close", "reply.eml", "copy", "prepare")

PAGES = (
    "",
    "/messages/new",
    "/messages/1",
    "/messages/1?edit=p4",
    "/messages/1/edit",
    "/messages/1/changes",
    "/replies",
    "/messages/9",
)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A desk with one account for each role."""
    with made_world(tmp_path, Lifetimes(timedelta(minutes=30), timedelta(hours=10))) as made:
        made.account("Amina Diallo", Role.WRITER)
        made.account("Benoît Roy", Role.APPROVER)
        made.account("Chantal Côté", Role.ADMINISTRATOR)
        yield made


@pytest.fixture
def app(world: World) -> FastAPI:
    """The application."""
    return desk_app(world)


@pytest.fixture
def writer(app: FastAPI, world: World) -> Person:
    """Who writes."""
    return signed_in(app, world, "Amina Diallo")


def added(one: Person, text: str = MESSAGE) -> int:
    """A message added by the form."""
    reply = one.client.post("/desk/messages", data={"csrf": one.csrf, "message": text}, headers={"origin": SITE})
    assert reply.status_code == 303, reply.text
    return int(re.findall(r"\d+", reply.headers["location"])[0])


def version(world: World, message: int) -> str:
    """What the forms of the page hold."""
    return str(world.version(message))


def test_a_desk_without_accounts_says_how_to_make_the_first(tmp_path: Path) -> None:
    """In both languages; nothing else is there."""
    with made_world(tmp_path) as empty:
        nobody = person(desk_app(empty))
        assert nobody.client.get("/desk").headers["location"].startswith("/desk/sign-in")
        for query in ("", "?lang=en"):
            page = nobody.get(f"/desk/sign-in{query}")
            assert "balise desk add-user" in page.get_text()
            assert page.select("form") == []


@pytest.mark.parametrize(
    "path", ["", "/messages/new", "/messages/1", "/replies", "/accounts", "/log", "/messages/1/edit"]
)
def test_every_page_asks_who_is_there_first(app: FastAPI, path: str) -> None:
    """And leads back to it once the person has signed in."""
    reply = person(app).client.get(f"/desk{path}")
    assert reply.status_code == 303
    assert reply.headers["location"].startswith("/desk/sign-in?next=%2Fdesk")


@pytest.mark.parametrize(
    "place", ["https://else.example.org", "//else.example.org", "/desk/../else", "/desk\\@else", "x"]
)
def test_signing_in_never_leads_elsewhere(app: FastAPI, world: World, place: str) -> None:
    """`next` is a page of the desk, or the queue."""
    fields = {"name": "Amina Diallo", "key": world.keys["Amina Diallo"], "next": place}
    location = person(app).post("/desk/sign-in", fields).headers["location"]
    assert location == ("/desk/../else" if place.startswith("/desk/..") else "/desk")


def test_the_cookie_of_a_session_is_for_the_browser_alone(app: FastAPI, world: World) -> None:
    """HttpOnly, SameSite; over HTTPS, Secure and bound to the host. A new session each time; the old one is over."""
    fields = {"name": "Amina Diallo", "key": world.keys["Amina Diallo"]}
    one = person(app)
    first = one.post("/desk/sign-in", fields).headers["set-cookie"]
    assert "HttpOnly" in first
    assert "SameSite=lax" in first
    assert "Secure" not in first
    before = one.client.cookies["balise_desk"]
    one.post("/desk/sign-in", fields)
    assert one.client.cookies["balise_desk"] != before
    assert world.desk.sessions.resume(before) is None
    secure = person(desk_app(world, "https://balise.example.org"), "https://balise.example.org")
    cookie = secure.post("/desk/sign-in", fields, origin="https://balise.example.org").headers["set-cookie"]
    assert cookie.startswith("__Host-balise_desk=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://else.example.org"}, {"origin": "null"}, {"origin": ""}, {"sec-fetch-site": "cross-site"}],
)
def test_a_form_of_another_site_is_refused(app: FastAPI, world: World, writer: Person, headers: dict[str, str]) -> None:
    """To sign in and to do anything; nothing changes."""
    message = added(writer)
    fields = {"name": "Amina Diallo", "key": world.keys["Amina Diallo"]}
    assert person(app).post("/desk/sign-in", fields, **headers).status_code == 403
    reply = writer.post(f"/desk/messages/{message}/submit", {"version": version(world, message)}, **headers)
    assert reply.status_code == 403
    assert world.desk.queue.open(message).stage is Stage.DRAFTED


def test_every_form_repeats_the_token_of_its_session(app: FastAPI, world: World, writer: Person) -> None:
    """Without it, or with that of another session: refused, in words."""
    message = added(writer)
    other = signed_in(app, world, "Benoît Roy").csrf
    for act, token in itertools.product(ACTS, ("", "x" * 43, other)):
        reply = writer.post(f"/desk/messages/{message}/{act}", {"csrf": token, "version": "2"})
        assert reply.status_code == 403
        assert "ne vient pas d’une page de votre session" in reply.text
    assert len(world.desk.queue.open(message).log) == 2


@pytest.mark.parametrize("query", ["", "lang=en"])
def test_pages_are_structured_and_locked_down(writer: Person, query: str) -> None:
    """One h1, levels in order, labelled fields, ids once, no inline script or style; a strict policy; not stored."""
    added(writer)
    for path in PAGES:
        check_page(writer, path, query)


def check_page(writer: Person, path: str, query: str) -> None:
    """One page."""
    place = f"/desk{path}" + (f"{'&' if '?' in path else '?'}{query}" if query else "")
    reply = writer.client.get(place)
    page = BeautifulSoup(reply.text, "html.parser")
    levels = [int(h.name[1]) for h in page.find_all(re.compile(r"^h[1-6]$"))]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
    named = {label["for"] for label in page.select("label[for]")}
    assert {one["id"] for one in page.select("textarea, select, input:not([type=hidden])")} <= named
    assert page.select("[style], script:not([src])") == []
    policy = reply.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["content-language"] == ("en-CA" if query else "fr-CA")


def test_what_people_write_is_never_markup(writer: Person) -> None:
    """In the message, its subject, the draft, its page, its form, its differences."""
    message = added(writer, f"De : {HOSTILE} <a@b.ca>\nObjet : {HOSTILE}\n\nQuel est {HOSTILE}?")
    writer.post(f"/desk/messages/{message}/save", {"version": "2", "base": "1", "text-p1": HOSTILE})
    for path in (
        "",
        f"/messages/{message}",
        f"/messages/{message}?edit=p1",
        f"/messages/{message}/edit",
        f"/messages/{message}/changes",
    ):
        page = writer.get(f"/desk{path}")
        assert [script for script in page.select("script") if "alert" in script.get_text()] == []
        assert "49" not in page.select_one("main").get_text()  # type: ignore[union-attr]


def test_a_pasted_message_that_cannot_be_taken_comes_back(writer: Person) -> None:
    """With the reason beside the field; a broken file too."""
    reply = writer.client.post("/desk/messages", data={"csrf": writer.csrf, "message": "  "}, headers={"origin": SITE})
    assert reply.status_code == 422
    assert "Collez un message" in reply.text
    files = {"file": ("x.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1broken", "application/vnd.ms-outlook")}
    sent = {"csrf": writer.csrf, "message": "Mon texte"}
    reply = writer.client.post("/desk/messages", data=sent, files=files, headers={"origin": SITE})
    assert reply.status_code == 422
    assert "n’a pas pu être lu" in reply.text
    assert "Mon texte" in reply.text


def test_a_file_is_taken_as_it_is(writer: Person, world: World) -> None:
    """Its headers make the message."""
    content = (
        b"From: Jos\xc3\xa9e <j@exemple.org>\r\nSubject: Base\r\nMessage-ID: <1@x>\r\n\r\nQuel est le montant?\r\n"
    )
    reply = writer.client.post(
        "/desk/messages",
        data={"csrf": writer.csrf, "message": ""},
        files={"file": ("x.eml", content, "message/rfc822")},
        headers={"origin": SITE},
    )
    assert reply.status_code == 303
    assert world.desk.queue.open(1).message.message_id == "<1@x>"


def test_of_two_who_save_the_second_gets_both_texts(app: FastAPI, world: World, writer: Person) -> None:
    """409: who saved and when, what is saved, what was written; saving again over it is then a choice."""
    world.account("Dao Nguyen", Role.WRITER)
    other = signed_in(app, world, "Dao Nguyen")
    message = added(writer)
    seen = {"version": version(world, message), "base": "1", "part": "p1"}
    assert other.post(f"/desk/messages/{message}/save", seen | {"text-p1": "Madame,"}).status_code == 303
    reply = writer.post(f"/desk/messages/{message}/save", seen | {"text-p1": "Monsieur,", "text-p2": "Rappel."})
    assert reply.status_code == 409
    page = BeautifulSoup(reply.text, "html.parser")
    assert "Dao Nguyen a enregistré une version" in page.get_text()
    assert [area.get_text() for area in page.select("textarea:not([readonly])")] == ["Monsieur,", "Rappel."]
    assert "Madame," in page.get_text()
    fields = {one["name"]: one["value"] for one in page.select("form[action$=save] input")}
    assert writer.post(f"/desk/messages/{message}/save", fields | {"text-p1": "Monsieur,"}).status_code == 303
    draft = world.desk.queue.open(message).draft
    assert draft is not None
    assert draft.parts[0].text == "Monsieur,"


def test_a_session_that_ended_gives_back_what_was_written(world: World, writer: Person) -> None:
    """401 with the text in a field to copy; nothing was saved."""
    message = added(writer)
    world.clock.forward(minutes=31)
    reply = writer.post(f"/desk/messages/{message}/save", {"version": "2", "base": "1", "text-p1": "Mes mots perdus?"})
    assert reply.status_code == 401
    assert "Mes mots perdus?" in BeautifulSoup(reply.text, "html.parser").select("textarea[readonly]")[0]
    assert len(world.desk.queue.open(message).revisions) == 1


def test_a_wrong_figure_is_shown_where_it_stands(world: World, writer: Person) -> None:
    """Named in the summary and under its sentence; no way to submit; the source stays one link away."""
    message = added(writer)
    fields = {"version": version(world, message), "base": "1", "part": "p4", "text-p4": "C’est 22 000 $ [1]."}
    location = writer.post(f"/desk/messages/{message}/save", fields).headers["location"]
    assert location == f"/desk/messages/{message}?done=saved_flagged#p4"
    page = writer.get(f"/desk/messages/{message}")
    part = page.select_one("#p4")
    assert part is not None
    assert part.select("ul.faults li")
    assert part.select_one("a[href^='/documents/plan?']")
    assert page.select_one(".flags a[href='#p4']")
    assert page.select("form[action$='/submit']") == []
    reply = writer.post(f"/desk/messages/{message}/submit", {"version": version(world, message)})
    assert reply.status_code == 409
    assert "doivent être corrigées" in reply.text


def test_the_whole_way_of_a_reply(app: FastAPI, world: World, writer: Person) -> None:
    """Added, edited, submitted, returned, mended, approved by another person, taken out, closed."""
    reader = signed_in(app, world, "Benoît Roy")
    message = added(writer)
    here = f"/desk/messages/{message}"

    def step(one: Person, act: str, **fields: str) -> str:
        reply = one.post(f"{here}/{act}", {"version": version(world, message), "base": "1"} | fields)
        assert reply.status_code == 303, reply.text
        return str(reply.headers["location"])

    step(writer, "submit")
    assert reader.get(here).select("form[action$='/approve']")
    assert writer.get(here).select("form[action$='/approve']") == []
    assert "waiting for a second reading" in writer.get(f"{here}?lang=en").get_text()
    assert reader.post(f"{here}/return", {"version": version(world, message), "reason": " "}).status_code == 422
    step(reader, "return", reason="Nommer la mesure.")
    assert "Nommer la mesure." in writer.get(here).get_text()
    step(writer, "save", **{"text-p2": "Vous écrivez au sujet de la mesure.", "part": "p2"})
    assert "taken out:" in writer.get(f"{here}/changes?lang=en").get_text()
    step(writer, "submit")
    assert reader.post(f"{here}/reply.eml").status_code == 409
    step(reader, "approve")
    file = reader.post(f"{here}/reply.eml")
    assert file.headers["content-type"] == "message/rfc822"
    assert file.headers["content-disposition"].startswith('attachment; filename="')
    assert b"X-Unsent: 1" in file.content
    copies = writer.post(f"{here}/copy")
    assert "au sujet de la mesure" in BeautifulSoup(copies.text, "html.parser").select_one("#text").get_text()  # type: ignore[union-attr]
    assert "au sujet de la mesure" not in writer.get("/desk/replies").get_text()
    assert "21\u00a0989" in writer.get("/desk/replies").get_text()
    step(writer, "close")
    assert writer.get("/desk").select("table") == []
    assert writer.get("/desk?show=all").select("td .stage.closed")


def test_each_role_sees_and_does_its_own(app: FastAPI, world: World, writer: Person) -> None:
    """A writer administers nothing; an approver adds nothing; an administrator writes nothing."""
    message = added(writer)
    reader, administrator = signed_in(app, world, "Benoît Roy"), signed_in(app, world, "Chantal Côté")
    for one in (writer, reader):
        assert one.get("/desk").select("a[href^='/desk/accounts']") == []
        for path in ("/desk/accounts", "/desk/log", f"/desk/messages/{message}/delete"):
            assert one.client.get(path).status_code == 403
        for path in ("/desk/accounts", f"/desk/messages/{message}/delete", f"/desk/messages/{message}/export"):
            assert one.post(path, {"name": "x y", "roles": "administrator"}).status_code == 403
    for one in (reader, administrator):
        assert one.post("/desk/messages", {"message": MESSAGE}).status_code == 403
        assert one.post(f"/desk/messages/{message}/submit", {"version": version(world, message)}).status_code == 403
        assert one.client.get(f"/desk/messages/{message}/edit").status_code == 403
    assert writer.post("/desk/replies/1/withdraw").status_code == 403


def test_accounts_are_looked_after_at_the_desk(app: FastAPI, world: World) -> None:
    """Added with a key shown once, changed, closed; what is wrong is said on the same page."""
    administrator = signed_in(app, world, "Chantal Côté")
    reply = administrator.post("/desk/accounts", {"name": "Dao Nguyen", "roles": "writer"})
    key = BeautifulSoup(reply.text, "html.parser").select_one(".key code")
    assert key is not None
    world.keys["Dao Nguyen"] = key.get_text()
    dao = signed_in(app, world, "Dao Nguyen")
    assert administrator.post("/desk/accounts", {"name": "dao nguyen", "roles": "writer"}).status_code == 422
    assert administrator.post("/desk/accounts", {"name": "Someone Else"}).status_code == 422
    number = world.desk.accounts.named("Dao Nguyen").id
    assert administrator.post(f"/desk/accounts/{number}/change", {"roles": "approver"}).status_code == 303
    assert dao.client.get("/desk").status_code == 303
    assert not world.desk.accounts.named("Dao Nguyen").active
    chantal = world.desk.accounts.named("Chantal Côté").id
    assert (
        administrator.post(f"/desk/accounts/{chantal}/change", {"roles": "writer", "active": "yes"}).status_code == 422
    )
    assert key.get_text() not in administrator.get("/desk/accounts").get_text()
    renewed = administrator.post(f"/desk/accounts/{number}/key")
    assert key.get_text() not in renewed.text
    assert "a créé un compte" in administrator.get("/desk/log").get_text()


def test_a_message_is_exported_and_deleted_by_an_administrator(app: FastAPI, world: World, writer: Person) -> None:
    """Asked first; then it is gone, and the log says so."""
    message = added(writer)
    administrator = signed_in(app, world, "Chantal Côté")
    exported = administrator.post(f"/desk/messages/{message}/export")
    assert exported.json()["message"]["content"]["subject"] == "Montant de base"
    assert administrator.get(f"/desk/messages/{message}/delete").select("form[action$='/delete']")
    assert administrator.post(f"/desk/messages/{message}/delete").headers["location"] == "/desk?done=deleted"
    assert writer.client.get(f"/desk/messages/{message}").status_code == 404
    log = administrator.get("/desk/log").get_text()
    assert "a supprimé le message" in log
    assert "Tremblay" not in log


def test_tries_from_one_address_are_counted(app: FastAPI) -> None:
    """The twenty-first in ten minutes is refused; time lets it in again."""
    one = person(app)
    for _ in range(20):
        assert one.post("/desk/sign-in", {"name": "x", "key": "y"}).status_code == 401
    refused = one.post("/desk/sign-in", {"name": "x", "key": "y"})
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0


def test_the_count_of_tries_slides() -> None:
    """Each try is forgotten ten minutes after it was made; each address has its own."""

    class Request:
        client = type("Client", (), {"host": "192.0.2.1"})()

    now = [0.0]
    tries = Tries(lambda: now[0])
    for second in range(20):
        now[0] = float(second)
        tries.count(Request())  # type: ignore[arg-type]
    now[0] = 600.5
    tries.count(Request())  # type: ignore[arg-type]


def test_nothing_of_a_message_reaches_the_log_of_the_program(
    world: World, writer: Person, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither when all goes well nor when something breaks."""
    caplog.set_level("DEBUG")
    message = added(writer)
    monkeypatch.setattr("desk_fakes.loose", lambda *_: 1 / 0)
    reply = writer.client.get(f"/desk/messages/{message}", headers={"accept": "text/html"})
    assert reply.status_code == 500
    assert "/desk/messages/{message}" in caplog.text
    assert not any(
        word in caplog.text for word in ("Tremblay", "exemple.org", "montant de base en", world.keys["Amina Diallo"])
    )


def test_a_person_comes_in_through_the_provider(world: World) -> None:
    """Away, back with a code, in; what the browser kept is needed; an identity without an account is refused."""
    world.desk.accounts.add("amina@exemple.org", [Role.WRITER], "test", keyed=False)
    with provider() as identities:
        app = desk_app(world, provider=Provider(Client(identities.issuer, CLIENT, SECRET)))
        one = person(app)
        assert one.get("/desk/sign-in").select("a[href^='/desk/oidc/start']")
        back = authorized(one, identities)
        assert person(app).client.get(back).status_code == 401
        reply = one.client.get(back)
        assert (reply.status_code, reply.headers["location"]) == (303, "/desk/replies")
        assert "amina@exemple.org" in one.get("/desk").get_text()
        identities.change = {"sub": "s-2", "email": "stranger@exemple.org"}
        stranger = person(app)
        refused = stranger.client.get(authorized(stranger, identities))
        assert refused.status_code == 401
        assert "Aucun compte actif" in refused.text


def authorized(one: Person, identities: Identities) -> str:
    """Where the provider sends a browser that started at the desk."""
    location = one.client.get("/desk/oidc/start?next=%2Fdesk%2Freplies").headers["location"]
    back = identities.authorize(dict(parse_qsl(urlsplit(location).query)))
    assert back.startswith(f"{SITE}/desk/oidc/callback?")
    return back.removeprefix(SITE)
