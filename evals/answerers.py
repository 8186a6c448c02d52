"""The two ways to reach the assistant: its HTTP interface, or the same pipeline in this process.

In: an address, or the assistant. Out: `ask`, from a case to its answer as the public JSON of `POST /v1/chat`; a
question of an e-mail is read in the draft of the whole message (`POST /v1/drafts`). In this process there is a
`trace` of how the answer came to be, which HTTP never gives.
"""

import json
import urllib.error
import urllib.request
from dataclasses import replace
from typing import Any

from assistant.assemble import Assistant
from assistant.conversation import Answer, Question
from assistant.correspondence.drafting import Drafter
from assistant.correspondence.reading import read_message
from assistant.correspondence.rendering import reply_text
from assistant.web.chat_request import ChatRequest
from assistant.web.draft_schemas import DraftReply
from assistant.web.limits import Limits
from assistant.web.schemas import AnswerReply
from evals.cases import Case, Email
from evals.emails import answer_in, as_message
from evals.errors import EvalError
from evals.run import Ask
from evals.traces import traced

_JSON = "application/json"


def over_http(url: str, timeout: float) -> Ask:
    """Ask the server at this address (`http://host:port`). `EvalError` when it is no HTTP address.

    A refusal of the server is raised as a `RuntimeError` with its status and its words, for the runner to record.
    """
    if not url.startswith(("http://", "https://")):
        raise EvalError(url, ["not an address; give it as http://host:port"])

    def ask(case: Case) -> dict[str, Any]:
        if case.email:
            draft = _posted(f"{url.rstrip('/')}/v1/drafts", as_message(case.email), "message/rfc822", timeout)
            return answer_in(draft, case.question)
        return _posted(f"{url.rstrip('/')}/v1/chat", json.dumps(case.request()).encode(), _JSON, timeout)

    return ask


def in_process(assistant: Assistant) -> Ask:
    """Ask the pipeline of this process through the requests and replies of HTTP; `trace` tells how it came to it."""

    def ask(case: Case) -> dict[str, Any]:
        if case.email:
            return _in_draft(assistant, case.email, case.question)
        question = ChatRequest.model_validate(case.request()).question_within(Limits())
        answer, trace = _answered(assistant, question)
        reply: dict[str, Any] = AnswerReply.of(answer).model_dump(mode="json")
        return {**reply, "trace": trace}

    return ask


def _answered(assistant: Assistant, question: Question) -> tuple[Answer, dict[str, object]]:
    steps: list[str] = []
    answer = assistant.pipeline.answer(question, steps.append)
    return answer, traced(answer, steps, assistant.index)


def _in_draft(assistant: Assistant, email: Email, question: str) -> dict[str, Any]:
    """The answer in the draft, with the trace of the question that the draft asked."""
    traces: list[dict[str, object]] = []

    def ask(asked: Question) -> Answer:
        answer, trace = _answered(assistant, asked)
        traces.append(trace)
        return answer

    draft = _drafted(replace(assistant.drafter, ask=ask), email)
    found = answer_in(draft, question)
    return {**found, "trace": traces[found["rank"]]} if "rank" in found else found


def _drafted(drafter: Drafter, email: Email) -> dict[str, Any]:
    message = read_message(as_message(email), email.id)
    made = drafter.draft(message)
    text = reply_text(made, drafter.wording)
    public: dict[str, Any] = DraftReply.of(made, message, text, "").model_dump(mode="json")
    return public


def _posted(address: str, body: bytes, media: str, timeout: float) -> dict[str, Any]:
    headers = {"Content-Type": media, "Accept": _JSON}
    call = urllib.request.Request(address, body, headers)  # noqa: S310 (the scheme was checked by over_http)
    try:
        with urllib.request.urlopen(call, timeout=timeout) as reply:  # noqa: S310 (as above)
            found: dict[str, Any] = json.load(reply)
            return found
    except urllib.error.HTTPError as error:
        words = error.read().decode("utf-8", "replace")
        raise RuntimeError(f"HTTP {error.code}: {words[:500]}") from error
