"""The assistant over the real corpus with a language model on the loopback, and what every answer must keep to."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from core_fakes import PROMPTS, ROOT, real_replies
from model_server import ModelServer, Request, Script, model_server
from real_program import real_embedder, real_index
from reply_cases import subjects

from assistant.calculate import make_calculate
from assistant.compose.passages import Passages
from assistant.compose.step import Composer
from assistant.conversation import Answer, Kind, PipelineStep, Turn
from assistant.facts import facts
from assistant.guard import Guard
from assistant.lock import loose
from assistant.model.chat import LangChainModel
from assistant.model.values import ModelOptions
from assistant.model_assembly import ModelSteps, Parts, steps_of
from assistant.model_composer.sources import Stacks
from assistant.pipeline import Pipeline
from assistant.prompts import Prompts, load_prompts
from assistant.ranking import load_ranking
from assistant.referrals import Referrals
from assistant.rephrase import rephrase
from assistant.retrieve import make_retrieve
from assistant.route import make_route
from assistant.screen import make_screen
from assistant.signals import SignalReader
from assistant.tools.figures import Figures, load_figures
from ingest.fold import find

BASE = "Quel est le montant de base par organisme en 2024-2025?"
QUOTE = "À titre indicatif, le montant de base par organisme scolaire est de 21 989 $ pour l’année scolaire 2024-2025."
TRUE = "Le montant de base est de 21 989 $ par organisme scolaire pour 2024-2025, à titre indicatif."
FAST = {"timeout": 0.4, "budget": 0.5}
"""For models that never answer: what a person waits for them, in seconds."""


@cache
def figures() -> Figures:
    """The dated figures of the corpus."""
    return load_figures(ROOT / "corpus")


@cache
def signals() -> SignalReader:
    """Retrieval over the real corpus."""
    return SignalReader(real_index(), real_embedder())


@cache
def prompts() -> Prompts:
    """The prompts of the repository."""
    return load_prompts(PROMPTS)


@cache
def stacks() -> Stacks:
    """The passages as a model reads them; made once."""
    return Stacks(real_index())


def parts() -> Parts:
    """What the assembly hands to the steps of the model."""
    index = real_index()
    referrals = Referrals(index, real_replies())
    return Parts(index, subjects(), stacks(), figures(), real_replies(), referrals, Guard(index).check)


def pipeline(extend: ModelSteps) -> Pipeline:
    """The steps in the order of the assembly, extended."""
    index, replies = real_index(), real_replies()
    referrals = Referrals(index, replies)
    composer = Composer(index, replies, referrals, Passages(index, replies))
    entries = [stored.entry for stored in index.documents.values()]
    steps: list[tuple[str, PipelineStep]] = [
        ("rephrase", extend("rephrase", rephrase)),
        ("route", extend("route", make_route(entries))),
        ("retrieve", make_retrieve(signals(), load_ranking(), 0.5)),
        ("calculate", make_calculate(figures())),
        ("compose", composer.step()),
    ]

    def answer(turn: Turn) -> Turn:
        for name, step in steps:
            turn.watch(name)
            turn = step(turn)
        return turn

    every = (("screen", make_screen(replies, referrals)), ("answer", extend("compose", answer)))
    return Pipeline(every, Guard(index), replies, index.manifest.version)


@contextmanager
def assistant(
    script: Script, names: str = "compose", **options: Any
) -> Iterator[tuple[Pipeline, ModelServer, LangChainModel]]:
    """A pipeline whose model plays the script."""
    with model_server(script) as server:
        chosen = ModelOptions("openai:test", url=server.url, key="k", **{"timeout": 20.0, "budget": 30.0, **options})
        model = LangChainModel(chosen)
        try:
            steps = steps_of(model, chosen, prompts(), parts(), frozenset(names.split(",")))
            yield pipeline(steps), server, model
        finally:
            server.let_go.set()
            model.close()


@cache
def deterministic() -> Pipeline:
    """The same without a model."""
    return pipeline(ModelSteps())


def token(request: Request, words: str) -> str:
    """The token that the request hands out for the passage with these words."""
    text = "\n".join(str(message["content"]) for message in request["messages"])
    for line in text.splitlines():
        if " ".join(words.split()) in " ".join(line.split()) and (found := re.match(r"\[(S\d+)\]", line)):
            return found[1]
    raise AssertionError(f"{words!r} was not handed out")


def said(request: Request, *statements: tuple[str, str], status: str = "answered", **more: Any) -> dict[str, Any]:
    """A reply of these statements, each with the words it rests on (none: nothing)."""
    return {
        "status": status,
        "statements": [
            {"text": text, "support": [{"token": token(request, words), "words": words}] if words else []}
            for text, words in statements
        ],
        "eligibility": None,
        "mailbox": None,
        **more,
    }


def assert_proved(answer: Answer, question: str) -> None:
    """Every quote stands in its document; every figure is quoted, computed or the person's; every claim is cited."""
    index = real_index()
    quotes = {citation.n: citation for citation in answer.citations}
    for citation in answer.citations:
        places = list(find(index.documents[citation.document].text, citation.quote))
        assert any(place.start == citation.start for place in places), citation
    computed = tuple(facts(answer.calculation)) if answer.calculation else ()
    for statement in answer.statements:
        cited = [quotes[n].quote for n in statement.citations]
        assert not loose(statement.text, *cited, *computed, question), statement
        assert statement.kind is not Kind.CLAIM or cited, statement
