"""The words of the pages: both languages, in their typography."""

import re
from pathlib import Path
from typing import get_args

import pytest

from assistant.conversation import Parameter, Status
from assistant.web import wording
from assistant.web.seams import NoOriginal
from assistant.web.wording import load_words
from ingest.catalog import Authority, CatalogEntry
from ingest.errors import CatalogError

FOLDER = Path(wording.__file__).parent
WORDS = load_words(FOLDER / "words.yaml")
CHOSEN = ("status_", "authority_", "parameter_", "notice_", "warning_", "original_", "state_")
TEMPLATES = "\n".join(path.read_text(encoding="utf-8") for path in sorted((FOLDER / "templates").glob("*.html")))


@pytest.mark.parametrize("key", WORDS["fr"])
def test_french_follows_its_typography(key: str) -> None:
    """A non-breaking space before a colon and inside guillemets, none before ; ? !, the curly apostrophe."""
    text = WORDS["fr"][key]
    assert not re.search(r"(?<!\u00a0):", text)
    assert not re.search(r"«(?!\u00a0)|(?<!\u00a0)»", text)
    assert not re.search(r"\s[;?!]", text)
    assert "'" not in text


@pytest.mark.parametrize("key", WORDS["fr"])
def test_both_languages_fill_the_same_names(key: str) -> None:
    """What a template fills in one language it fills in the other."""
    names = [sorted(re.findall(r"\{(\w+)\}", WORDS[language][key])) for language in ("fr", "en")]
    assert names[0] == names[1]


@pytest.mark.parametrize("key", [key for key in WORDS["fr"] if not key.startswith(CHOSEN)])
def test_every_text_is_used(key: str) -> None:
    """No text is left over when a template changes."""
    assert re.search(rf"\bt\.{key}\b", TEMPLATES)


def test_every_value_has_its_words() -> None:
    """What is chosen by a value (a status, an authority, a nature of parameter) has words for all values."""
    wanted = {
        *(f"status_{status}" for status in Status),
        *(f"authority_{authority}" for authority in get_args(Authority)),
        *(f"parameter_{status}" for status in get_args(Parameter.__annotations__["status"])),
        *(f"original_{reason}" for reason in NoOriginal),
        *(f"state_{status}" for status in get_args(CatalogEntry.model_fields["status"].annotation)),
        *("notice_invalid_span", "notice_some_invalid", "notice_span_not_shown", "notice_some_not_shown"),
        *("warning_local", "warning_unknown"),
        "original_masked",
        "parameter_status",
    }
    assert {key for key in WORDS["fr"] if key.startswith(CHOSEN)} == wanted


def test_a_text_without_one_language_is_refused(tmp_path: Path) -> None:
    """All that is wrong with the file is listed."""
    path = tmp_path / "words.yaml"
    path.write_text("a: {fr: x}\nb: {fr: x, en: y, de: z}\n", encoding="utf-8")
    with pytest.raises(CatalogError) as raised:
        load_words(path)
    assert len(raised.value.problems) == 2
