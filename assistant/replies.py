"""The fixed sentences of `prompts/replies.yaml`: looked up by key and language, their variables filled."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Template

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.conversation import Language
from assistant.errors import PromptError
from ingest.catalog import load_yaml


class _Sentence(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    fr: str
    en: str


class Replies:
    """Reviewed sentences in both languages."""

    def __init__(self, sentences: Mapping[str, Mapping[Language, str]]) -> None:
        self._sentences = sentences

    def say(self, key: str, language: Language, **variables: str) -> str:
        """The sentence with its variables; `PromptError` names a missing key or variable."""
        try:
            return Template(self._sentences[key][language]).substitute(variables)
        except KeyError as error:
            raise PromptError(f"reply {key!r} ({language}): {error} is missing") from error


def load_replies(prompts: Path, name: str = "replies.yaml") -> Replies:
    """Read a file of sentences; `PromptError` lists every wrong entry."""
    path = prompts / name
    try:
        read = TypeAdapter(dict[str, _Sentence]).validate_python(load_yaml(path))
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise PromptError(f"{path}:\n" + "\n".join(f"  - {problem}" for problem in problems)) from error
    problems = [problem for key, one in read.items() for problem in _problems(key, one)]
    if problems:
        raise PromptError(f"{path}:\n" + "\n".join(f"  - {problem}" for problem in problems))
    return Replies({key: {"fr": one.fr.strip(), "en": one.en.strip()} for key, one in read.items()})


def _problems(key: str, sentence: _Sentence) -> Iterator[str]:
    templates = {"fr": Template(sentence.fr), "en": Template(sentence.en)}
    wrong = [language for language, template in templates.items() if not template.is_valid()]
    for language in wrong:
        yield f"{key}.{language}: a $ that starts no variable is written $$"
    if not wrong and set(templates["fr"].get_identifiers()) != set(templates["en"].get_identifiers()):
        yield f"{key}: the two languages do not have the same variables"
    if not sentence.fr.strip() or not sentence.en.strip():
        yield f"{key}: a sentence is empty"
