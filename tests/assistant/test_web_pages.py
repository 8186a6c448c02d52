"""The HTML pages: readable without script, safe against what is written in them, accessible in their structure."""

import itertools
import re
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st
from web_fakes import (
    TEXT,
    MemoryLibrary,
    ScriptedResponder,
    Shelf,
    answer,
    calculation,
    citation,
    entry,
    full_answer,
    hostile_library,
    make_client,
    plan_library,
)

from assistant.conversation import Answer, Question, Result, Statement, Status
from assistant.web.seams import Library

FORM = {"content-type": "application/x-www-form-urlencoded"}
HOSTILE = "</p><script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;{{ 7*7 }}<!--"
SHELF = Shelf(plan_library())
RESPOND = ScriptedResponder(full_answer())
CLIENT = make_client(respond=RESPOND, library=SHELF)  # one for all: building the templates takes longer than a test
WIDGET_PAGES = {"/", "/?lang=en"}
PAGES = ["/", "/?lang=en", "/documents", "/documents?lang=en", "/documents/plan", "/documents/plan?lang=en"]


def soup(text: str) -> BeautifulSoup:
    """The page, parsed."""
    return BeautifulSoup(text, "html.parser")


def page(path: str, library: Library | None = None) -> BeautifulSoup:
    """A page that must be there."""
    SHELF.current = library or plan_library()
    reply = CLIENT.get(path)
    assert reply.status_code == 200
    return soup(reply.text)


def asked(fields: dict[str, str], given_answer: Answer | None = None, status: int = 200) -> BeautifulSoup:
    """The page that answers this form."""
    RESPOND.given = given_answer or full_answer()
    reply = CLIENT.post("/question", content=urlencode(fields), headers=FORM)
    assert reply.status_code == status
    return soup(reply.text)


def one(found: BeautifulSoup | Tag, selector: str) -> Tag:
    """The only element of this selector."""
    (element,) = found.select(selector)
    return element


