"""The words that ingestion and the assistant share: documents, ranges of their text, units.

A unit never holds rewritten text. It holds *ranges* of the stored source; its text is what one reads by
following those ranges with white space folded (`ingest.fold`). What is left out of the ranges (a footnote
call, a tag, a running head) cannot reach a quote.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class UnitKind(StrEnum):
    """What a unit is for its reader; decides how an answer is composed from it."""

    DEFINITION = "definition"
    EXAMPLE = "example"
    ALLOCATION_RULE = "allocation_rule"
    FIGURE = "figure"
    BUDGET_LINE = "budget_line"
    OBJECTIVE = "objective"
    INDICATOR = "indicator"
    MEANS = "means"
    CONTACT = "contact"
    DEADLINE = "deadline"
    NARRATIVE = "narrative"


class DropReason(StrEnum):
    """Why a range of a source belongs to no unit."""

    RUNNING_HEAD = "running_head"
    TABLE_OF_CONTENTS = "table_of_contents"
    TABLE_HEADER = "table_header"
    LINK_LIST = "link_list"
    FOOTNOTE_CALL = "footnote_call"
    MARKUP = "markup"
    BULLET = "bullet"
    HYPHENATION = "hyphenation"
    REPEATED = "repeated"
    PERSONAL_DATA = "personal_data"


@dataclass(frozen=True, slots=True, order=True)
class Run:
    """A half-open range `[start, end)` of characters of a stored source."""

    start: int
    end: int


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The start of a page: its number as printed (or its rank in a PDF) and the offset of its first character."""

    number: int
    start: int


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader extracts from a file: one text and where its pages start (none when unknown)."""

    text: str
    pages: tuple[Page, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """The printed page that holds this character; None before the first known page."""
        found = None
        for page in self.pages:
            if page.start > offset:
                break
            found = page.number
        return found


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it is read, and the ranges it was read from."""

    title: str
    runs: Runs


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a unit; `name` is empty for running text, else a column title or `note 12` for a footnote."""

    runs: Runs
    name: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest thing that can be retrieved and cited.

    `labels` are facts about the unit that its words alone do not say (volet, measure, category of an example,
    objective of a PEVR row…); keys and values are strings, the keys are listed in README.
    """

    id: str
    document: str
    kind: UnitKind
    parts: tuple[Part, ...]
    section: tuple[Heading, ...] = ()
    page: int | None = None
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def titles(self) -> tuple[str, ...]:
        """The section path, outermost first."""
        return tuple(heading.title for heading in self.section)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A range that belongs to no unit, and why."""

    run: Run
    reason: DropReason


@dataclass(frozen=True, slots=True)
class Segmentation:
    """All that a layout says of one source."""

    units: tuple[Unit, ...]
    dropped: tuple[Dropped, ...]
