"""Layout of an action plan (PEVR): issues, orientations, objectives with indicators and targets, tables of means.

In: a tab-separated extraction of such a plan. Out: a unit for each paragraph of introduction, and for each objective
one with its statement, one for each indicator with its target and one for each means, whatever pages and tags cut
through. Names of persons in the column of who is responsible are left out, unless the catalog lists them.
Refuses a plan whose objectives, indicators or means do not stand under what they belong to.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingest.catalog import CatalogEntry
from ingest.documents import DropReason, Heading, Part, Segmentation, Source, UnitKind
from ingest.errors import LayoutError
from ingest.kinds import kind_of
from ingest.layouts.plan_indicators import PAIR, Indicators, target_labels
from ingest.layouts.plan_means import Columns, Record, columns, records
from ingest.layouts.plan_names import personal_names
from ingest.layouts.plan_rows import Cell, Row, cell, drop_cell, inner_cells, joined, rows
from ingest.layouts.ranges import subtract
from ingest.segmentation import Segmenter

REST = "suite"

_MARK = re.compile(r"PEVR(?:\s*\(MISE EN (?:Œ|OE)UVRE\))?")
_PLACE = re.compile(r"(Enjeu|Orientation|Objectif)\s+(\d+)(?:\s*\(suite\))?")
_LEVELS = {"Enjeu": "issue", "Orientation": "orientation", "Objectif": "objective"}
_MEANS_TITLE = re.compile(r"moyens?", re.IGNORECASE)
_RESPONSIBLE = re.compile(r"responsable", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one stands in the plan: the headings read so far, outermost first, and their numbers as labels."""

    labels: Mapping[str, str]
    section: tuple[Heading, ...]


def segment(document: str, source: Source, entry: CatalogEntry) -> Segmentation:
    """Cut a plan into units; raises `LayoutError` naming the line and what was expected there."""
    plan = _Plan(Segmenter(document, source), entry)
    for row in rows(source.text, plan.segmenter.drop):
        plan.take(row)
    return plan.done()


