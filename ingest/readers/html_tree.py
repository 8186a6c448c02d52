"""The bytes of a web page to a tree of its visible elements; the only importer of Beautiful Soup.

End tags that authors leave out (`<li>`, `<p>`, `<td>`…) are supplied. Scripts, navigation, forms' controls and
hidden elements are not in the tree. The encoding is the one that the page declares, else UTF-8; it is never guessed.
"""

import codecs
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.dammit import EncodingDetector
from bs4.element import CData, NavigableString, Tag
from bs4.exceptions import ParserRejectedMarkup

from ingest.errors import ReadError
from ingest.readers.text import decoded

DEEPEST = 200
"""Levels of the tree; what lies deeper is kept at this level."""

_LEFT_OUT = frozenset(
    "script style noscript template head nav svg math iframe object canvas audio video map button select textarea"
    " datalist progress meter".split()
)
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu ol p pre section summary table tbody td tfoot th"
    " thead tr ul".split()
)
_LISTS = frozenset({"ul", "ol", "menu"})
_SECTIONS = frozenset({"thead", "tbody", "tfoot"})
# An element that starts closes the nearest of the first set, unless one of the second stands between them.
_CLOSES: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), _LISTS | {"table"}),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl", "table"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl", "table"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "tr": (frozenset({"tr"}), _SECTIONS | {"table"}),
    **dict.fromkeys(_SECTIONS, (_SECTIONS, frozenset({"table"}))),
}
_PARAGRAPH = (frozenset({"p"}), frozenset({"table", "td", "th", "caption"}))
# Browsers read these labels as Windows-1252 (WHATWG Encoding standard), and so do those who write them.
_LATIN = frozenset({"iso8859-1", "ascii", "cp1252"})
# What bs4 and html.parser raise on pages made to break them, such as character references of 5 000 digits.
_BROKEN = (ParserRejectedMarkup, RecursionError, ValueError, OverflowError, AssertionError)


@dataclass(eq=False, slots=True)
class Element:
    """A visible element: attributes as strings, children in order (texts and elements)."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    parent: "Element | None" = None
    children: "list[Element | str]" = field(default_factory=list)

    def elements(self, *names: str) -> "Iterator[Element]":
        """The elements below with one of these names (any name when none is given), in reading order."""
        for child in self.children:
            if isinstance(child, Element):
                if not names or child.name in names:
                    yield child
                yield from child.elements(*names)

    def around(self) -> "Iterator[Element]":
        """This element, the one that holds it, and so on outwards."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent

    def words(self) -> str:
        """All the text inside, as it stands."""
        return "".join(child if isinstance(child, str) else child.words() for child in self.children)


def html_tree(path: Path, content: bytes) -> Element:
    """Parse a page; a `ReadError` when it is not text in its encoding or cannot be parsed."""
    markup = decoded(path, content, _encoding(path, content))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # bs4 warns of XHTML and of text that looks like a file name
            soup = BeautifulSoup(markup, "html.parser")
        return _Builder().build(soup)
    except _BROKEN as error:
        raise ReadError(
            str(path), f"it is not a readable web page ({type(error).__name__})", "Save the page again from a browser"
        ) from error


def _encoding(path: Path, content: bytes) -> str:
    declared = EncodingDetector.find_declared_encoding(content, is_html=True)
    if not declared:
        return "utf-8"
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError) as error:
        raise ReadError(
            str(path), f"it declares an unknown encoding, {declared!r}", "Save the page again as UTF-8"
        ) from error
    if name.startswith(("utf-16", "utf-32")):  # its declaration could not have been read if it were true
        return "utf-8"
    return "cp1252" if name in _LATIN else name


class _Builder:
    """Walks the soup without recursion (pages can nest without end) and supplies the end tags left out."""

    def __init__(self) -> None:
        self.open = [Element("page")]
        self.made: dict[int, Element] = {}

    def build(self, soup: Tag) -> Element:
        root = self.open[0]
        waiting: list[tuple[Tag, Iterator[object]]] = [(soup, iter(soup.children))]
        while waiting:
            tag, children = waiting[-1]
            child = next(children, None)
            if child is None:
                waiting.pop()
                self._end(tag)
            elif isinstance(child, Tag):
                if not _is_hidden(child):
                    self._start(child)
                    waiting.append((child, iter(child.children)))
            elif type(child) in {NavigableString, CData}:
                self.open[-1].children.append(str(child))
        return root

    def _start(self, tag: Tag) -> None:
        if tag.name in _CLOSES:
            self._close(*_CLOSES[tag.name])
        if tag.name in BLOCKS:
            self._close(*_PARAGRAPH)
        if len(self.open) < DEEPEST:
            attributes = {name: " ".join(v) if isinstance(v, list) else str(v) for name, v in tag.attrs.items()}
            element = Element(tag.name, attributes, self.open[-1])
            self.open[-1].children.append(element)
            self.open.append(element)
            self.made[id(tag)] = element

    def _close(self, names: frozenset[str], barriers: frozenset[str]) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].name in names:
                del self.open[depth:]
                return
            if self.open[depth].name in barriers:
                return

    def _end(self, tag: Tag) -> None:
        element = self.made.get(id(tag))
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth] is element:
                del self.open[depth:]
                return


def _is_hidden(tag: Tag) -> bool:
    style = str(tag.get("style", "")).replace(" ", "").lower()
    return (
        tag.name in _LEFT_OUT
        or tag.has_attr("hidden")
        or tag.get("aria-hidden") == "true"
        or tag.get("role") == "navigation"
        or "display:none" in style
        or "visibility:hidden" in style
    )
