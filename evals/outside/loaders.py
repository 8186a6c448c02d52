"""Files of outside data to a `DataSet`: SQuAD (nested JSON), question→passage folders, headed sections of laws.

In: a path. Out: passages and questions. A file that cannot be read as what it is said to be is refused with every
problem at once, each with its line. Fields that we have no use for are left unread: the files are not ours.
"""

import gzip
import json
import lzma
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.errors import EvalError
from evals.outside.dataset import DataSet, OutsidePassage, OutsideQuestion, dangling


class _Row(BaseModel):
    # The fields that we do not use differ from one data set to the next.
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Answer(_Row):
    text: str


class _Qa(_Row):
    id: str | int
    question: str
    answers: tuple[_Answer, ...] = ()
    is_impossible: bool = False


class _Paragraph(_Row):
    context: str
    qas: tuple[_Qa, ...]


class _Article(_Row):
    title: str = ""
    paragraphs: tuple[_Paragraph, ...]


class _Squad(_Row):
    data: tuple[_Article, ...]


class _Document(_Row):
    id: str
    text: str
    title: str = ""


class _Query(_Row):
    id: str
    question: str
    doc_ids: tuple[str, ...] = ()
    passage_id: str = ""
    answers: tuple[str | _Answer, ...] = ()
    is_impossible: bool = False


class _Section(_Row):
    title_fr: str
    heading_fr: str
    text_fr: str
    heading_en: str | None = None
    text_en: str | None = Field(default=None, exclude=True)


def load_squad(path: Path) -> DataSet:
    """SQuAD 1.1 or 2.0 (`{"data": [{"paragraphs": [{"context", "qas"}]}]}`), or the same data as a folder of lines.

    Questions said to be impossible are left out: no passage answers them.
    """
    if path.is_dir():
        return load_passages(path)
    try:
        squad = _Squad.model_validate_json(path.read_bytes())
    except OSError as error:
        raise EvalError(str(path), [f"cannot be read: {error}"]) from error
    except ValidationError as error:
        raise EvalError(str(path), _problems(error)) from error
    passages: list[OutsidePassage] = []
    questions: list[OutsideQuestion] = []
    for rank, article in enumerate(squad.data):
        for place, paragraph in enumerate(article.paragraphs):
            name = f"{rank:04d}-{place:03d}"
            passages.append(OutsidePassage(name, article.title or f"{rank:04d}", paragraph.context))
            questions += (
                OutsideQuestion(str(qa.id), qa.question, frozenset({name}), tuple(one.text for one in qa.answers))
                for qa in paragraph.qas
                if not qa.is_impossible
            )
    return _checked(path, passages, questions)


def load_passages(folder: Path) -> DataSet:
    """A folder of `docs.jsonl` (or `passages.jsonl`) and `queries.jsonl` (or `questions.jsonl`).

    A document has `id`, `text` and perhaps `title`; a question has `id`, `question`, and `doc_ids` or `passage_id`.
    Titles are not searched: in sets of frequent questions, the title is the question.
    """
    documents = _read(_either(folder, "docs.jsonl", "passages.jsonl"), _Document)
    queries = _read(_either(folder, "queries.jsonl", "questions.jsonl"), _Query)
    passages = [OutsidePassage(row.id, row.title or row.id, row.text) for row in documents]
    questions = [
        OutsideQuestion(row.id, row.question, frozenset(row.doc_ids or {row.passage_id}), _texts(row.answers))
        for row in queries
        if not row.is_impossible
    ]
    return _checked(folder, passages, questions)


def load_sections(path: Path) -> DataSet:
    """Lines `{"title_fr", "heading_fr", "text_fr", "heading_en"}` (may be .xz or .gz): heading → section.

    A heading asks for its section, in French and in English, where no other section has the same one.
    """
    rows = list(_read(path, _Section))
    passages = [
        OutsidePassage(f"s{number}", row.title_fr, row.text_fr, row.heading_fr) for number, row in enumerate(rows)
    ]
    french = Counter(row.heading_fr.casefold() for row in rows)
    english = Counter((row.heading_en or "").casefold() for row in rows)
    questions: list[OutsideQuestion] = []
    for number, row in enumerate(rows):
        leads_to = frozenset({f"s{number}"})
        if row.heading_fr and french[row.heading_fr.casefold()] == 1:
            questions.append(OutsideQuestion(f"s{number}/fr", row.heading_fr, leads_to))
        if row.heading_en and english[row.heading_en.casefold()] == 1:
            questions.append(OutsideQuestion(f"s{number}/en", row.heading_en, leads_to, language="en"))
    return _checked(path, passages, questions)


LOADERS: Mapping[str, Callable[[Path], DataSet]] = {
    "squad": load_squad,
    "passages": load_passages,
    "sections": load_sections,
}
"""The forms that are read, by the word that names them on the command line."""


def _checked(path: Path, passages: list[OutsidePassage], questions: list[OutsideQuestion]) -> DataSet:
    problems = dangling(passages, questions) or ([] if passages and questions else ["no passage or no question in it"])
    if problems:
        raise EvalError(str(path), problems)
    return DataSet(path.resolve().name.partition(".")[0], tuple(passages), tuple(questions))


def _texts(answers: tuple[str | _Answer, ...]) -> tuple[str, ...]:
    return tuple(answer if isinstance(answer, str) else answer.text for answer in answers)


def _either(folder: Path, *names: str) -> Path:
    found = next((folder / name for name in names if (folder / name).is_file()), None)
    if found is None:
        raise EvalError(str(folder), [f"none of {', '.join(names)} in it"])
    return found


_Model = TypeVar("_Model", bound=_Row)


def _read(path: Path, model: type[_Model]) -> tuple[_Model, ...]:
    """The rows of a file of JSON lines; every line that is not one is a problem."""
    rows: list[_Model] = []
    problems: list[str] = []
    try:
        for number, line in _lines(path):
            try:
                rows.append(model.model_validate(json.loads(line)))
            except json.JSONDecodeError as error:
                problems.append(f"line {number}: not JSON: {error}")
            except ValidationError as error:
                problems += [f"line {number}: {problem}" for problem in _problems(error)]
    except (OSError, EOFError, UnicodeDecodeError, lzma.LZMAError) as error:
        raise EvalError(str(path), [f"cannot be read: {error}"]) from error
    if problems:
        raise EvalError(str(path), problems)
    return tuple(rows)


_OPENERS: Mapping[str, Callable[..., IO[Any]]] = {".xz": lzma.open, ".gz": gzip.open}


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    with _OPENERS.get(path.suffix, open)(path, "rt", encoding="utf-8") as file:
        yield from ((number, line) for number, line in enumerate(file, start=1) if line.strip())


def _problems(error: ValidationError) -> list[str]:
    return [f"{'.'.join(map(str, one['loc'])) or 'file'}: {one['msg']}" for one in error.errors()]
