"""The small parts around a language model: prompts, fences, breaker, typography, the reading of replies."""

import json
import shutil
from pathlib import Path

import pytest
from core_fakes import PROMPTS
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import PromptError
from assistant.model.breaker import FAILURES, PAUSE_SECONDS, Breaker
from assistant.model.values import ModelError, Reason, Reply, ToolCall
from assistant.model_composer.fence import fence_of, inert
from assistant.model_composer.reply import read_reply
from assistant.model_composer.typography import NBSP, tidy
from assistant.prompts import VARIABLES, load_prompts


def test_every_prompt_is_filled_by_its_variables() -> None:
    """Nothing is left of `$name`; the digest is that of the file."""
    prompts = load_prompts(PROMPTS)
    for name, variables in VARIABLES.items():
        system, user = prompts[name].fill(**{one: f"<{one}>" for one in variables})
        assert "$" not in system + user
        assert all(f"<{one}>" in system + user for one in variables)
    assert set(prompts.digests("compose", "retry")) == {"compose", "retry"}


def test_every_variable_that_is_not_given_is_listed() -> None:
    """All at once."""
    with pytest.raises(PromptError, match="documents, fence, history, language, passages, question"):
        load_prompts(PROMPTS)["compose"].fill(computed="")


def test_every_problem_of_every_prompt_is_listed(tmp_path: Path) -> None:
    """A missing file, a missing variable, an unknown one, a lone $, no line between."""
    for path in PROMPTS.glob("*.md"):
        shutil.copy(path, tmp_path)
    (tmp_path / "route.md").unlink()
    (tmp_path / "rephrase.md").write_text("A $fence $autre\n=====\n$question\n")
    (tmp_path / "retry.md").write_text("5 $ de trop\n=====\n")
    (tmp_path / "compose.md").write_text("$fence $language")
    with pytest.raises(PromptError) as caught:
        load_prompts(tmp_path)
    said = str(caught.value)
    for words in (
        "route.md: cannot be read",
        "missing: history",
        "fills: autre",
        "retry.md: a $",
        "compose.md: one line",
    ):
        assert words in said


def test_a_prompt_that_changes_has_another_digest(tmp_path: Path) -> None:
    """By one character."""
    for path in PROMPTS.glob("*.md"):
        shutil.copy(path, tmp_path)
    before = load_prompts(tmp_path).digests("retry")
    (tmp_path / "retry.md").write_text((tmp_path / "retry.md").read_text() + " ")
    assert load_prompts(tmp_path).digests("retry") != before


@given(st.lists(st.text(), min_size=1))
def test_no_text_closes_its_own_fence(texts: list[str]) -> None:
    """The name of the fence is in none of the texts that it holds."""
    name = fence_of(*texts)
    assert not any(name in text for text in texts)
    assert fence_of(*texts) == name


@given(st.text())
def test_hidden_characters_do_not_reach_a_model(text: str) -> None:
    """What is visible stays."""
    assert inert(inert(text)) == inert(text)
    assert "\u202e" not in inert(f"{text}\u202e")


def test_a_model_that_keeps_failing_is_left_alone_for_a_while() -> None:
    """Then asked again; a success forgets the failures; a bad reply does not count."""
    now = [0.0]
    breaker = Breaker(lambda: now[0])
    for _ in range(FAILURES - 1):
        breaker.failed(Reason.TIMED_OUT)
    assert not breaker.is_open
    breaker.succeeded()
    for _ in range(FAILURES):
        breaker.failed(Reason.UNREADABLE)
    assert not breaker.is_open
    for _ in range(FAILURES):
        breaker.failed(Reason.UNREACHABLE)
    assert breaker.is_open
    now[0] = PAUSE_SECONDS
    assert not breaker.is_open
    breaker.failed(Reason.UNREACHABLE)
    assert breaker.is_open


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'L\'enveloppe : 21 989 $ ; voir "le guide" ?',
            f"L’enveloppe{NBSP}: 21{NBSP}989{NBSP}$; voir «{NBSP}le guide{NBSP}»?",
        ),
        ("Soit 43,6 M$ ou 85 %.", f"Soit 43,6{NBSP}M$ ou 85{NBSP}%."),
        ("Écrivez à a.b@c.ca: merci", "Écrivez à a.b@c.ca: merci"),
        ("Voir http://x.ca/y?z=1", "Voir http://x.ca/y?z=1"),
        ("«mot»", f"«{NBSP}mot{NBSP}»"),
    ],
)
def test_french_is_printed_as_the_office_wants_it(text: str, expected: str) -> None:
    """No-break spaces, curly apostrophes, guillemets; addresses are left alone."""
    assert tidy(text, "fr") == expected
    assert tidy(tidy(text, "fr"), "fr") == expected


@given(st.text())
def test_typography_changes_no_word(text: str) -> None:
    """Letters and digits are what they were; English is left alone but for white space."""
    for language in ("fr", "en"):
        letters = [c for c in tidy(text, language) if c.isalnum()]
        assert letters == [c for c in text if c.isalnum()]


def test_a_reply_keeps_its_good_statements() -> None:
    """Those of another form are left out."""
    statements = [{"text": "a", "support": [{"token": "S1", "words": "b"}]}, {"texte": "c"}, 3, {"text": 4}]
    found = read_reply(Reply("", (ToolCall("1", "answer", {"status": "answered", "statements": statements}),)))
    assert [one.text for one in found.statements] == ["a"]


@given(
    st.text()
    | st.recursive(st.none() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)).map(
        json.dumps
    )
)
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing else comes out."""
    try:
        read_reply(Reply(text))
    except ModelError as error:
        assert error.reason is Reason.UNREADABLE  # noqa: PT017 (either outcome is right)
