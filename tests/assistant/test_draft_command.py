"""`balise draft`: a file, a folder, an mbox, pasted text, a mailbox; text, JSON or files out; never a trace."""

import argparse
import io
import json
import ssl
from pathlib import Path
from types import SimpleNamespace

import pytest
from imap_served import PASSWORD, USER, Mailbox, served
from mail_made import eml, garden_drafter

from assistant import __main__ as program
from assistant import draft_command
from assistant.correspondence.reading import read_message
from assistant.errors import AssistantError
from assistant.settings import Settings

BODY = "Bonjour,\n\nQuel est le montant de base par école?\n\nMerci,\nJosiane Fiset"


def run(*words: str, **settings: object) -> int:
    """The exit status over the small corpus."""
    parser = argparse.ArgumentParser()
    draft_command.add_arguments(parser)
    return draft_command.run(parser.parse_args(words), garden_drafter(), Settings(**settings))  # type: ignore[arg-type]


def test_a_message_gives_its_letter_and_the_verdicts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On standard output."""
    path = tmp_path / "m.eml"
    path.write_bytes(eml(BODY))
    assert run(str(path)) == 0
    out = capsys.readouterr().out
    assert "4 321 $" in out.replace("\u00a0", " ")
    assert out.rstrip().endswith("(1) répondu")


def test_a_draft_is_written_as_the_name_asks(tmp_path: Path) -> None:
    """.eml, .html, .txt, .json; nothing is printed."""
    path = tmp_path / "m.eml"
    path.write_bytes(eml(BODY, message_id="<a@x.qc>"))
    for ending, start in (
        (".eml", b"In-Reply-To: <a@x.qc>"),
        (".html", b"<!DOCTYPE"),
        (".txt", b"Madame"),
        (".json", b"{"),
    ):
        out = tmp_path / "new" / f"draft{ending}"
        assert run(str(path), "--out", str(out)) == 0
        assert out.read_bytes().startswith(start)
    with pytest.raises(AssistantError, match="docx"):
        run(str(path), "--out", str(tmp_path / "x.docx"))


def test_json_is_that_of_the_http_interface(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object, or one a line for several messages."""
    for name in ("a.eml", "b.eml"):
        (tmp_path / name).write_bytes(eml(BODY))
    assert run(str(tmp_path / "a.eml"), "--json") == 0
    one = json.loads(capsys.readouterr().out)
    assert one["questions"][0]["status"] == "answered"
    assert run(str(tmp_path), "--json") == 0
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == [one["id"]] * 2


def test_a_folder_gives_a_folder_and_names_what_it_cannot_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The others go on; the exit status says so."""
    box = tmp_path / "box"
    box.mkdir()
    (box / "a.eml").write_bytes(eml(BODY))
    (box / "b.eml").write_bytes(b"\x89PNG\0")
    (box / "c.mbox").write_bytes(b"From x\n" + eml(BODY) + b"\nFrom y\n" + eml(BODY))
    assert run(str(box), "--out", str(tmp_path / "out")) == 1
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"a.eml", "c.mbox-1.eml", "c.mbox-2.eml"}
    assert "b.eml: " in capsys.readouterr().err


def test_pasted_text_comes_on_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without an argument or with « - »; empty input is an error with its words."""
    for words in ((), ("-",)):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(BODY.encode())))
        assert run(*words) == 0
        assert "Madame, Monsieur," in capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"")))
    assert run() == 1
    assert "standard input" in capsys.readouterr().err


def test_an_english_reply_when_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The questions stay those of the message."""
    path = tmp_path / "m.eml"
    path.write_bytes(eml(BODY))
    assert run(str(path), "--language", "en") == 0
    assert "Sincerely," in capsys.readouterr().out


def test_a_mailbox_is_read_and_drafts_are_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Over a real server; what is appended reads back as an unsent draft."""
    box = Mailbox({3: eml(BODY, message_id="<a@x.qc>")})
    with served(box, tmp_path) as (port, tls):
        monkeypatch.setattr(ssl, "create_default_context", lambda: tls)
        mailbox = {"imap_host": "127.0.0.1", "imap_port": port, "imap_user": USER, "imap_password": PASSWORD}
        assert run("--imap", "--append", "--json", **mailbox) == 0
    assert json.loads(capsys.readouterr().out)["questions"]
    [(folder, flags, content)] = box.appended
    assert (folder, flags) == ("Drafts", "\\Draft")
    assert b"X-Unsent: 1" in content
    assert "4 321" in read_message(content, "draft").body.replace("\u00a0", " ")


def test_wrong_arguments_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A message and a mailbox; a mailbox that is not set."""
    assert run("m.eml", "--imap") == 2
    assert "--imap" in capsys.readouterr().err
    with pytest.raises(AssistantError, match="BALISE_IMAP_HOST"):
        run("--imap")


def test_the_program_knows_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    """`balise draft --help`."""
    with pytest.raises(SystemExit):
        program.main(["draft", "--help"])
    assert "nothing is marked" in capsys.readouterr().out