class _Plan:
    """Reads rows in order. A table of indicators or of means is open until the next heading closes it."""

    def __init__(self, segmenter: Segmenter, entry: CatalogEntry) -> None:
        self.segmenter = segmenter
        self.source = segmenter.source.text
        self.entry = entry
        self.place = _Place({}, ())
        self.objectives: dict[tuple[str, ...], _Place] = {}
        self.indicators = Indicators()
        self.columns: Columns | None = None
        self.means: list[Row] = []
        self.seen: set[tuple[str, ...]] = set()
        self.headings: list[Heading] = []
        self.used: set[Heading] = set()

    def take(self, row: Row) -> None:
        """Read one row: close what it ends, keep what it adds."""
        first, alone = row.filled[0].text, len(row.filled) == 1
        if row.titled:
            self._close()
            self.place = _Place({}, ())
            self._drop(row.filled, DropReason.RUNNING_HEAD)
        elif alone and _MARK.fullmatch(first):
            self._close()
            self._drop(row.filled, DropReason.TABLE_HEADER)
        elif place := _PLACE.fullmatch(first) or (_PLACE.match(first) if alone else None):
            self._close()
            self._heading(row, place)
        elif _MEANS_TITLE.fullmatch(first):
            self._open_means(row)
        elif self.columns:
            self.means.append(row)
        else:
            self._indicator_or_paragraph(row)

    def done(self) -> Segmentation:
        """Close the last table; headings that only came back above a repeated objective are repeats too."""
        self._close()
        if not self.objectives:
            raise LayoutError(f"{self.segmenter.document}: expected a row « Objectif 1 » and its statement, found none")
        for heading in self.headings:
            if heading not in self.used:
                self._drop([cell(self.source, heading.runs)], DropReason.REPEATED)
        return self.segmenter.done()

    def _indicator_or_paragraph(self, row: Row) -> None:
        titles = self.indicators.take_titles(row.filled)
        self._drop(titles, DropReason.TABLE_HEADER)
        others = tuple(content for content in row.filled if content not in titles)
        if titles and "objective" not in self.place.labels:
            raise self._wrong(row, "an « Objectif » above the indicators")
        if not others:
            return
        if self.indicators.is_open:
            if len(others) > PAIR:
                raise self._wrong(row, "an indicator and its target")
            self.indicators.rows.append(others)
        elif len(row.cells) == 1 and not self.place.section:
            self._paragraph(others[0])
        else:
            raise self._wrong(row, "a heading, the titles of the indicators or those of the means")

    def _paragraph(self, text: Cell) -> None:
        if self._is_new(text.text):
            self._add(kind_of(text.text), [Part(text.runs)], _Place({}, ()))
        else:
            self._drop([text], DropReason.REPEATED)

    def _heading(self, row: Row, match: re.Match[str]) -> None:
        level = list(_LEVELS).index(match[1])
        if len(self.place.section) < level:
            raise self._wrong(row, f"an « {list(_LEVELS)[level - 1]} » above")
        number, statement, others = self._split(row, match)
        whole = joined(self.source, number, statement) if len(row.filled) > 1 else row.filled[0]
        heading = Heading(whole.text, whole.runs)
        above = self.place.section[:level]
        labels = dict(list(self.place.labels.items())[:level]) | {_LEVELS[match[1]]: match[2]}
        self.place = _Place(labels, (*above, heading))
        if match[1] == "Objectif":
            self._objective(number, statement, above)
            self._inline(others)
            return
        if others:
            raise self._wrong(row, f"a number and a title only after « {match[1]} »")
        self.headings.append(heading)

    def _split(self, row: Row, match: re.Match[str]) -> tuple[Cell, Cell, tuple[Cell, ...]]:
        first, *others = row.filled
        if others:
            return first, others[0], tuple(others[1:])
        if match.end() == len(first.text):
            raise self._wrong(row, f"a title after « {first.text} »")
        head, tail = first.span(0, match.end()), first.span(match.end(), len(first.text))
        return cell(self.source, subtract(first.runs, [tail])), cell(self.source, subtract(first.runs, [head])), ()

    def _objective(self, number: Cell, statement: Cell, above: tuple[Heading, ...]) -> None:
        """One that comes back (« suite ») is read at its first place and gives no other unit."""
        key = (*self.place.labels.values(), statement.text)
        if key in self.objectives:
            self._drop((number, statement), DropReason.REPEATED)
            self.place = self.objectives[key]
            return
        self.objectives[key] = self.place
        section = (*above, Heading(number.text, number.runs))
        self._add(UnitKind.OBJECTIVE, [Part(statement.runs)], _Place(self.place.labels, section))

    def _inline(self, others: tuple[Cell, ...]) -> None:
        pieces = tuple(piece for other in others for piece in inner_cells(self.source, other))
        titles = self.indicators.take_titles(pieces)
        self._drop(titles, DropReason.TABLE_HEADER)
        self.indicators.take_inline(tuple(piece for piece in pieces if piece not in titles))

    def _open_means(self, row: Row) -> None:
        self._close()
        if "objective" not in self.place.labels:
            raise self._wrong(row, "an « Objectif » above the means")
        if len(row.filled) < PAIR:
            raise self._wrong(row, "the titles of the columns beside « MOYENS »")
        self.columns = columns(row)
        self._drop(row.filled, DropReason.TABLE_HEADER)

    def _close(self) -> None:
        """End the open table and give out its units."""
        for pair in self.indicators.pairs:
            self._indicator(pair)
        if self.columns:
            for record in records(self.source, self.columns, self.means, self.segmenter.drop):
                self._means(record, self.columns)
        self.indicators, self.columns, self.means = Indicators(), None, []

    def _indicator(self, pair: tuple[Cell, ...]) -> None:
        texts = [content.text for content in pair]
        if self._is_new(*self.place.labels.values(), *texts):
            names = (self.indicators.indicator or "Indicateur", self.indicators.target or "Cible")
            parts = [Part(content.runs, name) for content, name in zip(pair, names, strict=False)]
            labels = target_labels(texts[0], " ".join(texts[1:]))
            self._add(UnitKind.INDICATOR, parts, self.place, labels)
        else:
            self._drop(pair, DropReason.REPEATED)

    def _means(self, record: Record, titles: Columns) -> None:
        parts = [
            Part(self._nameless(record.cells[rank], title).runs, title)
            for rank, title in enumerate(titles.titles)
            if rank in record.cells
        ]
        parts.append(Part(joined(self.source, *record.rest).runs, REST))
        self._add(UnitKind.MEANS, parts, self.place, {"progress_date": titles.date} if titles.date else {})

    def _nameless(self, content: Cell, title: str) -> Cell:
        """The cell without names of persons, if it is in the column of who is responsible."""
        if not _RESPONSIBLE.match(title):
            return content
        names = [
            content.span(start, end)
            for start, end in personal_names(content.text)
            if content.text[start:end] not in self.entry.named_officials
        ]
        kept = subtract(content.runs, names)
        self._drop([cell(self.source, subtract(content.runs, kept))], DropReason.PERSONAL_DATA)
        return cell(self.source, kept)

    def _is_new(self, *words: str) -> bool:
        known = words in self.seen
        self.seen.add(words)
        return not known

    def _add(
        self, kind: UnitKind, parts: Iterable[Part], place: _Place, labels: Mapping[str, str] | None = None
    ) -> None:
        self.segmenter.add(kind, parts, place.section, {**place.labels, **(labels or {})})
        self.used.update(place.section)

    def _drop(self, cells: Iterable[Cell], reason: DropReason) -> None:
        for dropped in cells:
            drop_cell(self.source, dropped, reason, self.segmenter.drop)

    def _wrong(self, row: Row, expected: str) -> LayoutError:
        found = row.filled[0].text[:60]
        return LayoutError(f"{self.segmenter.document}, line {row.number}: expected {expected}, found {found!r}")
