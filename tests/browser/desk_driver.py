"""A person at the desk, with a browser of their own."""

import re

from playwright.sync_api import Page, expect

from assistant import __main__ as program


def add_account(name: str, *roles: str) -> None:
    """Make an account by the command; BALISE_DATA names the folder."""
    assert program.main(["desk", "add-user", name, *(word for role in roles for word in ("--role", role))]) == 0


def key_in(printed: str) -> str:
    """The key that the command showed."""
    found = re.search(r"Key \(shown once\): (\S+)", printed)
    assert found
    return found[1]


def sign_in(page: Page, address: str, name: str, key: str, query: str = "") -> None:
    """Fill the form of the door."""
    page.goto(f"{address}/desk/sign-in{query}")
    page.locator("#name").fill(name)
    page.locator("#key").fill(key)
    page.locator("main button[type=submit]").click()
    expect(page.locator("nav.desk")).to_contain_text(name)


def add_message(page: Page, address: str, text: str) -> str:
    """Paste a message; the address of its page."""
    page.goto(f"{address}/desk/messages/new")
    page.locator("#message").fill(text)
    page.get_by_role("button", name="Préparer la réponse").click()
    expect(page.locator("section.draft .letter")).to_be_visible()
    return page.url.split("?")[0]


def rewrite(page: Page, part: str, text: str) -> None:
    """Write other words in a part, in place."""
    page.locator(f"#{part} a.edit").click()
    page.locator(f"#edit-{part}").fill(text)
    page.get_by_role("button", name="Enregistrer et vérifier").click()
    expect(page.locator(f"#{part} .words")).to_be_visible()
