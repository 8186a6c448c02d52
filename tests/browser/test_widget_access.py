"""Anyone can use it: what assistive technology is told, keyboard alone, sizes, contrast, zoom, motion, languages."""

import re
from pathlib import Path

import pytest
from browser_servers import Host, Stage
from conftest import NewPage, violations
from playwright.sync_api import Page, expect
from stage_answers import states
from widget_driver import Widget, opened

STATES = states()
CSS = (Path(__file__).parents[2] / "assistant" / "web" / "widget" / "widget.css").read_text(encoding="utf-8")
SMALL_TARGETS = """root => [...root.shadowRoot.querySelectorAll("a, button, input, select, textarea, summary")]
    .filter(e => e.checkVisibility())
    .map(e => (e.matches("input[type=checkbox], input[type=radio]") ? e.closest("label") : e))
    .map(e => [e.className || e.tagName, e.getBoundingClientRect()])
    .filter(([, box]) => box.width < 24 || box.height < 18)
    .map(([name, box]) => `${name} ${box.width} x ${box.height}`)"""
CUT_TEXT = """root => [...root.shadowRoot.querySelectorAll("button, label, p")]
    .filter(e => e.checkVisibility() && !e.matches(".hidden") && getComputedStyle(e).display !== "inline")
    .filter(e => e.scrollWidth > e.clientWidth + 1)
    .map(e => e.textContent)"""
FOCUS = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  const style = getComputedStyle(at);
  const name = at.textContent.trim().slice(0, 30) || at.id;
  return [at.tagName, name, style.outlineStyle, parseFloat(style.outlineWidth)];
}"""


def floating(page: Page, stage: Stage, host: Host) -> Widget:
    """A floating widget on another site's page."""
    tag = f'<script src="{stage.address}/widget.js" defer></script>'
    page_of_theirs = '<main><h1>Intranet</h1><p>Bienvenue <a href="#x">ici</a>.</p></main>'
    page.goto(host.page(f'{page_of_theirs}{tag}<balise-chat position="floating"></balise-chat>'))
    return Widget(page)


def test_the_log_is_there_from_the_start_and_an_answer_is_said_once(stage: Stage, new_page: NewPage) -> None:
    """`role="log"` keeps quiet; one polite region says that work goes on, then the whole answer, without its marks."""
    page = new_page()
    page.clock.install()
    widget = opened(page, stage)
    log = widget.root.get_by_role("log", name="Conversation")
    expect(log).to_have_attribute("aria-live", "off")
    page.evaluate("""() => {
      const live = document.querySelector("balise-chat").shadowRoot.querySelector("[aria-live=polite]");
      window.said = [];
      const heard = new MutationObserver(() => window.said.push(live.textContent));
      heard.observe(live, { childList: true, characterData: true, subtree: true });
    }""")
    widget.ask("Combien?")
    assert page.evaluate("window.said") == [
        "Réponse en préparation",
        "Réponse fondée sur les documents. Le montant de base est de 21\u00a0989\u00a0$. Sources citées\u00a0: 1.",
    ]
    assert widget.root.locator("[aria-live=polite]").count() == 1
    page.clock.fast_forward(11_000)
    expect(widget.live).to_be_empty()


def test_everything_can_be_done_with_the_keyboard(stage: Stage, new_page: NewPage) -> None:
    """Tab goes through all controls in the order they are seen, each with an outline; Enter and Space work them."""
    page = new_page()
    stage.play = lambda _: STATES["answered"]
    widget = opened(page, stage)
    widget.area.focus()
    page.keyboard.type("Combien?")
    page.keyboard.press("Enter")
    widget.answered(1)
    expect(widget.area).to_be_focused()
    widget.root.get_by_role("button", name="Recommencer").focus()
    seen = []
    for _ in range(18):
        tag, text, style, width = page.evaluate(FOCUS)
        seen.append(text)
        assert style == "solid", (tag, text)
        assert width >= 2
        if tag == "TEXTAREA":
            break
        page.keyboard.press("Tab")
    assert seen[:6] == ["Recommencer", "Imprimer", "1", "2", "3", "4"]
    assert seen[-4:] == ["Copier la réponse", "Utile", "Pas utile", "question"]


