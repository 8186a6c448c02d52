"""The words of the desk: both languages, in their typography, none missing, none left over."""

import re
from pathlib import Path

import pytest

from assistant.correspondence.reply import Section
from assistant.desk.events import Event
from assistant.desk.values import Role, Stage
from assistant.web.desk_shell import WORDS as PATH
from assistant.web.wording import load_words

WORDS = load_words(PATH)
SITE = load_words(PATH.parent / "words.yaml")
FOLDER = PATH.parent / "templates" / "desk"
TEMPLATES = "\n".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.html")))
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for folder in (Path(PATH).parent, PATH.parents[1] / "desk")
    for path in sorted(folder.glob("*.py"))
)
CHOSEN = ("stage_", "event_", "role_", "section_", "ended_", "age_", "done_", "refused_")


@pytest.mark.parametrize("key", WORDS["fr"])
def test_french_at_the_desk_follows_its_typography(key: str) -> None:
    """A non-breaking space before a colon and inside guillemets, none before ; ? !, the curly apostrophe."""
    text = WORDS["fr"][key]
    assert not re.search(r"(?<!\u00a0):", text)
    assert not re.search(r"«(?!\u00a0)|(?<!\u00a0)»", text)
    assert not re.search(r"\s[;?!]", text)
    assert "'" not in text


@pytest.mark.parametrize("key", WORDS["fr"])
def test_both_languages_of_the_desk_fill_the_same_names(key: str) -> None:
    """And neither is empty."""
    names = [sorted(re.findall(r"\{(\w+)\}", WORDS[language][key])) for language in ("fr", "en")]
    assert names[0] == names[1]
    assert all(WORDS[language][key].strip() for language in ("fr", "en"))


@pytest.mark.parametrize("key", [key for key in WORDS["fr"] if not key.startswith(CHOSEN)])
def test_every_text_of_the_desk_is_used(key: str) -> None:
    """No text is left over when a template changes; none hides one of the site."""
    assert re.search(rf"\bt\.{key}\b", TEMPLATES)
    assert key not in SITE["fr"]


@pytest.mark.parametrize(
    ("prefix", "values"), [("stage_", Stage), ("event_", Event), ("role_", Role), ("section_", Section)]
)
def test_every_value_of_the_desk_has_its_words(prefix: str, values: type[Stage | Event | Role | Section]) -> None:
    """All values, and no other."""
    assert {key for key in WORDS["fr"] if key.startswith(prefix)} == {f"{prefix}{one.value}" for one in values}


def of(prefix: str) -> set[str]:
    """What stands after this prefix in the keys that have it."""
    return {key.removeprefix(prefix) for key in WORDS["fr"] if key.startswith(prefix)}


def test_every_refusal_and_every_success_has_its_words() -> None:
    """The codes that the code raises, the marks that it puts in addresses, the reasons of ended replies."""
    raised = set(re.findall(r"(?<!Settings)Error\(\"(\w+)\"\)", CODE)) | {"http_401", "http_403", "http_429"}
    assert of("refused_") - {"title", "back"} == raised
    steps = {name.replace("-", "_") for name in re.findall(r"^\s+\"([a-z-]+)\": review\.", CODE, re.MULTILINE)}
    done = steps | set(re.findall(r"done=\"(\w+)\"", CODE)) | {"saved", "saved_flagged"}
    assert of("done_") == done
    ended = set(re.findall(r"\"(withdrawn|\w+_changed)\"", CODE)) - {Event.ACCOUNT_CHANGED.value}
    assert of("ended_") == ended