def check_structure(found: BeautifulSoup) -> None:
    """What every page owes to people who do not see it or do not use a mouse."""
    assert found.html is not None
    assert found.html["lang"] in {"fr-CA", "en-CA"}
    assert one(found, "title").get_text(strip=True)
    for landmark in ("header.site", "main#main", "footer.site", "header.site nav[aria-label]"):
        one(found, landmark)
    assert one(found, "body > a.skip")["href"] == "#main"
    levels = [int(h.name[1]) for h in found.find_all(re.compile(r"^h[1-6]$"))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    ids = [element["id"] for element in found.select("[id]")]
    assert len(ids) == len(set(ids))
    links = [a["href"] for a in found.select("a[href^='#']")]
    assert {str(href)[1:] for href in links} <= {str(name) for name in ids}
    for name in ("aria-labelledby", "aria-describedby", "for"):
        for element in found.select(f"[{name}]"):
            assert set(str(element[name]).split()) <= set(ids)
    for field in found.select("textarea, input:not([type=hidden])"):
        assert found.select_one(f"label[for={field['id']}]") is not None
    for table in found.select("table"):
        assert table.select("th[scope=col]")
        assert table.find("caption") is not None or table.find_parent(attrs={"aria-label": True}) is not None


def check_no_code(found: BeautifulSoup) -> None:
    """No script but the widget's file, no inline style, no event handler, nothing loaded from elsewhere."""
    for script in found.select("script[src^='/widget-']"):
        assert not script.extract().get_text()
    assert not found.select("script, style, iframe, object, embed, img, [style], base")
    assert not [name for element in found.select("*") for name in element.attrs if name.startswith("on")]
    for element in found.select("[src], link[href]"):
        assert str(element.get("src") or element.get("href")).startswith("/static/")
    for link in found.select("a[href]"):
        assert re.match(r"/(?![/\\])|#|mailto:", str(link["href"]))


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_well_built(path: str) -> None:
    """Landmarks, headings in order, labelled fields, unique ids, no code."""
    found = page(path)
    check_structure(found)
    check_no_code(found)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("status", list(Status))
def test_answer_pages_are_well_built(status: Status, lang: str) -> None:
    """Every status has its words and the same structure."""
    found = asked({"question": "Combien?", "lang": lang}, answer(status))
    check_structure(found)
    check_no_code(found)
    assert one(found, "section.answer h2").get_text(strip=True)
    full = asked({"question": "Combien?", "lang": lang})
    check_structure(full)
    check_no_code(full)


@pytest.mark.parametrize("path", [*PAGES, "/nowhere"])
def test_pages_forbid_all_code(path: str) -> None:
    """The policy lets in our style sheet and our images; where the widget is, its file and its requests too."""
    headers = CLIENT.get(path, headers={"Accept": "text/html"}).headers
    policy = dict(rule.split(" ", 1) for rule in headers["content-security-policy"].split("; "))
    widget = {"script-src": "'self'", "connect-src": "'self'", "require-trusted-types-for": "'script'"}
    assert policy == {
        "default-src": "'none'",
        "style-src": "'self'",
        "img-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
        **(widget | {"trusted-types": "'none'"} if path in WIDGET_PAGES else {}),
    }
    assert headers["x-content-type-options"] == "nosniff"


def test_what_pages_load_is_there() -> None:
    """The style sheet and the icon are served with their types."""
    found = page("/")
    types = {str(link["href"]): CLIENT.get(str(link["href"])) for link in found.select("link[href]")}
    assert len(types) == 2
    assert all(reply.status_code == 200 for reply in types.values())
    assert {reply.headers["content-type"].split(";")[0] for reply in types.values()} == {"text/css", "image/svg+xml"}


def test_the_style_sheet_needs_nothing_from_elsewhere() -> None:
    """No import, no font, no image of another origin."""
    style = CLIENT.get("/static/balise.css").text
    assert not re.search(r"@import|url\(|https?:", style)
    for needed in ("prefers-color-scheme: dark", "@media print", ":focus-visible", "forced-colors"):
        assert needed in style


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, WCAG 2.1."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        (ink, ground, 4.5)
        for ink in ("ink", "soft", "accent", "caution", "error")
        for ground in ("paper", "ground", "tint", "caution-tint")
    ]
    + [
        ("on-accent", "accent", 4.5),
        ("on-quote", "quote", 4.5),
        ("edge", "paper", 3.0),
        ("accent-on-quote", "quote", 3.0),
    ],
)
def test_colours_have_enough_contrast(scheme: int, ink: str, ground: str, least: float) -> None:
    """Text at 4.5:1 and the edges of fields at 3:1, in both colour schemes."""
    style = CLIENT.get("/static/balise.css").text
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", style.split(":root {")[scheme + 1].split("}")[0]))
    light, dark = sorted((luminance(colours[ink]), luminance(colours[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= least


def test_the_language_of_pages_is_a_choice() -> None:
    """French by default; English around French text, each marked as what it is, with a link to the other."""
    french, english = page("/documents/plan?start=1&end=3"), page("/documents/plan?start=1&end=3&lang=en")
    assert (french.html["lang"], english.html["lang"]) == ("fr-CA", "en-CA")  # type: ignore[index]
    assert one(english, "article.text")["lang"] == "fr-CA"
    assert one(french, "header.site a[hreflang=en]")["href"] == "/documents/plan?start=1&end=3&lang=en"
    assert one(english, "header.site a[hreflang=fr]")["href"] == "/documents/plan?start=1&end=3"
    assert "Period covered" in english.get_text()


@pytest.mark.parametrize(
    "path", ["//evil.example/x", "/\\evil.example", "///evil.example?lang=en", "/%2F%2Fevil.example", "/é<b>"]
)
def test_no_address_makes_a_page_link_elsewhere(path: str) -> None:
    """The link to the other language stays here whatever the address was."""
    scope_path = path.partition("?")[0]
    reply = CLIENT.get(f"http://testserver{scope_path}", headers={"Accept": "text/html"})
    assert reply.status_code == 404
    check_no_code(soup(reply.text))


@pytest.mark.parametrize("lang", ["fr", "", "de", "EN", "<script>"])
def test_an_unknown_language_is_french(lang: str) -> None:
    """Nothing else than `en` changes the language."""
    assert page(f"/?{urlencode({'lang': lang})}").html["lang"] == "fr-CA"  # type: ignore[index]


def test_the_list_says_what_each_document_is_worth() -> None:
    """Authority in words, the unknown said to be so, the historical flagged."""
    entries = (
        entry("a", authority="local", validity="unknown", issued="unknown", issuer="unknown"),
        entry("b", authority="unknown", status="historical"),
    )
    first, second = page("/documents", MemoryLibrary(entries, {}, {})).select("ul.cards > li")
    assert "ce n’est pas une règle du Ministère" in first.get_text()
    assert first.get_text().count("non précisé") == 3
    assert "Historique" not in first.get_text()
    assert "Historique" in second.get_text()
    assert "à ne pas tenir pour un texte du Ministère" in second.get_text()
    assert [a["href"] for a in second.select("a")] == ["/documents/b"]


def test_a_document_shows_its_card_and_all_its_text() -> None:
    """Card, pages, headings, notes, table, masked names; each word once."""
    found = page("/documents/plan", plan_library())
    text = " ".join(one(found, "article").get_text(" ").split())
    for piece in ("Le montant de base est de 21 989 $ pour l’année 2024-2025.", "Montant indicatif seulement."):
        assert text.count(piece) == 1
    assert [h.get_text() for h in found.select("article h2, article h3")] == [
        "Plan d’aide",
        "Premier volet",
        "Second volet",
    ]
    assert [mark["id"] for mark in found.select(".turn")] == ["page-1", "page-2"]
    assert [a["href"] for a in found.select("nav.pages a")] == ["#page-1", "#page-2"]
    assert "[renseignement masqué]" in text
    assert "000_plan.txt" in one(found, "dl.card").get_text()
    assert [th.get_text() for th in found.select("article thead th")] == ["Indicateur", "Cible"]
    assert not found.select("mark")


def test_a_historical_document_says_so() -> None:
    """The warning stands above the text."""
    library = MemoryLibrary((entry("b", status="historical"),), {"b": "x"}, {"b": ()})
    found = page("/documents/b", library)
    assert "Document historique" in one(found, "div.warning").get_text()
    assert "Aucun passage" in one(found, "article").get_text()


def test_a_citation_leads_to_its_highlighted_words() -> None:
    """Following the address of a citation shows its quote marked, announced, under the id of the fragment."""
    cited = citation()
    assert cited.url.endswith("#quote")
    found = page(cited.url.partition("#")[0])
    mark = one(found, "mark#quote")
    hidden = [element.extract().get_text() for element in mark.select(".hidden")]
    assert hidden == ["Début du passage cité\u00a0: ", " Fin du passage cité."]
    assert mark.get_text() == cited.quote
    assert one(found, "header.document a[href='#quote']").get_text() == "Aller au passage cité"


@pytest.mark.parametrize("query", ["start=-1&end=5", "start=5&end=1", "start=a&end=b", "start=0&end=99999999", "end=5"])
def test_a_span_that_makes_no_sense_is_said(query: str) -> None:
    """The page comes without highlight, with a notice."""
    found = page(f"/documents/plan?{query}")
    assert not found.select("mark")
    assert "n’existe pas dans ce document" in one(found, "[role=status]").get_text()


def test_a_span_that_is_left_out_is_said() -> None:
    """The span exists, but in what the reading edition drops."""
    start = TEXT.index("1 Montant")
    found = page(f"/documents/plan?start={start}&end={start + 1}")
    assert "n’est pas affiché" in one(found, "[role=status]").get_text()


@settings(deadline=None)
@given(
    start=st.text(max_size=8) | st.integers(-9, 500).map(str), end=st.text(max_size=8) | st.integers(-9, 500).map(str)
)
def test_no_address_breaks_the_viewer(start: str, end: str) -> None:
    """Whatever start and end are, the page comes, with the whole text."""
    SHELF.current = plan_library()
    reply = CLIENT.get("/documents/plan", params={"start": start, "end": end, "page": start})
    assert reply.status_code == 200
    found = soup(reply.text)
    assert len(found.select("#quote")) == len(found.select("mark")[:1])
    for hidden in found.select("article .hidden"):
        hidden.extract()
    assert "Le montant de base est de 21 989 $ pour l’année 2024-2025." in one(found, "article").get_text()


@pytest.mark.parametrize("text", [HOSTILE, "<b>gras</b>", "]]>", "\u202e<svg/onload=x>"])
def test_a_document_is_never_markup(text: str) -> None:
    """What a document, its title, its issuer or its headings hold is shown letter for letter."""
    found = page("/documents/x?start=0&end=5", hostile_library(text))
    check_no_code(found)
    for hidden in found.select(".hidden"):
        hidden.extract()
    assert one(found, "article p").get_text() == text
    assert one(found, "article h2").get_text() == text
    assert text in one(found, "dl.card").get_text()


@settings(deadline=None)
@given(st.text(min_size=1, max_size=80))
def test_any_text_is_shown_as_it_reads(text: str) -> None:
    """No text of a document changes the structure of its page."""
    SHELF.current = hostile_library("x" + text)
    reply = CLIENT.get("/documents/x")
    assert reply.status_code == 200
    found = soup(reply.text)
    check_no_code(found)
    assert len(found.select("article p")) == 1


def test_a_question_and_its_answer_are_never_markup() -> None:
    """The form shows back what was asked, and what was answered, as text."""
    found = asked(
        {"question": HOSTILE},
        answer(text=HOSTILE, statements=(Statement(HOSTILE, (1,)),), citations=(citation(quote=HOSTILE),)),
    )
    check_no_code(found)
    assert one(found, ".asked p").get_text() == HOSTILE
    assert one(found, ".answer p").get_text().startswith(HOSTILE)
    assert one(found, "blockquote").get_text() == HOSTILE
    assert one(found, "form.again input[name=question]")["value"] == HOSTILE


def test_the_form_answers_without_any_script() -> None:
    """Status, statements with references, sources with links, referral, working as tables."""
    found = asked({"question": "Combien?"})
    assert one(found, "#status").get_text() == "Réponse partielle"
    assert one(found, ".answer p.claim a.reference")["href"] == "#source-1"
    assert one(found, "ol.citations li")["id"] == "source-1"
    links = [str(a["href"]) for a in found.select(".citations a")]
    assert links == [citation().url, citation().url]
    assert one(found, ".referral a")["href"] == "mailto:aide@exemple.org"
    assert [c.get_text() for c in found.select("caption")] == ["Résultats", "Étapes", "Données fournies", "Paramètres"]
    assert "Simulation\u00a0: " in one(found, ".calculation .warning").get_text()
    row = one(found, "table:has(#results)").select("tbody tr")[0]
    assert [cell.get_text() for cell in row.select("th, td")] == [
        "Organisme A",
        "environ 21\u00a0990\u00a0$",
        "65\u00a0969/3",
    ]
    for piece in (
        "Deux montants diffèrent.",
        "nombre de postes",
        "À valider.",
        "Plus forts restes.",
        "v-1",
        "extractive",
    ):
        assert piece in found.get_text()


@pytest.mark.parametrize(
    ("number", "unit", "french", "english"),
    [
        ("21989", "$", "21\u00a0989\u00a0$", "$21,989"),
        ("1234567.5", "$", "1\u00a0234\u00a0567,5\u00a0$", "$1,234,567.5"),
        ("38", "M$", "38\u00a0M$", "$38M"),
        ("-0.25", "points", "\u22120,25\u00a0points", "\u22120.25\u00a0points"),
        ("46.49", "%", "46,49\u00a0%", "46.49%"),
        ("0.12345", "", "0,12345", "0.12345"),
        ("65969/3", "", "65\u00a0969/3", "65,969/3"),
        ("", "", "", ""),
        ("inconnu 12345", "$", "inconnu 12345\u00a0$", "$inconnu 12345"),
    ],
)
def test_amounts_are_written_as_people_write_them(number: str, unit: str, french: str, english: str) -> None:
    """The digits never change; separators and the place of the unit follow the language of the page."""
    shown = replace(calculation(), results=(Result("A", "", number, unit),))
    pages = [asked({"question": "x", "lang": lang}, answer(calculation=shown)) for lang in ("fr", "en")]
    assert [one(found, "td.figure b").get_text() for found in pages] == [french, english]


@pytest.mark.parametrize(
    ("lang", "title", "envelope"),
    [("fr", "Ce qui a été compris", "65\u00a0968\u00a0$"), ("en", "What was understood", "$65,968")],
)
def test_what_was_understood_is_shown_where_there_is_no_amount(lang: str, title: str, envelope: str) -> None:
    """No empty table, formula or rounding, and nothing is called a simulation; a figure of another year says so."""
    given = replace(
        calculation(), school_year="2025-2026", inputs={"envelope": "65968"}, results=(), formula="", rounding=""
    )
    found = asked({"question": "x", "lang": lang}, answer(Status.NEEDS_INPUT, calculation=given))
    check_structure(found)
    assert one(found, "#working").get_text() == title
    assert not found.select("#results, .calculation .warning, .calculation > p > b")
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in found.select("table:has(#inputs) tbody tr")]
    assert [row[1] for row in rows] == ["15158", "1", "2025-2026", envelope]
    assert "(2024-2025)" in found.select("table:has(#parameters) tbody th")[0].get_text()


def test_nothing_is_shown_where_nothing_was_understood() -> None:
    """A question without any number has no empty section."""
    bare = replace(calculation(), measure=None, volet=None, school_year=None, inputs={}, parameters=(), steps=())
    nothing = replace(bare, formula="", results=(), rounding="", assumptions=(), warnings=(), sources=())
    assert not asked({"question": "x"}, answer(Status.NEEDS_INPUT, calculation=nothing)).select(".calculation")


def test_only_our_documents_are_linked() -> None:
    """A citation with another address is shown without a link."""
    found = asked({"question": "x"}, answer(citations=(citation(), replace(citation(2), url="https://evil.example/"))))
    assert len(found.select("ol.citations li")) == 2
    assert len(found.select("ol.citations a")) == 1


def test_the_language_of_an_answer_follows_the_question_unless_chosen() -> None:
    """French pages leave the language to the question; English pages, and the button of the other language, set it."""
    respond = ScriptedResponder(answer())
    client = make_client(respond=respond)
    for fields in ({}, {"lang": "en"}, {"lang": "fr", "answer": "fr"}, {"answer": "<x>"}):
        client.post("/question", content=urlencode({"question": "Combien?"} | fields), headers=FORM)
    assert [question.language for question in respond.asked] == [None, "en", "fr", None]


@pytest.mark.parametrize("question", ["", "   ", "\u200b", "x" * 2001])
def test_a_form_that_cannot_be_sent_says_why_and_keeps_what_was_written(question: str) -> None:
    """The field is marked invalid, described by the problem; the page has status 422."""
    found = asked({"question": question}, status=422)
    check_structure(found)
    field = one(found, "textarea")
    assert field["aria-invalid"] == "true"
    assert "problem" in str(field["aria-describedby"]).split()
    assert one(found, "[role=alert] a")["href"] == "#question"
    assert field.get_text().strip() == question.strip("\u200b ")


@pytest.mark.parametrize("body", [b"", b"question", b"\xff=\xfe", b"question=%FF%zz", b"&".join([b"a=b"] * 50)])
def test_a_broken_form_is_a_form_without_question(body: bytes) -> None:
    """No body makes the form fail."""
    reply = CLIENT.post("/question", content=body, headers=FORM)
    assert reply.status_code in {200, 422}


@pytest.mark.parametrize(("query", "home"), [("", "/"), ("?lang=en", "/?lang=en"), ("?q=secret", "/")])
def test_the_address_of_an_answer_leads_back_to_the_form(query: str, home: str) -> None:
    """A question is never read from an address, where logs and histories would keep it."""
    reply = CLIENT.get(f"/question{query}")
    assert (reply.status_code, reply.headers["location"]) == (303, home)


def test_a_question_is_asked_once() -> None:
    """One form, one call, the cleaned question."""
    respond = ScriptedResponder(answer())
    make_client(respond=respond).post("/question", content=urlencode({"question": " Com\u200bbien? "}), headers=FORM)
    assert respond.asked == [Question("Combien?")]
