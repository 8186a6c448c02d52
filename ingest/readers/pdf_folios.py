"""The page numbers printed in the running heads or feet of a PDF, read from the text of its pages.

A printed number is believed when it follows the rank of the page: number minus rank is the same on a good part of
the pages, in lines that are otherwise alike (« 4 Ministère de l’Éducation », « - 4 - », « Page 4 de 12 »).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

_EDGE = 2  # lines at the top and at the bottom of a page where a number is looked for
_LEAST_PAGES = 2
_LEAST_SHARE = 1 / 3  # of all pages: « Annexe 1 », « Annexe 2 » at the top of two pages are not page numbers
_OF = r"(?:\s*(?:/|de|sur|of)\s*\d{1,4})?"
_ALONE = re.compile(rf"^(?:\W|page\b|p\.)*(\d{{1,4}}){_OF}\W*$", re.IGNORECASE)
_FIRST = re.compile(r"^(\d{1,4})\s+(?=\D)")
_LAST = re.compile(rf"(?<=\D)\s(\d{{1,4}}){_OF}$", re.IGNORECASE)


def folio_offset(pages: Sequence[str]) -> int | None:
    """What to add to the rank of a page (from 1) for its printed number; None when no sequence is found."""
    places: dict[tuple[bool, str, int], set[int]] = defaultdict(set)
    for rank, page in enumerate(pages, start=1):
        for at_top, line in _edges(page):
            for number, rest in _numbers(line):
                places[at_top, rest, number - rank].add(rank)
    support: dict[int, set[int]] = defaultdict(set)
    for (_, _, offset), ranks in places.items():
        if len(ranks) >= _LEAST_PAGES:
            support[offset] |= ranks
    if not support:
        return None
    best = max(support, key=lambda offset: len(support[offset]))
    return best if len(support[best]) >= _LEAST_SHARE * len(pages) else None


def _edges(page: str) -> Iterator[tuple[bool, str]]:
    lines = [line.strip() for line in page.split("\n") if line.strip()]
    for line in lines[:_EDGE]:
        yield True, line
    for line in lines[-_EDGE:]:
        yield False, line


def _numbers(line: str) -> Iterator[tuple[int, str]]:
    """A number that the line may give as its page, and the line without it."""
    if match := _ALONE.match(line):
        yield int(match[1]), f"{line[: match.start(1)]}#"
        return
    for pattern in (_FIRST, _LAST):
        if match := pattern.search(line):
            yield int(match[1]), f"{line[: match.start(1)]}#{line[match.end(1) :]}"
