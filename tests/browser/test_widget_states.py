"""Every state of the widget, in both colour schemes: what it shows, and nothing that axe-core objects to."""

import re

import pytest
from browser_servers import Stage
from conftest import DESKTOP, PHONE, Check, NewPage, Shoot
from playwright.sync_api import expect
from stage_answers import MAILBOX, states
from widget_driver import opened

STATES = states()
SHOWN = {
    "answered": [
        "Réponse fondée sur les documents",
        "ce n’est pas une règle du Ministère",
        "Origine inconnue",
        "Document historique",
    ],
    "computed": [
        "CSS des Érables",
        "21\u00a0990\u00a0$",
        "43\u00a0978,50\u00a0$",
        "65\u00a0968,50\u00a0$",
        "Simulation\u00a0:",
        "Total",
        "Enveloppe du volet 2",
    ],
    "listed": ["Nommée parmi les exemples du guide"],
    "close": ["Réponse partielle", "Proche d’un exemple du guide"],
    "not_mentioned": ["Non mentionnée dans le guide"],
    "conflict": ["Les sources ne concordent pas", "Plus de 140\u00a0M$", "139,6\u00a0M$"],
    "silence": ["Les documents ne le précisent pas", "Passages les plus proches", MAILBOX],
    "needs_input": ["Il manque un renseignement", "Le volet de la mesure 15158", "Ce que compte"],
    "out_of_scope": ["Hors du sujet des documents"],
    "refused": ["Demande non traitée"],
    "error": ["Réponse non disponible"],
}


SCREENS = {"light": DESKTOP, "dark": DESKTOP | {"color_scheme": "dark"}, "phone": PHONE}


