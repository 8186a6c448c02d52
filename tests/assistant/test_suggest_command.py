"""`balise ingest --suggest-questions` as its user types it, with a model on the loopback, down to the index."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from core_fakes import ROOT
from model_server import ModelServer, Move, Mute, Refuse, Request, Text, model_server
from tiny_corpus import HashEmbedder, write_corpus

from assistant.__main__ import main
from ingest import __main__ as ingest_command
from ingest.catalog import load_yaml
from ingest.index import Index
from ingest.suggested import FOLDER

COMMAND = ["ingest", "--suggest-questions"]
READY = "Reply with the word"
REPLIES = {
    "Document guide": {"fr": ["Qui paie pour un mentor?", "mentorat payé"], "en": ["Who pays for a mentor?"]},
    "Document lettre": {"fr": ["La lettre a été écrite quand?"], "en": ["When was the letter written?"]},
    "Document plan": {"fr": [], "en": []},
}


def asked(request: Request) -> str:
    """What the model is asked."""
    return str(request["messages"][-1]["content"])


def script(request: Request) -> Move:
    """A good reply about each document; the passage of the plan is asked for by nobody."""
    found = (reply for title, reply in REPLIES.items() if f"Document: {title}" in asked(request))
    return Text(json.dumps(next(found, "ready")))


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A corpus with a passage to draft for in each of three documents, and where its index goes."""
    corpus, data = write_corpus(tmp_path / "corpus"), tmp_path / "data"
    monkeypatch.setenv("BALISE_CORPUS", str(corpus))
    monkeypatch.setenv("BALISE_DATA", str(data))
    for name in ("BALISE_LLM", "BALISE_LLM_URL", "BALISE_LLM_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(ingest_command, "load_embedder", HashEmbedder)
    return corpus, data


@pytest.fixture
def server(folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    """The model that is set; a test may give it another script."""
    assert folders
    with model_server(script) as board:
        monkeypatch.setenv("BALISE_LLM", "openai:test")
        monkeypatch.setenv("BALISE_LLM_URL", board.url)
        yield board


def passages(server: ModelServer) -> list[str]:
    """What the model was asked about, its first word apart."""
    return [asked(request) for request in server.requests if READY not in asked(request)]


def kept(corpus: Path) -> dict[str, object]:
    """The files of drafts, read."""
    return {path.stem: load_yaml(path) for path in sorted((corpus / FOLDER).glob("*"))}


def test_drafts_are_written_ingested_and_reported(
    folders: tuple[Path, Path], server: ModelServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the form of expected questions, marked; the next run asks nothing."""
    corpus, data = folders
    assert main(COMMAND) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[:2] == [
        "Drafted for 2 passage(s): 3 ways of asking in French, 2 in English, to review in corpus/questions/suggested.",
        "  1 passage(s) that nobody would ask for, the model says: kept without questions",
    ]
    assert "  5 expected question(s) not reviewed yet: they weigh less (`reviewed: false`)" in out.splitlines()
    assert err == ""
    assert kept(corpus)["guide"] == [
        {
            "document": "guide",
            "about": "Guide · La mesure finance le mentorat.",
            "quote": "La mesure finance le mentorat.",
            **REPLIES["Document guide"],
            "reviewed": False,
        }
    ]
    questions = {one.text: one.reviewed for one in Index.open(data).expectations.questions}
    assert (questions["mentorat payé"], questions["Quel est le montant de base?"]) == (False, True)
    before = len(server.requests)
    assert main(COMMAND) == 0
    assert len(server.requests) == before
    assert capsys.readouterr().out.startswith("Drafted for 0 passage(s)")


def test_one_document_and_a_limit(folders: tuple[Path, Path], server: ModelServer) -> None:
    """Only what was wanted is asked."""
    assert main([*COMMAND, "--document", "lettre"]) == 0
    assert list(kept(folders[0])) == ["lettre"]
    assert main([*COMMAND, "--limit", "1"]) == 0
    assert list(kept(folders[0])) == ["guide", "lettre"]
    assert len(passages(server)) == 2


def test_broken_replies_are_told_and_asked_for_again(
    folders: tuple[Path, Path], server: ModelServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rest is drafted and ingested all the same."""
    server.script = lambda request: Text('{"fr": ["Qui') if "Document guide" in asked(request) else script(request)
    assert main(COMMAND) == 0
    assert "  1 passage(s) skipped, asked for again next time: 1 unreadable reply" in capsys.readouterr().out
    server.script = script
    assert main(COMMAND) == 0
    assert list(kept(folders[0])) == ["guide", "lettre", "plan"]
    assert sum("Document guide" in text for text in passages(server)) == 2
    assert len(passages(server)) == 4


def test_without_a_model_nothing_is_sent_and_the_settings_are_named(
    folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Status 1, nothing written; a plain ingestion works."""
    corpus, data = folders
    assert main(COMMAND) == 1
    err = capsys.readouterr().err
    assert [
        name for name in ("BALISE_LLM ", "BALISE_LLM_URL", "BALISE_LLM_KEY", "BALISE_LLM_KEY_FILE") if name not in err
    ] == []
    assert "nothing was sent" in err
    assert not (corpus / FOLDER).exists()
    assert main(["ingest"]) == 0
    assert Index.open(data).expectations.questions


@pytest.mark.parametrize(
    ("move", "words"),
    [(Refuse(401), "BALISE_LLM_KEY"), (Refuse(404), "BALISE_LLM"), (Refuse(500), "does not answer yet")],
)
def test_a_model_that_refuses_is_told_before_any_passage_is_sent(
    folders: tuple[Path, Path], server: ModelServer, move: Move, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Status 1, with the setting or what the server did."""
    server.script = [move]
    assert main(COMMAND) == 1
    assert words in capsys.readouterr().err
    assert (passages(server), kept(folders[0])) == ([], {})


def test_a_server_that_fails_on_the_way_ends_the_run_with_what_there_is(
    folders: tuple[Path, Path], server: ModelServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """Status 1, nothing ingested, how to go on."""
    server.script = lambda request: script(request) if READY in asked(request) else Refuse(500)
    assert main(COMMAND) == 1
    out, err = capsys.readouterr()
    assert "3 passage(s) skipped" in out
    assert err.startswith("Stopped: failed (")
    assert "the same command goes on from there" in err
    assert not folders[1].exists()


@pytest.mark.parametrize(
    "options",
    [
        ["--document", "guide"],
        ["--limit", "2"],
        ["--suggest-questions", "--check"],
        ["--suggest-questions", "--coverage"],
    ],
)
def test_options_that_do_not_go_together_are_refused(
    folders: tuple[Path, Path], server: ModelServer, options: list[str]
) -> None:
    """Status 2; nothing is read, sent or written."""
    assert main(["ingest", *options]) == 2
    assert server.requests == []
    assert not folders[1].exists()


def test_an_unknown_document_or_an_empty_limit_is_refused(
    folders: tuple[Path, Path], server: ModelServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the ids that there are."""
    assert main([*COMMAND, "--document", "plans"]) == 1
    assert "guide, lettre, plan" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main([*COMMAND, "--limit", "0"])
    assert (server.requests, kept(folders[0])) == ([], {})


def test_a_kill_loses_at_most_the_passage_that_is_asked_about(folders: tuple[Path, Path], server: ModelServer) -> None:
    """SIGKILL while the model thinks about the second: the first is whole on disk and not asked for again."""
    corpus, _ = folders
    second = threading.Event()

    def slow(request: Request) -> Move:
        if "Document lettre" not in asked(request):
            return script(request)
        second.set()
        return Mute()

    server.script = slow
    running = subprocess.Popen([sys.executable, "-m", "assistant", *COMMAND], cwd=ROOT, env={**os.environ})
    assert second.wait(120)
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert list(kept(corpus)) == ["guide"]
    before = len(server.requests)
    server.script = script
    assert main(COMMAND) == 0
    again = [text for text in map(asked, server.requests[before:]) if READY not in text]
    assert [text.split("Document: ")[1].splitlines()[0] for text in again] == ["Document lettre", "Document plan"]
    assert list(kept(corpus)) == ["guide", "lettre", "plan"]
