"""The independent check: what is planted wrong is found, what is right passes."""

import ast
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evals.sources import load_sources
from evals.spans import folded
from evals.verify import verify

ROOT = Path(__file__).resolve().parents[2]
CORPUS = load_sources(ROOT / "corpus")
GUIDE = "guide-mesures-15158-30100"
GUIDE_FILE = "001_3672d7fe1a125619.txt"
SOURCE = (
    "Volet 1\n\nLe montant de base de l’organisme est de 21\u00a0989 $\npour 2024-2025. Écrivez à aide@exemple.ca.\n"
)
QUOTE = "Le montant de base de l'organisme est de 21 989 $ pour 2024-2025."
START = SOURCE.index("Le montant")
END = SOURCE.index(" Écrivez")
SOURCES = {"doc": SOURCE, "000_doc": SOURCE}


def answer(text: str, **more: object) -> dict[str, Any]:
    """An answer with one good citation."""
    citation = {
        "n": 1,
        "document": "doc",
        "source_file": "000_doc.txt",
        "title": "Guide des mesures 7 et 8",
        "section": ["Volet 1", "Action 4"],
        "page": 5,
        "quote": QUOTE,
        "start": START,
        "end": END,
    }
    return {"status": "answered", "text": text, "citations": [citation], **more}


def checks(given_answer: dict[str, Any]) -> list[tuple[str, str]]:
    """What the check finds, as (check, what)."""
    return [(found.check, found.what) for found in verify("a", given_answer, SOURCES)]


@pytest.mark.parametrize(
    "text",
    [
        "La base est de 21\u202f989\u00a0$ en 2024-2025 [1].",
        "The base amount is $21,989 for 2024–2025 [1].",
        "Selon le Guide des mesures 7 et 8, le volet 1 et l’action 4 (page 5) comptent [1].",
        "Rien de chiffré.",
        "",
    ],
)
def test_what_the_quote_says_passes(text: str) -> None:
    """Any form of the quoted figures, the labels of the section path, the page and the title as a whole."""
    assert checks(answer(text)) == []


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("La base est de 21 998 $ [1].", "21 998 $"),
        ("La base est de 21 989 $ en 2025-2026 [1].", "2025-2026"),
        ("Le volet 2 [1].", "2"),
        ("Il y a 4 volets [1].", "4"),
        ("La mesure 8 compte; les 7 autres non [1].", "7"),
        ("Écrivez à aide@exemple.com [1].", "aide@exemple.com"),
        ("Le 1er avril 2024 [1].", "1er avril 2024"),
        ("Environ 22 %", "22 %"),
    ],
)
def test_what_the_quote_does_not_say_is_found(text: str, figure: str) -> None:
    """A figure without backing is reported as it is written."""
    assert ("figure", figure) in checks(answer(text))


def test_a_figure_is_reported_once_with_its_statement() -> None:
    """The statement is where a reader looks; the text repeats it."""
    statements = [{"text": "Sans chiffre."}, {"text": "Il y en a 12 [1]."}]
    (found,) = verify("a7", answer("Sans chiffre. Il y en a 12 [1].", statements=statements), SOURCES)
    assert (found.answer, found.where, found.what) == ("a7", "Il y en a 12 [1].", "12")
    hidden = answer("Sans chiffre.", statements=statements)
    assert checks(hidden) == [("figure", "12")]


def test_a_calculation_backs_its_own_figures() -> None:
    """Inputs, parameters, steps, results, warnings: whatever the calculation holds, as text or as a number."""
    calculation = {
        "school_year": "2023-2024",
        "inputs": {"Organisme 9": "1236", "posts": 842.5},
        "steps": [{"expression": "14 200 000 ÷ 3", "exact": "14200000/3"}],
        "results": [{"label": "A", "amount": "180940", "unit": "$"}],
        "warnings": ["Écart de 0,14 $"],
    }
    text = "Simulation 2023-2024 : 1\u00a0236 postes, $14,200,000, 842,5, 180 940 $, 0,14 $, organisme 9."
    assert checks(answer(text, calculation=calculation)) == []
    assert checks(answer(text.replace("180 940", "180 941"), calculation=calculation)) == [("figure", "180 941 $")]


def test_quotes_of_a_calculation_stand_in_their_document() -> None:
    """They come without a place, and are looked for in the whole document."""
    good = {"steps": [{"source": {"document": "doc", "quote": "est de 21 989 $ pour"}}]}
    bad = {"steps": [{"source": {"document": "doc", "quote": "est de 21 990 $ pour"}}]}
    lost = {"sources": [{"document": "gone", "quote": "est de"}]}
    assert checks(answer("", calculation=good)) == []
    assert checks(answer("", calculation=bad)) == [("quote", "est de 21 990 $ pour")]
    assert checks(answer("", calculation=lost)) == [("quote", "est de")]


