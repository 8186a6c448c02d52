"""What a run comes to, in plain words for someone who has never seen the program; and how it was run.

In: the content of results.json, the words of a language. Out: sentences (with `**` around what matters) and pairs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from evals.reports.wording import Wording
from evals.results import Results


@dataclass(frozen=True, slots=True)
class Brief:
    """The sentences of the summary, in the order to read them."""

    what: str
    findings: tuple[str, ...]
    steps: str
    caution: str


def brief(results: Results, words: Wording) -> Brief:
    """The summary of a run."""
    failed = [case for case in results["cases"] if not case["passed"]]
    named = [f"{words.name('step', step).lower()} {count}" for step, count in results["failing_steps"].items()]
    steps = words.say("brief_steps", count=len(failed), steps=", ".join(named)) if failed else words.say("brief_none")
    what = words.say("what", count=len(results["cases"]))
    return Brief(what, tuple(_findings(results, words)), steps, words.say("brief_caution"))


def _findings(results: Results, words: Wording) -> Iterator[str]:
    cases, counts = results["cases"], results["counts"]
    group = next(g for g in results["groups"] if (g["measure"], g["kind"], g["lang"]) == ("right", "all", "all"))
    right = sum(case["measures"]["right"] is True for case in cases)
    first = words.say("brief_right", right=right, count=len(cases), value=words.percent(right / len(cases)))
    bounds = words.say("brief_interval", low=words.percent(group["low"]), high=words.percent(group["high"]))
    yield f"{first} {bounds}"
    silent = [case for case in cases if not case["expected"]["answerable"]]
    yield words.say("brief_invented", wrong=counts["wrong_answers"], count=len(silent))
    yield words.say("brief_silent", wrong=counts["false_dont_know"], count=len(cases) - len(silent))
    loose = sum(bool(case["violations"]) for case in cases)
    yield words.say("brief_verbatim_some", count=loose) if loose else words.say("brief_verbatim_all")
    computed = [case["measures"].get("calculation_exact") for case in cases]
    known = [value for value in computed if value is not None]
    if known:
        yield words.say("brief_calculation", value=sum(value is True for value in known), count=len(known))
    if results["latency"]:
        latency = results["latency"]
        yield words.say("brief_speed", p50=words.duration(latency["p50_ms"]), p95=words.duration(latency["p95_ms"]))


def conditions(results: Results, words: Wording) -> tuple[tuple[str, str], ...]:
    """How the run was made: (name, value)."""
    run: Mapping[str, Any] = results["run"]
    files = ", ".join(words.say("cases_of", name=file["name"], count=file["cases"]) for file in run["files"])
    engine = words.say("engine_extractive") if run["engine"] == "extractive" else str(run["engine"])
    pairs = [
        ("files", files),
        ("started", words.date(str(run["started"]))),
        ("engine", engine),
        ("against", str(run["against"] or words.say("in_process"))),
        ("index", str(run["index_version"] or "–")),
        ("repeats", str(run["repeat"])),
        ("clients", str(run["clients"])),
        ("duration", words.duration(1000 * run["seconds"])),
    ]
    return tuple((words.say(key), value) for key, value in pairs)
