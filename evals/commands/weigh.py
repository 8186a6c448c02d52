"""`balise eval compare A B` and `balise eval gate`: one run beside another, and beside what was reached before."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from evals.comparing import Change, Comparison, Difference, compare
from evals.gate import Baseline, baseline_of, fallen, read, written
from evals.results import read_results
from evals.tables import Rows, aligned

_LONGEST = 90


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the two commands and their arguments."""
    parser = commands.add_parser("compare", help="what got better, what got worse, by how much, and is it chance")
    parser.add_argument("before", type=Path, help="folder of a run, or its results.json")
    parser.add_argument("after", type=Path, help="the same, of the run to judge")
    parser.add_argument("--out", type=Path, help="write the comparison to this JSON file too")
    parser.set_defaults(command=beside)
    parser = commands.add_parser("gate", help="fail when a run is worse than the baseline, or breaks a promise")
    parser.add_argument("--baseline", type=Path, required=True, help="what was reached before (JSON)")
    parser.add_argument("--results", type=Path, required=True, help="folder of a run, or its results.json")
    parser.add_argument("--write", action="store_true", help="write the baseline from these results instead")
    parser.set_defaults(command=gate)


def beside(options: argparse.Namespace) -> int:
    """Print the comparison."""
    found = compare(read_results(options.before), read_results(options.after))
    print(aligned(_table(found.differences)))
    print(
        f"\n{found.n} case(s) in both; chance: p of McNemar's exact test under 0.05, or 95 % bounds without 0, is not"
    )
    for title, after in (("Better", True), ("Worse", False)):
        changes = [one for one in found.changes if one.passed_after is after]
        print(f"\n{title}: {len(changes)}")
        print(*_changes(changes), sep="\n")
    if found.unpaired:
        print(f"\nNot compared (in one run only, or asked otherwise): {', '.join(found.unpaired)}")
    if options.out:
        options.out.write_text(_json(found), encoding="utf-8")
    return 0


def gate(options: argparse.Namespace) -> int:
    """Print what fell; 1 when something did."""
    results = read_results(options.results)
    if options.write:
        options.baseline.write_text(written(baseline_of(results)), encoding="utf-8")
        print(options.baseline)
        return 0
    fell = fallen(read(options.baseline, Baseline), results)
    for sentence in fell:
        print(f"FELL: {sentence}")
    print("The gate is closed." if fell else "The gate is open: nothing fell.")
    return 1 if fell else 0


def _table(differences: tuple[Difference, ...]) -> Rows:
    heading = ["measure", "n", "before", "after", "gain", "95 %", "gained", "lost", "p", ""]
    return [heading, *(_row(one) for one in differences)]


def _row(one: Difference) -> list[str]:
    gain = one.after - one.before
    return [
        one.measure,
        str(one.n),
        f"{100 * one.before:.1f} %",
        f"{100 * one.after:.1f} %",
        f"{100 * gain:+.1f}",
        f"[{100 * one.low:+.1f}, {100 * one.high:+.1f}]",
        str(one.gained),
        str(one.lost),
        "" if one.p is None else f"{one.p:.3f}",
        {"same": "", "chance": "may be chance"}.get(one.verdict, one.verdict.upper()),
    ]


def _changes(changes: list[Change]) -> Iterator[str]:
    for one in changes:
        question = one.question if len(one.question) <= _LONGEST else f"{one.question[:_LONGEST]}…"
        yield f"  {one.id}: {one.status_before} -> {one.status_after} ({one.step}): {question}"


def _json(found: Comparison) -> str:
    return json.dumps(asdict(found), ensure_ascii=False, indent=1) + "\n"
