"""A program that is killed at any moment has lost nothing that it said was done, and left nothing half done."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import desk_killed
from desk_fakes import made_world

from assistant.desk.messages import Opened
from assistant.desk.values import Stage

ROOT = Path(__file__).parents[2]
PATHS = os.pathsep.join(str(ROOT / folder) for folder in (".", "tests/ingest", "tests/assistant"))


def killed_after(folder: Path, lines: int) -> list[list[str]]:
    """What the program said was done before it was killed with no warning, after at least so many lines."""
    with subprocess.Popen(
        [sys.executable, desk_killed.__file__, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": PATHS},
    ) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(lines)]
        process.send_signal(signal.SIGKILL)
        said += process.stdout.readlines()
    return [line.split() for line in said if line.endswith("\n")]


def check_whole(found: Opened) -> None:
    """Every version has its line in the log and every line its version."""
    edited = [entry.detail["version"] for entry in found.log if entry.act == "edited"]
    assert edited == [one.number for one in found.revisions if one.author]
    assert found.log[0].act == "received"
    assert (found.draft is not None) == (found.stage is Stage.DRAFTED)
    assert found.listed.version == 1 + len(found.revisions)


def test_what_was_done_stays_done_and_nothing_is_half_done(tmp_path: Path) -> None:
    """Over two programs in a row on one database: each message, draft and version that was acknowledged is there."""
    said = [line for lines in (2, 9) for line in killed_after(tmp_path, lines)]
    with made_world(tmp_path) as world:
        for act, number, *turn in said:
            found = world.desk.queue.open(int(number))
            assert "montant de base" in found.message.body
            assert act == "received" or found.stage is Stage.DRAFTED
            assert not turn or f"Rappel numéro {turn[0]}." in found.revisions[int(turn[0]) + 1].draft
        for listed in world.desk.queue.listed():
            check_whole(world.desk.queue.open(listed.id))
