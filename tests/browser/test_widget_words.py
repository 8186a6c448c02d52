"""The words of the widget: both languages, their typography, and the same words as the pages and the tools."""

import json
import re
from pathlib import Path

import pytest

from assistant import inputs
from assistant.tools import needs
from assistant.web import wording
from assistant.web.wording import load_words

WEB = Path(wording.__file__).parent
FOLDER = WEB / "widget"
WORDS = json.loads((FOLDER / "words.json").read_text(encoding="utf-8"))
INPUTS = json.loads((FOLDER / "inputs.json").read_text(encoding="utf-8"))
PAGES = load_words(WEB / "words.yaml")
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.js")))
CHOSEN = ("status_", "authority_", "parameter_", "eligibility_", "reason_", "who_", "suggest_", "step_", "failed_")
OTHER_IN_THE_WIDGET = {"citations_title", "nearest_title", "unknown"}


def seen(text: str) -> str:
    """With its « ~ » as non-breaking spaces."""
    return text.replace("~", "\u00a0")


@pytest.mark.parametrize("key", WORDS)
def test_french_follows_its_typography(key: str) -> None:
    """A non-breaking space before a colon and inside guillemets, none before ; ? !, the curly apostrophe."""
    text = seen(WORDS[key]["fr"])
    assert not re.search(r"(?<!\u00a0):", text)
    assert not re.search(r"«(?!\u00a0)|(?<!\u00a0)»", text)
    assert not re.search(r"\s[;?!]", text)
    assert not re.search(r"\d [%$]|\d M\$", text)
    assert "'" not in text


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_are_there_and_fill_the_same_names(key: str) -> None:
    """What is filled in one language is filled in the other."""
    assert set(WORDS[key]) == {"fr", "en"}
    names = [sorted(re.findall(r"\{(\w+)\}", WORDS[key][language])) for language in ("fr", "en")]
    assert names[0] == names[1]
    assert all(WORDS[key].values())


@pytest.mark.parametrize("key", [key for key in WORDS if not key.startswith(CHOSEN)])
def test_every_text_is_used(key: str) -> None:
    """No text is left over when the source changes."""
    assert re.search(rf'"{key}"', SOURCE)


@pytest.mark.parametrize(
    "key", sorted({k for k in WORDS if k.startswith(("status_", "authority_", "parameter_"))} | OTHER_IN_THE_WIDGET)
)
def test_the_widget_and_the_pages_say_the_same(key: str) -> None:
    """A status, an authority, a title is called the same with and without scripts."""
    assert {language: seen(WORDS[key][language]) for language in ("fr", "en")} == {
        language: PAGES[language][key] for language in ("fr", "en")
    }


def test_every_status_and_authority_of_the_pages_has_its_words() -> None:
    """The widget knows all that the contract may say."""
    chosen = {key for key in PAGES["fr"] if key.startswith(("status_", "authority_", "parameter_"))}
    assert {key for key in chosen if not key.startswith("status_of_")} <= set(WORDS)


@pytest.mark.parametrize("name", needs._NAMES)
def test_every_missing_input_has_its_field(name: str) -> None:
    """Under the very words that an answer uses for it, in both languages."""
    found = INPUTS["asked"][name]
    wanted = needs._NAMES[name]
    assert {"fr": found["fr"], "en": found["en"]} == {"fr": wanted["fr"], "en": wanted["en"]}
    assert set(INPUTS["asked"]) == set(needs._NAMES)


def test_every_given_input_has_its_label() -> None:
    """The same labels and kinds as the pages without scripts."""
    labels = {name: {"fr": words["fr"], "en": words["en"]} for name, words in inputs._NAMES.items()}
    found = {name: {"fr": one["fr"], "en": one["en"]} for name, one in INPUTS["given"].items()}
    assert {name: found[name] for name in labels} == labels
    kinds = {name: one.get("kind") for name, one in INPUTS["given"].items()}
    assert {name for name, kind in kinds.items() if kind == "money"} == inputs._MONEY
    assert {name for name, kind in kinds.items() if kind == "percent"} == inputs._PERCENT
    assert {name for name, kind in kinds.items() if kind is None} == inputs._AS_TYPED
    ranked = {name: one["ranked"] for name, one in INPUTS["given"].items() if "ranked" in one}
    assert ranked == {name: {"fr": words["fr"], "en": words["en"]} for name, words in inputs._RANKED.items()}
