"""README cannot go stale: its settings, statuses, commands and verbs are those of the program."""

import re
from pathlib import Path

import pytest

from assistant import __main__ as program
from assistant.conversation import Status
from assistant.settings import ROOT, Settings

README = (ROOT / "README.md").read_text(encoding="utf-8") if (ROOT / "README.md").exists() else ""


def table(first: str) -> dict[str, list[str]]:
    """The rows of the table whose first heading is this one, by their first cell (code marks taken off)."""
    rows: dict[str, list[str]] = {}
    inside = False
    for line in README.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.strip().startswith("|") else []
        if not cells:
            inside = False
        elif cells[0].strip("*` ") == first:
            inside = True
        elif inside and not set(cells[0]) <= set(":- "):
            rows[cells[0].strip("` ")] = [cell.replace("`", "") for cell in cells[1:]]
    return rows


def shown(default: object) -> str:
    """A default as README writes it: paths from the root of the repository."""
    text = str(default)
    return Path(text).relative_to(ROOT).as_posix() if text.startswith(f"{ROOT}/") else text


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_in_the_table_with_its_default(name: str) -> None:
    """`BALISE_NAME`, and the default somewhere in its row."""
    rows = table("Setting")
    assert f"BALISE_{name.upper()}" in rows
    default = Settings.model_fields[name].default
    ways = {shown(default), shown(default).lower(), str(default).replace(",", " ")}
    assert any(way in cell.split() for way in ways for cell in rows[f"BALISE_{name.upper()}"])


def test_no_setting_is_invented() -> None:
    """The table holds nothing that the program does not read; nor does the text."""
    known = {f"BALISE_{name.upper()}" for name in Settings.model_fields}
    assert set(table("Setting")) == known
    assert set(re.findall(r"\bBALISE_[A-Z_]+\b", README)) <= known


def test_every_status_is_in_the_table_and_no_other() -> None:
    """In the words that clients read."""
    assert set(table("Status")) == {status.value for status in Status}


def test_every_verb_of_make_exists() -> None:
    """Those in the text are targets of the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = {name for line in re.findall(r"^([\w. -]+):(?!=)", makefile, re.MULTILINE) for name in line.split()}
    mentioned = set(re.findall(r"\bmake ([a-z][a-z-]+)", "\n".join(code())))
    assert mentioned
    assert mentioned <= targets
    assert {"run", "test", "check", "ingest", "serve", "clean"} <= targets


def test_every_command_exists(capsys: pytest.CaptureFixture[str]) -> None:
    """Those in the text are commands of the program; the options written after them are theirs."""
    mentioned = set(re.findall(r"\bbalise ([a-z]+)", "\n".join(code())))
    assert mentioned
    with pytest.raises(SystemExit):
        program.main(["--help"])
    assert mentioned <= set(re.findall(r"[a-z]+", capsys.readouterr().out))
    for command in sorted(mentioned - {"eval"}):
        with pytest.raises(SystemExit):
            program.main([command, "--help"])
        known = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
        written = [line for piece in code() for line in re.findall(rf"\bbalise {command}\b([^\n`|]*)", piece)]
        assert {option for line in written for option in re.findall(r"(?<!\w)--[a-z-]+", line)} <= known


def code() -> list[str]:
    """What README writes as code: blocks and spans."""
    blocks = re.findall(r"^```[^\n]*\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    rest = re.sub(r"^```.*?^```", "", README, flags=re.MULTILINE | re.DOTALL)
    return [*blocks, *re.findall(r"`([^`\n]+)`", rest)]
