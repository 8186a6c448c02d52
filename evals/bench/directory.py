"""The documents of a bench: those of a corpus, or any folder of files, laid beside the program's own documents.

In: a folder. Out: a corpus that `balise ingest` reads, and the same documents as text, for who reads only text.
Refuses a folder without any document that the program reads.
"""

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

import yaml

from evals.errors import EvalError
from evals.outside.corpus import card, cards_of
from ingest.catalog import load_catalog
from ingest.errors import ReadError
from ingest.reading import READERS, is_marked, read_file

_TEXT = {".txt", ".md"}


def as_corpus(folder: Path, own: Path, work: Path) -> Path:
    """The folder itself when it is a corpus (with a catalog.yaml), else one made of its files beside our own corpus."""
    if (folder / "catalog.yaml").is_file():
        return folder
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in READERS)
    if not files:
        raise EvalError(str(folder), [f"no catalog.yaml, and no document ({', '.join(READERS)}) in it"])
    corpus = work / "corpus"
    shutil.copytree(own, corpus)
    cards = list(cards_of(own))
    for number, path in enumerate(files):
        name = f"document-{number:05d}"
        content = path.read_bytes()
        (corpus / "documents" / f"{name}{path.suffix.lower()}").write_bytes(content)
        layout = "marked" if is_marked(path) else "prose"
        digest = hashlib.sha256(content).hexdigest()
        cards.append(card(name, path.stem, f"{name}{path.suffix.lower()}", digest, layout))
    text = yaml.safe_dump({"documents": cards}, allow_unicode=True, sort_keys=False, width=1000)
    (corpus / "catalog.yaml").write_text(text, encoding="utf-8")
    return corpus


def text_files(corpus: Path, work: Path) -> tuple[Path, ...]:
    """Each document of a corpus as a text file: itself, or its words as we read them (a PDF, a Word file).

    A document that cannot be read is left out, as it is by `balise ingest`.
    """
    files: list[Path] = []
    for entry in load_catalog(corpus).documents:
        path = corpus / "documents" / entry.file
        if path.suffix.lower() not in _TEXT:
            try:
                text = read_file(path).text
            except ReadError:
                continue
            path = work / "text" / f"{path.stem}.txt"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        files.append(path)
    return tuple(files)


def characters(files: Sequence[Path]) -> int:
    """How much text there is."""
    return sum(len(file.read_text(encoding="utf-8")) for file in files)
