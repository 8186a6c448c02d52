"""Settings to a working assistant: the only place that names the concrete parts, and the order of the steps."""

from dataclasses import dataclass

from assistant.calculate import make_calculate
from assistant.compose.passages import Passages
from assistant.compose.step import Composer
from assistant.guard import Guard
from assistant.pipeline import Pipeline
from assistant.ranking import load_ranking
from assistant.referrals import Referrals
from assistant.rephrase import rephrase
from assistant.replies import load_replies
from assistant.retrieve import make_retrieve
from assistant.route import make_route
from assistant.screen import make_screen
from assistant.settings import Settings
from assistant.signals import SignalReader
from assistant.tools.figures import Figures, load_figures
from ingest.embed import load_embedder
from ingest.index import Index


@dataclass(frozen=True, slots=True)
class Assistant:
    """What an interface needs: the pipeline, the index it reads, and the dated figures."""

    pipeline: Pipeline
    index: Index
    figures: Figures
    signals: SignalReader


def build(settings: Settings) -> Assistant:
    """Open the index and put the steps in order.

    Raises:
        IngestError, AssistantError: the index, the model, a data file or a prompt is missing or wrong.
    """
    embedder = load_embedder(settings.embedding_model, allow_download=settings.allow_model_download)
    index = Index.open(settings.data, embedder)
    figures = load_figures(settings.corpus)
    replies = load_replies(settings.prompts)
    referrals = Referrals(index, replies)
    signals = SignalReader(index, embedder)
    composer = Composer(index, replies, referrals, Passages(index, replies))
    pipeline = Pipeline(
        steps=(
            ("screen", make_screen(replies, referrals)),
            ("rephrase", rephrase),
            ("route", make_route([stored.entry for stored in index.documents.values()])),
            ("retrieve", make_retrieve(signals, load_ranking(), settings.gate)),
            ("calculate", make_calculate(figures)),
            ("compose", composer.step()),
        ),
        guard=Guard(index),
        replies=replies,
        index_version=index.manifest.version,
    )
    return Assistant(pipeline, index, figures, signals)
