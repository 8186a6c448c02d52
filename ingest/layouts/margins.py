"""What stands around the running text of an unmarked document: contents, running heads, lists of links."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.documents import DropReason, Run, Source
from ingest.lines import Line
from ingest.personal import personal_addresses

_LEADER = re.compile(r"\s*(?:\.{4,}|(?:\. ){4,}|…{2,})\s*\d*$")
_CONTENTS = re.compile(r"^(table des matières|sommaire|contents)$", re.IGNORECASE)
_LINK = re.compile(r"^(https?://|www\.|mailto:)\S*$", re.IGNORECASE)
_NUMBER = re.compile(r"^\W*\d{1,4}\s+|\s+\d{1,4}\W*$|^\W*\d{1,4}\W*$")
_EDGE = 2
_UNNUMBERED_REPEATS = 3


@dataclass(frozen=True, slots=True)
class Margins:
    """Lines to read on; ranges to drop, and why; the entries of the table of contents, if there is one."""

    body: tuple[Line, ...]
    dropped: tuple[tuple[Run, DropReason], ...]
    contents: tuple[str, ...]


def set_aside(found: Sequence[Line], source: Source) -> Margins:
    """Take contents, running heads and links out of the lines of a document."""
    first, last = _contents(found)
    heads = _running_heads(found, source)
    body: list[Line] = []
    dropped: list[tuple[Run, DropReason]] = []
    starts = {page.start for page in source.pages}
    in_link = False
    for line in found:
        goes_on = in_link and " " not in line.text and starts.isdisjoint(range(line.start - 2, line.start + 1))
        in_link = bool(_LINK.match(line.text)) or goes_on
        if first <= line.number <= last:
            dropped.append((line.run, DropReason.TABLE_OF_CONTENTS))
        elif in_link and line.text:
            personal = any(personal_addresses(line.text))
            dropped.append((line.run, DropReason.PERSONAL_DATA if personal else DropReason.LINK_LIST))
        elif line.start in heads and line.text:
            dropped.append((line.run, DropReason.RUNNING_HEAD))
        else:
            body.append(line)
    return Margins(tuple(body), tuple(dropped), tuple(_titles(found, first, last)))


def by_page(found: Sequence[Line], source: Source) -> Iterator[list[Line]]:
    """Lines grouped by page; what stands before the first known page comes first, alone."""
    starts = [page.start for page in source.pages]
    page: list[Line] = []
    for line in found:
        while starts and line.start >= starts[0]:
            starts.pop(0)
            if page:
                yield page
            page = []
        page.append(line)
    if page:
        yield page


def _contents(found: Sequence[Line]) -> tuple[int, int]:
    """First and last line number of the table of contents; an empty interval where there is none."""
    leaders = [line.number for line in found if _LEADER.search(line.text)]
    if not leaders:
        return 1, 0
    title = [line.number for line in found if _CONTENTS.match(line.text) and line.number < leaders[0]]
    return (title[-1] if title else leaders[0]), leaders[-1]


def _titles(found: Sequence[Line], first: int, last: int) -> Iterator[str]:
    title = ""
    for line in found:
        if first <= line.number <= last and line.text and not _CONTENTS.match(line.text):
            title = f"{title} {_LEADER.sub('', line.text)}".strip()
            if _LEADER.search(line.text):
                yield title
                title = ""


def _running_heads(found: Sequence[Line], source: Source) -> frozenset[int]:
    """Offsets of the first or last lines of pages that come back from page to page, with or without a page number."""
    edges: list[tuple[str, bool, int]] = []
    for page in by_page(found, source) if source.pages else ():
        text_lines = [line for line in page if line.text]
        for line in {line.start: line for line in [*text_lines[:_EDGE], *text_lines[-_EDGE:]]}.values():
            words = _NUMBER.sub("", line.text).strip()
            edges.append((words, words != line.text, line.start))
    times = Counter((words, numbered) for words, numbered, _ in edges)
    return frozenset(
        start
        for words, numbered, start in edges
        if times[words, numbered] >= (_EDGE if numbered else _UNNUMBERED_REPEATS)
    )
