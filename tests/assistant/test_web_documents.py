"""The pages of documents over real files: card, warnings, quotes, parts, and the originals as they are given."""

import re
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup, Tag
from viewer_corpus import COVER, LAST, PERSON, RULE, long_document, viewer_corpus, viewer_library
from web_fakes import MemoryLibrary, entry, make_client

from ingest.fold import MASK

LIBRARY = viewer_library()
CLIENT = make_client(library=LIBRARY)
LONG, UNITS, PAGES = long_document(250)
LONG_CLIENT = make_client(library=MemoryLibrary((entry("long"),), {"long": LONG}, {"long": UNITS}, {"long": PAGES}))


def page(path: str, client: object = CLIENT) -> BeautifulSoup:
    """The page at this address."""
    reply = client.get(path, headers={"Accept": "text/html"})  # type: ignore[attr-defined]
    assert reply.status_code == 200
    return BeautifulSoup(reply.text, "html.parser")


def one(found: BeautifulSoup | Tag, selector: str) -> Tag:
    """The only element of this kind."""
    (element,) = found.select(selector)
    return element


def place_of(document: str, words: str) -> str:
    """The query that quotes these words."""
    start = LIBRARY.text(document).index(words)
    return f"start={start}&end={start + len(words)}"


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("plan", "Document d’un organisme local\u00a0: il n’énonce pas une règle du Ministère."),
        ("lettre", "Document historique\u00a0: donné pour le contexte, il n’est pas en vigueur par lui-même."),
        ("page", "Document d’origine inconnue\u00a0: à ne pas tenir pour un texte du Ministère."),
    ],
)
def test_what_a_document_is_worth_is_said_first(document: str, said: str) -> None:
    """Before its title; a text of the Ministry in force has no warning."""
    main = one(page(f"/documents/{document}"), "main")
    first = next(element for element in main.children if isinstance(element, Tag))
    assert first["class"] == ["warning", "standing"]
    assert first.get_text().strip() == said
    assert not page("/documents/regles").select(".warning")


def test_the_card_leads_to_the_original() -> None:
    """With its name and size; in English too."""
    card = one(page("/documents/regles"), "dl.card").get_text(" ")
    assert "Été regles.pdf" in card
    assert re.search(r"\d\u00a0ko", card)
    assert "en vigueur selon le catalogue" in card
    english = one(page("/documents/regles?lang=en"), "dl.card")
    assert one(english, "a")["href"] == "/documents/regles/original"
    assert "current according to the catalog" in english.get_text()


def test_a_pdf_is_given_as_it_is() -> None:
    """Byte for byte, shown by browsers, framed by ourselves only; its name keeps its accents."""
    reply = CLIENT.get("/documents/regles/original")
    assert reply.content == (viewer_corpus() / "documents" / "regles.pdf").read_bytes()
    assert reply.headers["content-type"] == "application/pdf"
    disposition, _, name = reply.headers["content-disposition"].partition("filename*=UTF-8''")
    assert (disposition, unquote(name)) == ("inline; ", "Été regles.pdf")
    assert "frame-ancestors 'self'" in reply.headers["content-security-policy"]
    assert reply.headers["x-content-type-options"] == "nosniff"


def test_text_is_given_with_persons_masked() -> None:
    """The file of the corpus holds an address; what is given does not, and says so."""
    assert PERSON in (viewer_corpus() / "documents" / "plan.txt").read_text("utf-8")
    reply = CLIENT.get("/documents/plan/original")
    assert PERSON not in reply.text
    assert MASK * len(PERSON) in reply.text
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"
    assert "Les renseignements personnels y sont masqués." in one(page("/documents/plan"), "dl.card").get_text()


def test_a_file_whose_persons_cannot_be_masked_is_not_given() -> None:
    """The page says why and links to nothing."""
    assert CLIENT.get("/documents/note/original").status_code == 404
    card = one(page("/documents/note"), "dl.card")
    assert "contient des renseignements personnels" in card.get_text()
    assert not card.select("a")


