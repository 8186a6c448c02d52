"""`POST /v1/feedback`: what is kept, what is hidden first, what is refused, what happens when it cannot be kept."""

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from web_fakes import READY, ScriptedResponder, answer, plan_library

from assistant.errors import UnavailableError
from assistant.storage.database import open_database
from assistant.storage.feedback import Feedback, Reason, list_feedback, record_feedback
from assistant.web.app import create_app
from assistant.web.feedback import FeedbackBook, FeedbackReply, feedback_router
from assistant.web.limits import Limits
from ingest.fold import MASK

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
GIVEN = {"answer_id": "a-1", "useful": False, "language": "fr"}


def client(keep: Callable[[Feedback], None], **limits: int) -> TestClient:
    """A client of an application that keeps feedback so."""
    book = FeedbackBook(keep, lambda: NOON, timedelta(days=365), "v-1", {"financement@education.gouv.qc.ca"})
    bounds = Limits(**limits)  # type: ignore[arg-type]
    router = feedback_router(book, bounds)
    app = create_app(ScriptedResponder(answer()), plan_library(), lambda: READY, limits=bounds, routers=[router])
    return TestClient(app)


def test_feedback_is_kept_in_a_real_database(tmp_path: Path) -> None:
    """What is replied is what was kept, with the moment and the version of the index."""
    database = open_database("sqlite", tmp_path)
    body = GIVEN | {
        "question": " Quel montant de base?\u200b ",
        "reasons": ["out_of_date", "wrong_figure", "out_of_date"],
        "comment": "Voir 2025-2026.",
    }
    reply = client(partial(record_feedback, database)).post("/v1/feedback", json=body)
    assert reply.status_code == 201
    found = list_feedback(database)
    expected = Feedback(
        id=reply.json()["id"],
        received_at=NOON,
        answer_id="a-1",
        useful=False,
        language="fr",
        question="Quel montant de base?",
        reasons=(Reason.WRONG_FIGURE, Reason.OUT_OF_DATE),
        comment="Voir 2025-2026.",
        index_version="v-1",
    )
    assert found == (expected,)
    assert reply.json() == {
        "id": expected.id,
        "received_at": "2026-03-02T12:00:00Z",
        "kept_until": "2027-03-02",
        **GIVEN,
        "reasons": ["wrong_figure", "out_of_date"],
        "question": "Quel montant de base?",
        "comment": "Voir 2025-2026.",
    }
    database.close()


def test_the_least_that_can_be_said_is_enough() -> None:
    """An answer, useful or not, in a language; two entries have two ids."""
    kept: list[Feedback] = []
    sent = client(kept.append)
    ids = {sent.post("/v1/feedback", json=GIVEN | {"useful": True}).json()["id"] for _ in range(2)}
    assert {entry.id for entry in kept} == ids
    assert len(ids) == 2
    assert (kept[0].useful, kept[0].reasons, kept[0].question, kept[0].comment) == (True, (), "", "")


def test_personal_data_is_hidden_before_anything_is_kept() -> None:
    """In the question and in the comment; a published mailbox stays."""
    kept: list[Feedback] = []
    comment = "Rappelez Mme Roy au 418 555-0142, roy@exemple.org; j’ai écrit à financement@education.gouv.qc.ca."
    body = GIVEN | {"question": "Je m’appelle Jean Roy: combien?", "comment": comment}
    reply = client(kept.append).post("/v1/feedback", json=body)
    hidden = (
        f"Rappelez Mme {MASK * 3} au {MASK * 3} {MASK * 8}, {MASK * 15}; j’ai écrit à financement@education.gouv.qc.ca."
    )
    assert (kept[0].comment, reply.json()["comment"]) == (hidden, hidden)
    assert kept[0].question == f"Je m’appelle {MASK * 4} {MASK * 3}: combien?"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"answer_id": ""}, "answer_id"),
        ({"answer_id": "../x"}, "answer_id"),
        ({"answer_id": "a" * 65}, "answer_id"),
        ({"useful": "yes"}, "useful"),
        ({"useful": None}, "useful"),
        ({"language": "es"}, "language"),
        ({"reasons": ["because"]}, "reasons.0"),
        ({"reasons": "unclear"}, "reasons"),
        ({"reasons": ["unclear"] * 6}, "reasons"),
        ({"question": "x" * 51}, "question"),
        ({"comment": "é" * 41}, "comment"),
        ({"more": 1}, "more"),
    ],
)
def test_what_makes_no_sense_is_refused(changes: dict[str, object], field: str) -> None:
    """As a problem that names the field, in both languages; nothing is kept."""
    kept: list[Feedback] = []
    sent = client(kept.append, question_characters=50, comment_characters=40)
    reply = sent.post("/v1/feedback", json=GIVEN | changes)
    assert reply.status_code == 422
    problems = reply.json()["errors"]
    assert [problem["field"] for problem in problems] == [field]
    assert problems[0]["detail"]
    assert problems[0]["detail_en"]
    assert kept == []


def test_all_that_is_too_long_is_said_at_once() -> None:
    """Both texts."""
    body = GIVEN | {"question": "x" * 51, "comment": "x" * 41}
    reply = client(list[Feedback]().append, question_characters=50, comment_characters=40).post(
        "/v1/feedback", json=body
    )
    assert [problem["field"] for problem in reply.json()["errors"]] == ["question", "comment"]


def test_a_body_that_is_no_json_or_too_large_is_refused() -> None:
    """415, 400, 413."""
    sent = client(list[Feedback]().append, body_bytes=1024)
    assert sent.post("/v1/feedback", data={"useful": "1"}).status_code == 415
    assert sent.post("/v1/feedback", content="{", headers={"Content-Type": "application/json"}).status_code == 400
    assert sent.post("/v1/feedback", json=GIVEN | {"comment": "x" * 1500}).status_code == 413


def test_what_cannot_be_kept_is_said_and_nothing_of_it_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """503; the log has the kind of error under the request's id, not the words."""

    def fail(entry: Feedback) -> None:
        raise UnavailableError(entry.comment)

    with caplog.at_level(logging.DEBUG):
        reply = client(fail).post("/v1/feedback", json=GIVEN | {"comment": "SECRET-COMMENT"})
    assert (reply.status_code, reply.headers["content-type"]) == (503, "application/problem+json")
    assert "UnavailableError" in caplog.text
    assert "SECRET-COMMENT" not in caplog.text + reply.text


def test_the_description_shows_what_to_send() -> None:
    """Examples that are accepted as they are, and a reply that is an exact instance."""
    kept: list[Feedback] = []
    sent = client(kept.append)
    described = sent.get("/openapi.json").json()["paths"]["/v1/feedback"]["post"]
    examples = described["requestBody"]["content"]["application/json"]["examples"]
    assert set(examples) == {"useful", "wrong"}
    for example in examples.values():
        assert sent.post("/v1/feedback", json=example["value"]).status_code == 201
    shown = described["responses"]["201"]["content"]["application/json"]["example"]
    assert json.loads(FeedbackReply.model_validate_json(json.dumps(shown)).model_dump_json()) == shown
    assert {"400", "413", "415", "422", "500", "503"} <= set(described["responses"])
