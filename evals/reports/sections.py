"""The numbers of a run as sections of a report: words, a plot, the same data as a table.

In: the content of results.json (and of earlier runs), the words of a language. Out: frozen values for templates.
It computes no measure: it groups, writes and draws those that the run holds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.reports import plots
from evals.reports.plots import Axis, Interval, Plot
from evals.reports.wording import Wording
from evals.results import Results

ALL = "all"
_BINS = 10


@dataclass(frozen=True, slots=True)
class Table:
    """Cells with their headings; the first cell of a row is its heading too. `wide`: its cells stay on one line."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report; `folded`: its table only repeats its plot."""

    id: str
    title: str
    text: str
    plot: Plot | None = None
    table: Table | None = None
    folded: bool = True


def sections(results: Results, earlier: Sequence[Results], words: Wording) -> tuple[Section, ...]:
    """Every section that the run has data for, in the order of the report."""
    made = (
        _by_kind(results, words),
        _measures(results, words),
        _trust(results, words),
        _scores(results, words),
        _latency(results, words),
        _history([*earlier, results], words),
    )
    return tuple(section for section in made if section is not None)


def share_axis(words: Wording) -> Axis:
    """From 0 to 1, written as percentages."""
    return Axis(0, 1, tuple((value / 4, words.percent(value / 4)) for value in range(5)))


def _measures(results: Results, words: Wording) -> Section:
    langs = sorted({group["lang"] for group in results["groups"]} - {ALL}, reverse=True)
    cells = {(g["measure"], g["lang"]): g for g in results["groups"] if g["kind"] == ALL}
    rows = []
    for name in results["measures"]:
        about = words.definition("measure", name)
        heading = f"{words.name('measure', name)} — {about}" if about else name
        rows.append((heading, *(cell(cells.get((name, lang)), words) for lang in (ALL, *langs))))
    head = (words.say("measure"), words.say("all"), *(words.name("lang", lang) for lang in langs))
    table = Table(words.say("measures"), head, tuple(rows), wide=True)
    return Section("measures", words.say("measures"), words.say("measures_intro"), table=table, folded=False)


def cell(group: Mapping[str, Any] | None, words: Wording) -> str:
    """« 83 % [76–88], 131 »; a dash where the measure applies to no case."""
    if group is None or group["value"] is None:
        return "–"
    value, count = words.percent(group["value"]), words.number(group["n"])
    if group["low"] is None or group["high"] is None:
        return words.say("cell_bare", value=value, count=count)
    low, high = words.number(100 * group["low"]), words.number(100 * group["high"])
    return words.say("cell", value=value, low=low, high=high, count=count)


def _by_kind(results: Results, words: Wording) -> Section | None:
    right = {(g["kind"], g["lang"]): g for g in results["groups"] if g["measure"] == "right" and g["kind"] != ALL}
    whole = sorted((g for (_, lang), g in right.items() if lang == ALL), key=lambda g: g["value"])
    if not whole:
        return None
    langs = sorted({lang for _, lang in right} - {ALL}, reverse=True)
    rows = [
        Interval(
            words.name("kind", g["kind"]), g["value"], g["low"], g["high"], f"{words.percent(g['value'])}, {g['n']}"
        )
        for g in whole
    ]
    worst, best = rows[0], rows[-1]
    text = words.say(
        "kinds_text", worst=worst.label, worst_value=words.percent(worst.value), best=best.label,
        best_value=words.percent(best.value),
    )  # fmt: skip
    head = (words.say("kind"), words.say("all"), *(words.name("lang", lang) for lang in langs))
    body = [
        (words.name("kind", g["kind"]), *(cell(right.get((g["kind"], lang)), words) for lang in (ALL, *langs)))
        for g in whole
    ]
    plot = plots.intervals(words.say("kinds_plot"), text, rows, share_axis(words))
    table = Table(words.say("kinds"), head, tuple(body), wide=True)
    return Section("kinds", words.say("kinds"), text, plot, table, folded=False)