def test_a_suggestion_leads_the_focus_to_its_answer(stage: Stage, new_page: NewPage) -> None:
    """What was pressed is gone: the next Tab is in the answer."""
    page = new_page()
    widget = opened(page, stage)
    widget.root.locator(".suggestions button").first.focus()
    page.keyboard.press("Enter")
    widget.answered(1)
    expect(widget.last).to_be_focused()
    page.keyboard.press("Tab")
    expect(widget.last.locator(".chip")).to_be_focused()


def test_the_floating_panel_takes_and_gives_back_the_focus(stage: Stage, new_page: NewPage, host: Host) -> None:
    """Opening focuses the question, Escape closes and gives the focus back; the state is told."""
    page = new_page()
    widget = floating(page, stage, host)
    button = widget.root.get_by_role("button", name="Poser une question")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    page.keyboard.press("Enter")
    expect(widget.root.get_by_role("dialog", name="Balise")).to_be_visible()
    expect(widget.area).to_be_focused()
    widget.ask("Combien?")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(widget.root.get_by_role("dialog")).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(widget.turns).to_have_count(1)
    widget.press("Fermer")
    expect(button).to_be_focused()


def test_on_a_phone_the_panel_is_modal(stage: Stage, new_page: NewPage, host: Host) -> None:
    """It covers the page, so that nothing behind it can take the focus."""
    page = new_page(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    widget = floating(page, stage, host)
    widget.press("Poser une question")
    assert widget.root.locator("dialog").evaluate("dialog => dialog.matches(':modal')")
    box = widget.root.locator("dialog").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 390, "height": 844}
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(widget.root.get_by_role("button", name="Poser une question")).to_be_focused()


@pytest.mark.parametrize("name", list(STATES))
def test_targets_are_large_enough(name: str, stage: Stage, new_page: NewPage) -> None:
    """At least 24 × 24 px, links inside a sentence or a list of quotes aside in their height (2.5.8)."""
    page = new_page()
    stage.play = lambda _: STATES[name]
    widget = opened(page, stage)
    turn = widget.ask("Combien?")
    for folded in turn.locator("details:not([open]) > summary").all():
        folded.click()
    assert widget.root.evaluate(SMALL_TARGETS) == []


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, WCAG 2.1."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def colours(scheme: int) -> dict[str, str]:
    """The default of each colour token, light or dark."""
    pairs = re.findall(r"--([\w-]+): var\(--balise-[\w-]+, light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)\);", CSS)
    return {name: both[scheme] for name, *both in pairs}


