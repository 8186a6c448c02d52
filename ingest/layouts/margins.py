"""What stands around the running text of an unmarked document: contents, running heads, lists of links."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ingest.documents import DropReason, Run, Source
from ingest.layouts.prose_lines import TABLE_HEADER
from ingest.lines import Line
from ingest.personal import personal_addresses

_ENTRY = re.compile(r"\s*(?:\.{4,}|(?:\. ){4,}|…{2,})\s*\d+$")
_CONTENTS = re.compile(r"^(table des matières|sommaire|contents|table of contents)$", re.IGNORECASE)
_LONGEST_ENTRY = 3  # lines
_LINK = re.compile(r"^(https?://|www\.|mailto:)\S*$", re.IGNORECASE)
_REST_OF_LINK = re.compile(r"^[^\s•]*[\d/.=%&?_][^\s•]*$")
_EDGE = 2
_REPEATS = 3
_NUMBERED_REPEATS = 2


@dataclass(frozen=True, slots=True)
class Margins:
    """Lines to read on; ranges to drop, and why; the entries of the table of contents, if there is one."""

    body: tuple[Line, ...]
    dropped: tuple[tuple[Run, DropReason], ...]
    contents: tuple[str, ...]


def set_aside(found: Sequence[Line], source: Source, published: Collection[str] = ()) -> Margins:
    """Take contents, running heads and links out of the lines of a document."""
    first, last = _contents(found)
    heads = _running_heads(found, source)
    links = dict(_links(found, source, published))
    body: list[Line] = []
    dropped: list[tuple[Run, DropReason]] = []
    for line in found:
        if first <= line.number <= last:
            dropped.append((line.run, DropReason.TABLE_OF_CONTENTS))
        elif line.number in links:
            dropped.append((line.run, links[line.number]))
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
    """First and last line number of the table of contents; an empty interval where there is none.

    Its entries follow one another; dots without a page number are blanks to fill in.
    """
    lines = [line for line in found if line.text]
    entries = [rank for rank, line in enumerate(lines) if _ENTRY.search(line.text)]
    if not entries:
        return 1, 0
    last = entries[0]
    for rank in entries:
        if rank - last <= _LONGEST_ENTRY:
            last = rank
    above = range(max(0, entries[0] - _LONGEST_ENTRY), entries[0])
    title = [rank for rank in above if _CONTENTS.match(lines[rank].text)]
    return lines[title[-1] if title else entries[0]].number, lines[last].number


def _titles(found: Sequence[Line], first: int, last: int) -> Iterator[str]:
    title = ""
    for line in found:
        if first <= line.number <= last and line.text and not _CONTENTS.match(line.text):
            title = f"{title} {_ENTRY.sub('', line.text)}".strip()
            if _ENTRY.search(line.text):
                yield title
                title = ""


def _links(found: Sequence[Line], source: Source, published: Collection[str]) -> Iterator[tuple[int, DropReason]]:
    """Lines that hold nothing but a link, and those that a long link goes on over, by line number."""
    starts = [page.start for page in source.pages]
    for link in _whole_links(found, starts):
        address = "".join(line.text for line in link)
        personal = any(personal_addresses(address, published))
        yield from ((line.number, DropReason.PERSONAL_DATA if personal else DropReason.LINK_LIST) for line in link)


def _whole_links(found: Sequence[Line], starts: Collection[int]) -> Iterator[list[Line]]:
    link: list[Line] = []
    for line in found:
        goes_on = link and _REST_OF_LINK.match(line.text) and not _LINK.match(line.text)
        if goes_on and not any(link[-1].end < start <= line.start for start in starts):
            link.append(line)
            continue
        if link:
            yield link
        link = [line] if _LINK.match(line.text) else []
    if link:
        yield link


def _running_heads(found: Sequence[Line], source: Source) -> frozenset[int]:
    """Offsets of the first or last lines of pages that come back from page to page, alike but for the page number."""
    edges: list[tuple[str, int]] = []
    for page in by_page(found, source) if source.pages else ():
        text_lines = [line for line in page if line.text]
        number = source.page_at(page[0].start)
        for line in {line.start: line for line in [*text_lines[:_EDGE], *text_lines[-_EDGE:]]}.values():
            if not TABLE_HEADER.match(line.text):
                words = re.sub(rf"(?<!\d){number}(?!\d)", "\0", line.text, count=1) if number else line.text
                edges.append((words, line.start))
    times = Counter(words for words, _ in edges)
    return frozenset(
        start for words, start in edges if times[words] >= (_NUMBERED_REPEATS if "\0" in words else _REPEATS)
    )