def test_a_page_of_the_web_can_do_nothing() -> None:
    """It is shown in a sandbox: no script, no origin, nothing loaded."""
    reply = CLIENT.get("/documents/page/original")
    policy = reply.headers["content-security-policy"].split("; ")
    assert reply.headers["content-type"].startswith("text/html")
    assert {"sandbox", "default-src 'none'"} <= set(policy)
    assert not [rule for rule in policy if rule.startswith("script-src")]


def test_a_file_that_changed_or_went_is_not_given() -> None:
    """What was read can no longer be shown; the reading edition still can."""
    path = viewer_corpus() / "documents" / "lettre.txt"
    content = path.read_bytes()
    try:
        path.write_bytes(content + b" ajout")
        assert CLIENT.get("/documents/lettre/original").status_code == 404
        assert "n’est plus celui qui a été lu" in one(page("/documents/lettre"), "dl.card").get_text()
        path.unlink()
        assert "n’est plus disponible" in one(page("/documents/lettre"), "dl.card").get_text()
    finally:
        path.write_bytes(content)
    assert CLIENT.get("/documents/lettre/original").content == content


@pytest.mark.parametrize(
    "document", ["inconnu", "..%2f..%2fetc%2fpasswd", "regles%00", "a" * 3000, "%F0%9F%98%80", "<b>"]
)
def test_a_document_that_is_not_there_is_said(document: str) -> None:
    """As a page that leads back, for the viewer and for the original."""
    for path in (f"/documents/{document}", f"/documents/{document}/original"):
        reply = CLIENT.get(path, headers={"Accept": "text/html"})
        assert reply.status_code == 404
        found = BeautifulSoup(reply.text, "html.parser")
        assert one(found, "h1").get_text() == "Introuvable"
        assert one(found, "main a")["href"] == "/"


def test_each_page_of_a_pdf_leads_to_the_page_of_the_original() -> None:
    """Printed page 1 is the second of the file: its cover has no number."""
    found = page("/documents/regles")
    assert COVER in one(found, "article").get_text()
    links = {link["href"]: link["target"] for link in found.select("article .turn a")}
    addresses = [f"/documents/regles/original?page={n}#page={n + 1}&navpanes=0&view=FitH" for n in (1, 2, 3)]
    assert links == dict.fromkeys(addresses, "original")
    assert "nouvel onglet" in str(found.select("article .turn a")[0]["aria-label"])
    assert one(found, ".switch a")["href"] == "?beside=1#text"
    assert not found.select("iframe")


@pytest.mark.parametrize(
    ("query", "rank"),
    [("page=2", 3), (place_of("regles", LAST), 4), (place_of("regles", RULE) + "&page=3", 4), ("page=9", 0)],
)
def test_the_original_opens_beside_at_the_page_of_the_quote(query: str, rank: int) -> None:
    """Or at the page asked for; a page that is not there opens the file."""
    found = page(f"/documents/regles?{query}&beside=1")
    address = str(one(found, "iframe")["src"])
    assert address.partition("#")[2].partition("&")[0] == (f"page={rank}" if rank else "")
    assert one(found, "iframe")["title"] == "Fichier d’origine (PDF)"
    assert "nouvel onglet" not in str(found.select("article .turn a")[0]["aria-label"])
    switch = str(one(found, ".switch a")["href"])
    assert "beside" not in switch
    assert switch.endswith("#quote" if "start" in query else "#text")


def test_only_the_page_that_frames_may_frame() -> None:
    """The policy of the others has no frame; a document that is no PDF has nothing beside."""
    assert "frame-src 'self'" in CLIENT.get("/documents/regles?beside=1").headers["content-security-policy"]
    for path in ("/documents/regles", "/documents/plan?beside=1"):
        reply = CLIENT.get(path)
        assert "frame-src" not in reply.headers["content-security-policy"]
        assert "<iframe" not in reply.text


