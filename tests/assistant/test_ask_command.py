"""`balise ask`: an answer for a person or as JSON; a batch, line by line; wrong input named, never a trace."""

import argparse
import json
from pathlib import Path

import pytest
from core_fakes import garden_index, pipeline_of

from assistant import __main__ as program
from assistant import ask_command
from assistant.conversation import Answer, Profile, Question, Status
from assistant.errors import AssistantError
from assistant.provenance import Authorship

PIPELINE = pipeline_of(garden_index())
BASE = "Quel est le montant de base par école?"


def run(*words: str) -> tuple[int, list[Question]]:
    """The exit status of the command over the small corpus, and what was asked."""
    parser = argparse.ArgumentParser()
    ask_command.add_arguments(parser)
    asked: list[Question] = []

    def ask(question: Question) -> Answer:
        asked.append(question)
        return PIPELINE.answer(question)

    return ask_command.run(parser.parse_args(words), ask), asked


def test_an_answer_for_a_person_has_its_sources_and_a_notice(capsys: pytest.CaptureFixture[str]) -> None:
    """The text, each citation with its quote, the status, and that a person must validate it."""
    status, asked = run(BASE, "--year", "2024-2025", "--body", "private", "--language", "fr")
    assert (status, asked) == (0, [Question(BASE, "fr", profile=Profile("private", "2024-2025"))])
    said = capsys.readouterr().out
    assert "[1] Titre de jardin" in said
    assert said.count("4 321") + said.count("4\u00a0321") == 2
    assert "(answered)" in said
    assert "à valider par une personne" in said


def test_what_was_exchanged_with_a_model_is_written_to_a_file(tmp_path: Path) -> None:
    """The exact requests and replies, who wrote the answer, what was removed; without a model, an empty list."""
    account = Authorship("model", "openai:x", {"compose": "abc"}, 10, 5, 1, (), ({"request": {"messages": []}},))
    parser = argparse.ArgumentParser()
    ask_command.add_arguments(parser)
    words = parser.parse_args(["q", "--dump-exchange", str(tmp_path / "out.json")])
    answer = Answer("1", Status.ANSWERED, "fr", "Oui.", authorship=account, trace={"removed": (("x", "y"),)})
    assert ask_command.run(words, lambda _: answer) == 0
    found = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert (found["engine"], found["exchanges"]) == ("model", [{"request": {"messages": []}}])
    assert found["removed"] == [["x", "y"]]
    assert ask_command.run(words, PIPELINE.answer) == 0
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["exchanges"] == []


def test_json_is_the_reply_of_the_http_interface(capsys: pytest.CaptureFixture[str]) -> None:
    """The public fields and no other."""
    assert run(BASE, "--json")[0] == 0
    reply = json.loads(capsys.readouterr().out)
    assert (reply["status"], reply["citations"][0]["document"]) == ("answered", "jardin")
    assert {"trace", "removed"} & set(reply) == set()


def test_an_error_answer_gives_the_exit_status_1(capsys: pytest.CaptureFixture[str]) -> None:
    """So that a script can tell."""
    parser = argparse.ArgumentParser()
    ask_command.add_arguments(parser)
    error = Answer("1", Status.ERROR, "fr", "Une erreur est survenue.")
    assert ask_command.run(parser.parse_args(["q"]), lambda _: error) == 1
    assert "Une erreur est survenue." in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [[], ["--batch", "in"], ["--out", "out"], ["q", "--batch", "in", "--out", "out"], ["q", "--out", "out"]]
)
def test_arguments_that_do_not_go_together_are_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 2 and what to give; nothing is asked."""
    assert run(*words) == (2, [])
    assert "--batch" in capsys.readouterr().err


def test_a_batch_is_answered_line_by_line(tmp_path: Path) -> None:
    """In order, with history and language; blank lines, a byte order mark and other fields do not matter."""
    lines = [
        {"id": "a", "question": BASE, "expected": "4 321"},
        {"id": "b", "question": "Et en 2023-2024?", "history": [{"role": "user", "content": BASE, "at": 1}]},
        {"id": "c", "question": "Bonjour", "language": "en"},
    ]
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\ufeff" + "\n\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    status, asked = run("--batch", str(source), "--out", str(out))
    assert status == 0
    assert [(one.text, one.language, len(one.history)) for one in asked] == [
        (BASE, None, 0), ("Et en 2023-2024?", None, 1), ("Bonjour", "en", 0),
    ]  # fmt: skip
    found = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(one["id"], one["answer"]["language"]) for one in found] == [("a", "fr"), ("b", "fr"), ("c", "en")]


def test_every_wrong_line_of_a_batch_is_named(tmp_path: Path) -> None:
    """By its number, before anything is asked or written."""
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": "a", "question": "x"}\n{"id": "b"}\nnot json\n{"id": 1, "question": "x"}\n')
    with pytest.raises(AssistantError) as caught:
        run("--batch", str(source), "--out", str(out))
    assert [word in str(caught.value) for word in ("line 1:", "line 2:", "line 3:", "line 4:")] == [
        False,
        True,
        True,
        True,
    ]
    assert not out.exists()


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """Missing, or not UTF-8."""
    (tmp_path / "latin").write_bytes(b'{"id": "a", "question": "\xe9t\xe9"}')
    for name in ("none", "latin"):
        with pytest.raises(AssistantError, match=name):
            run("--batch", str(tmp_path / name), "--out", str(tmp_path / "out"))


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """An answer file in a folder that does not exist is an error of ours, not a trace."""
    (tmp_path / "in").write_text('{"id": "a", "question": "x"}\n')
    with pytest.raises(AssistantError, match="nowhere"):
        run("--batch", str(tmp_path / "in"), "--out", str(tmp_path / "nowhere" / "out"))


@pytest.mark.parametrize("command", [["ask", "x"], ["ingest", "--check"]])
def test_a_command_without_an_index_says_what_to_do(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One message with the remedy, exit status 1."""
    monkeypatch.setenv("BALISE_DATA", str(tmp_path / "nothing"))
    assert program.main(command) == 1
    said = capsys.readouterr().err
    assert "balise ingest" in said
    assert "Traceback" not in said


def test_a_wrong_setting_is_one_message(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """With the name of the variable."""
    monkeypatch.setenv("BALISE_PORT", "many")
    assert program.main(["serve"]) == 1
    assert "BALISE_PORT" in capsys.readouterr().err
