"""The dated figures: each stands in its source, none is carried outside its years, every fault is listed at once."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from assistant.tools.errors import FigureUnknown
from assistant.tools.figures import DatedValue, Figure, load_figures
from ingest.catalog import load_catalog
from ingest.errors import CatalogError
from ingest.fold import fold

CORPUS = Path(__file__).parents[2] / "corpus"
FIGURES = load_figures(CORPUS)
SOURCES = {
    entry.id: fold((CORPUS / "documents" / entry.file).read_text(encoding="utf-8"))
    for entry in load_catalog(CORPUS).documents
}
_WORDS = {"quatre": "4"}
_AMOUNT = re.compile(r"(\d{1,3}(?:[\s\u00a0\u2009]\d{3})+|\d+)(?:,(\d+))?\s*(M\s?\$|millions)?")


def numbers(quote: str) -> set[Fraction]:
    """Every number that a quote prints, millions multiplied out."""
    found = {Fraction(_WORDS[word]) for word in _WORDS if word in quote}
    for whole, decimals, million in _AMOUNT.findall(quote):
        value = Fraction(re.sub(r"\s", "", whole) + (f".{decimals}" if decimals else ""))
        found.add(value * (1_000_000 if million else 1))
    return found


DATED = [pytest.param(figure, value, id=figure.id) for figure in FIGURES.by_id.values() for value in figure.values]


@pytest.mark.parametrize(("figure", "value"), DATED)
def test_each_figure_stands_in_its_source(figure: Figure, value: DatedValue) -> None:
    """The quote is found character for character, and the value parses out of it."""
    assert value.source.quote in SOURCES[value.source.document]
    if value.value is None:
        assert figure.unit == "$" or Fraction(value.printed) in numbers(value.source.quote)
    else:
        assert value.exact in numbers(value.source.quote)


def test_each_passage_stands_in_its_source() -> None:
    """The sentences that state the rules are verbatim."""
    for passage in FIGURES.passages.values():
        assert passage.quote in SOURCES[passage.document]


@pytest.mark.parametrize("year", ["2023-2024", "2025-2026"])
def test_a_figure_is_refused_outside_its_interval(year: str) -> None:
    """The eve and the day after: no value is carried over, and the refusal says what is known."""
    with pytest.raises(FigureUnknown) as caught:
        FIGURES.value("guide.base_amount", year)
    assert year in caught.value.sentence.fr
    assert caught.value.sources == (FIGURES["guide.base_amount"].sole.source,)


def test_an_action_without_amount_is_null_and_never_zero() -> None:
    """Actions 9 and 13 print no amount."""
    empty = [figure.id for figure in FIGURES.family("strategie.action_") if figure.sole.value is None]
    assert empty == ["strategie.action_9", "strategie.action_13"]
    with pytest.raises(ValueError, match="no amount is printed"):
        _ = FIGURES["strategie.action_9"].sole.exact


GOOD = """figures:
  - id: a.b
    label: {fr: x, en: y}
    unit: $
    values:
      - {from: 2024-2025, to: 2024-2025, value: "1", qualifier: exact, status: official, document: d, quote: q}
"""


def corpus_with(tmp_path: Path, text: str) -> Path:
    """A corpus with one figure file."""
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "f.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_sound_file_loads(tmp_path: Path) -> None:
    """The smallest file is accepted."""
    assert FIGURES.by_id.keys().isdisjoint(load_figures(corpus_with(tmp_path, GOOD)).by_id)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD + "    colour: red\n", "colour"),
        (GOOD.replace("unit: $", "unit: $\n    unit: $"), "key given twice"),
        (GOOD.replace('"1"', '"1,5"'), "value"),
        (GOOD.replace("to: 2024-2025", "to: 2023-2024"), "ends before it starts"),
        (GOOD.replace("2024-2025", "2024-2026"), "not a school year"),
        (GOOD + GOOD.removeprefix("figures:\n"), "given twice"),
        (GOOD + GOOD.partition("values:\n")[2], "lies in two intervals"),
        (GOOD.replace("unit: $", "unit: $\n    part_of: z.z"), "'z.z', which does not exist"),
    ],
)
def test_each_fault_is_named(tmp_path: Path, text: str, said: str) -> None:
    """Unknown and duplicate keys, bad values, wrong or overlapping intervals, dangling references."""
    with pytest.raises(CatalogError, match=re.escape(said)):
        load_figures(corpus_with(tmp_path, text))


def test_all_faults_of_all_files_are_listed_at_once(tmp_path: Path) -> None:
    """Two broken files give one error with both."""
    corpus = corpus_with(tmp_path, GOOD.replace('"1"', '"x"'))
    (corpus / "figures" / "g.yaml").write_text(GOOD.replace("2024-2025", "2024-2026"), encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        load_figures(corpus)
    assert any("f.yaml" in problem for problem in caught.value.problems)
    assert any("a.b" in problem for problem in caught.value.problems)


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    """Without figures nothing can be computed: said at start-up."""
    with pytest.raises(CatalogError, match="no figure file"):
        load_figures(tmp_path)
