"""Answers numbered one by one to one letter numbered throughout.

In: the answers in order. Out: their statements with the letter's numbers, and the letter's citations: the same place of
the same document has one number. What looks like a mark inside a quote is the source's, and stays.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.conversation import Citation, Statement


class Numbering:
    """The citations of a letter, numbered from 1 in order of first use."""

    def __init__(self) -> None:
        self._citations: dict[tuple[str, int, int], Citation] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations so far, in order."""
        return tuple(self._citations.values())

    def statement(self, statement: Statement, citations: Sequence[Citation]) -> Statement:
        """A statement with the letter's numbers; each of its citations is marked in its text."""
        own = {citation.n: citation for citation in citations if citation.n in statement.citations}
        shown = [int(found["n"]) for found in _marks(own).finditer(statement.text) if found["n"]]
        ordered = dict.fromkeys([*(n for n in shown if n in own), *(n for n in statement.citations if n in own)])
        numbers = {n: self._number(own[n]) for n in ordered}
        text = _renumbered(statement.text, own, numbers)
        cited = tuple(dict.fromkeys(numbers.values()))
        missing = "".join(f"[{number}]" for number in cited if f"[{number}]" not in text)
        return replace(statement, text=f"{text} {missing}" if missing else text, citations=cited)

    def _number(self, citation: Citation) -> int:
        place = (citation.document, citation.start, citation.end)
        return self._citations.setdefault(place, replace(citation, n=len(self._citations) + 1)).n


def _marks(own: Mapping[int, Citation]) -> re.Pattern[str]:
    """Finds the quotes, whole, and the marks outside them (group `n`)."""
    quotes = sorted((citation.quote for citation in own.values()), key=len, reverse=True)
    return re.compile("|".join([*map(re.escape, quotes), r"\[(?P<n>\d+)\]"]))


def _renumbered(text: str, own: Mapping[int, Citation], numbers: Mapping[int, int]) -> str:
    known = {str(number): f"[{new}]" for number, new in numbers.items()}
    return _marks(own).sub(lambda found: known.get(found["n"] or "", found[0]), text)
