"""A run asks every case and records whatever comes back, through HTTP or in process."""

import itertools
import json
import threading
import types
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, cast

import pytest

from assistant.conversation import Answer as OurAnswer
from assistant.conversation import Candidate, Message, Question, Status
from evals.answerers import in_process, over_http
from evals.answers import NO_ANSWER
from evals.cases import Case
from evals.errors import EvalError
from evals.run import Conditions, Outcome, run
from ingest.documents import Heading, Part, Run, Unit, UnitKind
from ingest.expected import Gap, Target

if TYPE_CHECKING:
    from assistant.assemble import Assistant

CASES = tuple(Case(f"c{i}", "budget", "fr", f"Question {i}", answerable=True) for i in range(5))


def conditions(clients: int = 1, timeout: float = 30) -> Conditions:
    """One second between any two looks at the clock."""
    ticks = itertools.count()
    return Conditions(clients, timeout, lambda: float(next(ticks)))


def echo(case: Case) -> dict[str, Any]:
    """An answer that repeats the question."""
    return {"status": "answered", "text": case.question}


@pytest.mark.parametrize("clients", [1, 8])
def test_outcomes_come_in_the_order_of_the_cases(clients: int) -> None:
    """However many clients ask, each case gets its own answer, and progress hears of each."""
    heard: list[Outcome] = []
    done = run(CASES, echo, conditions(clients), heard.append)
    assert [outcome.answer["text"] for outcome in done.outcomes] == [case.question for case in CASES]
    assert (len(heard), done.clients, done.asked) == (5, clients, 5)
    assert {outcome.case.id for outcome in heard} == {case.id for case in CASES}


def test_repeats_are_asked_and_what_is_known_is_not() -> None:
    """Each case is asked as many times as wanted; outcomes that are already there stay as they are."""
    known = Outcome(CASES[1], {"status": "answered", "text": "before"}, 9.0, repeat=2)
    asked: list[str] = []

    def ask(case: Case) -> dict[str, Any]:
        asked.append(case.id)
        return echo(case)

    twice = Conditions(1, 30, lambda: 0.0, repeat=2)
    done = run(CASES[:2], ask, twice, done={("c1", 2): known})
    assert asked == ["c0", "c1", "c0"]
    assert [(one.case.id, one.repeat) for one in done.outcomes] == [("c0", 1), ("c1", 1), ("c0", 2), ("c1", 2)]
    assert done.outcomes[3] is known
    assert (done.asked, [one.repeat for one in done.first]) == (3, [1, 1])


def test_time_is_that_of_the_clock_given() -> None:
    """Each outcome tells its seconds, and the run its own."""
    done = run(CASES[:1], echo, conditions())
    assert (done.outcomes[0].seconds, done.seconds) == (1.0, 3.0)


def test_a_crash_is_an_outcome() -> None:
    """Whatever breaks is recorded with its words, and the other cases are asked."""

    def ask(case: Case) -> dict[str, Any]:
        if case.question == "Question 1":
            raise ZeroDivisionError("broken")
        return echo(case)

    outcomes = run(CASES, ask, conditions()).outcomes
    assert [outcome.failure for outcome in outcomes] == ["", "ZeroDivisionError: broken", "", "", ""]
    assert outcomes[1].answer == NO_ANSWER


def test_a_late_answer_is_an_outcome() -> None:
    """An answer that does not come in time is given up."""
    never = threading.Event()

    def ask(_case: Case) -> dict[str, Any]:
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
    (outcome,) = run(CASES[:1], lambda _case: answer, conditions()).outcomes
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


def test_the_pipeline_is_asked_through_the_public_request_and_reply() -> None:
    """In process, history reaches the assistant, and the reply is the public one with the trace beside it."""
    asked: list[Question] = []
    unit = Unit(
        "u1", "doc", UnitKind.NARRATIVE, (Part((Run(3, 6),)), Part((Run(0, 2),))),
        section=(Heading("Volet 1", ()), Heading("But", ())), page=4,
    )  # fmt: skip
    candidates = (
        Candidate(Gap("g1", "money", (), None, "Rien.", ""), None, 0.1, {}, kept=False, reason="gap"),
        Candidate(Target("t1", "u1", "doc", ()), unit, 0.9, {"lexical": 2.0}, kept=True),
    )

    def answer(question: Question, progress: Callable[[str], None]) -> OurAnswer:
        asked.append(question)
        progress("screen")
        trace = {"standalone": "Et le volet 1?", "candidates": candidates, "removed": (("Douze.", "no source"),)}
        return OurAnswer("a1", Status.ANSWERED, "fr", "Oui.", trace=trace)

    stored = types.SimpleNamespace(text="Un deux", entry=types.SimpleNamespace(original_file="000.txt"))
    readings = {0: "deu", 1: "Un"}
    index = types.SimpleNamespace(
        documents={"doc": stored}, reading=lambda _unit, part: types.SimpleNamespace(text=readings[part])
    )
    built = types.SimpleNamespace(pipeline=types.SimpleNamespace(answer=answer), index=index)
    case = Case("c", "follow_up", "fr", "Et là?", answerable=True, history=(Message("user", "Avant"),))
    reply = in_process(cast("Assistant", built))(case)
    assert asked == [Question("Et là?", history=(Message("user", "Avant"),))]
    assert (reply["status"], reply["text"]) == ("answered", "Oui.")
    trace = reply["trace"]
    assert (trace["standalone"], trace["steps"]) == ("Et le volet 1?", ["screen"])
    assert trace["removed"] == [["Douze.", "no source"]]
    first, second = trace["candidates"]
    assert (first["rank"], first["leads_to"], first["kind"], first["text"], first["places"]) == (
        1, "g1", "gap", "Rien.", [],
    )  # fmt: skip
    assert (second["section"], second["page"], second["source_file"]) == (["Volet 1", "But"], 4, "000.txt")
    assert (second["text"], second["places"], second["kept"]) == ("deu … Un", [[3, 6], [0, 2]], True)
    assert second["signals"] == {"lexical": 2.0}
