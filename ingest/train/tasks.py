"""Yardsticks declared in a YAML file: questions, documents and which document answers which question.

A retrieval task reads questions and documents from JSON Lines files by field names; a similarity task reads a table
of sentence pairs with a human score. Groups that the model was trained on are left out by the same rule as in the
recipe (`ingest.train.pairs.held_out`).
"""

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from ingest.catalog import load_yaml
from ingest.errors import CatalogError
from ingest.train.pairs import Row, find_file, held_out, read_rows, values


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Questions(_Strict):
    """`text` is asked, `answer` names the right document(s); only held-out groups are asked when a share is given."""

    files: tuple[str, ...]
    text: str
    answer: str
    group: str | None = None
    held_out: float = 1.0
    minimum_words: int = 1


class Documents(_Strict):
    """`id` is what `Questions.answer` refers to; a text found twice stands once for each id."""

    files: tuple[str, ...]
    id: str
    text: str


class RetrievalTask(_Strict):
    """`leave_out`: a document whose text is the question itself is not shown to it."""

    title: str
    questions: Questions
    documents: Documents
    sample: int = 2_000
    leave_out: bool = False


class SimilarityTask(_Strict):
    """A tab-separated table with columns `sentence1`, `sentence2`, `score`."""

    title: str
    file: str


class Tasks(_Strict):
    """All tasks, in the order of the report."""

    retrieval: tuple[RetrievalTask, ...] = Field(min_length=1)
    similarity: tuple[SimilarityTask, ...] = ()


@dataclass(frozen=True, slots=True)
class Bench:
    """A retrieval task read from its files: `right[i]` and `hidden[i]` are document numbers for question `i`."""

    title: str
    questions: tuple[str, ...]
    documents: tuple[str, ...]
    right: tuple[frozenset[int], ...]
    hidden: tuple[frozenset[int], ...]


def load_tasks(path: Path) -> Tasks:
    """Read a task file; `CatalogError` lists all its problems."""
    try:
        return TypeAdapter(Tasks).validate_python(load_yaml(path))
    except ValidationError as error:
        problems = [f"{'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in error.errors()]
        raise CatalogError(str(path), problems) from error


def read_bench(task: RetrievalTask, folders: Sequence[Path]) -> Bench:
    """Read the files of a retrieval task; questions without a known document are left out."""
    documents = list(dict.fromkeys(_documents(task.documents, folders)))
    by_id: dict[str, set[int]] = {}
    by_text: dict[str, set[int]] = {}
    for number, (name, text) in enumerate(documents):
        by_id.setdefault(name, set()).add(number)
        by_text.setdefault(text, set()).add(number)
    asked = list(dict.fromkeys(_questions(task.questions, folders)))
    hidden = [frozenset(by_text.get(text, ())) if task.leave_out else frozenset[int]() for text, _ in asked]
    right = [frozenset(n for name in names for n in by_id.get(name, ())) for _, names in asked]
    known = [i for i in range(len(asked)) if right[i] - hidden[i]]
    kept = sorted(random.Random(0).sample(known, min(task.sample, len(known))))  # noqa: S311 (a sample, not a secret)
    return Bench(
        task.title,
        tuple(asked[i][0] for i in kept),
        tuple(text for _, text in documents),
        tuple(right[i] - hidden[i] for i in kept),
        tuple(hidden[i] for i in kept),
    )


def read_similarity(task: SimilarityTask, folders: Sequence[Path]) -> tuple[list[str], list[str], list[float]]:
    """The two columns of sentences and the scores."""
    with find_file(task.file, folders).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [r["sentence1"] for r in rows], [r["sentence2"] for r in rows], [float(r["score"]) for r in rows]


def _rows(files: Sequence[str], folders: Sequence[Path]) -> Iterator[Row]:
    for name in files:
        yield from read_rows(find_file(name, folders))


def _documents(source: Documents, folders: Sequence[Path]) -> Iterator[tuple[str, str]]:
    for row in _rows(source.files, folders):
        for text in values(row, source.text):
            yield str(row[source.id]), text


def _questions(source: Questions, folders: Sequence[Path]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for row in _rows(source.files, folders):
        if source.group and not held_out(str(row[source.group]), source.held_out):
            continue
        for text in values(row, source.text):
            if len(text.split()) >= source.minimum_words:
                yield text, tuple(values(row, source.answer))
