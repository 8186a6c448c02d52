"""What the widget remembers: conversations of two widgets, of a tab, of a browser, and what goes with a question."""

import pytest
from browser_servers import Host, Stage
from conftest import NewPage
from playwright.sync_api import expect
from stage_answers import said
from web_fakes import answer
from widget_driver import Widget, opened

from assistant.conversation import Status
from assistant.provenance import Understood


def test_two_widgets_do_not_share_anything(stage: Stage, new_page: NewPage, host: Host) -> None:
    """Each has its conversation, which comes back after a reload; restarting one leaves the other."""
    page = new_page()
    tag = f'<script src="{stage.address}/widget.js" defer></script>'
    page.goto(host.page(f"{tag}<balise-chat></balise-chat><balise-chat lang='en'></balise-chat>"))
    first, second = (Widget(page, f"balise-chat >> nth={rank}") for rank in (0, 1))
    first.ask("Première?")
    second.ask("Second?")
    page.reload()
    expect(first.turns).to_have_count(1)
    expect(second.last.locator(".asked p")).to_have_text("Second?")
    first.press("Recommencer")
    first.press("Effacer")
    page.reload()
    expect(second.turns).to_have_count(1)
    expect(first.turns).to_have_count(0)


def test_going_away_and_back_finds_the_conversation(stage: Stage, new_page: NewPage) -> None:
    """Answered turns come back as they were; one that was not answered in time can be asked again."""
    page = new_page()
    widget = opened(page, stage)
    widget.ask("Combien?")
    stage.held = 3
    widget.type("Et puis?")
    expect(widget.last.locator(".current")).to_have_count(1)
    page.goto(f"{stage.address}/documents")
    page.go_back()
    expect(widget.turns).to_have_count(2)
    expect(widget.turns.first.locator(".chip")).to_have_count(1)
    expect(widget.last).to_contain_text("La page a été quittée avant l’arrivée de la réponse.")
    page.go_forward()
    page.go_back()
    stage.held = 7
    widget.press("Réessayer")
    widget.answered(2)
    assert [message.content for message in stage.asked[-1].history] == [
        "Combien?",
        "Le montant de base est de 21\u00a0989\u00a0$. [1]",
    ]


def test_a_follow_up_carries_the_conversation(stage: Stage, new_page: NewPage) -> None:
    """Earlier questions and answers, oldest first, within what the contract takes."""
    page = new_page()
    stage.play = lambda question: said(Status.OUT_OF_SCOPE, f"Réponse à {question.text}" + "!" * 5_000)
    widget = opened(page, stage)
    for rank in range(12):
        widget.ask(f"q{rank}")
    history = stage.asked[-1].history
    assert [message.content for message in history[::2]] == [f"q{rank}" for rank in range(1, 11)]
    assert {message.role for message in history[1::2]} == {"assistant"}
    assert max(len(message.content) for message in history) == 4_000


def test_what_the_conversation_adds_to_a_question_is_shown(stage: Stage, new_page: NewPage) -> None:
    """A follow-up says how it was understood; a question that stands alone does not."""
    page = new_page()
    stage.play = lambda _: answer(understood=Understood("Quel est le budget de l’axe 3?"))
    widget = opened(page, stage)
    expect(widget.ask("Et l’axe 3?")).to_contain_text(
        "comprise avec la conversation\u00a0: Quel est le budget de l’axe 3?"
    )
    expect(widget.ask("Quel est le budget de l’axe 3?")).not_to_contain_text("comprise avec la conversation")


@pytest.mark.parametrize(("kept", "found"), [("none", (0, 0)), ("tab", (1, 0)), ("browser", (1, 1))])
def test_the_host_says_how_long_a_conversation_is_kept(
    kept: str, found: tuple[int, int], stage: Stage, new_page: NewPage, host: Host
) -> None:
    """Not at all, for the tab (the default), or for the browser: after a reload, and in another tab."""
    page = new_page()
    script = f'<script src="{stage.address}/widget.js" defer></script>'
    address = host.page(f'{script}<balise-chat history="{kept}"></balise-chat>')
    page.goto(address)
    Widget(page).ask("Combien?")
    page.reload()
    other = page.context.new_page()
    other.goto(address)
    for widget, count in zip((Widget(page), Widget(other)), found, strict=True):
        expect(widget.area).to_be_visible()
        expect(widget.turns).to_have_count(count)


def test_it_works_where_the_browser_keeps_and_copies_nothing(stage: Stage, new_page: NewPage) -> None:
    """Without storage and clipboard, as in a sandboxed frame: a conversation all the same, the text shown selected."""
    page = new_page()
    page.add_init_script(
        "const no = () => { throw new DOMException('no', 'SecurityError') };"
        "Object.defineProperty(window, 'sessionStorage', { get: no });"
        "Object.defineProperty(navigator, 'clipboard', { get: no });"
    )
    widget = opened(page, stage)
    turn = widget.ask("Combien?")
    widget.press("Copier la réponse")
    expect(turn).to_contain_text("copiez-le avec Ctrl + C")
    shown = turn.get_by_role("textbox", name="Copier la réponse")
    assert "Sources" not in shown.input_value()
    assert shown.evaluate("e => e.value.slice(e.selectionStart, e.selectionEnd) === e.value && e.value.length > 100")
    widget.press("Copier la réponse")
    expect(shown).to_have_count(1)
