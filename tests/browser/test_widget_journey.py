"""What people come for, on the real documents: in French and in English, on a desk and on a phone."""

import io
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from conftest import DESKTOP, PHONE, Check, NewPage
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from widget_driver import Widget


@dataclass(frozen=True)
class Words:
    """What is read and pressed in one language."""

    path: str
    public: str
    share: str
    need: str
    compute: str
    result: str
    working: str
    download: str
    definition: str
    answered: str
    quoted: str
    gap: str
    silent: str
    mail: str
    subject: str
    useless: str
    reason: str
    send_feedback: str
    thanks: str
    restart: str
    clear: str


FRENCH = Words(
    path="/",
    public="Un organisme public",
    share="Quelle serait notre part au volet\u00a02?",
    need="Il manque un renseignement",
    compute="Calculer",
    result="66\u00a0667\u00a0$",
    working="Détail du calcul",
    download="Télécharger (XLSX)",
    definition="Qu’est-ce qu’un veilleur bienveillant?",
    answered="Réponse fondée sur les documents",
    quoted="les yeux et oreilles de la bienveillance",
    gap="Quel est le montant de base pour 2027-2028?",
    silent="Les documents ne le précisent pas",
    mail="Préparer un courriel",
    subject="Question sur les mesures 15158 et 30100",
    useless="Pas utile",
    reason="L’information n’est plus à jour",
    send_feedback="Envoyer l’avis",
    thanks="Merci, votre avis est enregistré",
    restart="Recommencer",
    clear="Effacer",
)
ENGLISH = Words(
    path="/?lang=en",
    public="A public body",
    share="What would our share be under volet 2?",
    need="More information needed",
    compute="Compute",
    result="$66,667",
    working="Working",
    download="Download (XLSX)",
    definition="What is a “veilleur bienveillant”?",
    answered="Answer based on the documents",
    quoted="les yeux et oreilles de la bienveillance",
    gap="What is the base amount for 2027-2028?",
    silent="The documents do not say",
    mail="Prepare an e-mail",
    subject="Question about measures 15158 and 30100",
    useless="Not useful",
    reason="The information is out of date",
    send_feedback="Send feedback",
    thanks="Thank you, your feedback is recorded",
    restart="Start over",
    clear="Clear",
)


@dataclass(frozen=True)
class Journey:
    """A person before the home page, in one language, on one screen."""

    words: Words
    widget: Widget
    page: Page
    name: str


@pytest.fixture(
    params=[
        pytest.param((FRENCH, DESKTOP, "light"), id="fr-desktop"),
        pytest.param((FRENCH, PHONE, "dark"), id="fr-phone"),
        pytest.param((ENGLISH, DESKTOP, "dark"), id="en-desktop"),
        pytest.param((ENGLISH, PHONE, "light"), id="en-phone"),
    ]
)
def journey(request: pytest.FixtureRequest, real_server: str, new_page: NewPage) -> Journey:
    """In both languages, on a desk and on a phone, in both colour schemes."""
    words, screen, scheme = request.param
    page = new_page(color_scheme=scheme, **screen)
    page.goto(real_server + words.path)
    return Journey(words, Widget(page), page, f"journey-{request.node.callspec.id}")


def test_a_share_is_computed_from_what_the_form_asks(journey: Journey, check: Check) -> None:
    """A suggested question, the missing inputs as a form, the amount, its working, its workbook."""
    words, widget, page = journey.words, journey.widget, journey.page
    page.get_by_label(words.public).check()
    check(page, f"{journey.name}-1-welcome")
    widget.press(words.share)
    widget.answered(1)
    widget.status(words.need)
    fields = widget.last.locator(".missing input")
    expect(fields).to_have_count(3)
    widget.press(words.compute)
    expect(fields.first).to_be_focused()
    expect(widget.last.locator("[aria-invalid=true]")).to_have_count(3)
    check(page, f"{journey.name}-2-missing")
    for field, value in zip(fields.all(), ("5000000", "90 000", "1200"), strict=True):
        field.fill(value)
    widget.press(words.compute)
    widget.answered(2)
    widget.status(words.answered)
    expect(widget.last.locator(".calculation tbody td").first).to_have_text(words.result)
    expect(widget.last.locator(".asked")).to_contain_text("5\u00a0000\u00a0000" if words is FRENCH else "$5,000,000")
    widget.last.get_by_text(words.working, exact=True).click()
    check(page, f"{journey.name}-3-computed")
    with page.expect_download() as download:
        widget.press(words.download)
    content = download.value.path().read_bytes()
    cells = [
        cell
        for sheet in load_workbook(io.BytesIO(content))
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    ]
    assert 5_000_000 in cells
    assert 90_000 in cells


def test_a_citation_opens_the_document_at_the_sentence(journey: Journey, check: Check) -> None:
    """A short answer; [1] opens the document in a tab of its own, at the sentence, highlighted."""
    words, widget, page = journey.words, journey.widget, journey.page
    turn = widget.ask(words.definition)
    widget.status(words.answered)
    expect(turn.locator(".statements")).to_contain_text(words.quoted)
    check(page, f"{journey.name}-4-definition")
    with page.context.expect_page() as opened:
        turn.locator(".statements a.chip").first.click()
    viewer: Page = opened.value
    mark = viewer.locator("mark#quote")
    expect(mark.first).to_be_visible()
    expect(mark.first).to_be_in_viewport()
    expect(viewer.locator("article")).to_contain_text(words.quoted)


def test_a_silence_leads_to_the_mailbox_and_to_feedback(journey: Journey, check: Check) -> None:
    """What the documents do say nearby, a message that is ready, why the answer did not help, and a fresh start."""
    words, widget, page = journey.words, journey.widget, journey.page
    turn = widget.ask(words.gap)
    widget.status(words.silent)
    link = urlsplit(turn.get_by_role("link", name=words.mail).get_attribute("href") or "")
    fields = parse_qs(link.query)
    assert (link.scheme, unquote(link.path)) == ("mailto", "financement@education.gouv.qc.ca")
    assert words.subject in fields["subject"][0]
    assert words.gap in fields["body"][0]
    check(page, f"{journey.name}-5-silence")
    widget.press(words.useless)
    expect(turn.locator(".feedback input").first).to_be_focused()
    turn.get_by_label(words.reason).check()
    turn.locator(".feedback textarea").fill("x")
    check(page, f"{journey.name}-6-feedback")
    widget.press(words.send_feedback)
    expect(turn.locator(".feedback")).to_contain_text(words.thanks)
    widget.press(words.restart)
    check(page, f"{journey.name}-7-restart")
    widget.press(words.clear)
    expect(widget.turns).to_have_count(0)
    expect(widget.area).to_be_focused()
    page.reload()
    expect(widget.turns).to_have_count(0)
