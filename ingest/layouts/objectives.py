"""Layout of a two-column extract: numbered objectives (« 10.1 ») and the strategies proposed for each.

In: a text whose columns were extracted one after the other: a title, the two column titles on one line, then for each
objective its statement and its bulleted strategies. Out: an objective for each number, a means for each bullet, with
its sub-bullets. Refuses a text without title, column titles or objectives, or with other text where one should stand.
"""

import re
from dataclasses import dataclass

from ingest.catalog import CatalogEntry
from ingest.documents import DropReason, Heading, Part, Run, Segmentation, Source, UnitKind
from ingest.errors import LayoutError
from ingest.fold import read
from ingest.lines import Line, flow, lines
from ingest.segmentation import Segmenter

_COLUMNS = re.compile(r"(Objectifs?)\s{2,}(Stratégies?\b.*)")
_MARKS = {
    "objective": re.compile(r"\d+\.\d+(?=\s)"),
    "bullet": re.compile(r"•"),
    "sub-bullet": re.compile(r"o(?=\s)"),
}


@dataclass(frozen=True, slots=True)
class _Item:
    """What one mark opens: the mark, its line number, and the lines it holds, the mark taken off the first."""

    form: str
    mark: Run
    number: int
    lines: list[Run]


def segment(document: str, source: Source, entry: CatalogEntry) -> Segmentation:  # noqa: ARG001 (all layouts share one signature)
    """Cut an extract into objectives and means; raises `LayoutError` naming the line and what was expected there."""
    segmenter = Segmenter(document, source)
    written = [line for line in lines(source.text) if line.text]
    matches = ((rank, _COLUMNS.fullmatch(line.text)) for rank, line in enumerate(written))
    rank, match = next(((rank, match) for rank, match in matches if match), (0, None))
    if match is None or rank == 0:
        raise LayoutError(f"{document}: expected a title, then a line « Objectif   Stratégie proposée », found none")
    runs = flow(source.text, [line.run for line in written[:rank]])
    title = Heading(read(source.text, runs).text, runs)
    columns = [_column(written[rank], match, group) for group in (1, 2)]
    body = _body(segmenter, written[:rank], written[rank + 1 :])
    _give(segmenter, (title, columns[0]), (title, columns[1]), _items(document, body))
    return segmenter.done()


def _column(header: Line, match: re.Match[str], group: int) -> Heading:
    return Heading(match[group], (Run(header.start + match.start(group), header.start + match.end(group)),))


def _body(segmenter: Segmenter, top: list[Line], below: list[Line]) -> list[Line]:
    """The lines below the column titles, without the titles that a new page repeats."""
    kept = []
    for line in below:
        if _COLUMNS.fullmatch(line.text):
            segmenter.drop(line.run, DropReason.TABLE_HEADER)
        elif line.text in {title.text for title in top}:
            segmenter.drop(line.run, DropReason.RUNNING_HEAD)
        else:
            kept.append(line)
    return kept


def _items(document: str, body: list[Line]) -> list[_Item]:
    items: list[_Item] = []
    for line in body:
        if item := _opened(line):
            items.append(item)
        elif items:
            items[-1].lines.append(line.run)
        else:
            raise _wrong(document, line.number, "a numbered objective", line.text)
    if not items:
        raise LayoutError(f"{document}: expected a numbered objective below the column titles, found none")
    for item, above in zip(items, [None, *items], strict=False):
        if not item.lines:
            raise _wrong(document, item.number, "text after the mark", "none")
        if item.form != "objective" and above is None:
            raise _wrong(document, item.number, "a numbered objective above the bullets", "none")
        if item.form == "sub-bullet" and above and above.form == "objective":
            raise _wrong(document, item.number, "a bullet « • » above the bullet « o »", "an objective")
    return items


def _opened(line: Line) -> _Item | None:
    for form, pattern in _MARKS.items():
        if match := pattern.match(line.text):
            mark = Run(line.start, line.start + match.end())
            start = line.end - len(line.text[match.end() :].lstrip())
            return _Item(form, mark, line.number, [Run(start, line.end)] if start < line.end else [])
    return None


def _give(
    segmenter: Segmenter, objectives: tuple[Heading, ...], strategies: tuple[Heading, ...], items: list[_Item]
) -> None:
    source = segmenter.source.text
    title, column = strategies
    heading, labels = title, {}
    for item, *subs in _with_subs(items):
        if item.form == "objective":
            labels = {"objective": source[item.mark.start : item.mark.end]}
            whole = flow(source, [item.mark, *item.lines])
            heading = Heading(read(source, whole).text, whole)
            parts = [Part((item.mark,), "number"), Part(flow(source, item.lines))]
            segmenter.add(UnitKind.OBJECTIVE, parts, objectives, labels)
        else:
            for bullet in (item, *subs):
                segmenter.drop(bullet.mark, DropReason.BULLET)
            parts = [Part(flow(source, bullet.lines)) for bullet in (item, *subs)]
            segmenter.add(UnitKind.MEANS, parts, (title, heading, column), labels)


def _with_subs(items: list[_Item]) -> list[list[_Item]]:
    groups: list[list[_Item]] = []
    for item in items:
        if item.form == "sub-bullet":
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def _wrong(document: str, number: int, expected: str, found: str) -> LayoutError:
    return LayoutError(f"{document}, line {number}: expected {expected}, found {found[:60]!r}")
