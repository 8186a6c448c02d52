"""A run asks every case and records whatever comes back, through HTTP or in process."""

import itertools
import json
import threading
import types
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from assistant.conversation import Answer as OurAnswer
from assistant.conversation import Candidate, Message, Question, Status
from assistant.settings import Settings
from evals.answerers import in_process, over_http
from evals.answers import NO_ANSWER
from evals.cases import Case
from evals.errors import EvalError
from evals.run import Conditions, run
from ingest.documents import Heading, Unit, UnitKind
from ingest.expected import Gap, Target

CASES = tuple(Case(f"c{i}", "budget", "fr", f"Question {i}", answerable=True) for i in range(5))


def conditions(clients: int = 1, timeout: float = 30) -> Conditions:
    """One second between any two looks at the clock."""
    ticks = itertools.count()
    return Conditions(clients, timeout, lambda: float(next(ticks)))


def echo(request: dict[str, object]) -> dict[str, Any]:
    """An answer that repeats the question."""
    return {"status": "answered", "text": request["question"]}


@pytest.mark.parametrize("clients", [1, 8])
def test_outcomes_come_in_the_order_of_the_cases(clients: int) -> None:
    """However many clients ask, each case gets its own answer, and progress hears of each."""
    heard: list[None] = []
    done = run(CASES, echo, conditions(clients), lambda: heard.append(None))
    assert [outcome.answer["text"] for outcome in done.outcomes] == [case.question for case in CASES]
    assert (len(heard), done.clients) == (5, clients)


def test_time_is_that_of_the_clock_given() -> None:
    """Each outcome tells its seconds, and the run its own."""
    done = run(CASES[:1], echo, conditions())
    assert (done.outcomes[0].seconds, done.seconds) == (1.0, 3.0)


def test_a_crash_is_an_outcome() -> None:
    """Whatever breaks is recorded with its words, and the other cases are asked."""

    def ask(request: dict[str, object]) -> dict[str, Any]:
        if request["question"] == "Question 1":
            raise ZeroDivisionError("broken")
        return echo(request)

    outcomes = run(CASES, ask, conditions()).outcomes
    assert [outcome.failure for outcome in outcomes] == ["", "ZeroDivisionError: broken", "", "", ""]
    assert outcomes[1].answer == NO_ANSWER


def test_a_late_answer_is_an_outcome() -> None:
    """An answer that does not come in time is given up."""
    never = threading.Event()

    def ask(_request: dict[str, object]) -> dict[str, Any]:
        never.wait()
        return {}

    (outcome,) = run(CASES[:1], ask, conditions(timeout=0.01)).outcomes
    never.set()
    assert (outcome.failure, outcome.answer) == ("no answer within 0.01 s", NO_ANSWER)


@pytest.mark.parametrize(
    "answer",
    [
        None,
        "yes",
        {},
        {"status": 3},
        {"status": "answered", "citations": "none"},
        {"status": "answered", "nearest": ["a"]},
        {"status": "answered", "calculation": [1]},
        {"status": "answered", "referral": "me"},
    ],
)
def test_what_is_no_answer_is_an_outcome(answer: Any) -> None:
    """A reply that cannot be scored is recorded as none."""
    (outcome,) = run(CASES[:1], lambda _request: answer, conditions()).outcomes
    assert outcome.failure.startswith("not an answer")
    assert outcome.answer == NO_ANSWER


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        refused = request["question"] == "Question 1"
        body = json.dumps({"path": self.path, "status": "answered", "text": request["question"]}).encode()
        self.send_response(422 if refused else 200)
        self.end_headers()
        self.wfile.write(b"too long" if refused else body)

    def log_message(self, *_arguments: object) -> None:
        """Stay silent."""


@pytest.fixture
def server() -> Iterator[str]:
    """The address of a real server that repeats the question, and refuses one."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}/"
        listening.shutdown()
        thread.join()


def test_a_server_is_asked_at_its_public_path(server: str) -> None:
    """The request of the public contract goes to /v1/chat; a refusal is recorded with the words of the server."""
    outcomes = run(CASES, over_http(server, 10), conditions(2)).outcomes
    assert outcomes[0].answer["path"] == "/v1/chat"
    assert [outcome.failure for outcome in outcomes] == ["", "RuntimeError: HTTP 422: too long", "", "", ""]


def test_only_http_is_asked() -> None:
    """Another kind of address is refused before any question."""
    with pytest.raises(EvalError, match="http://host:port"):
        over_http("file:///etc", 1)


def test_the_pipeline_is_asked_through_the_public_request_and_reply(monkeypatch: pytest.MonkeyPatch) -> None:
    """In process, history reaches the assistant, and the reply is the public one with kept and rejected passages."""
    asked: list[Question] = []
    unit = Unit("u1", "doc", UnitKind.NARRATIVE, (), section=(Heading("Volet 1", ()), Heading("But", ())))
    candidates = (
        Candidate(Target("t1", "u1", "doc", ()), unit, 0.9, {"lexical": 2.0}, kept=True),
        Candidate(Gap("g1", "money", (), None, "", ""), None, 0.1, {}, kept=False, reason="gap"),
    )

    def answer(question: Question) -> OurAnswer:
        asked.append(question)
        trace = {"standalone": "Et le volet 1?", "candidates": candidates}
        return OurAnswer("a1", Status.ANSWERED, "fr", "Oui.", trace=trace)

    built = types.SimpleNamespace(pipeline=types.SimpleNamespace(answer=answer))
    monkeypatch.setattr("assistant.assemble.build", lambda _settings: built)
    case = Case("c", "follow_up", "fr", "Et là?", answerable=True, history=(Message("user", "Avant"),))
    reply = in_process(Settings.model_construct())(case.request())
    assert asked == [Question("Et là?", history=(Message("user", "Avant"),))]
    assert (reply["status"], reply["text"]) == ("answered", "Oui.")
    assert reply["trace"]["standalone"] == "Et le volet 1?"
    assert [(p["leads_to"], p["section"]) for p in reply["trace"]["kept"]] == [("t1", "Volet 1 > But")]
    assert [(p["leads_to"], p["section"], p["reason"]) for p in reply["trace"]["rejected"]] == [
        ("g1", "known gap", "gap")
    ]
