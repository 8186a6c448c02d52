"""Replies written for the purpose, turned into what a model would send: tokens for passages, results for tools."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from core_fakes import ROOT
from real_program import real_embedder, real_index

from assistant.guard import Guard
from assistant.model.values import Reply, ToolCall
from assistant.model_composer.drafting import Drafted, Drafter, Handed
from assistant.model_composer.locate import locate
from assistant.model_composer.reply import Answer, read_reply
from assistant.model_composer.step import tools_by_name
from assistant.model_composer.toolbox import Toolbox
from assistant.prompts import load_prompts
from assistant.proof.check import Prover
from assistant.proof.form import word_runs
from assistant.proof.subject import Subjects
from assistant.tools.figures import load_figures
from assistant.tools.langchain_tools import build_tools
from ingest.documents import Unit

DATA = Path(__file__).with_name("data")
DOCUMENTS = {
    "G": "guide-mesures-15158-30100",
    "S": "strategie-valorisation-2022-2026",
    "P": "pevr-2023-2027",
    "L": "lettre-ministre-2021-01-27",
    "D": "perfectionnement-professionnel-continu",
}


@cache
def subjects() -> Subjects:
    """What the documents speak of; made once."""
    return Subjects(real_index(), real_embedder())


@cache
def drafter() -> Drafter:
    """As the assembly makes it."""
    prompts = load_prompts(ROOT / "prompts").by_name.values()
    runs = frozenset(run for prompt in prompts for run in word_runs(prompt.system))
    return Drafter(real_index(), Prover(subjects(), runs))


@cache
def guard() -> Guard:
    """The last word."""
    return Guard(real_index())


@cache
def tokens() -> dict[str, Unit]:
    """A token for each unit."""
    return {f"S{rank}": unit for rank, unit in enumerate(real_index().units.values(), start=1)}


def load_replies(name: str) -> list[dict[str, Any]]:
    """The replies of a data file."""
    return list(yaml.safe_load((DATA / name).read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Case:
    """A reply as the drafter takes it."""

    answer: Answer
    handed: Handed


def case_of(entry: Mapping[str, Any]) -> Case:
    """A reply of a data file with its tokens."""
    calculations = {}
    if "computed" in entry:
        name, arguments = entry["computed"]
        toolbox = Toolbox(tools_by_name(build_tools(load_figures(ROOT / "corpus"))), entry["language"], entry["q"])
        said = toolbox.run(ToolCall("1", name, arguments))
        assert said.startswith("T1"), (entry["id"], said)
        calculations = toolbox.calculations
    statements = [
        {"text": one["t"], "support": [{"token": _token(*place), "words": place[1]} for place in one["by"]]}
        for one in entry["say"]
    ]
    arguments = {
        "status": entry.get("status", "answered"),
        "statements": statements,
        "eligibility": entry.get("eligibility"),
        "mailbox": entry.get("mailbox"),
    }
    answer = read_reply(Reply("", (ToolCall("1", "answer", arguments),)))
    return Case(answer, Handed(tokens(), calculations, entry["q"], entry["language"]))


def drafted(entry: Mapping[str, Any]) -> Drafted:
    """What the checks leave of a reply."""
    case = case_of(entry)
    return drafter().draft(case.answer, case.handed)


def _token(document: str, words: str, labels: Mapping[str, str] | None = None) -> str:
    """The token of the unit of this document where the words stand (with these labels)."""
    if document == "T1":
        return "T1"
    stored = real_index().documents[DOCUMENTS[document]]
    for token, unit in tokens().items():
        fits = all(unit.labels.get(key) == value for key, value in (labels or {}).items())
        if unit.document == stored.entry.id and fits and locate(stored, unit, words):
            return token
    return "S0"


def _measure(name: str) -> None:
    """Print how many statements of a file fall, and how long the checks of a reply take."""
    entries = load_replies(name)
    cases = [case_of(entry) for entry in entries]
    drafter().draft(cases[0].answer, cases[0].handed)
    milliseconds: list[float] = []
    fallen = 0
    for case in cases:
        began = time.perf_counter()
        found = drafter().draft(case.answer, case.handed)
        removed = guard().check(found.draft).removed
        milliseconds.append((time.perf_counter() - began) * 1000)
        fallen += len(found.dropped) + len(removed)
    milliseconds.sort()
    p50, p95 = (milliseconds[int(len(milliseconds) * share)] for share in (0.5, 0.95))
    total = sum(len(entry["say"]) for entry in entries)
    print(f"{name}: {fallen} of {total} statements fall; checks take {p50:.0f} ms (p50), {p95:.0f} ms (p95)")  # noqa: T201


if __name__ == "__main__":
    _measure("good_replies.yaml")
    _measure("subtly_wrong_replies.yaml")
