"""What a page shows of a document: sections, paragraphs, lists, tables, notes, turns of pages.

Plain values that hold text only, nothing of which is ever markup. `form` names the macro of `blocks.html`.
"""

from dataclasses import dataclass
from typing import ClassVar

from assistant.web.highlight import Pieces


@dataclass(frozen=True, slots=True)
class Call:
    """Where a text calls a note: what is read (`12`), the id of the note; `anchor` is the id of its first call."""

    label: str
    note: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A note under its name (`note 12`), with its id and the id of the call that leads back."""

    name: str
    anchor: str
    call: str
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, in lines where the source starts new ones; the items it introduces; the notes it calls.

    `notes` are those that are shown here: a note that several texts call is shown once.
    """

    form: ClassVar[str] = "paragraph"
    lines: tuple[Pieces, ...]
    items: tuple[Pieces, ...] = ()
    calls: tuple[Call, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Bullets:
    """Items under a caption (empty where there is none)."""

    form: ClassVar[str] = "bullets"
    caption: Pieces
    items: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, one for each header. A cell holds what stands under its header, most often once."""

    cells: tuple[tuple[Pieces, ...], ...]
    calls: tuple[Call, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their headers; `wide` where they read better one under the other than side by side."""

    form: ClassVar[str] = "table"
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    wide: bool = False
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class PageTurn:
    """The start of a printed page."""

    form: ClassVar[str] = "page"
    number: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of this level (2 to 6) and what stands under it; `anchor` is its id in the page."""

    form: ClassVar[str] = "section"
    anchor: str
    title: Pieces
    level: int
    blocks: tuple["Block", ...]


Block = Paragraph | Bullets | Table | PageTurn | Section
