"""corpus/questions/suggested: drafts of expected questions, a file a document, that wait for a person to review them.

In: a corpus; entries. Out: the passages that no entry leads to, each with an entry that names it and has no wordings
yet; files that are whole at any moment, whatever is killed. Refuses a document that is not in the catalog, a second
drafting at the same time, and a folder that cannot be written. Who drafts is not known here.
"""

import fcntl
import os
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml

from ingest.build import read_corpus
from ingest.catalog import load_catalog, load_yaml
from ingest.documents import Part, Run, Unit
from ingest.errors import CatalogError, StoreError
from ingest.expected import ExpectedEntry, Finder
from ingest.fold import MASK, fold, read

FOLDER = Path("questions", "suggested")
"""Where drafts are, from the corpus."""
_HEAD = """\
# Drafted by a language model (balise ingest --suggest-questions); nobody has reviewed them, so they weigh less.
# To review an entry: correct it, remove `reviewed: false`, and move it to a file of corpus/questions.
"""
_LONGEST_QUOTE = 1500
_OWN = 0.8
"""Share of a stretch that must be the passage's own for the stretch to be its quote."""
_ABOUT = 80


@dataclass(frozen=True, slots=True)
class Unasked:
    """A passage that no expected question leads to, as a person reads it, and the entry that names it."""

    entry: ExpectedEntry
    title: str
    section: tuple[str, ...]
    text: str


class Survey:
    """What a corpus lacks. `units` are those that no entry leads to, an entry without wordings counted.

    `questions` are all the ways of asking that there are; `failures` name the documents that could not be read.
    """

    def __init__(self, corpus: Path, document: str | None = None) -> None:
        """Read the corpus; of one document only, if its id is given.

        Raises:
            CatalogError: a data file is wrong, or there is no such document.
        """
        catalog = load_catalog(corpus)
        known = [entry.id for entry in catalog.documents]
        if document is not None and document not in known:
            raise CatalogError(str(corpus), [f"no document {document!r} in the catalog; it has {', '.join(known)}"])
        contents, self.failures = read_corpus(corpus, catalog)
        self._texts = {stored.entry.id: stored.text for stored in contents.documents}
        self._titles = {stored.entry.id: stored.entry.title for stored in contents.documents}
        self._finder = Finder(self._texts, contents.units)
        named = {target.unit for target in contents.expectations.targets if target.id != target.unit}
        wanted = (unit for unit in contents.units if document in {None, unit.document})
        self.units = tuple(unit for unit in wanted if unit.id not in named)
        self.questions = tuple(question.text for question in contents.expectations.questions)

    def passage(self, unit: Unit) -> Unasked | None:
        """The passage of a unit; None when no quote tells it from another."""
        source = self._texts[unit.document]
        texts = [(part.name, read(source, part.runs).text) for part in unit.parts]
        words = next(text for name, text in texts if name != "lead" or len(texts) == 1)
        about = " · ".join(textwrap.shorten(one, _ABOUT, placeholder=" …") for one in (*unit.titles[-1:], words))
        for quote in _quotes(source, unit):
            for where in _wheres(unit.labels):
                entry = ExpectedEntry(
                    document=unit.document, about=about, quote=quote, where=where, fr=(), en=(), reviewed=False
                )
                found = self._finder.target(entry)
                if found is not None and found.unit == unit.id:
                    text = "\n".join(f"{name}: {text}" if name else text for name, text in texts)
                    return Unasked(entry, self._titles[unit.document], unit.titles, text)
        return None


def keep(corpus: Path, entry: ExpectedEntry) -> Path:
    """Add an entry to the file of its document, which is whole before and after; what people wrote there stays.

    Raises:
        CatalogError: the file is no YAML.
        StoreError: it cannot be written.
    """
    path = corpus / FOLDER / f"{entry.document}.yaml"
    before = path.read_text(encoding="utf-8") if path.exists() and load_yaml(path) else _HEAD
    fields = {name: value for name, value in entry.model_dump(mode="json").items() if name in _FIELDS}
    if not fields["where"]:
        del fields["where"]
    added = yaml.dump([fields], Dumper=_Indented, allow_unicode=True, sort_keys=False, width=110)
    aside = path.with_name(f".{path.name}.part")
    try:
        with aside.open("w", encoding="utf-8") as file:
            file.write(f"{before.rstrip()}\n\n{added}")
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror})") from error
    return path


@contextmanager
def alone(corpus: Path) -> Iterator[None]:
    """One drafting at a time: two would name the same passages twice. The lock goes with the process.

    Raises:
        StoreError: another one is running, or the folder cannot be made.
    """
    folder = corpus / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise StoreError(f"{folder}: the folder cannot be made ({error.strerror})") from error
    try:
        _hold(lock, folder)
        for leftover in folder.glob(".*.part"):
            leftover.unlink()
        yield
    finally:
        os.close(lock)


def _hold(lock: int, folder: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise StoreError(f"{folder}: another command is drafting questions; wait for it to end") from error


_FIELDS = ("document", "about", "quote", "where", "fr", "en", "reviewed")


class _Indented(yaml.SafeDumper):
    """Lists are set in under their key, as in the files that people write."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 (signature of the base class)
        super().increase_indent(flow, False)  # noqa: FBT003 (likewise)


def _quotes(source: str, unit: Unit) -> Iterator[str]:
    """Stretches of the source that may name a unit: all of it, each part, then each piece without a gap in it."""
    own = [part for part in unit.parts if part.name != "lead"] or list(unit.parts)
    parts = sorted(own, key=_length, reverse=True)
    stretches = [(_stretch(*own), sum(map(_length, own))), *((_stretch(part), _length(part)) for part in parts)]
    whole = [run for run, length in stretches if length >= _OWN * (run.end - run.start)]
    pieces = sorted((quote.text for part in own for quote in read(source, part.runs).quotes()), key=len, reverse=True)
    for quote in (*(fold(source[run.start : run.end]).strip() for run in whole), *pieces):
        if quote and len(quote) <= _LONGEST_QUOTE and MASK not in quote:
            yield quote


def _length(part: Part) -> int:
    return sum(run.end - run.start for run in part.runs)


def _stretch(*parts: Part) -> Run:
    runs = [run for part in parts for run in part.runs]
    return Run(min(run.start for run in runs), max(run.end for run in runs))


def _wheres(labels: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """What may be needed to tell the same words in two places: nothing, one label, all of them."""
    yield {}
    yield from ({key: value} for key, value in labels.items())
    if len(labels) > 1:
        yield dict(labels)
