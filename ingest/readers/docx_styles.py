"""What the styles of a Word document say of a paragraph: heading and level, title, list item, table of contents.

Built-in styles keep their English name in the file whatever the language of Word (« Titre 1 » is `heading 1`).
Works on the XML elements that `ingest.readers.docx` hands over; imports no library.
"""

import re
from collections.abc import Iterator
from typing import Protocol, Self

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"^heading ([1-9])$")
_CONTENTS = re.compile(r"^(toc \d|toc heading|table of figures)$")
_BODY_LEVEL = 9


class Element(Protocol):
    """What is used of an XML element."""

    tag: str
    text: str | None

    def __iter__(self) -> Iterator[Self]: ...

    def get(self, key: str, default: str) -> str:
        """An attribute."""

    def find(self, path: str) -> Self | None:
        """The first element at this path below."""

    def iterfind(self, path: str) -> Iterator[Self]:
        """The elements at this path below."""

    def iter(self, tag: str) -> Iterator[Self]:
        """This element and those below, at any depth, with this tag."""


def w(path: str) -> str:
    """`w:pPr/w:numPr` with each prefix written out."""
    return path.replace("w:", _W)


def value(element: Element | None, attribute: str = "w:val") -> str:
    """An attribute of an element that may be missing; empty when it is."""
    return "" if element is None else element.get(w(attribute), "")


def is_on(toggle: Element | None) -> bool:
    """Whether an on/off property (`w:b`, `w:vanish`…) is there and not switched off."""
    return toggle is not None and value(toggle) not in {"0", "false", "off"}


class Styles:
    """The styles of a document, by id; a style inherits from the one it is based on."""

    def __init__(self, styles: Element) -> None:
        self._by_id = {value(style, "w:styleId"): style for style in styles.iterfind(w("w:style"))}

    def is_title(self, paragraph: Element) -> bool:
        """Whether the paragraph is the title of the document."""
        return "title" in self._names(paragraph)

    def is_contents(self, paragraph: Element) -> bool:
        """Whether the paragraph is an entry or the title of a table of contents."""
        return any(_CONTENTS.match(name) for name in self._names(paragraph))

    def heading_level(self, paragraph: Element) -> int:
        """Level of the heading from 1; 0 for running text."""
        for properties, name in self._properties(paragraph):
            outline = properties.find(w("w:outlineLvl")) if properties is not None else None
            if value(outline).isdigit():
                level = int(value(outline))
                return level + 1 if level < _BODY_LEVEL else 0
            if match := _HEADING.match(name):
                return int(match[1])
        return 0

    def is_item(self, paragraph: Element) -> bool:
        """Whether the paragraph is numbered or has a bullet."""
        for properties, _ in self._properties(paragraph):
            number = properties.find(w("w:numPr")) if properties is not None else None
            if number is not None:
                return value(number.find(w("w:numId"))) != "0"
        return False

    def is_bold(self, paragraph: Element) -> bool:
        """Whether the style of the paragraph is bold."""
        return any(
            is_on(style.find(w("w:rPr/w:b"))) for style in self._chain(value(paragraph.find(w("w:pPr/w:pStyle"))))
        )

    def formats_first_row(self, table: Element) -> bool:
        """Whether the style of the table sets its first row apart."""
        chain = self._chain(value(table.find(w("w:tblPr/w:tblStyle"))))
        return any(value(part, "w:type") == "firstRow" for style in chain for part in style.iterfind(w("w:tblStylePr")))

    def _names(self, paragraph: Element) -> set[str]:
        return {name for _, name in self._properties(paragraph)}

    def _properties(self, paragraph: Element) -> Iterator[tuple[Element | None, str]]:
        """The paragraph's own properties, then those of its style and of each style that one is based on."""
        own = paragraph.find(w("w:pPr"))
        yield own, ""
        for style in self._chain(value(paragraph.find(w("w:pPr/w:pStyle")))):
            yield style.find(w("w:pPr")), value(style.find(w("w:name"))).lower()

    def _chain(self, style_id: str) -> Iterator[Element]:
        seen: set[str] = set()
        while style_id in self._by_id and style_id not in seen:
            seen.add(style_id)
            style = self._by_id[style_id]
            yield style
            style_id = value(style.find(w("w:basedOn")))
