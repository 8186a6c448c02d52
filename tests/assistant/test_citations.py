"""Every citation of the notebook is verbatim at its offsets; the same quote keeps its number."""

import pytest
from core_fakes import GARDEN, garden_index, guide_index
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.citations import Notebook
from assistant.conversation import SourceQuote
from assistant.guard import Guard
from ingest.documents import Run
from ingest.fold import fold


@settings(max_examples=40)
@given(st.data())
def test_what_is_cited_of_a_unit_always_passes_the_guard(data: st.DataObject) -> None:
    """Any unit of the real guide, in any order: numbers from 1, quotes verbatim, pages in order of the text."""
    index = guide_index()
    notebook = Notebook(index)
    units = data.draw(st.lists(st.sampled_from(list(index.units.values())), min_size=1, max_size=4))
    for unit in units:
        for part in unit.parts:
            numbers = notebook.cite(unit.document, part.runs, unit)
            assert numbers == notebook.cite(unit.document, part.runs, unit)
    assert [one.n for one in notebook.citations] == list(range(1, len(notebook.citations) + 1))
    for one in notebook.citations:
        assert Guard(index).verbatim(one)
        assert f"start={one.start}&end={one.end}" in one.url
        started = [page for page in index.documents[one.document].pages if page.start <= one.start]
        assert one.page == (started[-1].number if started else None)


def test_a_citation_tells_what_its_document_is() -> None:
    """Title, file, authority and validity come from the catalog, the section from the unit."""
    index = garden_index()
    unit = next(iter(index.units.values()))
    notebook = Notebook(index)
    assert notebook.cite("jardin", unit.parts[0].runs, unit) == (1,)
    one = notebook.citations[0]
    assert (one.title, one.source_file) == ("Titre de jardin", "jardin-original.txt")
    assert (one.authority, one.validity, one.page) == ("ministry", "2024-2025", None)
    assert one.section == ("Guide du jardin scolaire", "Le jardin")
    assert one.url == f"/documents/jardin?start={one.start}&end={one.end}#quote"


@pytest.mark.parametrize(
    "words", ["au prorata du nombre de serres", "au prorata du\nnombre  de serres", "l'on cultive"]
)
def test_a_quote_known_by_its_words_is_located(words: str) -> None:
    """White space and apostrophes may differ; what is cited is the source's own."""
    notebook = Notebook(garden_index())
    assert notebook.cite_source(SourceQuote("jardin", words)) == (1,)
    one = notebook.citations[0]
    assert fold(GARDEN[one.start : one.end]) == one.quote
    assert one.section


@pytest.mark.parametrize(
    "source",
    [SourceQuote("jardin", "au prorata des lutins"), SourceQuote("inconnu", "le"), SourceQuote("jardin", " ")],
)
def test_a_quote_that_does_not_stand_is_not_cited(source: SourceQuote) -> None:
    """Nor is one of an unknown document."""
    notebook = Notebook(garden_index())
    assert notebook.cite_source(source) == ()
    assert notebook.citations == ()


def test_a_range_with_a_gap_gives_one_citation_per_piece() -> None:
    """What was left out between two ranges is in no quote."""
    start = GARDEN.index("Le montant de base")
    cut, end = GARDEN.index("4 321"), GARDEN.index(" par école pour")
    notebook = Notebook(garden_index())
    numbers = notebook.cite("jardin", (Run(start, cut), Run(GARDEN.index("$ par"), end)))
    assert numbers[0] == 1
    assert notebook.citations[0].quote == "Le montant de base est de"
    assert all("4 321" not in one.quote for one in notebook.citations)
