"""The index and the dated figures, as what approved replies rest on.

In: a citation, a text, what a reply rested on. Out: units with digests of their words, figures, whether they still
hold. Read only.
"""

import hashlib
from collections.abc import Mapping

from assistant.conversation import Citation
from assistant.desk.seams import FigureUsed
from assistant.lock import figures as figures_of
from assistant.tools.figures import Figures
from ingest.documents import Unit
from ingest.fold import fold, read
from ingest.index import Index


class IndexSources:
    """The sources of an opened index."""

    def __init__(self, index: Index, figures: Figures) -> None:
        self._index = index
        self._figures = figures

    def units(self, citation: Citation) -> Mapping[str, str]:
        """The units whose own words the citation touches, each with the digest of its words."""
        touched = (
            unit for unit in self._index.units_by_document.get(citation.document, ()) if _touches(unit, citation)
        )
        return {unit.id: self._digest(unit) for unit in touched}

    def digest(self, unit: str) -> str | None:
        """The digest of a unit's words now; None where the unit is gone."""
        found = self._index.units.get(unit)
        return self._digest(found) if found else None

    def stands(self, citation: Citation) -> bool:
        """Whether the quote stands at its offsets in the stored source, white space folded."""
        stored = self._index.documents.get(citation.document)
        if stored is None or not 0 <= citation.start < citation.end <= len(stored.text):
            return False
        return fold(stored.text[citation.start : citation.end]) == citation.quote

    def figures(self, text: str) -> tuple[FigureUsed, ...]:
        """The dated figures whose value, with its unit, the text gives."""
        said = figures_of(text)
        return tuple(used for used in self._all() if figures_of(f"{used.value} {used.unit}") <= said)

    def current(self, figure: FigureUsed) -> bool:
        """Whether the figure still has this value from this school year on."""
        return figure in self._all()

    def _all(self) -> tuple[FigureUsed, ...]:
        return tuple(
            FigureUsed(figure.id, dated.start, str(dated.value), figure.unit)
            for figure in self._figures.by_id.values()
            for dated in figure.values
            if dated.value is not None
        )

    def _digest(self, unit: Unit) -> str:
        text = self._index.documents[unit.document].text
        words = [*unit.titles, *(f"{part.name}\x1f{read(text, part.runs).text}" for part in unit.parts)]
        return hashlib.sha256("\x1e".join(words).encode()).hexdigest()


def _touches(unit: Unit, citation: Citation) -> bool:
    return any(run.start < citation.end and citation.start < run.end for part in unit.parts for run in part.runs)
