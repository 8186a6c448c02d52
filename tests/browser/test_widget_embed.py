"""Two lines in any page: under a strict policy, with the attributes of the host, without scripts, in a frame."""

import pytest
from browser_servers import Host, Stage
from conftest import Check, NewPage
from playwright.sync_api import expect
from widget_driver import Widget

STRICT = (
    "default-src 'none'; script-src {server}; connect-src {server}; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


def two_lines(stage: Stage, attributes: str = "", inside: str = "") -> str:
    """What a host writes."""
    return f'<script src="{stage.address}/widget.js" defer></script>\n<balise-chat {attributes}>{inside}</balise-chat>'


def test_it_works_under_a_strict_policy(stage: Stage, new_page: NewPage, host: Host) -> None:
    """No inline style, no inline script, no string that becomes code: nothing is reported, and it is styled."""
    page = new_page()
    page.add_init_script(
        "window.reported = []; addEventListener('securitypolicyviolation', e => reported.push(e.violatedDirective))"
    )
    page.goto(host.page(two_lines(stage), STRICT.format(server=stage.address)))
    widget = Widget(page)
    turn = widget.ask("Combien?")
    expect(turn.locator(".chip")).to_have_count(1)
    assert page.evaluate("window.reported") == []
    assert (
        widget.root.locator(".primary").first.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(9, 87, 151)"
    )
    link = turn.locator("a.chip").get_attribute("href") or ""
    assert link.startswith(f"{stage.address}/documents/plan?")


def test_a_site_that_is_not_listed_gets_no_answer(real_server: str, new_page: NewPage, host: Host) -> None:
    """The browser keeps the reply from the page; the person is told that the service cannot be reached."""
    page = new_page(expected="CORS|ERR_FAILED")
    page.goto(host.page(f'<script src="{real_server}/widget.js" defer></script><balise-chat></balise-chat>'))
    widget = Widget(page)
    widget.type("Combien?")
    expect(widget.last).to_contain_text("La connexion au service est interrompue")


def test_the_host_chooses_words_language_and_person(stage: Stage, new_page: NewPage, host: Host) -> None:
    """`lang` (or that of the page), `greeting`, `body-type`, `limit`, `heading-level`; a change is taken at once."""
    page = new_page()
    attributes = 'greeting="Bienvenue au CSS <b>du Fleuve</b>" body-type="public" limit="40" heading-level="3"'
    page.goto(host.page(two_lines(stage, attributes), lang="en"))
    widget = Widget(page)
    expect(widget.root.locator(".greeting")).to_have_text("Bienvenue au CSS <b>du Fleuve</b>")
    expect(widget.root.locator("h3")).to_have_text("Balise")
    expect(widget.root.get_by_role("radio")).to_have_count(0)
    widget.ask("How much?")
    assert (stage.asked[0].profile.body_type, stage.asked[0].language) == ("public", "en")
    widget.type("x" * 41)
    expect(widget.root.locator(".composer .error")).to_contain_text("the limit is 40")
    widget.root.evaluate("element => { element.lang = 'fr' }")
    expect(widget.last.locator(".status").first).to_have_text("Réponse fondée sur les documents")
    expect(widget.turns).to_have_count(1)


@pytest.mark.parametrize(("theme", "paper"), [("sdg", "rgb(255, 255, 255)"), ("sdg-dark", "rgb(18, 21, 25)")])
def test_the_government_tokens_are_taken(theme: str, paper: str, stage: Stage, new_page: NewPage, host: Host) -> None:
    """With the theme `sdg`, the tokens that the page of a ministry defines."""
    page = new_page()
    tokens = ":root{--qc-color-blue-piv:#095797}.dark{--qc-color-background:#121519;--qc-color-blue-piv:#72b2eb}"
    shade = "dark" if theme == "sdg-dark" else ""
    page.goto(host.page(f'<style>{tokens}</style><div class="{shade}">{two_lines(stage, f"theme={theme!r}")}</div>'))
    widget = Widget(page)
    assert widget.root.locator(".panel").evaluate("e => getComputedStyle(e).backgroundColor") == paper
    accent = "rgb(114, 178, 235)" if shade else "rgb(9, 87, 151)"
    assert widget.root.locator(".primary").first.evaluate("e => getComputedStyle(e).backgroundColor") == accent


def test_without_scripts_what_is_inside_stands_in(stage: Stage, new_page: NewPage) -> None:
    """The plain form of the home page answers; a host may put a link there."""
    page = new_page(java_script_enabled=False)
    page.goto(stage.address)
    page.get_by_label("Votre question").fill("Combien?")
    page.get_by_role("button", name="Obtenir la réponse").click()
    expect(page.get_by_role("heading", name="Réponse", exact=True)).to_be_visible()


def test_a_listed_site_may_show_it_in_a_frame(stage: Stage, new_page: NewPage, host: Host, check: Check) -> None:
    """The frame fills its place, answers, and axe-core objects to nothing, inside and outside."""
    page = new_page()
    frame = f'<iframe title="Balise" src="{stage.address}/widget" width="480" height="640"></iframe>'
    page.goto(host.page(f"<main><h1>Intranet</h1>{frame}</main>"))
    inside = page.frame_locator("iframe")
    inside.locator(".composer textarea").fill("Combien?")
    inside.locator(".composer textarea").press("Enter")
    expect(inside.locator(".prepared")).to_be_visible()
    check(page, "embed-frame")


def test_it_floats_over_a_page(stage: Stage, new_page: NewPage, host: Host, check: Check) -> None:
    """A button in the corner; the panel over the page."""
    page = new_page()
    page.goto(host.page(f"<main><h1>Intranet</h1><p>Bienvenue.</p></main>{two_lines(stage, 'position=floating')}"))
    check(page, "embed-floating-closed")
    widget = Widget(page)
    widget.press("Poser une question")
    widget.ask("Combien?")
    check(page, "embed-floating-open")
    widget.root.evaluate("element => element.close()")
    expect(widget.root.get_by_role("dialog")).to_be_hidden()
    widget.root.evaluate("element => element.open()")
    expect(widget.turns).to_have_count(1)
