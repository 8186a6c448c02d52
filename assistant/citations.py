"""Verbatim quotes to numbered citations, for one answer."""

from assistant.conversation import Citation, SourceQuote
from ingest.documents import Run, Runs, Unit
from ingest.fold import find, read
from ingest.index import Index


class Notebook:
    """The citations of one answer, numbered from 1 in order of first use; the same quote keeps its number."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._citations: dict[tuple[str, int, int], Citation] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations so far, in order."""
        return tuple(self._citations.values())

    def cite(self, document: str, runs: Runs, unit: Unit | None = None) -> tuple[int, ...]:
        """Cite what these ranges of a document say, as one citation per uninterrupted quote; their numbers."""
        reading = read(self._index.documents[document].text, runs)
        places = [(quote.text, Run(quote.start, quote.end)) for quote in reading.quotes()]
        return tuple(
            self._number(document, text, place, unit or self._unit_at(document, place)) for text, place in places
        )

    def cite_source(self, source: SourceQuote) -> tuple[int, ...]:
        """Cite a quote known by its words; empty where it does not stand in the document (the guard then decides).

        Of several places, the first that a unit holds: the same words may also stand in a table of contents.
        """
        stored = self._index.documents.get(source.document)
        places = list(find(stored.text, source.quote)) if stored else []
        held = [place for place in places if self._unit_at(source.document, place)]
        return self.cite(source.document, (*held, *places)[:1]) if places else ()

    def _number(self, document: str, quote: str, place: Run, unit: Unit | None) -> int:
        key = (document, place.start, place.end)
        if key not in self._citations:
            stored = self._index.documents[document]
            page = next((p.number for p in reversed(stored.pages) if p.start <= place.start), None)
            query = f"page={page}&" if page is not None else ""
            self._citations[key] = Citation(
                n=len(self._citations) + 1,
                document=document,
                source_file=stored.entry.original_file,
                title=stored.entry.title,
                authority=stored.entry.authority,
                validity=stored.entry.validity,
                section=unit.titles if unit else (),
                page=page,
                quote=quote,
                start=place.start,
                end=place.end,
                url=f"/documents/{document}?{query}start={place.start}&end={place.end}#quote",
            )
        return self._citations[key].n

    def _unit_at(self, document: str, place: Run) -> Unit | None:
        for unit in self._index.units_by_document.get(document, ()):
            ranges = [*(run for part in unit.parts for run in part.runs), *(r for h in unit.section for r in h.runs)]
            if any(run.start <= place.start < run.end for run in ranges):
                return unit
        return None
