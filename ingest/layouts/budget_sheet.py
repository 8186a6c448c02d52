"""Layout of a one-page budget sheet: axes with an amount and an aim, numbered actions, a title and a grand total.

In: the text of such a sheet (« AXE 1 », title, amount, aim, « ACTIONS », « 1. … 21,3 M$ »). Out: a budget line for each
axis and each action, amounts as printed and apart from the statements, and units for what stands outside the axes.
An action without a printed amount has none: it is never 0. Refuses a sheet where an axis has no amount or no actions,
where actions do not follow one another in number, or that has no title.
"""

import re
from dataclasses import dataclass, field

from ingest.catalog import CatalogEntry
from ingest.documents import DropReason, Heading, Part, Run, Runs, Segmentation, Source, UnitKind
from ingest.errors import LayoutError
from ingest.fold import read
from ingest.kinds import kind_of
from ingest.layouts.ranges import subtract, trimmed
from ingest.lines import Line, flow, lines
from ingest.segmentation import Segmenter

_AMOUNT = r"(?<![\d,])(?:\d{1,3}(?:\s\d{3})+|\d+)(?:,\d+)?\s*M?\s*\$"
_AXIS = re.compile(r"AXE\s+(\d+)")
_ACTIONS = re.compile(r"ACTIONS?")
_NUMBERED = re.compile(r"(\d+)\.\s")
_AMOUNT_ALONE = re.compile(_AMOUNT)
_AMOUNT_LAST = re.compile(rf"{_AMOUNT}\Z")
_TOTAL = re.compile(
    rf"(?:(?:un peu )?(?:plus|moins) de|près de|environ|au (?:moins|plus)|jusqu’à)?\s*{_AMOUNT}", re.IGNORECASE
)


@dataclass(slots=True)
class _Axis:
    """Lines of an axis; `actions` holds the lines of each."""

    opening: Line
    number: str
    title: list[Line] = field(default_factory=list)
    amount: Line | None = None
    aim: list[Line] = field(default_factory=list)
    listed: Line | None = None
    actions: list[list[Line]] = field(default_factory=list)


def segment(document: str, source: Source, entry: CatalogEntry) -> Segmentation:  # noqa: ARG001 (all layouts share one signature)
    """Cut a sheet into budget lines; raises `LayoutError` naming the line and what was expected there."""
    axes, outside = _parse(document, source.text)
    segmenter = Segmenter(document, source)
    title = _give_outside(segmenter, outside)
    for axis in axes:
        _give_axis(segmenter, title, axis)
    return segmenter.done()


def _parse(document: str, source: str) -> tuple[list[_Axis], list[list[Line]]]:
    axes: list[_Axis] = []
    outside: list[list[Line]] = []
    inside, broken = False, True
    for line in lines(source):
        if not line.text:
            broken = True
            continue
        if match := _AXIS.fullmatch(line.text):
            axes.append(_Axis(line, match[1]))
            inside = True
        elif inside and not _goes_on(axes[-1], line, broken=broken):
            inside, broken = False, True
        elif inside:
            _take(document, axes[-1], line)
        if not inside:
            if broken or _TOTAL.match(line.text):
                outside.append([])
            outside[-1].append(line)
        broken = False
    _check(document, axes)
    return axes, outside


def _goes_on(axis: _Axis, line: Line, *, broken: bool) -> bool:
    """Whether a line belongs to the axis: below its actions, a paragraph that is neither numbered nor cut ends it."""
    known = _NUMBERED.match(line.text) or _AMOUNT_ALONE.fullmatch(line.text) or line.text[0].islower()
    return bool(not axis.actions or not broken or known)


def _take(document: str, axis: _Axis, line: Line) -> None:
    if axis.listed is None and _ACTIONS.fullmatch(line.text):
        if axis.amount is None or not axis.title:
            raise _wrong(document, line, f"the title and the amount of AXE {axis.number} above the actions")
        axis.listed = line
    elif axis.listed is not None:
        if _NUMBERED.match(line.text):
            axis.actions.append([])
        elif not axis.actions:
            raise _wrong(document, line, "a numbered action")
        axis.actions[-1].append(line)
    elif axis.amount is None and _AMOUNT_ALONE.fullmatch(line.text):
        axis.amount = line
    else:
        (axis.title if axis.amount is None else axis.aim).append(line)


def _check(document: str, axes: list[_Axis]) -> None:
    if not axes:
        raise LayoutError(f"{document}: expected a line « AXE 1 », found none")
    last = 0
    for axis in axes:
        if not axis.actions:
            raise _wrong(document, axis.opening, "ACTIONS and numbered actions below")
        for action in axis.actions:
            number = int(action[0].text.partition(".")[0])
            if number not in {1, last + 1}:
                raise _wrong(document, action[0], f"action {last + 1}")
            last = number


def _give_outside(segmenter: Segmenter, outside: list[list[Line]]) -> Heading:
    """The title, with the slogan in capitals if any, the grand total, and whatever else stands outside the axes."""
    source = segmenter.source.text
    slogans: list[Part] = []
    title: Heading | None = None
    others: list[Runs] = []
    for paragraph in outside:
        runs = flow(source, [line.run for line in paragraph])
        text = read(source, runs).text
        if text.isupper():
            slogans.append(Part(runs, "slogan"))
        elif title is None and not _TOTAL.match(text):
            title = Heading(text, runs)
        else:
            others.append(runs)
    if title is None:
        raise LayoutError(f"{segmenter.document}: expected the title of the strategy outside the axes, found none")
    segmenter.add(UnitKind.NARRATIVE, [Part(title.runs), *slogans])
    for runs in others:
        text = read(source, runs).text
        total = _TOTAL.match(text)
        kind = UnitKind.FIGURE if total else kind_of(text, (title.title,))
        segmenter.add(kind, [Part(runs)], (title,), {"amount": total[0]} if total else {})
    return title


def _give_axis(segmenter: Segmenter, strategy: Heading, axis: _Axis) -> None:
    source = segmenter.source.text
    name = flow(source, [line.run for line in (axis.opening, *axis.title)])
    section = (strategy, Heading(read(source, name).text, name))
    if axis.amount:
        aim = flow(source, [line.run for line in axis.aim])
        parts = [Part(name), Part((axis.amount.run,), "amount"), Part(aim, "aim")]
        labels = {"axis": axis.number, "amount": read(source, (axis.amount.run,)).text}
        segmenter.add(UnitKind.BUDGET_LINE, parts, section, labels)
    if axis.listed:
        segmenter.drop(axis.listed.run, DropReason.TABLE_HEADER)
    for action in axis.actions:
        _give_action(segmenter, section, axis.number, flow(source, [line.run for line in action]))


def _give_action(segmenter: Segmenter, section: tuple[Heading, ...], axis: str, runs: Runs) -> None:
    source = segmenter.source.text
    number = Run(runs[0].start, source.index(".", runs[0].start) + 1)
    match = _AMOUNT_LAST.search(source, runs[-1].start, runs[-1].end)
    amount = (Run(*match.span()),) if match else ()
    statement = trimmed(source, subtract(runs, [number, *amount]))
    labels = {"axis": axis, "action": source[number.start : number.end - 1]}
    labels |= {"amount": read(source, amount).text} if amount else {"amount_printed": "no"}
    parts = [Part((number,), "number"), Part(statement), Part(amount, "amount")]
    segmenter.add(UnitKind.BUDGET_LINE, parts, section, labels)


def _wrong(document: str, line: Line, expected: str) -> LayoutError:
    return LayoutError(f"{document}, line {line.number}: expected {expected}, found {line.text[:60]!r}")
