"""A language model's comment on each answer, for the person who reads a report. It has no part in any verdict or gate.

In: a connected model, a case, its answer. Out: one or two sentences; where the model gives none, why. Everything that
it reads is fenced as data.
"""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from string import Template

from assistant.model.values import ChatModel, ModelError, Said
from assistant.watch import Watch
from evals.answers import Answer
from evals.cases import Case
from evals.scoring import text_of

PROMPT_FILE = Path(__file__).with_name("judge.md")
_BETWEEN = "\n=====\n"
_SECONDS = 60.0
_LANGUAGES = {"fr": "French", "en": "English"}


def comments(
    model: ChatModel, pairs: Iterable[tuple[Case, Answer]], tell: Callable[[], object] = lambda: None
) -> dict[str, str]:
    """A comment on each answer, by the id of its case."""
    system, _, user = PROMPT_FILE.read_text(encoding="utf-8").partition(_BETWEEN)
    said: dict[str, str] = {}
    for case, answer in pairs:
        given = _variables(case, answer)
        messages = (
            Said("system", Template(system).substitute(given)),
            Said("user", Template(user).substitute(given)),
        )
        said[case.id] = _said(model, messages)
        tell()
    return said


def _said(model: ChatModel, messages: tuple[Said, ...]) -> str:
    try:
        return model.reply(messages, (), _SECONDS, Watch()).reply.text.strip()
    except ModelError as error:
        return f"(no comment: {error.reason.value})"


def _variables(case: Case, answer: Answer) -> dict[str, str]:
    groups = "; ".join(" / ".join(group) for group in case.must_include)
    texts = (case.question, groups or "an abstention: the documents do not answer", text_of(answer))
    fence = "data-" + hashlib.sha256("\x1f".join(texts).encode(errors="backslashreplace")).hexdigest()[:12]
    question, expected, words = texts
    language = _LANGUAGES[case.lang]
    return {"language": language, "fence": fence, "question": question, "expected": expected, "answer": words}
