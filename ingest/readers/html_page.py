"""HTML to a source in the marked-up form.

Read is what a person sees of the main content (`<main>` where the page has one): headings, paragraphs, lists,
tables, notes. Links keep their text only. A page without text is refused.
"""

from collections.abc import Iterator
from pathlib import Path

from ingest.documents import Source
from ingest.errors import ReadError
from ingest.readers.content import content_of
from ingest.readers.html_notes import Notes
from ingest.readers.html_tables import is_frame, table_header, table_rows
from ingest.readers.html_tree import BLOCKS, Element, html_tree
from ingest.readers.markup import MarkedText, call
from ingest.readers.text import LARGEST

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_OWN_BLOCKS = ("ul", "ol", "menu", "table")  # of a list item: written after its own words


def read_html(path: Path) -> Source:
    """The visible text of a web page in the marked-up form."""
    text = _Page(html_tree(path, content_of(path, LARGEST))).text()
    if not text:
        raise ReadError(
            str(path), "it holds no text", "If a script writes its text, open it in a browser and save what is shown"
        )
    return Source(text)


class _Page:
    """One pass over a page. Pieces of running text wait in `words` until their paragraph ends."""

    def __init__(self, page: Element) -> None:
        mains = (e for e in page.elements() if e.name == "main" or e.attributes.get("role") == "main")
        self.main = next(mains, page)
        self.notes = Notes(page, self.main)
        self.out = MarkedText()
        self.words: list[str] = []

    def text(self) -> str:
        self._walk(self.main)
        self._close()
        for number, words in self.notes.texts(self._read):
            self.out.note(number, words)
        return self.out.text

    def _walk(self, element: Element) -> None:
        for child in element.children:
            if isinstance(child, str):
                self.words.append(child if element.name == "pre" else _spaced(child))
            elif not self.notes.is_note(child):
                self._element(child)

    def _element(self, element: Element) -> None:
        if number := self.notes.number(element):
            self.words.append(call(number))
        elif element.name == "br":
            self.words.append("\n")
        elif element.name in _HEADINGS:
            self._close()
            self.out.heading(_HEADINGS[element.name], self._read(element))
        elif element.name == "li":
            self._item(element)
        elif element.name == "table":
            self._table(element)
        else:
            self._container(element)

    def _container(self, element: Element) -> None:
        """Anything else; a term (`dt`) and its description (`dd`) stay in one paragraph."""
        apart = element.name in BLOCKS
        if apart and element.name != "dd":
            self._close()
        self._walk(element)
        if element.name == "dt":
            self.words.append("\n")
        elif apart:
            self._close()

    def _close(self) -> None:
        self.out.paragraph("".join(self.words))
        self.words.clear()

    def _item(self, item: Element) -> None:
        self._close()
        self.out.item("".join(self._inline(item, _OWN_BLOCKS)))
        for inner in item.elements(*_OWN_BLOCKS):
            if next(outer for outer in list(inner.around())[1:] if outer.name in {"li", "table"}) is item:
                self._element(inner)

    def _table(self, table: Element) -> None:
        self._close()
        if is_frame(table):
            self._walk(table)
            self._close()
            return
        for caption in table.elements("caption"):
            self.out.paragraph(self._read(caption))
        rows = [[self._cell(cell) if cell else () for cell in row] for row in table_rows(table)]
        self.out.table(rows, header=table_header(table))

    def _cell(self, cell: Element) -> tuple[str, ...]:
        outside, self.out = self.out, MarkedText()
        self._walk(cell)
        self._close()
        outside, self.out = self.out, outside
        return outside.blocks

    def _read(self, element: Element) -> str:
        return "".join(self._inline(element))

    def _inline(self, element: Element, without: tuple[str, ...] = ()) -> Iterator[str]:
        """Everything under an element as running text."""
        for child in element.children:
            if isinstance(child, str):
                yield _spaced(child)
            elif number := self.notes.number(child):
                yield call(number)
            elif not (child.name in without or self.notes.is_note(child) or self.notes.is_back_link(child)):
                apart = " " if child.name in BLOCKS or child.name == "br" else ""
                yield apart
                yield from self._inline(child, without)
                yield apart


def _spaced(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " ")
