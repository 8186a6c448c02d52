"""A model that cannot be used is named with the remedy, and the service runs without it."""

import importlib.util
import logging
from pathlib import Path
from typing import Any

import pytest
from model_server import Move, Refuse, Text, model_server
from model_world import parts

from assistant.errors import SettingsError
from assistant.model import providers
from assistant.model.chat import LangChainModel
from assistant.model.connect import ModelSetupError, connect, try_out
from assistant.model.values import ModelOptions
from assistant.model_assembly import model_steps, options_of
from assistant.settings import Settings


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"name": "gpt"}, ("BALISE_LLM", "provider:model")),
        ({"name": "openai:"}, ("BALISE_LLM", "provider:model")),
        ({"name": "nobody:x"}, ("BALISE_LLM", "nobody")),
        ({"name": "openai:x", "url": "ftp://host/v1"}, ("BALISE_LLM_URL", "ftp://host/v1")),
        ({"name": "openai:x", "url": "host/v1"}, ("BALISE_LLM_URL", "host/v1")),
        ({"name": "openai:x", "only_host": "ici"}, ("BALISE_LLM_ONLY_HOST", "BALISE_LLM_URL is not set")),
        ({"name": "openai:x", "only_host": "ici", "url": "https://la/v1"}, ("BALISE_LLM_ONLY_HOST", "'ici'", "'la'")),
        ({"name": "openai:x", "only_host": "ici", "url": "https://ici@la/v1"}, ("BALISE_LLM_ONLY_HOST", "'la'")),
        ({"name": "groq:x", "only_host": "ici", "url": "https://ici/v1"}, ("BALISE_LLM_ONLY_HOST", "groq")),
        ({"name": "openai:x"}, ("BALISE_LLM", "refused by its library")),  # no key anywhere
    ],
)
def test_what_is_wrong_is_said_with_the_setting(
    options: dict[str, Any], expected: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is sent."""
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ModelSetupError) as caught:
        connect(ModelOptions(**options))
    assert [words for words in expected if words not in str(caught.value)] == []


@pytest.mark.parametrize("provider", providers.EXTRAS)
def test_a_missing_package_is_named_with_its_extra(provider: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """And how to install it."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ModelSetupError, match=rf"balise\[{providers.EXTRAS[provider][1]}\]"):
        connect(ModelOptions(f"{provider}:x"))


def test_the_only_host_may_be_written_in_capitals() -> None:
    """Hosts are the same in any case."""
    connect(ModelOptions("openai:x", url="http://LocalHost:1/v1", only_host="localhost")).close()


def tried(move: Move) -> str:
    """What trying out a model that does this says."""
    with model_server([move]) as server:
        model = LangChainModel(ModelOptions("openai:x", url=server.url))
        try:
            return try_out(model)
        finally:
            model.close()


@pytest.mark.parametrize(
    ("status", "expected"), [(401, "BALISE_LLM_KEY"), (403, "BALISE_LLM_KEY"), (404, "BALISE_LLM:")]
)
def test_a_bad_key_and_an_unknown_model_are_found_at_start(status: int, expected: str) -> None:
    """They will not mend themselves."""
    with pytest.raises(ModelSetupError, match=expected):
        tried(Refuse(status))


def test_a_model_that_may_come_back_is_kept() -> None:
    """A server that is busy or starting is a warning."""
    assert tried(Text("ready")) == ""
    assert "busy" in tried(Refuse(429))


@pytest.mark.parametrize(
    "wrong",
    [
        {"llm": "gpt"},
        {"llm": "openai:x", "llm_only_host": "ailleurs.example"},
        {"llm": "openai:x", "llm_key_file": Path("nowhere")},
        {"llm": "openai:x", "llm_url": "http://h/v1", "prompts": Path("nowhere")},
    ],
)
def test_the_service_runs_without_a_model_that_cannot_be_used(
    wrong: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    """One warning with the reason; no step is extended."""
    with caplog.at_level(logging.WARNING):
        steps = model_steps(Settings(**wrong), parts())
    assert (dict(steps.extend), steps.model) == ({}, None)
    assert steps.reason
    assert steps.reason in caplog.text


def test_a_refused_key_is_found_when_the_server_starts(caplog: pytest.LogCaptureFixture) -> None:
    """Not at the first question."""
    with model_server([Refuse(401)]) as server, caplog.at_level(logging.WARNING):
        steps = model_steps(Settings(llm="openai:x", llm_url=server.url), parts(), probe=True)
    assert "BALISE_LLM_KEY" in steps.reason
    assert len(server.requests) == 1


def test_without_a_model_nothing_is_extended_and_nothing_said(caplog: pytest.LogCaptureFixture) -> None:
    """The default."""
    assert options_of(Settings()) is None
    steps = model_steps(Settings(), parts())
    assert (dict(steps.extend), steps.reason, caplog.text) == ({}, "", "")


def test_the_key_comes_from_the_environment_or_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file wins; a file that cannot be read is named; the key is not shown."""
    monkeypatch.setenv("BALISE_LLM", "openai:x")
    monkeypatch.setenv("BALISE_LLM_KEY", "from-environment")
    found = options_of(Settings())
    assert found is not None
    assert found.key == "from-environment"
    (tmp_path / "key").write_text(" from-file\n")
    monkeypatch.setenv("BALISE_LLM_KEY_FILE", str(tmp_path / "key"))
    found = options_of(Settings())
    assert found is not None
    assert found.key == "from-file"
    assert "from-" not in repr(found) + repr(Settings())
    monkeypatch.setenv("BALISE_LLM_KEY_FILE", str(tmp_path / "none"))
    with pytest.raises(SettingsError, match="none"):
        options_of(Settings())
