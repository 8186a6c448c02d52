"""The fixed sentences: found by key and language, complete in both, every problem of the file listed at once."""

import ast
import re
from pathlib import Path
from string import Template

import pytest
import yaml
from core_fakes import PROMPTS, ROOT, real_replies

from assistant.errors import PromptError
from assistant.replies import Replies, load_replies
from ingest.errors import CatalogError


def written(folder: Path, content: object) -> Path:
    """A prompts folder with this file of replies."""
    (folder / "replies.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return folder


def test_a_sentence_is_said_in_the_language_asked_with_its_variables(tmp_path: Path) -> None:
    """White space around it does not count."""
    replies = load_replies(written(tmp_path, {"a": {"fr": " Écrivez à $email. \n", "en": "Write to $email. $$5"}}))
    assert replies.say("a", "fr", email="x@y.ca") == "Écrivez à x@y.ca."
    assert replies.say("a", "en", email="x@y.ca") == "Write to x@y.ca. $5"


def test_what_is_missing_is_named() -> None:
    """The key, or the variable."""
    replies = Replies({"a": {"fr": "$email", "en": "$email"}})
    with pytest.raises(PromptError, match="'b'"):
        replies.say("b", "fr")
    with pytest.raises(PromptError, match="email"):
        replies.say("a", "en")


def test_every_problem_of_the_file_is_listed(tmp_path: Path) -> None:
    """A language that is missing, an unknown one, a bare $, other variables, an empty sentence."""
    with pytest.raises(PromptError) as caught:
        load_replies(written(tmp_path, {"a": {"fr": "x"}, "b": {"fr": "x", "en": "y", "es": "z"}}))
    assert all(name in str(caught.value) for name in ("a.en", "b.es"))
    wrong = {"c": {"fr": "5 $.", "en": "$5"}, "d": {"fr": "$un", "en": "$deux"}, "e": {"fr": " ", "en": "x"}}
    with pytest.raises(PromptError) as caught:
        load_replies(written(tmp_path, wrong))
    assert all(name in str(caught.value) for name in ("c.fr", "c.en", "d:", "e:"))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """With the remedy."""
    with pytest.raises(CatalogError, match=r"replies\.yaml"):
        load_replies(tmp_path)


def sentences() -> dict[str, dict[str, str]]:
    """The real file."""
    read: dict[str, dict[str, str]] = yaml.safe_load((PROMPTS / "replies.yaml").read_text(encoding="utf-8"))
    return read


@pytest.mark.parametrize("key", sorted(sentences()))
def test_a_real_sentence_can_be_said_in_both_languages(key: str) -> None:
    """And its French has the no-break spaces of Québec usage, and none where there is none."""
    for language in ("fr", "en"):
        names = Template(sentences()[key][language]).get_identifiers()
        assert real_replies().say(key, language, **dict.fromkeys(names, "X"))  # type: ignore[arg-type]
    french = real_replies().say(key, "fr", **dict.fromkeys(names, "X"))
    assert not re.search(r"\s[;?!]|[^\s\u00a0][:»](?!/)| :|« | »|\d [$%]|'", french)


def test_every_sentence_that_the_program_says_is_in_the_file_and_the_reverse() -> None:
    """Keys written in the code; one made of a prefix and a value counts for all with that prefix."""
    known, said, prefixes = set(sentences()), set(), set()
    for path in [*(ROOT / "assistant").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and node.value in known:
                said.add(node.value)
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                prefixes.add(str(node.values[0].value))
            if isinstance(node, ast.Call) and node.args and ast.unparse(node.func).endswith("replies.say"):
                key = node.args[0]
                assert not isinstance(key, ast.Constant) or not isinstance(key.value, str) or key.value in known, path
    said |= {key for key in known for prefix in prefixes if prefix.endswith("_") and key.startswith(prefix)}
    assert known - said == set()
