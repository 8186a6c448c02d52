"""Plots as marks to draw: lines, boxes, dots, labels, in a box of 400 wide; a template writes them as inline SVG.

In: numbers, and words for people. Out: a `Plot` with its title and a sentence that says what it shows, for those who do
not see it. Colours are classes: the page gives them, for light and dark, so that a plot follows its reader's theme.
Why not a plotting library: those that write SVG fix colours and sizes of text in it, which neither dark mode nor a
phone can undo, and these few shapes are shorter to draw than to correct.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

WIDTH = 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 12, 10, 34
_ROW = 26


@dataclass(frozen=True, slots=True)
class Line:
    """A line; `kind` is its class."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    kind: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A filled circle."""

    x: float
    y: float
    radius: float
    kind: str


@dataclass(frozen=True, slots=True)
class Label:
    """Words; `anchor` is `start`, `middle` or `end`."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


Mark = Line | Box | Dot | Label


@dataclass(frozen=True, slots=True)
class Plot:
    """Marks in a box of `WIDTH` by `height`, with what they show in words."""

    title: str
    description: str
    height: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """A value from 0 to 1 with its bounds, where known, and the words beside it."""

    label: str
    value: float
    low: float | None
    high: float | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """From a value to a place, with the values to write along it and how they are written."""

    least: float
    most: float
    ticks: tuple[tuple[float, str], ...]

    def at(self, value: float, start: float, end: float) -> float:
        """The place of a value between `start` and `end`."""
        span = self.most - self.least or 1.0
        return start + (end - start) * (value - self.least) / span


def intervals(title: str, description: str, rows: Sequence[Interval], axis: Axis) -> Plot:
    """A row for each: its name above, a line from bound to bound, a dot at the value."""
    marks: list[Mark] = []
    height = _TOP + len(rows) * (_ROW + 14) + _BOTTOM
    bottom = height - _BOTTOM
    marks += _across(axis, _TOP, bottom, 12, WIDTH - 12)
    for number, row in enumerate(rows):
        y = _TOP + number * (_ROW + 14)
        place = axis.at(row.value, 12, WIDTH - 12)
        marks.append(Label(12, y + 13, f"{row.label}  {row.note}".rstrip(), "start"))
        if row.low is not None and row.high is not None:
            low, high = axis.at(row.low, 12, WIDTH - 12), axis.at(row.high, 12, WIDTH - 12)
            marks.append(Line(low, y + 26, high, y + 26, "whisker"))
        marks.append(Dot(place, y + 26, 5, "value"))
    return Plot(title, description, height, tuple(marks))


def reliability(title: str, description: str, points: Sequence[tuple[float, float, int]], axis: Axis) -> Plot:
    """Dots (said probability, share right, how many), larger where there are more, beside the diagonal."""
    height = 330.0
    bottom, end = height - _BOTTOM, WIDTH - _RIGHT
    marks = [*_across(axis, _TOP, bottom, _LEFT, end), *_up(axis, bottom)]
    marks.append(Line(_LEFT, bottom, end, _TOP, "diagonal"))
    most = max((count for *_, count in points), default=1)
    for said, right, count in points:
        size = 4 + 8 * (count / most) ** 0.5
        marks.append(Dot(axis.at(said, _LEFT, end), axis.at(right, bottom, _TOP), size, "value"))
    return Plot(title, description, height, tuple(marks))


def histogram(title: str, description: str, counts: Sequence[tuple[int, int]], across: Axis) -> Plot:
    """Boxes of two parts (first at the bottom), one for each of the equal steps of the axis."""
    height = 240.0
    bottom, end = height - _BOTTOM, WIDTH - _RIGHT
    up = count_axis(max((first + second for first, second in counts), default=0))
    marks = [*_across(across, _TOP, bottom, _LEFT, end), *_up(up, bottom)]
    step = (end - _LEFT) / max(len(counts), 1)
    for number, (first, second) in enumerate(counts):
        x, y = _LEFT + number * step + 1, up.at(first, bottom, _TOP)
        top = up.at(first + second, bottom, _TOP)
        marks += [Box(x, y, step - 2, bottom - y, "first")] if first else []
        marks += [Box(x, top, step - 2, y - top, "second")] if second else []
    return Plot(title, description, height, tuple(marks))


def trend(title: str, description: str, rows: Sequence[Interval], axis: Axis) -> Plot:
    """Values one after the other, joined, each with its bounds and its name below."""
    height = 240.0
    bottom, end = height - _BOTTOM, WIDTH - _RIGHT
    marks = _up(axis, bottom)
    step = (end - _LEFT) / max(len(rows), 1)
    places = [(_LEFT + step * (n + 0.5), axis.at(row.value, bottom, _TOP)) for n, row in enumerate(rows)]
    marks += (Line(x1, y1, x2, y2, "joint") for (x1, y1), (x2, y2) in pairwise(places))
    for (x, y), row in zip(places, rows, strict=True):
        if row.low is not None and row.high is not None:
            marks.append(Line(x, axis.at(row.low, bottom, _TOP), x, axis.at(row.high, bottom, _TOP), "whisker"))
        marks += [Dot(x, y, 5, "value"), Label(x, bottom + 16, row.label)]
    return Plot(title, description, height, tuple(marks))


def bars(title: str, description: str, rows: Sequence[tuple[str, float, str]], most: float) -> Plot:
    """A bar for each (name, value, value as written), from 0 to `most`; the first one stands out."""
    marks: list[Mark] = []
    for number, (name, value, written) in enumerate(rows):
        y = _TOP + number * (_ROW + 18)
        width = (WIDTH - 24) * value / (most or 1.0)
        marks.append(Label(12, y + 13, f"{name}  {written}", "start"))
        marks.append(Box(12, y + 19, max(width, 1.5), 15, "first" if number == 0 else "other"))
    return Plot(title, description, _TOP + len(rows) * (_ROW + 18), tuple(marks))


def count_axis(most: int) -> Axis:
    """An axis of whole numbers from 0 to at least `most`, with at most six of them written."""
    step = next(one for size in range(12) for one in (10**size, 2 * 10**size, 5 * 10**size) if 5 * one >= most)
    top = step * max(1, -(-most // step))
    return Axis(0, top, tuple((value, str(value)) for value in range(0, top + 1, step)))


def _across(axis: Axis, top: float, bottom: float, start: float, end: float) -> list[Mark]:
    """The ticks of an axis that goes from left to right, a thin line up from each."""
    places = [(axis.at(value, start, end), text) for value, text in axis.ticks]
    lines = [Line(x, top, x, bottom, "grid") for x, _ in places]
    anchors = ["start" if x < start + 8 else "end" if x > end - 8 else "middle" for x, _ in places]
    labels = [Label(x, bottom + 16, text, anchor) for (x, text), anchor in zip(places, anchors, strict=True)]
    return [*lines, *labels]


def _up(axis: Axis, bottom: float) -> list[Mark]:
    """The ticks of an axis that goes up, a thin line to the right of each."""
    marks: list[Mark] = []
    for value, text in axis.ticks:
        y = axis.at(value, bottom, _TOP)
        marks += [Line(_LEFT, y, WIDTH - _RIGHT, y, "grid"), Label(_LEFT - 6, y + 4, text, "end")]
    return marks
