"""The source viewer in a real browser: the quote in view, PDF beside, keyboard, zoom, dark, phone, paper, no script."""

import re
from collections.abc import Iterator

import pytest
from browser_servers import loopback
from conftest import PHONE, NewPage, Shoot, violations
from playwright.sync_api import Page, expect
from viewer_corpus import LAST, RULE, long_document, viewer_corpus, viewer_library, wide_table
from web_fakes import READY, MemoryLibrary, ScriptedResponder, answer, entry, plan_library

from assistant.web.app import create_app
from assistant.web.limits import Limits
from assistant.web.seams import Library

LIBRARY = viewer_library()
GUIDE, PLAN, LETTER = "guide-mesures-15158-30100", "pevr-2023-2027", "lettre-ministre-2021-01-27"
ZOOMED = {"viewport": {"width": 320, "height": 256}}
"""1280 by 1024 at 400 %."""
THEMES = {"light": {}, "dark": {"color_scheme": "dark"}, "phone": PHONE}


def served(library: Library) -> Iterator[str]:
    """The address of the application over this library."""
    with loopback(create_app(ScriptedResponder(answer()), library, lambda: READY, limits=Limits())) as address:
        yield f"{address}/documents"


@pytest.fixture(scope="module")
def files() -> Iterator[str]:
    """A PDF, Word, HTML and text, ingested for real."""
    yield from served(LIBRARY)


@pytest.fixture(scope="module")
def long() -> Iterator[str]:
    """A document of 250 pages, beside short ones that have every shape."""
    text, units, pages = long_document(250)
    plan, (words, rows) = plan_library(), wide_table()
    yield from served(
        MemoryLibrary(
            (entry("long"), entry("tableau", authority="local"), *plan.entries),
            {"long": text, "tableau": words, **plan.texts},
            {"long": units, "tableau": rows, **plan.segments},
            {"long": pages, **plan.starts},
        )
    )


@pytest.fixture(scope="session")
def corpus(real_server: str) -> str:
    """The real documents."""
    return f"{real_server}/documents"


def span(document: str, words: str) -> str:
    """The query that quotes these words of a document of `files`."""
    start = LIBRARY.text(document).index(words)
    return f"span={start}-{start + len(words)}"


def quoted(page: Page, base: str, document: str, words: str) -> None:
    """Open a document at words of its original, as a citation does."""
    text = page.request.get(f"{base}/{document}/original").text()
    start = text.index(words)
    page.goto(f"{base}/{document}?start={start}&end={start + len(words)}#quote")


