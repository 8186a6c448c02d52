"""Settings to a working assistant: the only place that names the concrete parts, and the order of the steps."""

from collections.abc import Callable
from dataclasses import dataclass

from assistant.calculate import make_calculate
from assistant.compose.passages import Passages
from assistant.compose.step import Composer
from assistant.conversation import PipelineStep
from assistant.correspondence.drafting import Drafter
from assistant.correspondence.recheck import Recheck
from assistant.guard import Guard
from assistant.model_assembly import ModelSteps, Parts, model_steps
from assistant.model_composer.sources import Stacks
from assistant.parts import make_parts
from assistant.pipeline import Pipeline
from assistant.proof.subject import Subjects
from assistant.ranking import load_ranking
from assistant.referrals import Referrals
from assistant.rephrase import rephrase
from assistant.replies import load_replies
from assistant.retrieve import make_retrieve
from assistant.route import make_route
from assistant.screen import make_screen
from assistant.settings import Settings
from assistant.signals import SignalReader
from assistant.spelling import make_spelling
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
    language_model: ModelSteps
    drafter: Drafter
    recheck: Recheck


def build(
    settings: Settings, search: Callable[[SignalReader], PipelineStep] | None = None, *, probe_model: bool = False
) -> Assistant:
    """Open the index and put the steps in order. `search` makes another step than the fitted one, to be measured.

    A language model that cannot be used is logged and left out; `probe_model` asks it for a word to find out.

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
    guard = Guard(index)
    parts = Parts(index, Subjects(index, embedder), Stacks(index), figures, replies, referrals, guard.check)
    extended = model_steps(settings, parts, probe=probe_model)
    route = make_route([stored.entry for stored in index.documents.values()])
    one_question = (
        ("rephrase", extended("rephrase", rephrase)),
        ("spell", make_spelling(index.vocabulary)),
        ("route", extended("route", route)),
        ("retrieve", search(signals) if search else make_retrieve(signals, load_ranking(), settings.gate)),
        ("calculate", make_calculate(figures)),
        ("compose", composer.step()),
    )
    pipeline = Pipeline(
        steps=(
            ("screen", make_screen(replies, referrals)),
            ("", extended("compose", make_parts(one_question))),
        ),
        guard=guard,
        replies=replies,
        index_version=index.manifest.version,
    )
    wording = load_replies(settings.prompts, "drafts.yaml")
    drafter = Drafter(pipeline.answer, index, referrals, replies, wording, settings.question_limit)
    return Assistant(pipeline, index, figures, signals, extended, drafter, Recheck(index))
