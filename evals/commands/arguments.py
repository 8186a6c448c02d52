"""Kinds of argument that several commands take."""

import argparse
from collections.abc import Mapping, Sequence

from evals.cases import Case
from evals.errors import EvalError

Commands = "argparse._SubParsersAction[argparse.ArgumentParser]"
FILTERS = ("kind", "lang", "persona", "id")


def positive(text: str) -> int:
    """A whole number from 1."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a positive number")
    return int(text)


def filters(text: str) -> dict[str, str]:
    """« kind=budget,lang=en »: what the cases to keep have in common."""
    pairs = [part.partition("=") for part in text.split(",")]
    wrong = [name + equals + value for name, equals, value in pairs if name not in FILTERS or not value]
    if wrong:
        raise argparse.ArgumentTypeError(f"{wrong} not understood; give name=value with a name of {FILTERS}")
    return {name: value for name, _, value in pairs}


def pair(text: str) -> tuple[str, str]:
    """« left=right »; the last equals sign parts them."""
    left, equals, right = text.rpartition("=")
    if not equals or not left or not right:
        raise argparse.ArgumentTypeError(f"{text!r} is not left=right")
    return left, right


def kept(cases: Sequence[Case], only: Mapping[str, str]) -> tuple[Case, ...]:
    """The cases that have all of these. `EvalError` when there is none."""
    found = tuple(case for case in cases if all(getattr(case, name) == value for name, value in only.items()))
    if not found:
        raise EvalError("--only", [f"no case is {dict(only)}"])
    return found
