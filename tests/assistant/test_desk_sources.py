"""What approved replies rest on, over a real index: a word that changes in a source is seen, and nowhere else."""

from dataclasses import replace
from pathlib import Path

from core_fakes import GARDEN, LETTER, citation, garden_index, open_new, write_corpus

from assistant.desk.sources import IndexSources
from assistant.settings import ROOT
from assistant.tools.figures import Figures, load_figures
from ingest.index import Index

NONE = Figures({}, {})
FIGURES = load_figures(ROOT / "corpus")


def sources(index: Index) -> IndexSources:
    """The sources of an index, without figures."""
    return IndexSources(index, NONE)


def test_a_citation_rests_on_the_units_whose_words_it_touches() -> None:
    """Each unit, cited whole, gives itself; nothing gives the whole document."""
    index = garden_index()
    found = sources(index)
    for unit in index.units.values():
        run = unit.parts[0].runs[0]
        units = found.units(citation(unit.document, "x", run.start, run.end))
        assert unit.id in units
        assert len(units) < len(index.units_by_document[unit.document])
        assert found.digest(unit.id) == units[unit.id]
    assert found.units(citation("nothing", "x", 0, 5)) == {}
    assert found.digest("nothing") is None


def test_a_word_that_changes_is_seen_in_its_unit_and_nowhere_else(tmp_path: Path) -> None:
    """A re-ingested corpus: units that say the same keep their digest, the others do not stand."""
    before = sources(garden_index())
    words = garden_index().documents["jardin"].text
    unit = next(one for one in garden_index().units_by_document["jardin"] if len(one.parts[0].runs) == 1)
    run = unit.parts[0].runs[0]
    changed = GARDEN.replace(words[run.start : run.end], words[run.start : run.end].replace("e", "é", 1), 1)
    assert changed != GARDEN
    corpus = write_corpus(tmp_path / "corpus", {"jardin": changed, "lettre": LETTER})
    after = sources(open_new(corpus, tmp_path / "data"))
    same = {name: after.digest(name) == before.digest(name) for name in garden_index().units}
    assert not same[unit.id]
    assert all(same[one.id] for one in garden_index().units_by_document["lettre"])
    quote = citation("jardin", " ".join(words[run.start : run.end].split()), run.start, run.end)
    assert before.stands(quote)
    assert not after.stands(quote)
    assert not before.stands(replace(quote, end=10**6))


def test_the_figures_of_a_text_are_known_by_their_value() -> None:
    """However they are written; a figure that has another value, or none any more, is no longer current."""
    found = IndexSources(garden_index(), FIGURES)
    used = found.figures("Le montant de base est de 21\u00a0989\u00a0$ par organisme.")
    assert [one.value for one in used] == ["21989"]
    assert used == found.figures("The base amount is $21,989.")
    assert all(found.current(one) for one in used)
    assert not found.current(replace(used[0], value="22500"))
    assert not found.current(replace(used[0], id="nothing"))
    assert found.figures("Aucun montant.") == ()