TEXT = [("ink", ground) for ground in ("paper", "ground", "tint", "good-tint", "caution-tint")]
TEXT += [(ink, ground) for ink in ("soft", "accent", "caution", "error") for ground in ("paper", "ground")]
TEXT += [
    ("soft", "good-tint"),
    ("soft", "caution-tint"),
    ("caution", "caution-tint"),
    ("good", "good-tint"),
    ("good", "paper"),
]
TEXT += [("accent", "tint"), ("on-accent", "accent")]
EDGES = [("edge", "paper"), ("edge", "ground"), ("accent", "paper"), ("accent", "ground"), ("error", "paper")]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), [(*pair, 4.5) for pair in TEXT] + [(*pair, 3.0) for pair in EDGES])
def test_colours_have_enough_contrast(ink: str, ground: str, least: float, scheme: int) -> None:
    """Text at 4.5:1; edges of fields and outlines of focus at 3:1."""
    found = colours(scheme)
    light, dark = sorted((luminance(found[ink]), luminance(found[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= least


def test_older_browsers_get_the_light_colours() -> None:
    """What stands before `light-dark()` is the same light theme."""
    plain = dict(re.findall(r"--([\w-]+): var\(--balise-[\w-]+, (#[0-9a-f]{6})\);", CSS))
    assert plain == colours(0)


@pytest.mark.parametrize("path", ["/", "/widget"])
def test_it_reflows_at_400_percent(path: str, stage: Stage, new_page: NewPage) -> None:
    """A window of 320 × 256 px, which is 1280 × 1024 at 400 %: no sideways scrolling, everything can be reached."""
    page = new_page(viewport={"width": 320, "height": 256})
    stage.play = lambda _: STATES["computed"]
    widget = opened(page, stage, path)
    turn = widget.ask("Combien?")
    turn.locator("details > summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for control in ("Télécharger (XLSX)", "Utile"):
        button = widget.root.get_by_role("button", name=control, exact=True)
        button.scroll_into_view_if_needed()
        expect(button).to_be_in_viewport()
    widget.area.scroll_into_view_if_needed()
    expect(widget.area).to_be_in_viewport()
    assert violations(page) == []


def test_it_takes_the_text_spacing_of_a_reader(stage: Stage, new_page: NewPage) -> None:
    """Line height 1.5, letters 0.12, words 0.16 (1.4.12): nothing overlaps, nothing is cut, no sideways scrolling."""
    page = new_page(viewport={"width": 390, "height": 844})
    stage.play = lambda _: STATES["needs_input"]
    widget = opened(page, stage)
    widget.ask("Combien?")
    page.evaluate("""() => {
      const sheet = new CSSStyleSheet();
      const spacing = { "line-height": 1.5, "letter-spacing": "0.12em", "word-spacing": "0.16em" };
      const rules = Object.entries(spacing).map(([name, value]) => `${name}: ${value} !important`);
      sheet.replaceSync(`* { ${rules.join(";")} }`);
      const root = document.querySelector("balise-chat").shadowRoot;
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    }""")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert widget.root.evaluate(CUT_TEXT) == []


def test_motion_is_left_out_when_it_is_not_wanted(stage: Stage, new_page: NewPage) -> None:
    """The spinner stands still; the step that runs is said in words."""
    page = new_page(reduced_motion="reduce")
    stage.held = 3
    widget = opened(page, stage)
    widget.type("Combien?")
    spinner = widget.root.locator(".spinner")
    expect(spinner).to_be_visible()
    assert spinner.evaluate("e => getComputedStyle(e).animationName") == "none"
    stage.curtain.set()
    widget.answered(1)


def test_every_passage_says_its_language(real_server: str, new_page: NewPage) -> None:
    """In an English answer the French quotes are marked as French, in the sentence and in the sources."""
    page = new_page(locale="en-CA")
    page.goto(f"{real_server}/?lang=en")
    widget = Widget(page)
    turn = widget.ask("What is mentoring?")
    expect(widget.root.locator("section.panel")).to_have_attribute("lang", "en-CA")
    expect(turn.locator(".statements")).to_have_attribute("lang", "en-CA")
    quote = turn.locator(".statements span[lang=fr-CA]").first
    assert quote.inner_text().startswith("«")
    expect(turn.locator("q").first).to_have_attribute("lang", "fr-CA")
    expect(turn.locator(".source-title").first).to_have_attribute("lang", "fr-CA")


def test_tables_have_their_headers_and_captions(stage: Stage, new_page: NewPage) -> None:
    """Each table is named, each column and each row has a header."""
    page = new_page()
    stage.play = lambda _: STATES["computed"]
    widget = opened(page, stage)
    turn = widget.ask("Combien?")
    turn.locator("details > summary").first.click()
    for name in ("Résultats", "Étapes", "Données fournies", "Paramètres"):
        table = turn.get_by_role("table", name=name)
        expect(table).to_be_visible()
        columns, rows = table.get_by_role("columnheader").count(), table.get_by_role("rowheader").count()
        assert columns >= 2
        assert rows >= 1
        assert table.get_by_role("cell").count() == rows * (columns - 1)
