"""A message on its way through the real desk, then every state of the pages, by day, by night and on a telephone."""

import email
import email.policy
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser_servers import loopback
from conftest import PHONE, NewPage, Shoot
from desk_driver import add_account, add_message, key_in, rewrite, sign_in
from desk_fakes import MESSAGE, World, made_world
from desk_served import desk_app
from playwright.sync_api import Page, expect

from assistant.desk.values import Role

INCOMING = (
    "De : Maude Lavigne <maude.lavigne@exemple.org>\nObjet : Deux précisions\n\nBonjour,\n\n"
    "Pourriez-vous nous dire ce qu’est un veilleur bienveillant? Aussi, quel est le montant de base par organisme "
    "scolaire en 2024-2025?\n\nMerci!\n\nMaude Lavigne\nConseillère"
)
REFUSED = r"status of (40[1349]|422)"


@pytest.fixture(scope="module")
def keys(real_data: Path) -> dict[str, str]:
    """Two people of the real desk."""
    made: dict[str, str] = {}
    for name, role in (("Amina Diallo", "writer"), ("Benoît Roy", "approver")):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("BALISE_DATA", str(real_data))
            printed: list[str] = []
            patch.setattr("assistant.desk_command._say", printed.append)
            add_account(name, role)
            made[name] = key_in("\n".join(printed))
    return made


def test_a_message_goes_through_the_real_desk_without_any_script(
    real_server: str, keys: dict[str, str], new_page: NewPage, check: Shoot, tmp_path: Path
) -> None:
    """Pasted, drafted, wrongly edited, flagged, mended, submitted, approved, taken out; then proposed again."""
    writer, reader = new_page(java_script_enabled=False), new_page()
    sign_in(writer, real_server, "Amina Diallo", keys["Amina Diallo"])
    sign_in(reader, real_server, "Benoît Roy", keys["Benoît Roy"])
    here = add_message(writer, real_server, INCOMING)
    expect(writer.locator("mark.asked")).to_have_count(2)
    answers = writer.locator(".part.is-answer")
    part = str(answers.filter(has=writer.locator(".sources")).first.get_attribute("id"))
    before = writer.locator(f"#{part} .words p").first.inner_text()
    rewrite(writer, part, f"{before} Chaque personne reçoit 4 321 $.")
    expect(writer.locator(f"#{part} .faults")).to_contain_text("4321")
    expect(writer.get_by_role("button", name="Soumettre")).to_have_count(0)
    mended = f"Nous vous répondons avec plaisir. {before}"
    rewrite(writer, part, mended)
    expect(writer.locator(".flags")).to_have_count(0)
    writer.get_by_role("button", name="Soumettre").click()
    expect(writer.get_by_role("button", name="Reprendre le projet")).to_be_visible()
    reader.goto(here)
    check(reader, "desk-real-review")
    reader.locator(f"#{part} .sources a").first.click()
    expect(reader.locator("#quote").first).to_be_visible()
    reader.goto(f"{here}/changes")
    expect(reader.locator("ins").first).to_contain_text("avec plaisir")
    reader.goto(here)
    reader.get_by_role("button", name="Approuver").click()
    with reader.expect_download() as download:
        reader.get_by_role("button", name="Télécharger").click()
    download.value.save_as(tmp_path / "reply.eml")
    reply = email.message_from_bytes((tmp_path / "reply.eml").read_bytes(), policy=email.policy.default)
    body = reply.get_body(("plain",))
    assert body is not None
    assert reply["X-Unsent"] == "1"
    assert "avec plaisir" in body.get_content()
    again = add_message(writer, real_server, INCOMING.replace("Maude Lavigne", "Omar Haddad"))
    check_proposal(writer)
    assert again != here


