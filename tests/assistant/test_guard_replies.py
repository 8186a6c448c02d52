"""The guard of a language model's statements: good ones stay, ones that are wrong by little fall."""

from collections.abc import Mapping
from typing import Any

import pytest
from reply_cases import drafted, guard, load_replies

GOOD = load_replies("good_replies.yaml")
WRONG = load_replies("subtly_wrong_replies.yaml")
MOST_FALSE_DROPS = 0.02


def lost(entry: Mapping[str, Any]) -> list[tuple[str, object]]:
    """The statements of a reply that do not reach a person, with the reasons."""
    found = drafted(entry)
    return [*found.dropped, *guard().check(found.draft).removed]


def test_good_statements_are_not_dropped() -> None:
    """At most one in fifty of those written for the purpose; there are at least 120 replies."""
    dropped = {entry["id"]: faults for entry in GOOD if (faults := lost(entry))}
    statements = sum(len(entry["say"]) for entry in GOOD)
    assert len(GOOD) >= 120
    assert sum(map(len, dropped.values())) <= MOST_FALSE_DROPS * statements, dropped


@pytest.mark.parametrize("entry", WRONG, ids=lambda entry: f"{entry['id']}: {entry['wrong']}")
def test_a_statement_wrong_by_little_falls(entry: Mapping[str, Any]) -> None:
    """Another year, a swapped volet, a negation, a rounding, a unit, a verdict: beside a true quote all the same."""
    assert len(lost(entry)) == len(entry["say"])


def test_every_reply_has_its_own_name() -> None:
    """So that a report can name it."""
    names = [entry["id"] for entry in (*GOOD, *WRONG)]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("entry", GOOD[:12], ids=lambda entry: entry["id"])
def test_what_is_served_is_only_what_was_said(entry: Mapping[str, Any]) -> None:
    """The guard removes and never rewrites: the words of a statement are the model's, spaces and apostrophes apart."""
    texts = [one.text for one in drafted(entry).draft.statements]
    letters = ["".join(c for c in text if c.isalnum()) for text in texts]
    assert letters == ["".join(c for c in one["t"] if c.isalnum()) for one in entry["say"]]
