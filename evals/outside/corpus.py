"""Outside passages as a corpus of this program: a catalog and one Markdown file for each document they come from.

In: a `DataSet`, a folder that does not exist yet. Out: a folder that `balise ingest` reads, alone or beside the
documents of a corpus that exists. The words of a passage stay as they are, white space folded.
"""

import bisect
import hashlib
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from evals.errors import EvalError
from evals.outside.dataset import DataSet, OutsidePassage
from ingest.catalog import load_yaml
from ingest.index import Index

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#+\-!|~.()&])")
_PREFIX = "hors"
_NO_FIGURES = "# Outside data has no figure of the policy.\nfigures: []\npassages: []\n"


def write_documents(data: DataSet, folder: Path, beside: Path | None = None, *, headings: bool = True) -> int:
    """Write the corpus; how many documents were written. `beside`: a corpus to copy first, questions and gaps too.

    With `headings`, the heading of a passage is written (and so searched) above it.
    Raises `EvalError` when the folder is there already.
    """
    if folder.exists():
        raise EvalError(str(folder), ["it exists already; name a new folder"])
    if beside is None:
        (folder / "documents").mkdir(parents=True)
        (folder / "figures").mkdir()
        (folder / "figures" / "none.yaml").write_text(_NO_FIGURES, encoding="utf-8")
    else:
        shutil.copytree(beside, folder)
    cards: list[Mapping[str, Any]] = [] if beside is None else list(cards_of(beside))
    grouped = documents_of(data.passages)
    for number, (title, passages) in enumerate(grouped.items()):
        content = _markdown(passages, headings=headings).encode()
        name = f"{_PREFIX}-{number:05d}"
        (folder / "documents" / f"{name}.md").write_bytes(content)
        cards.append(card(name, title, f"{name}.md", hashlib.sha256(content).hexdigest(), "marked"))
    text = yaml.safe_dump({"documents": cards}, allow_unicode=True, sort_keys=False, width=1000)
    (folder / "catalog.yaml").write_text(text, encoding="utf-8")
    return len(grouped)


def documents_of(passages: Iterable[OutsidePassage]) -> dict[str, list[OutsidePassage]]:
    """The passages of each document, by title, in the order of the data set."""
    grouped: dict[str, list[OutsidePassage]] = {}
    for title, some in groupby(passages, key=lambda passage: passage.document):
        grouped.setdefault(title, []).extend(some)
    return grouped


def passage_by_unit(data: DataSet, index: Index) -> dict[str, str]:
    """The passage that each unit of the written documents comes from, by ids.

    Raises `EvalError` when a document as it was read does not have the lines that were written.
    """
    found: dict[str, str] = {}
    for number, passages in enumerate(documents_of(data.passages).values()):
        document = f"{_PREFIX}-{number:05d}"
        starts = _line_starts(index.documents[document].text)
        if len(starts) != len(passages):
            raise EvalError(document, [f"{len(passages)} passages were written, {len(starts)} lines were read"])
        for unit in index.units_by_document[document]:
            place = bisect.bisect_right(starts, unit.parts[0].runs[0].start) - 1
            found[unit.id] = passages[place].id
    return found


def _line_starts(text: str) -> list[int]:
    """Where each line of words starts; headings are left out."""
    return [match.start() for match in re.finditer(r"^(?!#{1,6} )[^\n]*\S", text, re.MULTILINE)]


def _markdown(passages: Sequence[OutsidePassage], *, headings: bool) -> str:
    lines = []
    for passage in passages:
        if headings and passage.heading:
            lines.append(f"## {_escaped(passage.heading)}")
        lines.append(_escaped(passage.text))
    return "\n\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    """The words on one line, none of them a mark of Markdown."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def cards_of(corpus: Path) -> Sequence[Mapping[str, Any]]:
    """The entries of a catalog as they are written. Raises `EvalError` when it has none."""
    catalog = load_yaml(corpus / "catalog.yaml")
    if not isinstance(catalog, dict) or not isinstance(catalog.get("documents"), list):
        raise EvalError(str(corpus), ["its catalog.yaml has no list of documents"])
    entries: list[Mapping[str, Any]] = catalog["documents"]
    return entries


def card(name: str, title: str, file: str, digest: str, layout: str) -> dict[str, Any]:
    """The entry of a document of which nothing but its title is known."""
    return {
        "id": name, "title": title, "short_title": title, "issuer": "unknown", "authority": "unknown",
        "kind": "outside data", "language": "fr", "issued": "unknown", "validity": "unknown", "status": "current",
        "file": file, "original_file": file, "sha256": digest, "published_at": "unknown", "layout": layout,
    }  # fmt: skip
