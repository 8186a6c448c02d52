"""Expected questions and known gaps are bound to passages by verbatim quotes, or refused all together."""

from pathlib import Path

import pytest

from ingest.documents import DropReason, Heading, Part, Run, Segmentation, Source, Unit, UnitKind
from ingest.errors import CatalogError
from ingest.expected import Expectations, bind
from ingest.fold import find, read
from ingest.segmentation import Segmenter

TEXT = """\
Volet 1
L’enveloppe est répartie
au prorata. Elle est fixe.
Volet 2
L’enveloppe est répartie au prorata.
Un pied de page
"""


def at(quote: str, rank: int = 0) -> Run:
    """A place of a quote in the text above."""
    return list(find(TEXT, quote))[rank]


def segmentation() -> Segmentation:
    """One unit under each heading; the foot is dropped."""
    segmenter = Segmenter("essai", Source(TEXT))
    for rank, words in enumerate(
        ("L’enveloppe est répartie au prorata. Elle est fixe.", "L’enveloppe est répartie au prorata.")
    ):
        volet = str(rank + 1)
        heading = Heading(f"Volet {volet}", (at(f"Volet {volet}"),))
        run = at(words, 0 if rank == 0 else 1)
        segmenter.add(UnitKind.ALLOCATION_RULE, [Part((run,))], (heading,), {"volet": volet})
    segmenter.drop(at("Un pied de page"), DropReason.RUNNING_HEAD)
    return segmenter.done()


UNITS: tuple[Unit, ...] = segmentation().units


def entry(
    quote: str, *, about: str = "la règle", document: str = "essai", where: str = "", fr: str = "Comment?"
) -> str:
    """An entry of a file of questions."""
    labels = f"\n  where: {{volet: '{where}'}}" if where else ""
    return f'- document: {document}\n  about: {about}\n  quote: "{quote}"{labels}\n  fr: ["{fr}"]\n'


def gap(name: str, quote: str, *, document: str = "essai") -> str:
    """An entry of a file of gaps."""
    nearest = f'[{{document: {document}, quote: "{quote}"}}]'
    return (
        f"- id: {name}\n  topic: money\n  nearest: {nearest}\n  reply_fr: Non.\n  reply_en: No.\n  en: ['How much?']\n"
    )


def bound(folder: Path, questions: str = "", gaps: str = "") -> Expectations:
    """Bind one file of each to the text above."""
    for name, content in (("questions", questions), ("gaps", gaps)):
        (folder / name).mkdir(exist_ok=True)
        if content:
            (folder / name / "un.yaml").write_text(content, encoding="utf-8")
    return bind(folder, {"essai": TEXT}, UNITS, {"essai", "illisible"})


def problems(folder: Path, questions: str = "", gaps: str = "") -> tuple[str, ...]:
    """What is said of entries that are wrong."""
    with pytest.raises(CatalogError) as caught:
        bound(folder, questions, gaps)
    return caught.value.problems


def test_a_quote_leads_to_the_unit_that_holds_it(tmp_path: Path) -> None:
    """Over line ends and with either apostrophe; the focus reads as the quote."""
    found = bound(tmp_path, entry("L'enveloppe est répartie au prorata. Elle"))
    target = found.targets[0]
    assert target.unit == UNITS[0].id
    assert read(TEXT, target.focus).text == "L’enveloppe est répartie au prorata. Elle"
    assert [(one.leads_to, one.language, one.text) for one in found.questions] == [(target.id, "fr", "Comment?")]


def test_identical_quotes_are_told_apart_by_where(tmp_path: Path) -> None:
    """The same words under two headings: the labels say which."""
    quote = "L’enveloppe est répartie au prorata."
    found = bound(tmp_path, entry(quote, where="2") + entry(quote, where="1"))
    assert [target.unit for target in found.targets[:2]] == [UNITS[1].id, UNITS[0].id]


def test_a_heading_leads_to_the_unit_under_it(tmp_path: Path) -> None:
    """A quote that stands in a heading only."""
    (target, _) = bound(tmp_path, entry("Volet 2")).targets
    assert (target.unit, read(TEXT, target.focus).text) == (UNITS[1].id, "Volet 2")


def test_units_without_an_entry_are_targets_as_a_whole(tmp_path: Path) -> None:
    """Nothing is out of reach for want of a question."""
    found = bound(tmp_path)
    assert [(target.unit, target.focus) for target in found.targets] == [
        (unit.id, unit.parts[0].runs) for unit in UNITS
    ]


def test_a_gap_holds_its_verified_passages(tmp_path: Path) -> None:
    """Its questions lead to it; a passage that stands in a unit is preferred to the same words elsewhere."""
    found = bound(tmp_path, gaps=gap("montant", "Elle est fixe."))
    assert found.gaps[0].id == "gap/montant"
    assert found.gaps[0].nearest == (("essai", (at("Elle est fixe."),)),)
    assert [(one.leads_to, one.language) for one in found.questions] == [("gap/montant", "en")]


def test_a_rendering_counts_as_a_question(tmp_path: Path) -> None:
    """It has the words of an English question."""
    found = bound(tmp_path, entry("Elle est fixe.") + "  gloss_en: It is fixed.\n")
    assert [(one.language, one.text) for one in found.questions] == [("fr", "Comment?"), ("en", "It is fixed.")]
    assert found.targets[0].gloss_en == "It is fixed."


def test_entries_of_a_document_that_could_not_be_read_are_left_out(tmp_path: Path) -> None:
    """It is named elsewhere; a document that is not in the catalog is a mistake in the entry."""
    found = bound(tmp_path, entry("Elle", document="illisible"), gap("un", "Elle", document="illisible"))
    assert (len(found.targets), found.gaps[0].nearest) == (2, ())
    wrong = problems(tmp_path, entry("Elle", document="inconnu"), gap("un", "Elle", document="inconnu"))
    assert [problem.count("'inconnu' in the catalog") for problem in wrong] == [1, 1]


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    """Quotes that do not stand or that no unit holds, duplicate ids, missing and unknown fields, broken YAML."""
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "deux.yaml").write_text("- [", encoding="utf-8")
    (tmp_path / "questions" / "trois.yaml").write_text("- {document: essai, sujet: x}\n", encoding="utf-8")
    questions = (
        entry("Absent du texte.", about="absent")
        + entry("Un pied de page", about="pied")
        + entry("Elle est fixe.")
        + entry("Elle est fixe.")
        + entry("Elle", where="3", about="ailleurs")
    )
    gaps = gap("montant", "Pas là.") + gap("montant", "Elle")
    found = problems(tmp_path, questions, gaps)
    expected = [
        "deux.yaml", "trois.yaml: 0.about", "trois.yaml: 0.quote", "trois.yaml: 0.sujet",
        "un.yaml: 'absent'", "un.yaml: 'pied'", "un.yaml: 'ailleurs'", "un.yaml: 'montant': 'Pas là.' does not stand",
        f"given twice: '{UNITS[0].id}@", "given twice: 'gap/montant'",
    ]  # fmt: skip
    assert [start for start in expected if not any(problem.startswith(start) for problem in found)] == []
    assert len(found) == len(expected)


def test_a_blank_question_is_refused(tmp_path: Path) -> None:
    """It would match anything or nothing."""
    assert "at least 1 character" in problems(tmp_path, entry("Elle", fr=" "))[0]
