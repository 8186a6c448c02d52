"""What goes wrong in real life: networks, servers, impatience, odd and hostile text, two widgets, back and forth."""

import json
import re

import pytest
from browser_servers import Stage
from conftest import NewPage
from playwright.sync_api import Route, expect
from web_fakes import answer, citation
from widget_driver import opened

from assistant.conversation import Answer, Kind, Question, Statement, Status

HOSTILE = (
    "</p><script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'>\"'&amp;${7*7}<svg onload=hacked=3>"
)
ARABIC = "كم يبلغ المبلغ الأساسي؟"
EMOJI = "👩🏽‍🏫 Combien? 🏫✨"
PROBLEM = {
    "title": "Erreur",
    "status": 503,
    "detail": "Le service est en pause.",
    "detail_en": "Paused.",
    "instance": "r-123",
}
LONGEST = 2_000


def refuse(status: int, body: object) -> object:
    """Reply to the chat with a problem of this status."""

    def reply(route: Route) -> None:
        route.fulfill(status=status, content_type="application/problem+json", body=json.dumps(body))

    return reply


def stream(*events: str) -> object:
    """Reply to the chat with these events, then close."""

    def reply(route: Route) -> None:
        route.fulfill(status=200, content_type="text/event-stream", body="".join(f"{event}\n\n" for event in events))

    return reply


def test_a_lost_network_keeps_the_question(stage: Stage, new_page: NewPage) -> None:
    """Said in words; the same question goes again once the connection is back."""
    page = new_page(expected="ERR_")
    widget = opened(page, stage)
    page.context.set_offline(True)
    widget.type("Combien?")
    expect(widget.last).to_contain_text("La connexion au service est interrompue")
    page.context.set_offline(False)
    widget.press("Réessayer")
    widget.answered(1)
    assert [question.text for question in stage.asked] == ["Combien?"]
    expect(widget.last.locator(".asked")).to_have_text(re.compile("Combien\\?"))


@pytest.mark.parametrize(
    ("reply", "shown"),
    [
        (refuse(503, PROBLEM), ["Le service est en pause.", "r-123"]),
        (refuse(500, "not a problem"), ["Le service a éprouvé une difficulté (code 500)."]),
        (
            refuse(422, PROBLEM | {"errors": [{"detail": "Le texte est trop long.", "detail_en": "x"}]}),
            ["Le texte est trop long."],
        ),
        (stream(f"event: error\ndata: {json.dumps(PROBLEM)}"), ["Le service est en pause.", "r-123"]),
        (stream('event: progress\ndata: {"step": "screen"}'), ["La connexion au service est interrompue"]),
        (stream("event: answer\ndata: {broken"), ["La connexion au service est interrompue"]),
    ],
    ids=["problem", "error-page", "invalid", "error-event", "cut", "broken"],
)
def test_a_server_that_fails_is_said_to(reply: object, shown: list[str], stage: Stage, new_page: NewPage) -> None:
    """Each failure in words, with the request id where there is one; trying again works."""
    page = new_page(expected="Failed to load")
    widget = opened(page, stage)
    page.route("**/v1/chat", reply)  # type: ignore[arg-type]
    widget.type("Combien?")
    for text in shown:
        expect(widget.last).to_contain_text(text)
    expect(widget.live).to_contain_text("La réponse n’est pas arrivée")
    page.unroute("**/v1/chat")
    widget.press("Réessayer")
    widget.answered(1)


def test_an_answer_without_events_is_read_too(stage: Stage, new_page: NewPage) -> None:
    """A proxy that turns the stream into one JSON reply does not break the widget."""
    page = new_page()
    widget = opened(page, stage)

    def plain(route: Route) -> None:
        route.fulfill(response=route.fetch(headers=route.request.headers | {"accept": "application/json"}))

    page.route("**/v1/chat", plain)
    widget.ask("Combien?")


def test_a_silent_server_is_given_up(stage: Stage, new_page: NewPage) -> None:
    """After a minute without a sign of life the question is kept and can be asked again."""
    page = new_page()
    page.clock.install()
    stage.held = 2
    widget = opened(page, stage)
    widget.type("Combien?")
    expect(widget.last.locator(".current")).to_have_count(1)
    page.clock.fast_forward(61_000)
    expect(widget.last).to_contain_text("Le service n’a pas répondu à temps")


def test_a_second_question_waits_for_the_first(stage: Stage, new_page: NewPage) -> None:
    """Sent twice, asked once; what was typed meanwhile stays; stopping frees the way."""
    page = new_page()
    stage.held = 3
    widget = opened(page, stage)
    widget.type("Combien?")
    expect(widget.last.locator(".current")).to_have_count(1)
    widget.type("Et encore?")
    expect(widget.root.locator(".composer .error")).to_contain_text("déjà en préparation")
    expect(widget.area).to_have_value("Et encore?")
    assert len(stage.asked) == 1
    widget.press("Arrêter")
    expect(widget.last).to_contain_text("Vous avez arrêté cette réponse.")
    stage.held = 7
    widget.area.press("Enter")
    widget.answered(2)
    assert [question.text for question in stage.asked] == ["Combien?", "Et encore?"]


