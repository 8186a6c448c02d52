"""The two ways to reach the assistant: its HTTP interface, or the same pipeline in this process.

In: an address, or nothing. Out: `ask`, from the request of `POST /v1/chat` to its answer as a dict.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from typing import Any

from assistant import assemble
from assistant.conversation import Answer, Candidate
from assistant.settings import Settings
from assistant.web.chat_request import ChatRequest
from assistant.web.limits import Limits
from assistant.web.schemas import AnswerReply
from evals.errors import EvalError
from evals.run import Ask, Request


def over_http(url: str, timeout: float) -> Ask:
    """Ask the server at this address (`http://host:port`). `EvalError` when it is no HTTP address.

    A refusal of the server is raised as a `RuntimeError` with its status and its words, for the runner to record.
    """
    if not url.startswith(("http://", "https://")):
        raise EvalError(url, ["not an address; give it as http://host:port"])
    endpoint = url.rstrip("/") + "/v1/chat"

    def ask(request: Request) -> dict[str, Any]:
        body = json.dumps(request).encode()
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        call = urllib.request.Request(endpoint, body, headers)  # noqa: S310 (the scheme was checked above)
        try:
            with urllib.request.urlopen(call, timeout=timeout) as reply:  # noqa: S310 (the scheme was checked above)
                answer: dict[str, Any] = json.load(reply)
                return answer
        except urllib.error.HTTPError as error:
            words = error.read().decode("utf-8", "replace")
            raise RuntimeError(f"HTTP {error.code}: {words[:500]}") from error

    return ask


def in_process(settings: Settings) -> Ask:
    """Ask the pipeline of this process through the same request and reply as HTTP; `trace` tells how it came to it."""
    pipeline = assemble.build(settings).pipeline

    def ask(request: Request) -> dict[str, Any]:
        question = ChatRequest.model_validate(request).question_within(Limits())
        answer: Answer = pipeline.answer(question)
        return {**AnswerReply.of(answer).model_dump(mode="json"), "trace": _traced(answer.trace)}

    return ask


def _traced(trace: Mapping[str, Any]) -> dict[str, object]:
    """The trace as JSON, its candidates as kept and rejected passages."""
    rest = {name: value for name, value in trace.items() if name != "candidates"}
    candidates: Sequence[Candidate] = trace.get("candidates", ())
    return {
        "kept": [_passage(candidate) for candidate in candidates if candidate.kept],
        "rejected": [_passage(candidate) for candidate in candidates if not candidate.kept],
        **rest,
    }


def _passage(candidate: Candidate) -> dict[str, object]:
    return {
        "leads_to": candidate.leads_to.id,
        "section": " > ".join(candidate.unit.titles) if candidate.unit else "known gap",
        "probability": candidate.probability,
        "reason": candidate.reason,
        "signals": dict(candidate.signals),
    }