@pytest.mark.parametrize("screen", SCREENS)
def test_every_kind_of_answer(screen: str, stage: Stage, new_page: NewPage, check: Check, shoot: Shoot) -> None:
    """Each shows what it is worth in words, its blocks, the notice; axe-core objects to none; nothing goes sideways."""
    page = new_page(**SCREENS[screen])
    widget = opened(page, stage)
    for state, found in STATES.items():
        stage.play = lambda _, found=found: found
        turn = widget.ask("Qu’en est-il?")
        for folded in turn.locator("details:not([open]) > summary").all():
            folded.click()
        for text in SHOWN[state]:
            expect(turn).to_contain_text(text)
        expect(turn.locator(".prepared")).to_have_text("Préparé automatiquement, à valider.")
        shoot(turn, f"state-{state}-{screen}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    check(page, f"state-all-{screen}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_waiting_says_which_step_runs(scheme: str, stage: Stage, new_page: NewPage, check: Check) -> None:
    """The steps of the program as they start, the time it takes when it is long, and a way to stop."""
    page = new_page(color_scheme=scheme)
    page.clock.install()
    stage.held = 4
    widget = opened(page, stage)
    widget.type("Combien?")
    expect(widget.last.locator(".progress .done")).to_contain_text(["Lecture de la question (terminé)"])
    expect(widget.last.locator(".progress .current")).to_have_text("Recherche dans les documents (en cours)")
    page.clock.fast_forward(9_000)
    expect(widget.last.locator(".progress")).to_contain_text("La réponse tarde")
    check(page, f"state-waiting-{scheme}")
    stage.curtain.set()
    widget.answered(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_failure_offers_to_try_again(scheme: str, stage: Stage, new_page: NewPage, check: Check) -> None:
    """What happened in words, the question kept, a button."""
    page = new_page(color_scheme=scheme, expected="ERR_")
    widget = opened(page, stage)
    page.context.set_offline(True)
    widget.type("Combien?")
    expect(widget.last.get_by_role("button", name="Réessayer")).to_be_visible()
    check(page, f"state-failed-{scheme}")


def test_the_frame_and_its_themes(stage: Stage, new_page: NewPage, check: Check) -> None:
    """The widget alone fills its page; a theme that is asked for is kept whatever the browser prefers."""
    page = new_page(color_scheme="light")
    widget = opened(page, stage, "/widget?theme=dark&lang=en&body_type=private")
    expect(widget.root.locator("h1")).to_have_text("Balise")
    expect(widget.root.get_by_role("radio")).to_have_count(0)
    expect(widget.root.get_by_role("button", name="What would our share of measure 30100 be?")).to_be_visible()
    assert (
        page.evaluate(
            "getComputedStyle(document.querySelector('balise-chat').shadowRoot.querySelector('.panel')).backgroundColor"
        )
        == "rgb(22, 27, 34)"
    )
    widget.ask("What is it?")
    assert stage.asked[0].language == "en"
    assert stage.asked[0].profile.body_type == "private"
    check(page, "state-frame-dark")


def test_copying_gives_the_answer_with_its_references(stage: Stage, new_page: NewPage) -> None:
    """Question, answer, each reference with its authority, period, quote and address, the notice."""
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    stage.play = lambda _: STATES["answered"]
    widget = opened(page, stage)
    widget.ask("Combien?")
    widget.press("Copier la réponse")
    expect(widget.last).to_contain_text("Copié avec les références.")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("Votre question\u00a0: Combien?")
    worth = "Document d’un organisme local; ce n’est pas une règle du Ministère; Période visée\u00a0: 2023-2027"
    assert f"[2] Titre de local, page\u00a01 ({worth})" in text
    assert f"{stage.address}/documents/lettre?start=" in text
    assert text.endswith("Préparé automatiquement, à valider.")
    stage.play = lambda _: STATES["computed"]
    widget.ask("Et en tableau?")
    widget.press("Copier le tableau")
    expect(widget.last).to_contain_text("Tableau copié.")
    rows = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert rows == [
        "Résultat\tMontant",
        "CSS des Érables\t21\u00a0990\u00a0$",
        "CSS du Fleuve\t43\u00a0978,50\u00a0$",
        "Total\t65\u00a0968,50\u00a0$",
    ]


def test_feedback_is_kept_with_its_reasons(stage: Stage, new_page: NewPage) -> None:
    """Nothing leaves before a choice; « utile » goes at once; « pas utile » wants a reason; a question may stay."""
    page = new_page()
    widget = opened(page, stage)
    widget.ask("Combien?")
    assert stage.kept == []
    widget.press("Utile")
    expect(widget.last.locator(".feedback")).to_contain_text("il sert à corriger l’outil et ses documents")
    widget.ask("Combien encore?")
    widget.press("Pas utile")
    expect(widget.last.locator(".feedback")).to_contain_text("Il ne reçoit pas de réponse individuelle")
    widget.press("Envoyer l’avis")
    expect(widget.last).to_contain_text("Cochez une raison ou écrivez un commentaire.")
    for reason in ("Un chiffre est inexact", "La source n’est pas la bonne"):
        widget.last.get_by_label(reason).check()
    widget.last.get_by_label("Joindre ma question").uncheck()
    widget.last.get_by_label("Commentaire (facultatif)").fill("Le total est faux.")
    widget.press("Envoyer l’avis")
    expect(widget.last.locator(".feedback")).to_contain_text("Merci")
    useful, useless = stage.kept
    assert (useful.useful, useful.reasons, useful.question) == (True, (), "")
    assert (useless.useful, {str(one) for one in useless.reasons}) == (False, {"wrong_figure", "wrong_source"})
    assert (useless.question, useless.comment) == ("", "Le total est faux.")


def test_printing_puts_the_conversation_alone_on_paper(stage: Stage, new_page: NewPage) -> None:
    """On paper: the questions, the answers with all that was folded, no control; the page is as it was afterwards."""
    page = new_page()
    stage.play = lambda _: STATES["answered"]
    widget = opened(page, stage)
    widget.ask("Combien?")
    page.evaluate("window.print = () => { window.printed = true }")
    widget.press("Imprimer")
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    paper = page.locator("[data-balise-print]")
    expect(paper.get_by_text("Combien?")).to_be_visible()
    expect(paper.locator("blockquote").first).to_be_visible()
    expect(paper.get_by_role("button", name="Copier la réponse")).to_be_hidden()
    expect(page.locator("header.site")).to_be_hidden()
    page.emulate_media(media="screen")
    expect(paper).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(paper).to_have_count(0)
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Posez votre question")).to_be_visible()


def test_the_mail_is_ready_to_be_completed(stage: Stage, new_page: NewPage) -> None:
    """A long question is cut in the subject, so that mail programs take the address."""
    page = new_page()
    stage.play = lambda _: STATES["silence"]
    widget = opened(page, stage)
    turn = widget.ask("Combien? " * 150)
    href = turn.get_by_role("link", name="Préparer un courriel").get_attribute("href") or ""
    assert href.startswith(f"mailto:{MAILBOX}?subject=Question%20sur")
    assert re.search("body=Bonjour%2C%0D%0A", href)
    assert "Passages%20les%20plus%20proches" in href
    assert len(href) < 6_000