def test_a_referral_is_backed_by_the_corpus_only() -> None:
    """The address of the referral may be written out when a document holds it."""
    text = "Écrivez à aide@exemple.ca."
    assert checks(answer(text)) == [("figure", "aide@exemple.ca")]
    assert checks(answer(text, referral={"email": "aide@exemple.ca"})) == []
    assert checks(answer("Écrivez à faux@exemple.ca.", referral={"email": "faux@exemple.ca"})) == [
        ("figure", "faux@exemple.ca")
    ]


def test_a_mark_leads_to_a_citation() -> None:
    """A mark without its citation is found; marks are not figures."""
    assert checks(answer("Oui [1], [1, 2].")) == [("mark", "[1, 2]")]


def test_what_cannot_be_checked_does_not_pass() -> None:
    """No document, another document, no place, an empty quote, a place outside: each is a violation."""
    citation = answer("")["citations"][0]
    for change in (
        {"source_file": "gone.txt"},
        {"document": "gone"},
        {"source_file": None},
        {"start": None},
        {"start": 0, "end": 0, "quote": ""},
        {"end": len(SOURCE) + 1},
        {"quote": None},
    ):
        assert [check for check, _ in checks(answer("", citations=[{**citation, **change}]))] == ["quote"]
        assert [check for check, _ in checks(answer("", nearest=[{**citation, **change}]))] == ["quote"]


def real(start: int, end: int, quote: str) -> dict[str, Any]:
    """An answer that quotes the guide of the corpus."""
    place = {"n": 1, "document": GUIDE, "source_file": GUIDE_FILE, "start": start, "end": end, "quote": quote}
    return {"status": "answered", "text": "", "citations": [place]}


places = st.tuples(st.integers(0, len(CORPUS[GUIDE]) - 1), st.integers(1, 300)).map(
    lambda pair: (pair[0], min(pair[0] + pair[1], len(CORPUS[GUIDE])))
)


@given(places)
def test_every_stretch_of_a_document_is_verbatim_where_it_stands(place: tuple[int, int]) -> None:
    """A quote cut out of the corpus, folded or not, ’ or ', passes."""
    start, end = place
    text = CORPUS[GUIDE][start:end]
    for quote in (text, folded(text), text.replace("’", "'")):
        assert verify("a", real(start, end, quote), CORPUS) == ()


@given(places, st.integers(-40, 40), st.integers(-40, 40))
def test_a_shifted_place_is_found(place: tuple[int, int], by_start: int, by_end: int) -> None:
    """Offsets that lead to other words are a violation, however small the shift."""
    start, end = place
    quote = folded(CORPUS[GUIDE][start:end])
    shifted = CORPUS[GUIDE][max(0, start + by_start) : max(0, end + by_end)]
    assume(folded(shifted) != quote)
    assert verify("a", real(start + by_start, end + by_end, quote), CORPUS)


@given(places, st.data())
def test_a_changed_character_is_found(place: tuple[int, int], data: st.DataObject) -> None:
    """One letter or digit changed in a quote is a violation."""
    start, end = place
    quote = folded(CORPUS[GUIDE][start:end])
    letters = [i for i, character in enumerate(quote) if character.isalnum()]
    assume(letters)
    i = data.draw(st.sampled_from(letters))
    other = data.draw(st.sampled_from("aé7Z").filter(lambda character: character != quote[i]))
    assert verify("a", real(start, end, quote[:i] + other + quote[i + 1 :]), CORPUS)


@given(st.integers(0, 10**8), st.sampled_from(["{} $", "{} %", "{} postes", "en {}", "${}"]), st.booleans())
def test_a_planted_figure_is_found(value: int, form: str, english: bool) -> None:  # noqa: FBT001 (drawn by hypothesis)
    """Any number that the quote does not hold is found, in whatever form it is written."""
    assume(value not in {21989, 2024, 2025})
    written = form.format(f"{value:,}" if english else f"{value:,}".replace(",", "\u00a0"))
    assert [check for check, _ in checks(answer(f"La réponse est de {written}, selon le guide [1]."))] == ["figure"]


def test_the_check_is_independent() -> None:
    """What verifies imports nothing of the guard, of the assistant, nor of the folding of quotes."""
    modules = [ROOT / "evals" / f"{name}.py" for name in ("verify", "figures", "spans", "sources", "answers", "jsonl")]
    imported = {
        node.module or ""
        for path in modules
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
    }
    ours = {name for name in imported if name.split(".")[0] in {"ingest", "assistant"}}
    assert ours == {"ingest.catalog"}