def test_a_question_that_is_too_long_is_kept_whole(stage: Stage, new_page: NewPage) -> None:
    """Nothing is cut: the count is shown before the limit, the limit is said beyond it, and at the limit it goes."""
    page = new_page()
    widget = opened(page, stage)
    widget.area.fill("é" * 1_700)
    expect(widget.root.locator(".count")).to_have_text("1\u00a0700 caractères sur 2\u00a0000")
    widget.type("é" * (LONGEST + 1))
    expect(widget.root.locator(".composer .error")).to_contain_text("La question compte 2\u00a0001\u00a0caractères")
    expect(widget.area).to_be_focused()
    assert stage.asked == []
    widget.ask("🏫" * LONGEST)
    assert stage.asked[0].text == "🏫" * LONGEST
    widget.type("   ")
    expect(widget.root.locator(".composer .error")).to_have_text("Écrivez d’abord votre question.")


@pytest.mark.parametrize("text", [EMOJI, ARABIC, "日本語の質問", "a" * 300, "ligne 1\nligne 2"])
def test_any_writing_is_shown_as_it_was_typed(text: str, stage: Stage, new_page: NewPage) -> None:
    """Emoji, right to left, no spaces, several lines: shown whole, in their own direction, nothing goes sideways."""
    page = new_page()
    stage.play = lambda question: answer(text=question.text, statements=(Statement(question.text, kind=Kind.FRAMING),))
    widget = opened(page, stage)
    turn = widget.ask(text)
    asked = turn.locator(".asked p")
    assert asked.inner_text() == text
    assert asked.evaluate("e => getComputedStyle(e).direction") == ("rtl" if text == ARABIC else "ltr")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_markup_is_never_interpreted(stage: Stage, new_page: NewPage) -> None:
    """In the question, in every text of an answer, in the names of documents: it is shown as text."""
    page = new_page()

    source = citation(1, HOSTILE)

    def play(_: Question) -> Answer:
        return answer(
            Status.PARTIALLY_ANSWERED,
            text=HOSTILE,
            statements=(Statement(f"{HOSTILE} [1] [9]", (1,)),),
            citations=(source,),
            conflicts=(HOSTILE, HOSTILE),
            missing=(HOSTILE,),
            eligibility=HOSTILE,
        )

    stage.play = play
    widget = opened(page, stage)
    turn = widget.ask(HOSTILE)
    expect(turn.locator(".asked p")).to_have_text(HOSTILE)
    expect(turn.locator(".statements")).to_contain_text("<script>window.hacked = 1</script>")
    expect(turn.locator(".statements")).to_contain_text("[9]")
    expect(turn.locator("q")).to_contain_text("<img src=x")
    assert turn.locator("script, img, style, iframe, [onerror], [onload]").count() == 0
    assert page.evaluate("window.hacked") is None
    page.reload()
    expect(widget.last.locator(".asked p")).to_have_text(HOSTILE)
    assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "//evil.example/documents/x", "/documents\\evil", "https://evil.example/documents/x"]
)
def test_a_citation_only_links_to_our_documents(url: str, stage: Stage, new_page: NewPage) -> None:
    """Any other address is not made a link; the source is still shown."""
    page = new_page()
    widget = opened(page, stage)

    def changed(route: Route) -> None:
        body = route.fetch().text()
        found = json.loads(re.search(r"event: answer\ndata: (.*)\n", body)[1])  # type: ignore[index]
        found["citations"][0]["url"] = url
        route.fulfill(
            status=200, content_type="text/event-stream", body=f"event: answer\ndata: {json.dumps(found)}\n\n"
        )

    page.route("**/v1/chat", changed)
    turn = widget.ask("Combien?")
    expect(turn.locator(".chip")).to_have_count(1)
    expect(turn.locator("a")).to_have_count(0)


def test_an_answer_of_a_later_contract_is_still_read(stage: Stage, new_page: NewPage) -> None:
    """Where a newer server leaves out what this file expects, the text of the answer is shown all the same."""
    page = new_page()
    widget = opened(page, stage)
    later = {"id": "x", "status": "answered", "language": "fr", "text": "Le texte seul."}
    page.route("**/v1/chat", stream(f"event: answer\ndata: {json.dumps(later)}"))  # type: ignore[arg-type]
    widget.type("Combien?")
    expect(widget.last.locator(".said")).to_have_text("Le texte seul.")
