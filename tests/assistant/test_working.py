"""A computation as people read it: the amount first, a simulation by name, and no number that is not its own."""

from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

import pytest
from bs4 import BeautifulSoup

from assistant.calculate import make_calculate
from assistant.conversation import Calculation, Kind, Question, Turn
from assistant.lock import loose
from assistant.tools.figures import load_figures
from assistant.working import sentences, to_html, to_text

CALCULATE = make_calculate(load_figures(Path(__file__).parents[2] / "corpus"))
Tongue = Literal["fr", "en"]
QUESTIONS: list[tuple[str, Tongue]] = [
    ("Volet 1 : enveloppe de 14,2 M$, 70 organismes, 98 450 postes au total, combien pour nos 1236 postes?", "fr"),
    ("Component 1, 2024-25, $980,000 for Birch 700 posts, Cedar 455.5, Dogwood 122.75, Elm 0: simulate.", "en"),
    (
        "30100 : 640 jeunes, 15 élèves en FP et 120 adultes, effectif total de 52 000, enveloppe de 1 M$, notre part?",
        "fr",
    ),
    ("Total des 3 volets : 5 M$, 2 M$ et 1,5 M$, 300 postes sur 25 000, 20 organismes, notre part?", "fr"),
    ("quelle enveloppe du volet 2 faut-il pour avoir 250 000 $ avec 1000 postes sur 80 000?", "fr"),
    ("Volet 2 : l'enveloppe passe de 4 M$ à 4,2 M$, de combien change notre part, 744 postes sur 31 500?", "fr"),
    ("valeur d'un poste au volet 1, enveloppe de 5 M$, 70 organismes, 98 000 postes au total?", "fr"),
    ("volet 1 25-26, base de 22 500 $, 12 M$, 70 organismes, 98 000 postes au total, nous 1200", "fr"),
    ("montant de base de neuf organismes en tout?", "fr"),
    ("Do the four axes add up to 140 million?", "en"),
    ("l'axe 2 balance-t-il avec ses actions?", "fr"),
    ("quelle part de l'axe 1 va à l'action 2?", "fr"),
    ("quelles actions sont sans montant?", "fr"),
    ("la somme de tous les montants de la lettre?", "fr"),
    ("on est à 78 % en lecture 4e année primaire, combien de points de la cible?", "fr"),
]


def compute(text: str, language: Tongue) -> Calculation:
    """The computation that a question leads to."""
    turn = CALCULATE(Turn(Question(text, language), language, text))
    assert turn.calculation is not None, turn.problem
    return turn.calculation


@pytest.mark.parametrize(("text", "language"), QUESTIONS)
def test_every_number_said_is_in_the_computation_or_in_a_quote(text: str, language: Tongue) -> None:
    """The figures of each sentence stand in the inputs, figures, steps and results, or in what it cites."""
    found = compute(text, language)
    values: dict[str, Any] = asdict(found)
    for prose in ("assumptions", "warnings", "rounding", "formula"):
        values[prose] = ""
    known = " | ".join(strings(values))
    for sentence in sentences(found, language):
        quotes = [source.quote for source in (*sentence.sources, *found.sources)]
        names = "15158 | 30100 | volet 1 | 2 | 3"
        assert not loose(sentence.text, known, names, *quotes), sentence.text


def strings(value: Any) -> list[str]:
    """Every string of a value, its keys included."""
    if isinstance(value, str):
        return [value]
    items = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else []
    keys = [str(key) for key in value] if isinstance(value, dict) else []
    return keys + [text for item in items for text in strings(item)]


@pytest.mark.parametrize(("text", "language"), QUESTIONS)
def test_the_answer_comes_first_and_says_that_it_is_a_simulation(text: str, language: Tongue) -> None:
    """An allocation is a simulation; arithmetic on printed amounts is quoted."""
    found = compute(text, language)
    first, *_ = said = sentences(found, language)
    assert first.kind is Kind.COMPUTED
    if found.measure is None:
        assert first.sources
    else:
        assert first.text.startswith("Simulation")
        assert any(sentence.sources for sentence in said)


def test_amounts_are_written_as_in_each_language() -> None:
    """« 180 940 $ » with non-breaking spaces; "$488,592" in English."""
    assert "180\u00a0940\u00a0$ (180\u00a0939,86\u00a0$" in to_text(compute(*QUESTIONS[0]), "fr")
    assert "Birch: $" in to_text(compute(*QUESTIONS[1]), "en")


def test_the_total_of_a_list_is_said() -> None:
    """So that it can be checked against the envelope."""
    assert "Total: $980,000" in to_text(compute(*QUESTIONS[1]), "en")


def test_the_base_amount_is_claimed_with_its_quote_and_its_status() -> None:
    """The guide gives it for information; a supposed one is no claim."""
    (claim,) = [sentence for sentence in sentences(compute(*QUESTIONS[0]), "fr") if sentence.kind is Kind.CLAIM]
    assert "à titre indicatif" in claim.text
    assert claim.sources
    supposed = sentences(compute(*QUESTIONS[7]), "fr")
    assert all(sentence.kind is not Kind.CLAIM for sentence in supposed)
    assert any("hypothèse" in sentence.text for sentence in supposed)


def test_the_table_is_accessible_and_escapes_names() -> None:
    """A caption, headers with scopes, the language; a name is never markup."""
    found = compute("volet 2, 100 $ : <b>A</b> 10 postes, B 20 postes, combien chacun?", "fr")
    page = BeautifulSoup(to_html(found, "fr"), "lxml")
    assert page.table is not None
    assert page.table.caption is not None
    assert page.table["lang"] == "fr-CA"
    assert all(header.get("scope") in {"row", "col"} for header in page.find_all("th"))
    assert page.find("b") is None


def test_a_long_list_is_cut_in_the_sentence_and_whole_in_the_table() -> None:
    """Sixty amounts are said, all are in the table."""
    names = ", ".join(f"Organisme{i} {i} postes" for i in range(1, 71))
    found = compute(f"volet 2, 1 M$ : {names}. Répartis.", "fr")
    assert "…" in sentences(found, "fr")[0].text
    assert to_html(found, "fr").count("<tr>") == 72