def test_several_quotes_are_listed_and_linked() -> None:
    """Two ways to give them, together."""
    start = LIBRARY.text("regles").index(LAST)
    found = page(f"/documents/regles?{place_of('regles', RULE)}&span={start}-{start + len(LAST)}")
    links = found.select("nav.notice a")
    assert [(link.get_text(), link["href"]) for link in links] == [("1", "#quote"), ("2", "#quote-2")]
    for anchor, words in (("quote", RULE), ("quote-2", LAST)):
        mark = one(found, f"mark#{anchor}")
        for hidden in mark.select(".hidden"):
            hidden.extract()
        assert mark.get_text().split() == words.split()


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("span=5", "n’existe pas dans ce document; le document est affiché sans surlignage"),
        ("span=1-2&span=x-y", "Un passage demandé n’existe pas"),
        ("span=" + "9" * 30 + "-1", "n’existe pas dans ce document"),
        ("&".join(f"span={n}-{n + 1}" for n in range(0, 100, 2)), "Un passage demandé n’existe pas"),
    ],
)
def test_spans_that_make_no_sense_are_said(query: str, notice: str) -> None:
    """The others are shown; too many make no sense either."""
    found = page(f"/documents/regles?{query}")
    assert notice in " ".join(element.get_text() for element in found.select("[role=status]"))
    assert bool(found.select("mark")) == ("n’existe pas dans ce document; le" not in notice and "9" * 30 not in query)


def test_a_very_long_document_comes_in_parts() -> None:
    """Every paragraph is in one of them; the pages of the others are linked to theirs."""
    first = page("/documents/long", LONG_CLIENT)
    assert "Document long\u00a0: partie 1 de 3" in one(first, "nav[aria-label='Parties du document']").get_text()
    links = first.select("nav[aria-label='Parties du document'] a")
    assert [link["href"] for link in links] == ["?part=2#text", "?part=3#text"]
    shown = [first, *(page(f"/documents/long?part={n}", LONG_CLIENT) for n in (2, 3))]
    paragraphs = [
        p.get_text() for found in shown for p in found.select("article p") if p.get_text().startswith("Paragraphe")
    ]
    assert len(paragraphs) == len(set(paragraphs)) == len(UNITS)
    marks = [mark["id"] for found in shown for mark in found.select(".turn")]
    assert marks == [f"page-{n.number}" for n in PAGES]
    last = first.select("nav[aria-label='Aller à la page'] a")[-1]
    assert last["href"] == "?part=3#page-250"
    assert one(first, ".next a")["href"] == "?part=2#text"
    assert not shown[-1].select(".next")


def test_a_quote_of_a_very_long_document_opens_its_part() -> None:
    """And leads to the quotes of the other parts; the part asked for comes first."""
    spans = [LONG.index(f"Paragraphe 3 de la page {n}.") for n in (5, 240)]
    query = "&".join(f"span={start}-{start + 10}" for start in spans)
    found = page(f"/documents/long?{query}", LONG_CLIENT)
    assert one(found, "mark")["id"] == "quote"
    assert [link["href"] for link in found.select("nav.notice a")] == ["#quote", f"?{query}&part=3#quote-2"]
    third = page(f"/documents/long?{query}&part=3", LONG_CLIENT)
    assert one(third, "mark")["id"] == "quote-2"
    assert not third.select("[role=status]")
    later = page("/documents/long?page=200", LONG_CLIENT)
    assert later.select("#page-200")


@pytest.mark.parametrize("part", ["0", "4", "-1", "x", "9" * 40, "٣", ""])
def test_a_part_that_is_not_there_is_the_first(part: str) -> None:
    """Whatever is asked."""
    assert page(f"/documents/long?part={part}", LONG_CLIENT).select("#page-1")
