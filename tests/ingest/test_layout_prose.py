"""The guide and the letter: their units as reviewed, and what must be true of them."""

import re
from functools import cache

import pytest
from segmentation_checks import (
    CORPUS,
    check_golden,
    corpus_document,
    described,
    kept_and_dropped,
    misquoted,
    part_texts,
    unaccounted,
)

from ingest.documents import DropReason, Segmentation, Unit, UnitKind
from ingest.layouts.prose import segment
from ingest.reading import read_file
from ingest.segment import segment_document

GUIDE = "guide-mesures-15158-30100"
LETTER = "lettre-ministre-2021-01-27"


@cache
def cut(document: str) -> tuple[str, Segmentation]:
    """The text of a document and its units, with the pages of the catalog."""
    entry = corpus_document(document)[1]
    source = read_file(CORPUS / "documents" / entry.file, entry.pages)
    return source.text, segment(document, source, entry)


def texts(units: list[Unit], document: str = GUIDE) -> list[dict[str, str]]:
    """The parts of units by name."""
    return [dict(part_texts(unit, cut(document)[0])) for unit in units]


def guide(kind: UnitKind | None = None, **labels: str) -> list[Unit]:
    """Units of the guide of a kind and with these labels."""
    units = cut(GUIDE)[1].units
    return [u for u in units if kind in (None, u.kind) and labels.items() <= u.labels.items()]


@pytest.mark.parametrize(("document", "golden"), [(GUIDE, "guide.txt"), (LETTER, "lettre.txt")])
def test_units_are_those_that_were_reviewed(document: str, golden: str) -> None:
    """After a review: `GOLDEN=write pytest tests/ingest/test_layout_prose.py`."""
    text, segmentation = cut(document)
    check_golden(golden, described(segmentation, text))


@pytest.mark.parametrize("document", [GUIDE, LETTER])
def test_every_character_is_accounted_for(document: str) -> None:
    """Nothing is lost, nothing is both kept and dropped, and each quote stands where it says."""
    text, segmentation = cut(document)
    assert unaccounted(segmentation, text) == []
    assert kept_and_dropped(segmentation, text) == []
    assert misquoted(segmentation, text) == []


def test_units_come_from_the_twelve_printed_pages_in_order() -> None:
    """The note before the table of contents has no page; every page has a unit."""
    pages = [unit.page for unit in cut(GUIDE)[1].units]
    assert pages[0] is None
    numbers = [page for page in pages[1:] if page]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, 13))
    assert {unit.page for unit in cut(LETTER)[1].units} == {1, 2}


def test_each_footnote_goes_with_the_passage_that_calls_it() -> None:
    """The twenty-four notes are each in one unit, under their number, and no unit shows a glued call."""
    notes = [name for unit in guide() for name in texts([unit])[0] if name.startswith("note")]
    assert notes == [f"note {number}" for number in range(1, 25)]
    whole = "\n".join(words for unit in guide() for words in texts([unit])[0].values())
    for glued in ("301001", "base12", "Ministère18", "Ministère24", "subjectif4", "commune7", "respectives11"):
        assert glued not in whole
    assert not re.search(r"[^\W\d_»]\d", re.sub(r"https?:\S+", "", whole))


def test_the_base_amount_travels_with_the_rule_of_volet_1() -> None:
    """Note 12 is part of the unit that says « un montant de base »."""
    (rule,) = guide(UnitKind.ALLOCATION_RULE, volet="1", measure="15158")
    (parts,) = texts([rule])
    assert parts[""].startswith("L’enveloppe disponible pour la mesure 15158 est répartie selon un montant de base par")
    assert "21\u2009989 $ pour l’année scolaire 2024-2025" in parts["note 12"]
    assert rule.page == 5


def test_the_formulas_of_the_three_volets_stay_apart() -> None:
    """Volets 2 and 3 have the same words; each is a unit of its own, under its volet, with its own note and id."""
    rules = [guide(UnitKind.ALLOCATION_RULE, volet=volet, measure="15158") for volet in "123"]
    assert [len(found) for found in rules] == [1, 1, 1]
    (first,), (second,), (third,) = rules
    assert texts([second])[0][""] == texts([third])[0][""] != texts([first])[0][""]
    assert len({first.id, second.id, third.id}) == 3
    assert [unit.page for unit in (first, second, third)] == [5, 8, 10]
    assert [list(texts([unit])[0])[1] for unit in (first, second, third)] == ["note 12", "note 18", "note 24"]
    private = [guide(UnitKind.ALLOCATION_RULE, volet=volet, measure="30100") for volet in "123"]
    assert [[unit.page for unit in found] for found in private] == [[5], [8], [10]]