def check_proposal(writer: Page) -> None:
    """The approved answer stands before the generated one, and takes its place when asked."""
    proposed = writer.locator(".proposal", has=writer.get_by_role("button"))
    expect(proposed).to_contain_text("avec plaisir")
    proposed.get_by_role("button").click()
    expect(writer.locator(".part.is-answer").first).to_contain_text("avec plaisir")
    expect(writer.locator(".flags")).to_have_count(0)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, World]]:
    """A small desk, served, with one account for each role."""
    with made_world(tmp_path_factory.mktemp("desk")) as world:
        world.account("Amina Diallo", Role.WRITER)
        world.account("Benoît Roy", Role.APPROVER)
        world.account("Chantal Côté", Role.ADMINISTRATOR)
        world.account("Dao Nguyen", Role.WRITER)
        world.account("Zoé Zola", Role.WRITER)
        with loopback(desk_app(world)) as address:
            yield address, world


def test_a_closed_desk_is_accessible(tmp_path: Path, new_page: NewPage, check: Shoot) -> None:
    """It says how to open it."""
    with made_world(tmp_path) as world, loopback(desk_app(world)) as address:
        page = new_page()
        page.goto(f"{address}/desk")
        expect(page.locator("pre.command")).to_contain_text("balise desk add-user")
        check(page, "desk-closed")


class Tour:
    """One person's way over the pages, each looked at by axe-core."""

    def __init__(self, page: Page, address: str, look: Callable[[str], None], query: str = "") -> None:
        self.page, self.address, self.look, self.query = page, address, look, query

    def see(self, path: str, name: str) -> None:
        """Open a page and look at it."""
        query = self.query.replace("?", "&") if "?" in path else self.query
        self.page.goto(f"{self.address}/desk{path}{query}")
        self.look(name)

    def press(self, selector: str, name: str) -> None:
        """Press a button and look at what comes."""
        self.page.locator(selector).last.click()
        self.look(name)


def test_every_state_of_the_desk_is_accessible(small: tuple[str, World], new_page: NewPage, check: Shoot) -> None:
    """axe-core finds nothing: at the door, in the queue, at each step of a message, where something was refused."""
    address, world = small
    page = new_page(expected=REFUSED)
    tour = Tour(page, address, lambda name: check(page, f"desk-{name}"))
    writer, approver = world.desk.accounts.named("Amina Diallo"), world.desk.accounts.named("Benoît Roy")
    tour.see("/sign-in", "sign-in")
    page.locator("#name").fill("Amina Diallo")
    page.locator("#key").fill("x")
    tour.press("main button[type=submit]", "sign-in-refused")
    sign_in(page, address, "Amina Diallo", world.keys["Amina Diallo"])
    tour.see("/messages/new", "new")
    tour.press("main .fields button", "new-refused")
    first, second, third = (world.received(writer) for _ in range(3))
    world.desk.review.submit(writer, second, world.version(second))
    tour.see(f"/messages/{second}", "in-review")
    world.desk.review.give_back(approver, second, world.version(second), "Nommer la mesure.")
    tour.see(f"/messages/{second}", "returned")
    for number in (second, third):
        world.desk.review.submit(writer, number, world.version(number))
    world.desk.review.approve(approver, second, world.version(second))
    tour.see(f"/messages/{second}", "approved")
    tour.press("form[action*='/copy'] button", "copy")
    tour.see(f"/messages/{first}/edit", "whole")
    tour.see("/messages/999", "not-there")
    tour.press("nav.desk form button", "signed-out")
    sign_in(page, address, "Benoît Roy", world.keys["Benoît Roy"])
    tour.see(f"/messages/{third}", "to-read")
    sign_in_again(page, address, "Chantal Côté", world.keys["Chantal Côté"])
    tour.see("/log", "log")
    tour.see(f"/messages/{third}/delete", "delete")
    tour.see("/accounts", "accounts")
    page.locator("details summary").last.click()
    tour.press("details form[action*='/key'] button", "key")


