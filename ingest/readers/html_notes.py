"""Notes of a web page: a link that shows a bare number and leads further down, to a block without heading."""

import re
from collections.abc import Callable, Iterator

from ingest.readers.html_tree import Element

_MARK = re.compile(r"^[\[(]?([1-9]\d{0,2}|\*{1,3})[\])]?\.?$")
_BACK = re.compile(
    r"^(?:[\[(]?(?:\d{1,3}|\*{1,3})[\])]?\.?|[\s↩↑⏎^\ufe0e\ufe0f]*|(?:retour|back|haut|top).{0,40})$", re.IGNORECASE
)
_HOLDERS = frozenset({"li", "p", "div", "dd", "td", "aside"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Notes:
    """The notes that the main part of a page calls, with the numbers printed in the calls.

    Where those are not all different numbers (marks, notes numbered anew in each part), the order of the calls numbers
    them.
    """

    def __init__(self, page: Element, main: Element) -> None:
        places = {element: rank for rank, element in enumerate(page.elements())}
        anchors = {
            name: element
            for element in reversed(places)
            for name in (element.attributes.get("id"), element.attributes.get("name"))
            if name
        }
        calls: dict[Element, Element] = {}
        self._marks: dict[Element, str] = {}  # as printed, by the block that holds the note
        for link in main.elements("a"):
            note = _note(link, anchors)
            if note and places[note] > places[link] and not any(outer in self._marks for outer in link.around()):
                calls[link] = note
                self._marks.setdefault(note, _mark(link))
        printed = list(self._marks.values())
        as_printed = len(set(printed)) == len(printed) and all(mark.isdecimal() for mark in printed)
        self._notes = {note: int(mark) if as_printed else i for i, (note, mark) in enumerate(self._marks.items(), 1)}
        self._numbers = {link: self._notes[note] for link, note in calls.items()}

    def number(self, element: Element) -> int:
        """The note that this link calls; 0 when it calls none."""
        return self._numbers.get(element, 0)

    def is_note(self, element: Element) -> bool:
        """Whether the element holds a note, to be read at the end and not in its place."""
        return element in self._notes

    def is_back_link(self, element: Element) -> bool:
        """Whether the element only leads from a note back to its call."""
        return (
            element.name == "a"
            and element.attributes.get("href", "").startswith("#")
            and bool(_BACK.match(element.words().strip()))
            and any(outer in self._notes for outer in element.around())
        )

    def texts(self, read: Callable[[Element], str]) -> Iterator[tuple[int, str]]:
        """Number and text of each note, its printed number taken off."""
        for note, number in self._notes.items():
            mark = re.escape(self._marks[note])
            yield number, re.sub(rf"^\s*[\[(]?{mark}(?:[\])]\.?|\.|\s)\s*", "", read(note))


def _mark(link: Element) -> str:
    """The number or the stars that a link shows; empty when it shows more."""
    match = _MARK.match(link.words().strip())
    return match[1] if match else ""


def _note(link: Element, anchors: dict[str, Element]) -> Element | None:
    href = link.attributes.get("href", "")
    target = anchors.get(href[1:]) if href.startswith("#") else None
    if target is None or not _mark(link):
        return None
    block = next((element for element in target.around() if element.name in _HOLDERS), None)
    return None if block is None or next(block.elements(*_HEADINGS), None) else block
