"""Collects the units and dropped ranges that a layout finds in one source."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping

from ingest.documents import Dropped, DropReason, Heading, Part, Run, Segmentation, Source, Unit, UnitKind
from ingest.fold import read


class Segmenter:
    """Gives each unit an id made of its place and its words, and its printed page."""

    def __init__(self, document: str, source: Source) -> None:
        self.document = document
        self.source = source
        self._units: list[Unit] = []
        self._dropped: list[Dropped] = []
        self._seen: Counter[str] = Counter()

    def add(
        self,
        kind: UnitKind,
        parts: Iterable[Part],
        section: tuple[Heading, ...] = (),
        labels: Mapping[str, str] | None = None,
    ) -> Unit:
        """Add a unit; its page is where its first part starts. Parts without any range are left out."""
        kept = tuple(part for part in parts if part.runs)
        if not kept:
            raise ValueError(f"a unit of {self.document!r} under {[h.title for h in section]!r} has no text")
        unit = Unit(
            id=self._id(kind, kept, section, labels or {}),
            document=self.document,
            kind=kind,
            parts=kept,
            section=section,
            page=self.source.page_at(kept[0].runs[0].start),
            labels=dict(labels or {}),
        )
        self._units.append(unit)
        return unit

    def drop(self, run: Run, reason: DropReason) -> None:
        """Leave a range out of every unit."""
        if run.end > run.start:
            self._dropped.append(Dropped(run, reason))

    def done(self) -> Segmentation:
        """Everything found, units in the order they were added."""
        return Segmentation(tuple(self._units), tuple(self._dropped))

    def _id(
        self, kind: UnitKind, parts: tuple[Part, ...], section: tuple[Heading, ...], labels: Mapping[str, str]
    ) -> str:
        words = [
            kind.value,
            *(heading.title for heading in section),
            *(f"{part.name}={read(self.source.text, part.runs).text}" for part in parts),
            *(f"{key}:{value}" for key, value in sorted(labels.items())),
        ]
        digest = hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:10]
        base = f"{self.document}/{kind.value}-{digest}"
        self._seen[base] += 1
        return base if self._seen[base] == 1 else f"{base}-{self._seen[base]}"