def _trust(results: Results, words: Wording) -> Section | None:
    calibration = results["calibration"]
    if not calibration:
        return None
    bins = [one for one in calibration["bins"] if one["count"]]
    text = words.say("trust_text", error=words.percent(calibration["error"]), count=calibration["n"])
    points = [(one["probability"], one["right"], one["count"]) for one in bins]
    plot = plots.reliability(words.say("trust_plot"), text, points, share_axis(words))
    head = tuple(words.say(key) for key in ("range", "estimated", "observed", "number"))
    rows = tuple(
        (_range(one["low"], one["high"], words), words.percent(one["probability"]), words.percent(one["right"]),
         words.number(one["count"]))
        for one in bins
    )  # fmt: skip
    return Section("trust", words.say("trust"), text, plot, Table(words.say("trust_plot"), head, rows))


def _range(low: float, high: float, words: Wording) -> str:
    return f"{words.percent(low)}–{words.percent(high)}"


def _scores(results: Results, words: Wording) -> Section | None:
    """The probability of the first candidate of each case, those whose answer is right apart."""
    counts = [[0, 0] for _ in range(_BINS)]
    for case in results["cases"]:
        found = [one["probability"] for one in (*case["kept"], *case["rejected"]) if one["probability"] is not None]
        if found:
            counts[min(int(max(found) * _BINS), _BINS - 1)][case["measures"].get("right") is not True] += 1
    if not any(map(sum, counts)):
        return None
    right, wrong = (sum(pair[side] for pair in counts) for side in (0, 1))
    described = words.say("scores_desc", right=right, wrong=wrong)
    pairs = [(pair[0], pair[1]) for pair in counts]
    plot = plots.histogram(words.say("scores"), described, pairs, share_axis(words))
    head = tuple(words.say(key) for key in ("range", "right_word", "wrong_word"))
    rows = tuple(
        (_range(n / _BINS, (n + 1) / _BINS, words), words.number(pair[0]), words.number(pair[1]))
        for n, pair in enumerate(counts)
    )
    return Section(
        "scores", words.say("scores"), words.say("scores_text"), plot, Table(words.say("scores"), head, rows)
    )


def _latency(results: Results, words: Wording) -> Section | None:
    times = [case["seconds"] * 1000 for case in results["cases"] if not case["failure"]]
    latency = results["latency"]
    if not times or not latency:
        return None
    most = plots.count_axis(int(max(times)) + 1).most
    counts = [0] * _BINS
    for milliseconds in times:
        counts[min(int(milliseconds / most * _BINS), _BINS - 1)] += 1
    rate = words.number(latency["answers_per_second"], 1)
    p50, p95 = words.duration(latency["p50_ms"]), words.duration(latency["p95_ms"])
    text = words.say("latency_text", p50=p50, p95=p95, rate=rate)
    axis = Axis(0, most, tuple((most * n / 4, words.duration(most * n / 4) if n else "0") for n in range(5)))
    described = words.say("latency_desc", most=words.duration(most))
    plot = plots.histogram(words.say("latency"), described, [(count, 0) for count in counts], axis)
    head = (words.say("range"), words.say("answers_word"))
    step = most / _BINS
    rows = tuple(
        (f"{words.duration(n * step) if n else '0'}–{words.duration((n + 1) * step)}", words.number(count))
        for n, count in enumerate(counts)
    )
    return Section("latency", words.say("latency"), text, plot, Table(words.say("latency"), head, rows))


def _history(runs: Sequence[Results], words: Wording) -> Section:
    title = words.say("history")
    if len(runs) < 2:  # noqa: PLR2004 (a run has no history without another one)
        return Section("history", title, words.say("history_none"))
    ordered = sorted(runs, key=lambda one: str(one["run"]["started"]))
    named = [(one["run"], _right(one["groups"])) for one in ordered]
    rows = [
        Interval(str(number), group["value"], group["low"], group["high"])
        for number, (_, group) in enumerate(named, start=1)
    ]
    text = words.say("history_text")
    head = ("№", words.say("run_word"), words.say("date_word"), words.say("right_word"))
    body = tuple(
        (str(number), str(run["name"]), words.date(str(run["started"])), cell(group, words))
        for number, (run, group) in enumerate(named, start=1)
    )
    plot = plots.trend(title, text, rows, share_axis(words))
    return Section("history", title, text, plot, Table(title, head, body), folded=False)


def _right(groups: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    return next(g for g in groups if (g["measure"], g["kind"], g["lang"]) == ("right", ALL, ALL))