def no_sideways(page: Page) -> None:
    """The page is not wider than the window; what is wide scrolls in its own box."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("theme", THEMES)
def test_a_quote_is_in_view_in_its_document(corpus: str, new_page: NewPage, check: Shoot, theme: str) -> None:
    """Highlighted, not under anything, in light, in dark, on a phone."""
    page = new_page(**THEMES[theme])
    quoted(page, corpus, GUIDE, "est de 21\u2009989 $ pour l’année scolaire 2024-2025")
    expect(page.locator("mark#quote")).to_be_in_viewport(ratio=1)
    no_sideways(page)
    check(page, f"viewer-quote-{theme}")


def test_a_table_of_many_columns_reads_on_a_phone(corpus: str, new_page: NewPage, check: Shoot) -> None:
    """Rows under one another, and still a table for those who hear it."""
    page = new_page(**PHONE)
    quoted(page, corpus, PLAN, "Développer les approches collaboratives")
    expect(page.locator("mark#quote")).to_be_in_viewport(ratio=1)
    table = page.get_by_role("table").filter(has=page.locator("mark#quote"))
    expect(table.get_by_role("columnheader").first).to_have_text("Moyens")
    expect(table.get_by_role("rowheader").first).to_contain_text("Développer les approches collaboratives")
    no_sideways(page)
    check(page, "viewer-table-phone")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_shape_is_accessible(long: str, new_page: NewPage, check: Shoot, theme: str) -> None:
    """Headings, rules with notes, lists, masked names, narrow and wide tables, a local document."""
    page = new_page(**THEMES[theme])
    for document in ("plan", "tableau"):
        page.goto(f"{long}/{document}?start=0&end=40")
        check(page, f"viewer-{document}-{theme}")


def test_a_historical_document_says_so(corpus: str, new_page: NewPage, check: Shoot) -> None:
    """In English too, around a French text that says that it is French."""
    page = new_page()
    page.goto(f"{corpus}/{LETTER}?lang=en")
    expect(page.locator("main > .warning")).to_contain_text("Historical document")
    page.keyboard.press("End")
    expect(page.locator("main > .warning")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Home")
    assert page.locator("html").get_attribute("lang") == "en-CA"
    assert page.locator("article").get_attribute("lang") == "fr-CA"
    check(page, "viewer-historical-en")
    page.goto(corpus)
    check(page, "documents")


def test_it_needs_no_script(corpus: str, new_page: NewPage, shoot: Shoot) -> None:
    """The quote is highlighted and scrolled to; the contents open."""
    page = new_page(java_script_enabled=False)
    quoted(page, corpus, GUIDE, "est de 21\u2009989 $ pour l’année scolaire 2024-2025")
    mark = page.locator("mark#quote").bounding_box()
    assert mark
    assert 0 <= mark["y"] < 860
    page.locator("summary").click()
    page.get_by_role("link", name="Introduction", exact=True).click()
    assert "#section-" in page.url
    shoot(page, "viewer-no-script")


def test_a_keyboard_leads_to_a_note_and_back(corpus: str, new_page: NewPage) -> None:
    """The skip link first; a call leads to its note, which takes the focus; the note leads back to its call."""
    page = new_page()
    page.goto(f"{corpus}/{GUIDE}")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    call = page.get_by_role("link", name="note 12", exact=True).first
    call.focus()
    page.keyboard.press("Enter")
    note = page.locator("aside").filter(has_text="Note 12.")
    expect(note).to_be_focused()
    expect(note).to_be_in_viewport()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(call).to_be_in_viewport()


def test_at_400_percent_nothing_is_lost(corpus: str, files: str, new_page: NewPage) -> None:
    """One column, no sideways scrolling, the quote not under the warning."""
    page = new_page(**ZOOMED)
    quoted(page, corpus, PLAN, "Développer les approches collaboratives")
    expect(page.locator("mark#quote")).to_be_in_viewport()
    no_sideways(page)
    page.goto(f"{files}/regles?beside=1&{span('regles', RULE)}#quote")
    no_sideways(page)


def test_on_paper_the_document_is_left(corpus: str, new_page: NewPage, shoot: Shoot) -> None:
    """No navigation; the quote is underlined rather than coloured; the warning and the card are printed."""
    page = new_page()
    quoted(page, corpus, PLAN, "Développer les approches collaboratives")
    page.emulate_media(media="print")
    for gone in ("header.site nav", "footer.site", ".contents", "nav.pages"):
        for found in page.locator(gone).all():
            expect(found).to_be_hidden()
    expect(page.locator(".standing")).to_be_visible()
    expect(page.locator("dl.card")).to_be_visible()
    expect(page.locator("mark#quote")).to_have_css("border-bottom-style", "solid")
    shoot(page, "viewer-print")
    assert page.pdf(format="Letter")[:5] == b"%PDF-"


def test_a_pdf_opens_beside_its_text(files: str, new_page: NewPage, check: Shoot) -> None:
    """At the page of the quote; the mark of another page turns it; hiding it comes back to the quote."""
    page = new_page(viewport={"width": 1400, "height": 900})
    page.goto(f"{files}/regles?{span('regles', LAST)}#quote")
    page.get_by_role("link", name="Afficher le fichier d’origine à côté du texte").click()
    frame = page.locator("iframe")
    expect(frame).to_have_attribute("src", re.compile(r"^/documents/regles/original\?page=3#page=4(&|$)"))
    expect(page.locator("mark#quote")).to_be_in_viewport(ratio=1)
    expect(frame).to_be_in_viewport()
    text, original = page.locator("article").bounding_box(), frame.bounding_box()
    assert text
    assert original
    assert text["x"] + text["width"] < original["x"]
    check(page, "viewer-beside")
    with page.expect_response(lambda reply: reply.url.endswith("/original?page=1")) as turned:
        page.get_by_role("link", name="voir l’original, page 1").click()
    assert turned.value.headers["content-type"] == "application/pdf"
    assert len(page.context.pages) == 1
    page.get_by_role("link", name="Masquer le fichier d’origine").click()
    expect(page.locator("mark#quote")).to_be_in_viewport(ratio=1)
    expect(frame).to_have_count(0)


def test_the_original_is_the_file(files: str, new_page: NewPage) -> None:
    """What the card links to, byte for byte."""
    page = new_page()
    page.goto(f"{files}/regles")
    address = page.get_by_role("link", name="Ouvrir le fichier d’origine").get_attribute("href")
    given = page.request.get(f"{files.removesuffix('/documents')}{address}").body()
    assert given == (viewer_corpus() / "documents" / "regles.pdf").read_bytes()


def test_a_page_of_the_web_runs_nothing(files: str, new_page: NewPage) -> None:
    """The original is shown, its script is not run, its origin is none."""
    page = new_page(expected="sandboxed|Blocked script|Content Security Policy")
    alerts: list[str] = []
    page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    page.goto(f"{files}/page/original")
    expect(page.locator("h1")).to_have_text("Page Web")
    assert alerts == []
    assert page.evaluate("self.origin") == "null"


def test_several_quotes_are_walked_through(files: str, new_page: NewPage, check: Shoot) -> None:
    """Each has a link at the top."""
    page = new_page()
    page.goto(f"{files}/regles?{span('regles', RULE)}&{span('regles', LAST)}")
    page.get_by_role("navigation", name="Passages cités").get_by_role("link", name="2").click()
    expect(page.locator("mark#quote-2")).to_be_in_viewport(ratio=1)
    check(page, "viewer-quotes")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("regles?span=9999999-1", "n’existe pas dans ce document"),
        ("note", "contient des renseignements personnels"),
        ("page", "Document d’origine inconnue"),
        ("inconnu", "Introuvable"),
    ],
)
def test_what_cannot_be_shown_is_said(files: str, new_page: NewPage, check: Shoot, path: str, said: str) -> None:
    """On a page that is as accessible as the others."""
    page = new_page(expected="404")
    page.goto(f"{files}/{path}")
    expect(page.locator("main")).to_contain_text(said)
    check(page, f"viewer-said-{path.partition('?')[0]}")


def test_a_very_long_document_is_read_in_parts(long: str, new_page: NewPage) -> None:
    """The part of the page asked for; the next one is a link away."""
    page = new_page()
    page.goto(f"{long}/long?page=150#page-150")
    expect(page.locator("#page-150")).to_be_in_viewport()
    page.get_by_role("link", name="Lire la partie suivante").click()
    expect(page.get_by_role("navigation", name="Parties du document")).to_contain_text("partie 3 de 3")
    assert violations(page) == []
