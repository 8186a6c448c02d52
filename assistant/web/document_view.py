"""What the page of a document shows: the part asked for, the quotes, the pages, the original, the notices.

In: a library, a catalog entry, the place asked for. Out: the values of `document.html`. A span, a page or a part that
makes no sense gives a notice, never an error.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from assistant.web.highlight import parse_spans
from assistant.web.parts import DocumentPart, part_at, parts
from assistant.web.schemas import UNKNOWN
from assistant.web.seams import Library, Original
from assistant.web.viewer import View, view
from ingest.catalog import CatalogEntry
from ingest.documents import Page, Runs

PDF = "application/pdf"
_PDF_VIEW = "&navpanes=0&view=FitH"
"""What viewers of PDF are asked besides: the page at full width, no thumbnails; not all of them know it."""
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader wants to be: spans as `(start, end)`, a printed page, a part (from 1), the original beside."""

    spans: tuple[tuple[str, str], ...] = ()
    page: str = ""
    part: str = ""
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A place in the document: what is read of it, and its address from this page."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Beside:
    """A PDF original: its address at the page in view and at each printed page; the one that shows or hides it."""

    switch: str
    address: str
    pages: Mapping[int, str]


def document_values(library: Library, entry: CatalogEntry, asked: Place, query: QueryParams) -> dict[str, object]:
    """The values of the template."""
    text, pages = library.text(entry.id), library.pages(entry.id)
    spans, wrong = parse_spans(asked.spans, len(text))
    found = parts(library.units(entry.id), len(text))
    rank = _part(asked, found, spans, pages)
    shown = view(text, found[rank].units, found[rank].pages(pages), spans)
    links = _Links(found, rank, query)
    original = library.original(entry.id)
    given = original if isinstance(original, Original) else None
    beside = None
    if given and given.media_type == PDF:
        address = f"/documents/{entry.id}/original"
        beside = _beside(address, given, pages, _page(asked, pages, spans), _switch(asked, query, spans))
    return {
        "entry": entry,
        "unknown": UNKNOWN,
        "view": shown,
        "notices": _notices(shown, found[rank], spans, wrong),
        "quotes": _quotes(shown, links, spans),
        "pages": [links.to(page.start, str(page.number), f"page-{page.number}") for page in pages],
        "parts": [links.to(part.start, str(n), "text") for n, part in enumerate(found, start=1)],
        "part": rank + 1,
        "original": given,
        "no_original": "" if given else original,
        "is_beside": asked.beside and beside is not None,
        "beside": beside,
    }


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else None


def _part(asked: Place, found: Sequence[DocumentPart], spans: Runs, pages: Sequence[Page]) -> int:
    """The part that is asked for, else that of the first quote, else that of the page, else the first."""
    part = _number(asked.part)
    if part is not None and 0 < part <= len(found):
        return part - 1
    if spans:
        return part_at(found, spans[0].start)
    return part_at(found, next((page.start for page in pages if page.number == _number(asked.page)), 0))


class _Links:
    """Addresses of places of the document, from the page that shows one of its parts."""

    def __init__(self, found: Sequence[DocumentPart], rank: int, query: QueryParams) -> None:
        self._found = found
        self._rank = rank
        self._query = [(name, value) for name, value in query.multi_items() if name != "part"]

    def to(self, offset: int, label: str, anchor: str) -> Link:
        """The place of this character; its anchor alone when it is on this page."""
        rank = part_at(self._found, offset)
        elsewhere = "" if rank == self._rank else "?" + urlencode([*self._query, ("part", str(rank + 1))])
        return Link(label, f"{elsewhere}#{anchor}")

    def here(self, offset: int) -> bool:
        """Whether this character is in the part that the page shows."""
        return self._found[self._rank].holds(offset)


def _quotes(shown: View, links: _Links, spans: Runs) -> list[Link]:
    """Where each quote is; those of this part that the reading edition leaves out are nowhere."""
    ranked = [
        (rank, span) for rank, span in enumerate(spans, start=1) if rank in shown.met or not links.here(span.start)
    ]
    return [links.to(span.start, str(n), quote_anchor(rank)) for n, (rank, span) in enumerate(ranked, start=1)]


def quote_anchor(rank: int) -> str:
    """The id of a quote in the page, by its rank among the spans, from 1."""
    return "quote" if rank == 1 else f"quote-{rank}"


def _notices(shown: View, part: DocumentPart, spans: Runs, wrong: int) -> list[str]:
    """What a reader must be told of the spans: keys of words."""
    notices = []
    if wrong:
        notices.append("notice_some_invalid" if spans else "notice_invalid_span")
    hidden = [rank for rank, span in enumerate(spans, start=1) if part.holds(span.start) and rank not in shown.met]
    if hidden:
        notices.append("notice_some_not_shown" if len(hidden) < len(spans) else "notice_span_not_shown")
    return notices


def _beside(address: str, original: Original, pages: Sequence[Page], page: int | None, switch: str) -> Beside:
    """The original at this printed page, and at each."""

    def at(number: int | None) -> str:
        """The page is in the query too: a PDF that is open does not turn when the fragment alone changes."""
        if number is None or original.page_shift is None:
            return address
        return f"{address}?page={number}#page={number + original.page_shift}{_PDF_VIEW}"

    return Beside(switch, at(page), {page.number: at(page.number) for page in pages})


def _page(asked: Place, pages: Sequence[Page], spans: Runs) -> int | None:
    """The printed page asked for, else that of the first quote, where it is known."""
    number = _number(asked.page)
    if any(page.number == number for page in pages):
        return number
    before = [page.number for page in pages if spans and page.start <= spans[0].start]
    return before[-1] if before else None


def _switch(asked: Place, query: QueryParams, spans: Runs) -> str:
    """The address of this page with the original shown, or hidden again."""
    others = [(name, value) for name, value in query.multi_items() if name != "beside"]
    switched = urlencode(others if asked.beside else [*others, ("beside", "1")])
    return f"?{switched}#{quote_anchor(1) if spans else 'text'}"
