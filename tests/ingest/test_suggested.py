"""Drafts of expected questions: which passages lack them, how each is named, and files that are whole at any moment."""

import fcntl
import os
import shutil
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from segmentation_checks import CORPUS
from tiny_corpus import HashEmbedder, write_corpus

from ingest.build import build
from ingest.catalog import load_yaml
from ingest.errors import CatalogError, StoreError
from ingest.expected import ExpectedEntry
from ingest.index import Index
from ingest.suggested import FOLDER, Survey, alone, keep

PHRASES = st.text(st.characters(exclude_categories=("C",)), min_size=1).filter(lambda text: text.strip())


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Three small documents, five passages, of which two have questions."""
    return write_corpus(tmp_path / "corpus")


def drafts(corpus: Path, *, fr: tuple[str, ...] = ("Qui paie?",)) -> list[ExpectedEntry]:
    """A draft for every passage without a question, kept."""
    survey = Survey(corpus)
    found = [survey.passage(unit) for unit in survey.units]
    entries = [one.entry.model_copy(update={"fr": fr, "en": ()}) for one in found if one]
    with alone(corpus):
        for entry in entries:
            keep(corpus, entry)
    return entries


def test_only_passages_that_no_entry_leads_to_are_found(corpus: Path) -> None:
    """With the headings above them and, if wanted, in one document only."""
    survey = Survey(corpus)
    found = [one for unit in survey.units if (one := survey.passage(unit))]
    assert [one.entry.document for one in found] == ["guide", "lettre", "plan"]
    assert (found[0].text, found[0].section, found[0].title) == (
        "La mesure finance le mentorat.", ("Guide",), "Document guide",
    )  # fmt: skip
    assert [unit.document for unit in Survey(corpus, "plan").units] == ["plan"]
    assert "À quelle date?" in survey.questions
    with pytest.raises(CatalogError, match="no document 'plans' in the catalog; it has guide, lettre, plan"):
        Survey(corpus, "plans")


def test_a_kept_draft_binds_to_its_passage_and_is_told_apart(corpus: Path, tmp_path: Path) -> None:
    """The index holds it as unreviewed, the report counts it, its passage lacks nothing any more."""
    assert build(corpus, tmp_path / "data", HashEmbedder()).unreviewed == 0
    entries = drafts(corpus)
    report = build(corpus, tmp_path / "data", HashEmbedder())
    assert (report.unreviewed, report.silent) == (3, ())
    index = Index.open(tmp_path / "data")
    drafted = [question for question in index.expectations.questions if not question.reviewed]
    assert [question.text for question in drafted] == [entry.fr[0] for entry in entries]
    assert Survey(corpus).units == ()


def test_an_entry_is_reviewed_by_moving_it_without_its_mark(corpus: Path, tmp_path: Path) -> None:
    """To a file of people's; what is left of the drafts, even nothing, is no mistake."""
    drafts(corpus)
    path = corpus / FOLDER / "guide.yaml"
    entry = path.read_text(encoding="utf-8").split("\n\n")[1].replace("  reviewed: false\n", "")
    with (corpus / "questions" / "toutes.yaml").open("a", encoding="utf-8") as file:
        file.write(entry)
    path.write_text(path.read_text(encoding="utf-8").split("\n\n")[0] + "\n", encoding="utf-8")
    assert build(corpus, tmp_path / "data", HashEmbedder()).unreviewed == 2
    assert [unit.document for unit in Survey(corpus).units] == []


def test_a_passage_that_nobody_asks_for_is_not_found_again(corpus: Path, tmp_path: Path) -> None:
    """An entry without wordings says so; the report still lists the passage."""
    drafts(corpus, fr=())
    assert Survey(corpus).units == ()
    report = build(corpus, tmp_path / "data", HashEmbedder())
    assert (len(report.silent), report.unreviewed) == (3, 0)


def test_what_a_person_wrote_in_a_file_of_drafts_stays(corpus: Path) -> None:
    """Comments and corrections; a file emptied of its entries starts anew."""
    entry = drafts(corpus)[0]
    path = corpus / FOLDER / "guide.yaml"
    path.write_text(f"# vu par Ann\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    keep(corpus, entry.model_copy(update={"about": "autre"}))
    assert path.read_text(encoding="utf-8").startswith("# vu par Ann\n")
    assert [one["about"] for one in load_yaml(path)] == [entry.about, "autre"]  # type: ignore[attr-defined]
    path.write_text("[]\n", encoding="utf-8")
    keep(corpus, entry)
    assert len(load_yaml(path)) == 1  # type: ignore[arg-type]


@given(fr=st.lists(PHRASES, max_size=3), about=PHRASES)
def test_any_wording_is_read_back_as_it_was_kept(
    fr: list[str], about: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Colons, quotes, dashes, no-break spaces, emoji."""
    corpus = tmp_path_factory.mktemp("corpus")
    entry = ExpectedEntry(document="guide", about=about, quote="q", where={"volet": "2"}, fr=tuple(fr), reviewed=False)
    with alone(corpus):
        path = keep(corpus, entry)
    assert [ExpectedEntry.model_validate(one) for one in load_yaml(path)] == [entry]  # type: ignore[attr-defined]


def test_one_drafting_at_a_time(corpus: Path) -> None:
    """The second is refused while the first holds the folder; what a kill left half written is taken away."""
    folder = corpus / FOLDER
    folder.mkdir()
    (folder / ".guide.yaml.part").write_text("- docu")
    held = os.open(folder, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    with pytest.raises(StoreError, match="another command is drafting"), alone(corpus):
        pass
    os.close(held)
    with alone(corpus):
        assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(corpus: Path) -> None:
    """A file stands where the folder should be, a folder where the file should be."""
    entry = drafts(corpus)[0]
    path = corpus / FOLDER / "guide.yaml"
    path.with_name(".guide.yaml.part").mkdir()
    with pytest.raises(StoreError, match="cannot be written"):
        keep(corpus, entry)
    shutil.rmtree(corpus / FOLDER)
    (corpus / FOLDER).write_text("")
    with pytest.raises(StoreError, match="cannot be made"), alone(corpus):
        pass


def test_the_example_of_the_documentation_is_an_entry(tmp_path: Path) -> None:
    """It binds to the real corpus, as the text says: the label tells which passage is meant."""
    corpus = Path(shutil.copytree(CORPUS, tmp_path / "corpus"))
    shutil.rmtree(corpus / "questions")
    (corpus / "questions").mkdir()
    guide = (CORPUS.parent / "docs" / "expected-questions.md").read_text(encoding="utf-8")
    example = guide.split("```yaml\n")[1].split("```")[0]
    (corpus / "questions" / "example.yaml").write_text(example, encoding="utf-8")
    assert "un veilleur, est-ce que c'est payé?" in Survey(corpus).questions


def test_every_passage_of_the_real_documents_can_be_named(tmp_path: Path) -> None:
    """Each by a quote, and a label where the same words stand twice; all entries bind, to as many passages."""
    corpus = Path(shutil.copytree(CORPUS, tmp_path / "corpus"))
    shutil.rmtree(corpus / "questions")
    survey = Survey(corpus)
    entries = [one.entry for unit in survey.units if (one := survey.passage(unit))]
    assert len(entries) == len(survey.units) > 200
    (corpus / "questions").mkdir()
    dumped = yaml.safe_dump([{**entry.model_dump(mode="json"), "second_hand": {}} for entry in entries])
    (corpus / "questions" / "all.yaml").write_text(dumped, encoding="utf-8")
    assert Survey(corpus).units == ()
