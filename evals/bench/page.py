"""The bench as a page: what was raced, a plot for each number, a table, the ratios.

In: the summary of a bench, a language. Out: HTML in the form of the reports.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.conversation import Language
from evals.reports import plots
from evals.reports.page import render
from evals.reports.plots import Plot
from evals.reports.sections import Section, Table
from evals.reports.wording import Wording, load_wording

_NUMBERS = (
    ("ingestion", ("ingestion", "seconds"), 1000.0),
    ("start", ("start_seconds",), 1000.0),
    ("median", ("answer", "p50_ms"), 1.0),
    ("slowest", ("answer", "p95_ms"), 1.0),
)
"""What is drawn: its name, where it is, and the milliseconds in its unit."""


def html(results: Mapping[str, Any], language: Language) -> str:
    """The page."""
    words = load_wording(language)
    size = results["size"]
    intro = words.say(
        "bench_intro", documents=words.number(size["documents"]), questions=words.number(size["questions"]),
        rounds=size["rounds"], characters=words.number(size["characters"]),
    )  # fmt: skip
    sections = [*_durations(results["contenders"], words), _memory(results["contenders"], words)]
    return render(
        "bench.html", language, intro=intro, sections=sections, whole=_whole(results["contenders"], words),
        ratios=_ratios(results, words), stages=_stages(results["contenders"], words),
    )  # fmt: skip


def _durations(contenders: Sequence[Mapping[str, Any]], words: Wording) -> Iterator[Section]:
    for name, path, factor in _NUMBERS:
        values = [(one["name"], factor * _at(one, path)) for one in contenders]
        rows = [(who, value, words.duration(value)) for who, value in values]
        title, text = words.name("bench", name), words.definition("bench", name)
        yield Section(name, title, text, _bars(title, rows, words))


def _memory(contenders: Sequence[Mapping[str, Any]], words: Wording) -> Section:
    rows = [(one["name"], one["answer"]["peak_mib"], _mebi(one["answer"]["peak_mib"], words)) for one in contenders]
    title = words.name("bench", "memory")
    return Section("memory", title, words.definition("bench", "memory"), _bars(title, rows, words))


def _bars(title: str, rows: Sequence[tuple[str, float, str]], words: Wording) -> Plot:
    described = ", ".join(f"{name}{words.colon} {written}" for name, _, written in rows)
    return plots.bars(title, described, rows, max(value for _, value, _ in rows))


def _whole(contenders: Sequence[Mapping[str, Any]], words: Wording) -> Table:
    keys = (
        "bench_who", "bench_ingestion", "bench_pieces", "bench_rate", "bench_ingest_processor",
        "bench_ingest_memory", "bench_start",
        "bench_median", "bench_slowest", "bench_processor", "bench_throughput", "bench_memory", "bench_found",
        "bench_length", "bench_abstained",
    )  # fmt: skip
    head = tuple(words.say(key).partition("|")[0] for key in keys)
    return Table(words.say("bench_all"), head, tuple(_row(one, words) for one in contenders), wide=True)


def _row(one: Mapping[str, Any], words: Wording) -> tuple[str, ...]:
    ingestion, answer, given = one["ingestion"], one["answer"], one["given"]
    return (
        one["name"],
        words.duration(1000 * ingestion["seconds"]),
        words.number(ingestion["pieces"]),
        words.number(ingestion["characters_per_second"]),
        words.duration(1000 * ingestion["processor"]),
        _mebi(ingestion["peak_mib"], words),
        words.duration(1000 * one["start_seconds"]),
        words.duration(answer["p50_ms"]),
        words.duration(answer["p95_ms"]),
        words.duration(answer["processor_ms"]),
        words.number(answer["per_second"], 1),
        _mebi(answer["peak_mib"], words),
        "–" if given["found"] is None else words.percent(given["found"]),
        "–" if given["characters"] is None else words.number(given["characters"]),
        "–" if given["abstained"] is None else words.percent(given["abstained"]),
    )


def _ratios(results: Mapping[str, Any], words: Wording) -> Table:
    first = results["contenders"][0]["name"]
    ratios: Mapping[str, Mapping[str, float]] = results["ratios"]
    names = [str(name) for name in next(iter(ratios.values()), {})]
    head = (words.say("bench_ratio"), *(words.say(f"ratio_{name}") for name in names))
    rows = tuple(
        (f"{first} / {other}", *(words.number(values[name], 2) for name in names)) for other, values in ratios.items()
    )
    return Table(words.say("bench_ratios"), head, rows)


def _stages(contenders: Sequence[Mapping[str, Any]], words: Wording) -> Table:
    head = tuple(words.say(key).partition("|")[0] for key in ("step", "bench_median", "bench_slowest"))
    rows = tuple(
        (name, words.duration(times["p50_ms"]), words.duration(times["p95_ms"]))
        for one in contenders
        for name, times in one["stages"].items()
    )
    return Table(words.say("bench_stages"), head, rows)


def _mebi(value: float, words: Wording) -> str:
    return words.say("mebi", value=words.number(value))


def _at(one: Mapping[str, Any], path: Sequence[str]) -> float:
    value: Any = one
    for key in path:
        value = value[key]
    return float(value)
