"""`python -m evals`: the commands from end to end, on the development sets and a real server."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from evals.__main__ import main

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = ROOT / "evals" / "cases" / "dev_questions.jsonl"
ANSWER: dict[str, Any] = {
    "status": "answered",
    "language": "fr",
    "text": "Le montant est de 12 $ [1].",
    "citations": [
        {
            "n": 1,
            "document": "guide-mesures-15158-30100",
            "source_file": "001_3672d7fe1a125619.txt",
            "page": 1,
            "quote": "Note",
            "start": 1,
            "end": 5,
        }
    ],
}


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(ANSWER).encode())

    def log_message(self, *_arguments: object) -> None:
        """Stay silent."""


@pytest.fixture
def server() -> Iterator[str]:
    """The address of a server that always gives the same wrong answer."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}"
        listening.shutdown()
        thread.join()


def test_a_run_is_scored_then_verified_then_compared_then_gated(
    server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The folder that a run leaves is what the other commands read."""
    out = tmp_path / "out"
    assert main(["run", str(QUESTIONS), "--against", server, "--clients", "8", "--out", str(out)]) == 0
    shown = capsys.readouterr().out
    assert "cases 164" in shown
    assert "answers_per_second" in shown

    results = json.loads((out / "results.json").read_text(encoding="utf-8"))
    assert results["counts"]["wrong_answers"] == 35
    assert results["measures"]["quotes_verbatim"] == 1.0
    assert results["measures"]["figures_backed"] == 0.0
    assert results["measures"]["hit_at_1"] is None
    assert results["failing_steps"] == {"guard": 164}
    assert [one["cases"] for one in results["run"]["files"]] == [164]
    first = results["cases"][0]
    assert (first["id"], first["passed"], first["failing_step"]) == ("dev-001", False, "guard")
    assert first["missing"][0] == ["centre de services scolaire", "centres de services scolaires", "CSS"]
    assert first["violations"] == [{"check": "figure", "where": "Le montant est de 12 $ [1].", "what": "12 $"}]

    answers = out / "answers.jsonl"
    assert len(answers.read_text(encoding="utf-8").splitlines()) == 164
    assert main(["verify", str(answers)]) == 1
    assert "dev-001: figure '12 $' in: Le montant est de 12 $ [1]." in capsys.readouterr().out

    assert main(["compare", str(out), str(out), "--out", str(tmp_path / "comparison.json")]) == 0
    assert "164 case(s) in both" in capsys.readouterr().out
    assert json.loads((tmp_path / "comparison.json").read_text(encoding="utf-8"))["changes"] == []

    baseline = tmp_path / "baseline.json"
    assert main(["gate", "--baseline", str(baseline), "--results", str(out), "--write"]) == 2
    baseline.write_text(json.dumps({"max": {"failures": 0}}), encoding="utf-8")
    assert main(["gate", "--baseline", str(baseline), "--results", str(out)]) == 1
    assert "FELL: dev-001: figure without backing: 12 $" in capsys.readouterr().out


def test_only_keeps_the_cases_asked_for(server: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each name=value narrows the run."""
    assert main(["run", str(QUESTIONS), "--against", server, "--only", "kind=budget,lang=en"]) == 0
    assert "cases 3," in capsys.readouterr().out
    assert main(["run", str(QUESTIONS), "--against", server, "--only", "kind=poem"]) == 2
    assert "no case is" in capsys.readouterr().err


@pytest.mark.parametrize("only", ["colour=red", "kind", "kind="])
def test_a_filter_that_is_not_understood_is_told(only: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong filter stops the command before anything is asked."""
    with pytest.raises(SystemExit):
        main(["run", str(QUESTIONS), "--only", only])
    assert "not understood" in capsys.readouterr().err


def test_verified_answers_leave_with_zero(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing found: the command succeeds."""
    path = tmp_path / "answers.jsonl"
    path.write_text(json.dumps({"id": "x", "answer": {**ANSWER, "text": "Oui [1]."}}) + "\n", encoding="utf-8")
    assert main(["verify", str(path)]) == 0
    assert "1 answer(s), 0 violation(s)" in capsys.readouterr().out


def test_a_file_of_answers_is_read_whole_or_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every line that is no answer is listed."""
    path = tmp_path / "answers.jsonl"
    path.write_text('nonsense\n{"id": "x"}\n{"id": "y", "answer": {"text": ""}}\n[1]\n', encoding="utf-8")
    assert main(["verify", str(path)]) == 2
    said = capsys.readouterr().err
    assert [f"line {n}: " in said for n in (1, 2, 3, 4)] == [True] * 4
    path.write_text("", encoding="utf-8")
    assert main(["verify", str(path)]) == 2


def test_gold_that_the_corpus_lacks_stops_a_run(
    tmp_path: Path, server: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A case that could not be scored is an error of the case file, told before any question is asked."""
    row = json.loads(QUESTIONS.read_text(encoding="utf-8").splitlines()[0])
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps({**row, "documents": ["gone"]}) + "\n", encoding="utf-8")
    assert main(["run", str(path), "--against", server]) == 2
    assert "no document 'gone'" in capsys.readouterr().err