def test_each_example_knows_its_volet_its_category_and_its_lead() -> None:
    """A table that goes on over a page keeps both; two-line categories are whole."""
    examples = guide(UnitKind.EXAMPLE)
    assert [unit.labels["volet"] for unit in examples] == ["1"] * 9 + ["2"] * 8 + ["3"] * 8
    for unit in examples:
        (parts,) = texts([unit])
        assert parts["category"] == unit.labels["category"]
        assert parts["lead"].startswith("À cet égard, les montants alloués pourraient")
    categories = {(unit.labels["category"], unit.page) for unit in guide(UnitKind.EXAMPLE, volet="2")}
    assert categories == {
        ("Actions de bienveillance", 6),
        ("Reconnaissance au travail", 6),
        ("Bien-être au travail", 7),
        ("Combinaison d’actions", 7),
    }


def test_definitions_stand_under_their_terms() -> None:
    """Nine terms are defined under a heading « définitions », and one in the opening note."""
    under = [unit.titles[-1] for unit in guide(UnitKind.DEFINITION) if len(unit.titles) > 2]
    assert under == [
        "Responsable de la valorisation", "Partenariat", "Bienveillance", "Bien-être", "Veilleur bienveillant",
        "Collaboration interprofessionnelle", "Mentorat", "Communauté de praticiens (COP)",
        "Communauté d’apprentissage (CAP)",
    ]  # fmt: skip
    assert guide(UnitKind.DEFINITION)[0].titles == ("Note",)


def test_contacts_and_the_deadline() -> None:
    """Each address with what it is for; the April report as it is said, without a day."""
    financial, other = texts(guide(UnitKind.CONTACT))
    assert financial[""].startswith("Questions liées aux aspects financiers des mesures :")
    assert financial[""].endswith("Courriel : financement@education.gouv.qc.ca")
    assert other[""].endswith("Courriel : valorisation@education.gouv.qc.ca")
    (deadline,) = guide(UnitKind.DEADLINE)
    assert texts([deadline])[0][""].endswith("devrait avoir lieu au cours du mois d’avril.")
    assert deadline.labels == {"volet": "2"}


def test_what_is_around_the_text_is_no_passage() -> None:
    """Table of contents, running heads, lists of links, table headers are dropped, under their names."""
    text, segmentation = cut(GUIDE)
    dropped: dict[DropReason, list[str]] = {}
    for one in segmentation.dropped:
        dropped.setdefault(one.reason, []).append(text[one.run.start : one.run.end])
    assert dropped[DropReason.RUNNING_HEAD] == ["1 Ministère de l’Éducation", "4 Ministère de l’Éducation"]
    assert dropped[DropReason.TABLE_OF_CONTENTS][0] == "Table des matières"
    assert len(dropped[DropReason.TABLE_OF_CONTENTS]) == 15
    assert dropped[DropReason.TABLE_HEADER] == ["Actions Exemples"] * 4
    assert all(re.match(r"https?://|mailto:|2018-", link) for link in dropped[DropReason.LINK_LIST])


def test_the_address_of_an_employee_reaches_nothing() -> None:
    """The tracking link holds it percent-encoded: it is in no unit and in no stored text, whose length is kept."""
    raw = (CORPUS / "documents" / corpus_document(GUIDE)[1].file).read_text(encoding="utf-8")
    name = re.search(r"7C([A-Za-z.]+)%40education", raw)
    assert name is not None
    stored = segment_document(CORPUS, corpus_document(GUIDE)[1])
    assert len(stored.source.text) == len(raw)
    for words in (name[1], *name[1].split(".")):
        assert words.lower() not in stored.source.text.lower()
    assert "%40education" not in stored.source.text
    assert "safelinks" not in stored.source.text


def test_the_letter_keeps_its_amounts_with_their_qualifiers_under_its_headings() -> None:
    """« près de », « un peu plus de » stay beside the amounts; the paragraph cut by the page is under its heading."""
    figures = [unit for unit in cut(LETTER)[1].units if unit.kind is UnitKind.FIGURE]
    assert [(unit.titles[-1].split()[0], unit.page) for unit in figures] == [
        ("Tutorat", 1), ("Soutien", 1), ("Nouveaux", 2),
    ]  # fmt: skip
    words = [parts[""] for parts in texts(figures, LETTER)]
    assert "une bonification de 11 M$" in words[0]
    assert "un montant de près de 15 M$, dont un peu plus de 1 M$" in words[1]
    assert "un investissement additionnel de près de 12 M$" in words[2]
