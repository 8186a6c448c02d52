"""Settings come from the environment, once; every wrong one is named."""

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.errors import SettingsError
from assistant.settings import ROOT, Settings, load_settings
from ingest.embed import EMBEDDED_MODEL


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of the person who runs the tests counts."""
    for name in [name for name in os.environ if name.startswith("BALISE_")]:
        monkeypatch.delenv(name)


def test_nothing_needs_to_be_set() -> None:
    """The defaults are the folders of the repository, the embedded model and the loopback address."""
    settings = load_settings()
    assert (settings.corpus, settings.prompts, settings.data) == (ROOT / "corpus", ROOT / "prompts", ROOT / "var")
    assert settings.embedding_model == str(EMBEDDED_MODEL)
    assert (settings.host, settings.allow_model_download) == ("127.0.0.1", False)


def test_each_field_is_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """By its name in capitals after the prefix."""
    given = {"CORPUS": "/c", "PORT": "1234", "GATE": "0.25", "ALLOW_MODEL_DOWNLOAD": "true", "QUESTION_LIMIT": "300"}
    for name, value in given.items():
        monkeypatch.setenv(f"BALISE_{name}", value)
    settings = load_settings()
    assert (settings.corpus, settings.port, settings.gate) == (Path("/c"), 1234, 0.25)
    assert (settings.allow_model_download, settings.question_limit) == (True, 300)


def test_every_wrong_value_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """With its variable and what it accepts."""
    for name, value in {"PORT": "70000", "GATE": "beaucoup", "QUESTION_LIMIT": "1", "BODY_LIMIT": "12"}.items():
        monkeypatch.setenv(f"BALISE_{name}", value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    lines = str(caught.value).splitlines()[1:]
    assert [line.split(":")[0].strip("- ") for line in sorted(lines)] == [
        "BALISE_BODY_LIMIT", "BALISE_GATE", "BALISE_PORT", "BALISE_QUESTION_LIMIT",
    ]  # fmt: skip
    assert caught.value.__cause__ is not None


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """`BALISE_DATA=` in an environment file means the default folder, not the current one."""
    monkeypatch.setenv("BALISE_DATA", "")
    assert load_settings().data == ROOT / "var"


def test_settings_do_not_change_and_take_no_unknown_name() -> None:
    """They are handed down as they were built."""
    settings = load_settings()
    with pytest.raises(ValidationError):
        settings.port = 1
    with pytest.raises(ValidationError):
        Settings(prot=1)  # type: ignore[call-arg]


def test_every_setting_says_what_it_is_for() -> None:
    """Its description is what README shows."""
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
