"""Plots: every mark inside its box, every value where its axis puts it."""

from hypothesis import given
from hypothesis import strategies as st

from evals.reports import plots
from evals.reports.plots import Axis, Box, Dot, Interval, Label, Line, Plot

SHARES = Axis(0, 1, ((0, "0 %"), (0.5, "50 %"), (1, "100 %")))
share = st.floats(0, 1)


def inside(plot: Plot) -> bool:
    """Whether every mark is drawn within the box."""
    xs: list[float] = []
    ys: list[float] = []
    for mark in plot.marks:
        if isinstance(mark, Line):
            xs += [mark.x1, mark.x2]
            ys += [mark.y1, mark.y2]
        elif isinstance(mark, Box):
            assert mark.width > 0
            assert mark.height >= 0
            xs += [mark.x, mark.x + mark.width]
            ys += [mark.y, mark.y + mark.height]
        else:
            xs.append(mark.x)
            ys.append(mark.y)
    return all(-1e-6 <= x <= plots.WIDTH + 1e-6 for x in xs) and all(-1e-6 <= y <= plot.height + 1e-6 for y in ys)


@given(st.lists(st.tuples(share, share, share), min_size=1, max_size=12))
def test_intervals_and_trends_stay_in_their_box(values: list[tuple[float, float, float]]) -> None:
    """Whatever the values; the dot lies between its bounds."""
    rows = [Interval("a", middle, low, high) for low, middle, high in (sorted(each) for each in values)]
    for draw in (plots.intervals, plots.trend):
        plot = draw("t", "d", rows, SHARES)
        assert inside(plot)
        assert sum(isinstance(mark, Dot) for mark in plot.marks) == len(rows)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=20))
def test_histograms_stay_in_their_box(counts: list[tuple[int, int]]) -> None:
    """A box for each part that is not empty, and areas in proportion."""
    plot = plots.histogram("t", "d", counts, SHARES)
    assert inside(plot)
    assert sum(isinstance(mark, Box) for mark in plot.marks) == sum(bool(part) for pair in counts for part in pair)


@given(st.lists(st.tuples(share, share, st.integers(1, 500)), max_size=10))
def test_reliability_stays_in_its_box(points: list[tuple[float, float, int]]) -> None:
    """A dot on the diagonal where what is said is what happens."""
    assert inside(plots.reliability("t", "d", points, SHARES))
    (dot,) = (mark for mark in plots.reliability("t", "d", [(0.5, 0.5, 1)], SHARES).marks if isinstance(mark, Dot))
    (line,) = (m for m in plots.reliability("t", "d", [], SHARES).marks if isinstance(m, Line) and m.kind == "diagonal")
    assert (dot.x, dot.y) == ((line.x1 + line.x2) / 2, (line.y1 + line.y2) / 2)


@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=5))
def test_bars_are_in_proportion(values: list[float]) -> None:
    """The longest one fills the box, none is invisible, the first one stands out."""
    plot = plots.bars("t", "d", [("a", value, "x") for value in values], max(values))
    assert inside(plot)
    kinds = [mark.kind for mark in plot.marks if isinstance(mark, Box)]
    assert kinds == ["first", *["other"] * (len(values) - 1)]


@given(st.integers(0, 10**9))
def test_count_axes_have_few_whole_ticks(most: int) -> None:
    """From 0 to at least the largest count."""
    axis = plots.count_axis(most)
    assert axis.most >= max(most, 1)
    assert 2 <= len(axis.ticks) <= 6
    assert all(float(text) == value for value, text in axis.ticks)


def test_words_on_plots_are_those_given() -> None:
    """The label of a row, with its note."""
    plot = plots.intervals("t", "d", [Interval("Budget", 0.5, None, None, "50 %, 4")], SHARES)
    assert "Budget  50 %, 4" in [mark.text for mark in plot.marks if isinstance(mark, Label)]