@pytest.mark.parametrize(
    ("look", "options", "query"),
    [("dark", {"color_scheme": "dark"}, "?lang=en"), ("phone", PHONE, "")],
    ids=["dark", "phone"],
)
def test_the_desk_is_accessible_by_night_and_on_a_telephone(  # noqa: PLR0913, PLR0917 (fixtures and a table)
    small: tuple[str, World], new_page: NewPage, check: Shoot, look: str, options: dict[str, object], query: str
) -> None:
    """The pages where people spend their time, in English too; nothing is wider than the screen."""
    address, world = small
    page = new_page(expected=REFUSED, **options)
    tour = Tour(page, address, lambda name: check(page, f"desk-{look}-{name}"), query)
    sign_in(page, address, "Amina Diallo", world.keys["Amina Diallo"])
    message = world.received(world.desk.accounts.named("Amina Diallo"))
    tour.see("", "queue")
    tour.see(f"/messages/{message}?edit=p4", "editing")
    page.locator("#edit-p4").fill("Le montant est de 22 000 $ [1].")
    tour.press(".editing button", "flagged")
    tour.see(f"/messages/{message}/changes", "changes")
    tour.see("/replies", "replies")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def sign_in_again(page: Page, address: str, name: str, key: str) -> None:
    """Somebody else sits down."""
    page.goto(f"{address}/desk")
    page.locator("nav.desk form button").click()
    sign_in(page, address, name, key)


def test_two_people_in_one_draft_lose_nothing(small: tuple[str, World], new_page: NewPage, check: Shoot) -> None:
    """The second is told who saved what, keeps their own words, and chooses."""
    address, world = small
    message = world.received(world.desk.accounts.named("Amina Diallo"))
    pages = {name: new_page(expected=REFUSED) for name in ("Amina Diallo", "Dao Nguyen")}
    for name, page in pages.items():
        sign_in(page, address, name, world.keys[name])
        page.goto(f"{address}/desk/messages/{message}?edit=p1#edit-p1")
        page.locator("#edit-p1").fill(f"Bonjour de {name},")
    pages["Dao Nguyen"].get_by_role("button", name="Enregistrer").click()
    expect(pages["Dao Nguyen"].locator("#p1 .words")).to_have_text("Bonjour de Dao Nguyen,")
    late = pages["Amina Diallo"]
    late.get_by_role("button", name="Enregistrer").click()
    expect(late.locator("[role=alert]")).to_contain_text("Dao Nguyen a enregistré une version")
    expect(late.locator(".quoted")).to_have_text("Bonjour de Dao Nguyen,")
    expect(late.locator("#mine-p1")).to_have_value("Bonjour de Amina Diallo,")
    check(late, "desk-stale")
    late.get_by_role("button", name="Enregistrer mon texte").click()
    expect(late.locator("#p1 .words")).to_have_text("Bonjour de Amina Diallo,")


def test_a_session_that_ends_while_somebody_writes_gives_the_words_back(
    small: tuple[str, World], new_page: NewPage, check: Shoot
) -> None:
    """On a page to copy them from."""
    address, world = small
    message = world.received(world.desk.accounts.named("Amina Diallo"), MESSAGE)
    page = new_page(expected=REFUSED)
    sign_in(page, address, "Dao Nguyen", world.keys["Dao Nguyen"])
    page.goto(f"{address}/desk/messages/{message}?edit=p1#edit-p1")
    expect(page.locator("#edit-p1")).to_be_focused()
    page.locator("#edit-p1").fill("Des mots qu’il ne faut pas perdre")
    dao = world.desk.accounts.named("Dao Nguyen")
    world.desk.accounts.change(dao.id, "test", dao.roles, active=True)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("textarea[readonly]")).to_have_value("Des mots qu’il ne faut pas perdre")
    check(page, "desk-expired")


def test_the_copy_button_gives_text_and_formatting(small: tuple[str, World], new_page: NewPage) -> None:
    """Both forms are in the clipboard, so that a mail program takes the one it knows."""
    address, world = small
    writer, approver = world.desk.accounts.named("Amina Diallo"), world.desk.accounts.named("Benoît Roy")
    message = world.received(writer)
    world.desk.review.submit(writer, message, world.version(message))
    world.desk.review.approve(approver, message, world.version(message))
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    sign_in(page, address, "Amina Diallo", world.keys["Amina Diallo"])
    page.goto(f"{address}/desk/messages/{message}")
    page.get_by_role("button", name="Copier").click()
    page.get_by_role("button", name="Copier avec la mise en forme").click()
    expect(page.locator("#copied")).to_be_visible()
    read = "async (type) => (await (await navigator.clipboard.read())[0].getType(type)).text()"
    assert "21\u00a0989" in page.evaluate(read, "text/plain")
    assert "<p" in page.evaluate(read, "text/html")
