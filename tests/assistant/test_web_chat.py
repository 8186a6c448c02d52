"""`POST /v1/chat`: the public contract, key by key, and what a question may hold."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from web_fakes import ScriptedResponder, answer, calculation, full_answer, make_client

from assistant.conversation import Answer, Message, Profile, Question, Status
from assistant.web.limits import Limits, clean

ANSWER_KEYS = [
    "id", "status", "language", "text", "understood", "statements", "citations", "calculation", "missing", "conflicts",
    "eligibility", "nearest", "referral", "index_version", "engine", "elapsed_ms",
]  # fmt: skip
CITATION_KEYS = [
    "n", "document", "source_file", "title", "authority", "validity", "section", "page", "quote", "start", "end", "url",
]  # fmt: skip
CLIENT = make_client()
CALCULATION_KEYS = [
    "operation", "measure", "volet", "school_year", "inputs", "parameters", "formula", "steps", "results", "rounding",
    "assumptions", "warnings", "sources",
]  # fmt: skip


def test_an_answer_shows_exactly_the_names_of_the_contract_in_order() -> None:
    """Clients and test sets rely on names and order; nothing else is there."""
    reply = make_client(respond=ScriptedResponder(full_answer())).post("/v1/chat", json={"question": "Combien?"})
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "application/json"
    assert reply.headers["cache-control"] == "no-store"
    body = reply.json()
    assert list(body) == ANSWER_KEYS
    assert list(body["citations"][0]) == list(body["nearest"][0]) == CITATION_KEYS
    assert list(body["statements"][0]) == ["text", "citations", "kind"]
    assert list(body["referral"]) == ["email", "reason"]
    assert list(body["calculation"]) == CALCULATION_KEYS
    assert body["statements"][0] == {
        "text": "Le montant de base est de 21\u00a0989\u00a0$.",
        "citations": [1],
        "kind": "claim",
    }


def test_an_empty_answer_has_the_same_names() -> None:
    """What is absent is null or empty, never missing."""
    bare = Answer("a", Status.REFUSED, "en", "No.")
    body = make_client(respond=ScriptedResponder(bare)).post("/v1/chat", json={"question": "?"}).json()
    assert list(body) == ANSWER_KEYS
    assert body["calculation"] is body["eligibility"] is body["referral"] is None
    assert body["statements"] == body["citations"] == body["missing"] == body["conflicts"] == body["nearest"] == []
    assert (body["status"], body["engine"], body["elapsed_ms"]) == ("refused", "extractive", 0.0)


def test_what_is_kept_for_ourselves_is_not_public() -> None:
    """`removed` and `trace` never leave."""
    reply = make_client().post("/v1/chat", json={"question": "Combien?"})
    assert "SECRET-TRACE" not in reply.text
    assert "removed" not in reply.text


@pytest.mark.parametrize("status", list(Status))
def test_every_status_is_an_answer(status: Status) -> None:
    """An abstention and an error of the pipeline are answers too: HTTP 200."""
    reply = make_client(respond=ScriptedResponder(answer(status))).post("/v1/chat", json={"question": "Combien?"})
    assert (reply.status_code, reply.json()["status"]) == (200, status.value)


def test_a_step_of_a_computation_gets_the_number_of_the_citation_that_holds_its_source() -> None:
    """The working and the citations point to the same quotes."""
    body = make_client(respond=ScriptedResponder(full_answer())).post("/v1/chat", json={"question": "Combien?"}).json()
    shown = body["calculation"]
    source = {"document": "plan", "quote": "Le montant de base est de 21 989 $"}
    assert shown["steps"][0] == {
        "label": "Base",
        "expression": "1 × 21989",
        "exact": "21989",
        "rounded": "21\u00a0989",
        "source": source,
        "citation": 1,
    }
    assert (shown["steps"][1]["source"], shown["steps"][1]["citation"]) == (None, None)
    assert (shown["parameters"][0]["citation"], shown["parameters"][1]["citation"]) == (1, None)
    assert shown["sources"] == [source]
    assert shown["results"] == [
        {"label": "Organisme A", "exact": "65969/3", "amount": "21990", "unit": "$", "qualifier": "environ"}
    ]


def test_a_computation_without_citations_keeps_its_sources() -> None:
    """No citation holds the quote: the number is null, the quote stays."""
    given_answer = answer(citations=(), calculation=calculation())
    body = make_client(respond=ScriptedResponder(given_answer)).post("/v1/chat", json={"question": "?"}).json()
    step = body["calculation"]["steps"][0]
    assert (step["citation"], step["source"]["document"]) == (None, "plan")


def test_all_that_the_client_knows_reaches_the_responder() -> None:
    """Every field of the request has its place in the question."""
    respond = ScriptedResponder(answer())
    request = {
        "question": "Et en 2025-2026?",
        "conversation": "c-1",
        "history": [{"role": "user", "content": "Combien?"}, {"role": "assistant", "content": "Tant."}],
        "language": "en",
        "profile": {"body_type": "public", "school_year": "2025-2026"},
    }
    assert make_client(respond=respond).post("/v1/chat", json=request).status_code == 200
    assert respond.asked == [
        Question(
            "Et en 2025-2026?",
            language="en",
            history=(Message("user", "Combien?"), Message("assistant", "Tant.")),
            profile=Profile("public", "2025-2026"),
            conversation="c-1",
        )
    ]


def test_invisible_characters_never_reach_the_responder() -> None:
    """Tags, bidirectional overrides, controls, zero-width and variation selectors carry no question."""
    respond = ScriptedResponder(answer())
    hidden = "\U000e0049\U000e0067\u202e\u2066\u200b\ufeff\x00\x1b\ufe0f\U000e0100\ue000"
    dirty = f"  Com{hidden}bien\r\npour e\u0301tablir{hidden}?  "
    history = [{"role": "user", "content": f"Bon{hidden}jour"}, {"role": "assistant", "content": hidden}]
    reply = make_client(respond=respond).post("/v1/chat", json={"question": dirty, "history": history})
    assert reply.status_code == 200
    assert respond.asked[0].text == "Combien\npour établir?"
    assert respond.asked[0].history == (Message("user", "Bonjour"),)


@settings(deadline=None)
@given(st.text())
def test_cleaning_is_stable_and_leaves_visible_text(text: str) -> None:
    """Cleaning twice changes nothing, and no control, format or tag character is left."""
    once = clean(text)
    assert clean(once) == once
    assert all(c in "\n\t" or c.isprintable() or c.isspace() for c in once)
    assert not any("\U000e0000" <= c <= "\U000e01ef" for c in once)


@settings(deadline=None)
@given(st.text(st.sampled_from("abcéèœ 0123456789$%’«»\u00a0\n.,;:?!-")))
def test_cleaning_keeps_what_people_write(text: str) -> None:
    """French text with its spaces and signs is only trimmed."""
    assert clean(text) == text.strip()


def refused(request: object, limits: Limits | None = None) -> list[tuple[str, str, str]]:
    """The (place, field, code) of each problem of a request that must be refused with 422."""
    respond = ScriptedResponder(answer())
    reply = make_client(respond=respond, limits=limits or Limits()).post("/v1/chat", json=request)
    assert (reply.status_code, reply.headers["content-type"]) == (422, "application/problem+json")
    assert respond.asked == []
    return [(e["place"], e["field"], e["code"]) for e in reply.json()["errors"]]


@pytest.mark.parametrize(
    ("request_body", "problems"),
    [
        ({}, [("body", "question", "missing")]),
        ({"question": "x", "admin": True}, [("body", "admin", "extra_forbidden")]),
        ({"question": 3}, [("body", "question", "string_type")]),
        ({"question": "x", "language": "es"}, [("body", "language", "literal_error")]),
        ({"question": "x", "conversation": "../etc"}, [("body", "conversation", "string_pattern_mismatch")]),
        ({"question": "x", "profile": {"name": "A"}}, [("body", "profile.name", "extra_forbidden")]),
        ({"question": "x", "profile": {"school_year": "2024-26"}}, [("body", "profile.school_year", "value_error")]),
        ({"question": "x", "history": [{"role": "x", "content": ""}]}, [("body", "history.0.role", "literal_error")]),
        ({"question": " \u200b\U000e0041 "}, [("body", "question", "empty")]),
        ([], [("body", "", "model_attributes_type")]),
        ({"history": "x", "extra": 1}, [
            ("body", "question", "missing"), ("body", "history", "tuple_type"), ("body", "extra", "extra_forbidden"),
        ]),
    ],
)  # fmt: skip
def test_every_wrong_field_is_named(request_body: object, problems: list[tuple[str, str, str]]) -> None:
    """All the problems of a request are listed at once, by the path of the field."""
    assert refused(request_body) == problems


def test_limits_are_said_in_both_languages() -> None:
    """A question over the limit is told its length and the limit."""
    long = make_client().post("/v1/chat", json={"question": "é" * 2001}).json()["errors"]
    assert long == [
        {
            "place": "body",
            "field": "question",
            "code": "too_long",
            "detail": "Le texte compte 2\u00a0001\u00a0caractères; la limite est de 2\u00a0000.",
            "detail_en": "The text has 2,001 characters; the limit is 2,000.",
        }
    ]


def test_a_question_at_the_limit_is_answered() -> None:
    """The limit itself is allowed, counted without what is invisible."""
    reply = make_client().post("/v1/chat", json={"question": "é" * 2000 + "\u200b" * 50})
    assert reply.status_code == 200


def test_history_has_its_own_limits() -> None:
    """Too many messages, or one too long, are refused; all long ones are listed."""
    message = {"role": "user", "content": "x"}
    assert make_client().post("/v1/chat", json={"question": "x", "history": [message] * 20}).status_code == 200
    assert refused({"question": "x", "history": [message] * 21}) == [("body", "history", "too_many")]
    long = {"role": "assistant", "content": "x" * 4001}
    assert refused({"question": "x" * 2001, "history": [long, message, long]}) == [
        ("body", "question", "too_long"),
        ("body", "history.0.content", "too_long"),
        ("body", "history.2.content", "too_long"),
    ]


def test_the_operator_sets_the_limits() -> None:
    """No ceiling is fixed in the code of the route."""
    assert refused({"question": "12345"}, Limits(question_characters=4)) == [("body", "question", "too_long")]


def test_a_problem_never_repeats_what_was_sent() -> None:
    """Values are not echoed, and a hostile field name comes back short and visible."""
    name = "<script>\u202e" + "x" * 5000
    reply = make_client().post("/v1/chat", json={"question": ["SECRET"], name: "SECRET"})
    assert reply.status_code == 422
    assert "SECRET" not in reply.text
    assert max(len(e["field"]) for e in reply.json()["errors"]) <= 80
    assert "\u202e" not in reply.text


def test_thousands_of_wrong_fields_are_not_all_listed() -> None:
    """A small request cannot cause a huge reply."""
    reply = make_client().post("/v1/chat", json={"question": "x"} | {f"f{i}": 1 for i in range(4000)})
    assert (reply.status_code, len(reply.json()["errors"])) == (422, 100)


def test_lone_surrogates_are_taken_out() -> None:
    """JSON can spell half a character; it goes with the other invisible ones."""
    respond = ScriptedResponder(answer())
    body = '{"question": "Com\\ud800bien?", "history": [{"role": "user", "content": "\\udfff"}]}'
    reply = make_client(respond=respond).post("/v1/chat", content=body, headers={"content-type": "application/json"})
    assert (reply.status_code, respond.asked) == (200, [Question("Combien?")])


@settings(deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
                    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
                    max_leaves=12))  # fmt: skip
def test_any_json_is_answered_or_refused_in_shape(value: object) -> None:
    """Whatever JSON comes, the reply is an answer or a problem, never an error of ours."""
    content = json.dumps(value)
    reply = CLIENT.post("/v1/chat", content=content, headers={"content-type": "application/json"})
    assert reply.status_code in {200, 422}
    assert ("errors" in reply.json()) == (reply.status_code == 422)
