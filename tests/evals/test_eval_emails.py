"""Questions of an e-mail, read in the draft that answers it: the right one, with its own sources."""

import email
import json
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from evals.answerers import over_http
from evals.attribution import attribute
from evals.cases import Case, Email
from evals.emails import answer_in, as_message, taken_up
from evals.measures import content_right, forbidden_found, referral_right

EMAIL = Email("m1", "Volet 1 – été", "Josée, DRH", "Bonjour,\n\nCombien reçoit chaque organisme? Et quand?\n\nJosée")


def question(text: str, status: str, **more: Any) -> dict[str, Any]:
    """A found question with its verdict."""
    nothing = {"referral": None, "calculation": None, "nearest": [], "engine": "extractive"}
    return {"text": text, "asked": text, "status": status, **nothing, **more}


def part(section: str, text: str, rank: int | None, *citations: int) -> dict[str, Any]:
    """A part of the letter."""
    return {"section": section, "text": text, "question": rank, "citations": list(citations), "kind": "claim"}


DRAFT: dict[str, Any] = {
    "language": "fr",
    "index_version": "v1",
    "elapsed_ms": 1.0,
    "text": "Bonjour,\n\n21 989 $ [1]. Rien n’est dit. Écrivez à financement@education.gouv.qc.ca [2].",
    "questions": [question("Combien reçoit chaque organisme?", "answered"), question("Et quand?", "not_in_documents")],
    "parts": [
        part("greeting", "Bonjour,", None),
        part("question", "« Combien reçoit chaque organisme? »", 0),
        part("answer", "Le montant est de 21 989 $ [1].", 0, 1),
        part("answer", "Rien n’est dit.", 1),
        part("referral", "Écrivez à financement@education.gouv.qc.ca [2].", None, 2),
    ],
    "citations": [{"n": 1, "quote": "21 989 $"}, {"n": 2, "quote": "financement@education.gouv.qc.ca"}],
}


def test_an_email_is_sent_as_a_mail_program_writes_it() -> None:
    """Accents and commas in names and subjects survive; the body is the body."""
    message = email.message_from_bytes(as_message(EMAIL), policy=default)
    assert isinstance(message, EmailMessage)
    assert message["Subject"] == EMAIL.subject
    assert message["From"].addresses[0].display_name == EMAIL.from_name
    body = message.get_body()
    assert body is not None
    assert body.get_content().split() == EMAIL.body.split()


@pytest.mark.parametrize(
    ("asked", "rank"),
    [
        ("Montant reçu par chaque organisme?", 0),
        ("Quand est-ce versé?", 1),
        ("Le mentorat est-il couvert?", None),
    ],
)
def test_a_question_summed_up_goes_with_the_one_it_stands_for(asked: str, rank: int | None) -> None:
    """By the words they share, whatever their endings; with none in common, it is not taken up."""
    assert taken_up(DRAFT, asked) == rank


def test_an_answer_holds_its_own_part_of_the_letter() -> None:
    """Its words, its citations, its status; not the question said again, nor the other answer."""
    answer = answer_in(DRAFT, "Montant reçu par chaque organisme?")
    assert (answer["status"], answer["text"]) == ("answered", "Le montant est de 21 989 $ [1].")
    assert [one["n"] for one in answer["citations"]] == [1]
    case = Case("m1/1", "email", "fr", "?", answerable=True, must_include=(("21 989",),), referral="financement")
    assert content_right(case, answer, {}) is True
    assert referral_right(case, answer, {}) is True, "the letter gives the mailbox once, for all its questions"


def test_what_must_not_be_said_is_looked_for_in_the_whole_letter() -> None:
    """A forbidden string anywhere in the letter spoils every answer of it."""
    case = Case("m1/2", "email", "fr", "?", answerable=False, must_not_include=("21 989",))
    assert forbidden_found(case, answer_in(DRAFT, "Quand?")) == ("21 989",)


def test_a_question_left_out_is_told_as_such() -> None:
    """No abstention and no crash: the letter did not take it up."""
    answer = answer_in(DRAFT, "Le mentorat est-il couvert?")
    case = Case("m1/3", "email", "fr", "?", answerable=True)
    fault = attribute(case, answer, {"right": False}, "", {})
    assert answer["status"] == "error"
    assert fault is not None
    assert (fault.step, fault.reason) == ("route", "the letter takes up no such question")


class _Handler(BaseHTTPRequestHandler):
    asked: list[tuple[str, str, bytes]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append((self.path, self.headers["Content-Type"], body))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(DRAFT).encode())

    def log_message(self, *_arguments: object) -> None:
        """Stay silent."""


@pytest.fixture
def server() -> Iterator[str]:
    """The address of a server that drafts the same reply to everything."""
    _Handler.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}"
        listening.shutdown()
        thread.join()


def test_a_server_is_given_the_message_itself(server: str) -> None:
    """`POST /v1/drafts`, as an .eml file, and the answer is read in its reply."""
    case = Case("m1/1", "email", "fr", "Montant reçu par chaque organisme?", answerable=True, email=EMAIL)
    assert over_http(server, 10)(case)["status"] == "answered"
    assert _Handler.asked == [("/v1/drafts", "message/rfc822", as_message(EMAIL))]
