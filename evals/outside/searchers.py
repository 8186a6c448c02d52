"""Three ways of looking for passages, each `question → ids of passages, best first`: words, vectors, and this program.

`words` and `vectors` search the passages alone (BM25 with our tokens; cosine of the embedding model). `hybrid` is the
assistant's own ranking, on an index built from the passages as `balise ingest` builds it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant import assemble
from assistant.assemble import Assistant
from assistant.conversation import PipelineStep, Question, Turn
from assistant.ranking import Ranked, Ranking, load_ranking
from assistant.route import make_route
from assistant.settings import Settings
from evals.errors import EvalError
from evals.outside.corpus import passage_by_unit, write_documents
from evals.outside.dataset import DataSet, OutsideQuestion
from ingest.build import Progress, build
from ingest.embed import Embedder, load_embedder
from ingest.lexical import LexicalIndex

DEPTH = 100
"""Passages that a searcher gives at most."""

Searcher = Callable[[OutsideQuestion], Sequence[str]]


def by_words(data: DataSet) -> Searcher:
    """BM25 over the tokens of the program."""
    names = [passage.id for passage in data.passages]
    index = LexicalIndex.of([passage.text for passage in data.passages])
    return lambda question: [names[number] for number, _ in index.search(question.text, DEPTH)]


def by_vectors(data: DataSet, embedder: Embedder) -> Searcher:
    """Cosine, over all passages: no approximation."""
    names = [passage.id for passage in data.passages]
    vectors = embedder.encode_documents([passage.text for passage in data.passages])

    def search(question: OutsideQuestion) -> list[str]:
        scores = vectors @ embedder.encode_queries([question.text])[0]
        return [names[number] for number in np.argsort(-scores, kind="stable")[:DEPTH]]

    return search


@dataclass(frozen=True, slots=True)
class Ingested:
    """The assistant over an outside data set, and the passage that each of its units comes from."""

    assistant: Assistant
    ranking: Ranking
    route: PipelineStep
    passage_of: dict[str, str]

    def ranked(self, question: OutsideQuestion, without: frozenset[str] = frozenset()) -> list[Ranked]:
        """What the assistant's ranking gives, best first; `without`: as if these passages were not there."""
        signals = self.assistant.signals
        turn = self.route(Turn(Question(question.text), question.language, question.text))
        found = signals.read(turn.standalone, turn.route)
        left = {name: one for name, one in found.items() if self.passage(name) not in without}
        return self.ranking.rank(left, signals.unit_of)

    def passage(self, target: str) -> str:
        """The id of the passage of a target; empty for a gap."""
        known = self.assistant.signals.targets.get(target)
        return self.passage_of[known.unit] if known else ""

    def search(self, question: OutsideQuestion) -> list[str]:
        """The passages by the assistant's ranking, each once."""
        return list(dict.fromkeys(self.passage(one.name) for one in self.ranked(question)))[:DEPTH]


def ingested(data: DataSet, settings: Settings, work: Path, progress: Progress) -> Ingested:
    """Build an index of the passages in `work` (one that is there for the same passages is used again), and open it.

    Raises:
        EvalError: a document could not be ingested.
    """
    corpus = work / "corpus"
    if not corpus.exists():
        write_documents(data, corpus, headings=False)
    apart = settings.model_copy(update={"data": work / "var"})  # the figures stay those of the program
    embedder = load_embedder(settings.embedding_model, allow_download=settings.allow_model_download)
    report = build(corpus, apart.data, embedder, progress)
    if report.failures:
        raise EvalError(str(corpus), report.failures)
    assistant = assemble.build(apart)
    route = make_route([stored.entry for stored in assistant.index.documents.values()])
    return Ingested(assistant, load_ranking(), route, passage_by_unit(data, assistant.index))
