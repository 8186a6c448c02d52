"""The folder of a run: nothing that came back is asked again, whatever was killed; versions are never mixed."""

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from evals.__main__ import main
from evals.answers import NO_ANSWER
from evals.cases import Case
from evals.errors import EvalError
from evals.journal import Journal
from evals.run import Outcome

ROOT = Path(__file__).resolve().parents[2]
CASES = tuple(Case(f"c{i}", "budget", "fr", f"Question {i}", answerable=True) for i in range(3))
SAME = {"engine": "extractive", "files": [{"name": "a"}]}


def kept(folder: Path) -> Journal:
    """A run interrupted after two answers, one of them a crash."""
    journal = Journal(folder, SAME)
    journal.keep(Outcome(CASES[0], {"status": "answered", "text": "é\u2028"}, 0.5))
    journal.keep(Outcome(CASES[1], NO_ANSWER, 2.0, "late", repeat=2))
    return journal


def test_an_interrupted_run_goes_on(tmp_path: Path) -> None:
    """Under the same conditions, what was kept is there again; failures too, unless they are to be retried."""
    kept(tmp_path)
    again = Journal(tmp_path, SAME)
    done = again.done(CASES)
    assert done["c0", 1] == Outcome(CASES[0], {"status": "answered", "text": "é\u2028"}, 0.5)
    assert done["c1", 2].failure == "late"
    assert set(again.done(CASES, failures_too=False)) == {("c0", 1)}
    again.keep(Outcome(CASES[1], {"status": "answered"}, 1.0, repeat=2))
    assert again.done(CASES)["c1", 2].failure == ""


@pytest.mark.parametrize("size", range(1, 40))
def test_a_line_cut_short_by_a_kill_is_dropped(tmp_path: Path, size: int) -> None:
    """Wherever the last line was cut, the others are read and the next one is whole."""
    kept(tmp_path)
    file = tmp_path / "answers.jsonl"
    file.write_bytes(file.read_bytes()[:-size])
    again = Journal(tmp_path, SAME)
    assert set(again.done(CASES)) == {("c0", 1)}
    again.keep(Outcome(CASES[2], {"status": "refused"}, 1.0))
    assert set(Journal(tmp_path, SAME).done(CASES)) == {("c0", 1), ("c2", 1)}


def test_a_run_under_other_conditions_is_not_mixed_in(tmp_path: Path) -> None:
    """It is refused with what differs, unless told to start anew; nothing is lost by the refusal."""
    kept(tmp_path)
    with pytest.raises(EvalError, match="another engine"):
        Journal(tmp_path, {**SAME, "engine": "model"})
    assert len(Journal(tmp_path, SAME).done(CASES)) == 2
    assert Journal(tmp_path, {**SAME, "engine": "model"}, fresh=True).done(CASES) == {}


def test_a_finished_run_starts_anew(tmp_path: Path) -> None:
    """The same command runs again once it has results; the old ones are gone until it finishes."""
    kept(tmp_path).finish({"format": 2})
    assert json.loads((tmp_path / "results.json").read_text(encoding="utf-8")) == {"format": 2}
    assert Journal(tmp_path, SAME).done(CASES) == {}
    assert not (tmp_path / "results.json").exists()


def test_a_journal_that_was_tampered_with_is_told(tmp_path: Path) -> None:
    """A whole line that is no answer stops the run with the remedy."""
    kept(tmp_path)
    with (tmp_path / "answers.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "c2"}\n')
    with pytest.raises(EvalError, match="--fresh"):
        Journal(tmp_path, SAME).done(CASES)


class _Server(ThreadingHTTPServer):
    """Repeats the question; after `hold_after` answers it waits until released, and says so."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []
        self.hold_after = 40
        self.holding = threading.Event()
        self.released = threading.Event()


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if len(self.server.asked) >= self.server.hold_after and not self.server.released.is_set():
            self.server.holding.set()
            self.server.released.wait()
            return
        self.server.asked.append(request["question"])
        body = json.dumps({"status": "answered", "language": "fr", "text": "Oui."}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Stay silent."""


@pytest.fixture
def server() -> Iterator[_Server]:
    """A real server."""
    with _Server() as listening:
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
        thread.start()
        yield listening
        listening.released.set()
        listening.shutdown()
        thread.join()


def test_a_run_killed_in_its_middle_goes_on_with_the_same_command(server: _Server, tmp_path: Path) -> None:
    """SIGKILL while questions are in the air: the answers kept are not asked again, and every case has its result."""
    cases = ROOT / "evals" / "cases" / "dev_questions.jsonl"
    address = f"http://127.0.0.1:{server.server_port}"
    command = ["run", str(cases), "--against", address, "--clients", "4", "--out", str(tmp_path)]
    with subprocess.Popen(
        [sys.executable, "-m", "evals", *command], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        assert server.holding.wait(120)
        running.send_signal(signal.SIGKILL)
    assert running.returncode == -signal.SIGKILL
    assert not (tmp_path / "results.json").exists()
    before = [json.loads(line)["id"] for line in (tmp_path / "answers.jsonl").read_text("utf-8").splitlines()]
    assert 36 <= len(before) <= 44
    server.released.set()
    server.asked.clear()
    assert main(command) == 0
    results = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert (results["counts"]["cases"], results["counts"]["failures"]) == (164, 0)
    questions = {case["id"]: case["question"] for case in results["cases"]}
    again = {questions[name] for name in before} & set(server.asked)
    assert again == set()
    assert len(server.asked) == 164 - len(before)
