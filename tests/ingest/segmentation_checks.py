"""What the tests of layouts share: the corpus as layouts see it, units as readable text, the account of a source."""

import os
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

from ingest.catalog import CatalogEntry, load_catalog
from ingest.documents import Run, Segmentation, Source, Unit
from ingest.fold import fold, read

CORPUS = Path(__file__).parents[2] / "corpus"
GOLDEN = Path(__file__).parent / "golden"


@cache
def corpus_document(document: str) -> tuple[Source, CatalogEntry]:
    """A document of the corpus, as text without pages, and its catalog entry."""
    entry = load_catalog(CORPUS)[document]
    return Source((CORPUS / "documents" / entry.file).read_text(encoding="utf-8")), entry


def part_texts(unit: Unit, text: str) -> list[tuple[str, str]]:
    """Name and folded text of each part."""
    return [(part.name, read(text, part.runs).text) for part in unit.parts]


def describe(unit: Unit, text: str) -> str:
    """A unit as a few lines: kind, labels and page if known, then each part."""
    labels = "; ".join(f"{key}={value}" for key, value in unit.labels.items())
    parts = (f"    {name + ': ' if name else ''}{words}" for name, words in part_texts(unit, text))
    page = "" if unit.page is None else f", page {unit.page}"
    return "\n".join([f"- {unit.kind.value}{' [' + labels + ']' if labels else ''}{page}", *parts])


def described(segmentation: Segmentation, text: str) -> str:
    """All units in order, under their section path where it changes."""
    blocks = []
    for titles, units in groupby(segmentation.units, key=lambda unit: unit.titles):
        blocks += ["\n".join(f"{'#' * depth} {title}" for depth, title in enumerate(titles, start=1))]
        blocks += [describe(unit, text) for unit in units]
    return "\n\n".join(block for block in blocks if block) + "\n"


def check_golden(name: str, actual: str) -> None:
    """Compare with `golden/<name>`; with GOLDEN=write in the environment, write it instead."""
    path = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(actual, encoding="utf-8")
    assert actual == path.read_text(encoding="utf-8")


def unaccounted(segmentation: Segmentation, text: str) -> list[str]:
    """Stretches of the source, white space aside, that are in no unit, no heading and no dropped range."""
    accounted = _characters([*kept_runs(segmentation), *(dropped.run for dropped in segmentation.dropped)])
    return _stretches(text, (i for i in range(len(text)) if i not in accounted and not text[i].isspace()))


def kept_and_dropped(segmentation: Segmentation, text: str) -> list[str]:
    """Stretches that are both in a unit or heading and in a dropped range: there should be none."""
    both = _characters(kept_runs(segmentation)) & _characters(dropped.run for dropped in segmentation.dropped)
    return _stretches(text, sorted(i for i in both if not text[i].isspace()))


def misquoted(segmentation: Segmentation, text: str) -> list[str]:
    """Quotes of the units that do not stand character for character, white space folded, where they say."""
    quotes = [q for unit in segmentation.units for part in unit.parts for q in read(text, part.runs).quotes()]
    return [quote.text for quote in quotes if fold(text[quote.start : quote.end]) != quote.text]


def kept_runs(segmentation: Segmentation) -> Iterator[Run]:
    """Every range of every part and of every section heading."""
    for unit in segmentation.units:
        for held in (*unit.parts, *unit.section):
            yield from held.runs


def _characters(runs: Iterable[Run]) -> set[int]:
    return {i for run in runs for i in range(run.start, run.end)}


def _stretches(text: str, places: Iterable[int]) -> list[str]:
    grouped = groupby(enumerate(places), key=lambda pair: pair[1] - pair[0])
    return ["".join(text[place] for _, place in group) for _, group in grouped]
