"""A whole small world for the assistant: a corpus written to disk, a deterministic embedder, a real index over them."""

import atexit
import hashlib
import shutil
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import yaml

from assistant.compose.passages import Passages
from assistant.compose.step import Composer
from assistant.conversation import Citation, Question, Turn
from assistant.guard import Guard
from assistant.pipeline import NamedStep, Pipeline
from assistant.ranking import load_ranking
from assistant.referrals import Referrals
from assistant.rephrase import rephrase
from assistant.replies import Replies, load_replies
from assistant.retrieve import make_retrieve
from assistant.route import make_route
from assistant.screen import make_screen
from assistant.signals import SignalReader
from ingest.build import build
from ingest.embed import Embedder, Vectors
from ingest.index import Index
from ingest.tokens import char_grams

ROOT = Path(__file__).parents[2]
PROMPTS = ROOT / "prompts"
GUIDE = "guide-mesures-15158-30100"

GARDEN = """Guide du jardin scolaire

Le jardin

Le jardin se définit comme un lieu où l’on cultive des plantes avec les élèves.

Formule et normes d’allocation

Le montant de base est de 4 321 $ par école pour l’année scolaire 2024-2025. Le solde est réparti au prorata du
nombre de serres.

Reddition de comptes

La date limite pour le rapport est le 15 mars.

Nous joindre

Questions financières :

Courriel : financement@jardin.quebec

Questions sur les plantes :

Courriel : valorisation@jardin.quebec
"""
LETTER = """Lettre aux écoles

Chères écoles,

Une somme de 2,5 M$ sera consacrée aux composteurs. Merci de votre engagement.
"""
QUESTIONS = [
    {
        "document": "jardin",
        "about": "definition of the garden",
        "quote": "se définit comme un lieu où l’on cultive des plantes",
        "fr": ["C’est quoi un jardin scolaire?", "Définition du jardin"],
        "en": ["What is a school garden?"],
        "gloss_en": "A garden is a place where plants are grown with pupils.",
    },
    {
        "document": "jardin",
        "about": "base amount",
        "quote": "Le montant de base est de 4 321 $ par école",
        "fr": ["Quel est le montant de base par école?", "Combien d’argent de base pour une école?"],
        "en": ["How much is the base amount per school?"],
        "gloss_en": "The base amount is $4,321 per school.",
    },
    {
        "document": "jardin",
        "about": "deadline",
        "quote": "La date limite pour le rapport est le 15 mars.",
        "fr": ["Quelle est la date limite du rapport?"],
        "en": ["When is the report due?"],
        "gloss_en": "The report is due on April 2.",
    },
    {
        "document": "lettre",
        "about": "composters",
        "quote": "Une somme de 2,5 M$ sera consacrée aux composteurs.",
        "fr": ["Combien pour les composteurs?"],
        "en": ["How much for composters?"],
        "gloss_en": "A sum of $2.5 million will be devoted to composters.",
    },
]
GAPS = [
    {
        "id": "tracteur",
        "topic": "expense",
        "nearest": [{"document": "jardin", "quote": "un lieu où l’on cultive des plantes"}],
        "referral": "financement",
        "reply_fr": "Le guide ne parle pas de tracteur.",
        "reply_en": "The guide does not mention tractors.",
        "fr": ["Peut-on acheter un tracteur?", "Le tracteur est-il admissible?"],
        "en": ["Can we buy a tractor?"],
    },
    {
        "id": "meteo",
        "topic": "out_of_scope",
        "nearest": [],
        "referral": None,
        "reply_fr": "La météo ne fait pas partie des documents.",
        "reply_en": "The weather is not in the documents.",
        "fr": ["Quel temps fera-t-il demain?"],
        "en": ["What will the weather be tomorrow?"],
    },
]


class HashEmbedder:
    """Each four-letter piece of a text adds one to a component chosen by its hash: deterministic, no model."""

    name = "hash"
    dimension = 64
    fingerprint = "0" * 64

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Unit rows; all zeros without any word."""
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for gram in char_grams(text):
                row[int.from_bytes(hashlib.sha256(gram.encode()).digest()[:4]) % self.dimension] += 1
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.where(norms > 0, norms, 1), dtype=np.float32)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """As documents."""
        return self.encode_documents(texts)


def entry(document: str, text: str, **more: object) -> dict[str, object]:
    """A card of the catalog."""
    card = {
        "id": document,
        "title": f"Titre de {document}",
        "short_title": document,
        "issuer": "unknown",
        "authority": "ministry",
        "kind": "guide",
        "language": "fr",
        "issued": "unknown",
        "validity": "2024-2025",
        "status": "current",
        "file": f"{document}.txt",
        "original_file": f"{document}-original.txt",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "published_at": "unknown",
        "layout": "prose",
        "voice": {"fr": f"Le texte « {document} » dit", "en": f"The text “{document}” says"},
    }
    return {**card, **more}


def write_corpus(folder: Path, texts: dict[str, str], *, questions: object = (), gaps: object = ()) -> Path:
    """A corpus folder with these documents, expected questions and gaps."""
    (folder / "documents").mkdir(parents=True)
    for name, text in texts.items():
        (folder / "documents" / f"{name}.txt").write_bytes(text.encode())
    cards = [entry(name, text, cues=[rf"\b{name}\b"]) for name, text in texts.items()]
    files = {"catalog.yaml": {"documents": cards}, "questions/all.yaml": questions, "gaps/all.yaml": gaps}
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return folder


def write_garden(folder: Path) -> Path:
    """The small corpus of the tests."""
    return write_corpus(folder, {"jardin": GARDEN, "lettre": LETTER}, questions=QUESTIONS, gaps=GAPS)


def open_new(corpus: Path, data: Path) -> Index:
    """Ingest for real, and open."""
    report = build(corpus, data, HashEmbedder())
    assert report.failures == ()
    return Index.open(data, HashEmbedder())


def temporary_folder() -> Path:
    """A folder that goes with the process; for what is built once for several tests."""
    folder = Path(tempfile.mkdtemp(prefix="balise-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def garden_index() -> Index:
    """An index of the small corpus; read only, shared."""
    folder = temporary_folder()
    return open_new(write_garden(folder / "corpus"), folder / "data")


@cache
def guide_index() -> Index:
    """An index of the real guide alone."""
    return _real_index(GUIDE)


@cache
def strategy_index() -> Index:
    """An index of the real summary of the Strategy alone."""
    return _real_index("strategie-valorisation-2022-2026")


def _real_index(document: str) -> Index:
    folder = temporary_folder()
    (folder / "corpus" / "documents").mkdir(parents=True)
    catalog = yaml.safe_load((ROOT / "corpus" / "catalog.yaml").read_text(encoding="utf-8"))
    cards = [card for card in catalog["documents"] if card["id"] == document]
    (folder / "corpus" / "catalog.yaml").write_text(yaml.safe_dump({"documents": cards}), encoding="utf-8")
    shutil.copy(ROOT / "corpus" / "documents" / cards[0]["file"], folder / "corpus" / "documents")
    return open_new(folder / "corpus", folder / "data")


@cache
def real_replies() -> Replies:
    """The sentences that the program says."""
    return load_replies(PROMPTS)


def steps_of(index: Index, gate: float = 0.5, embedder: Embedder | None = None) -> tuple[NamedStep, ...]:
    """The steps of the assistant in their order, less the computations; the index is of this embedder."""
    replies = real_replies()
    referrals = Referrals(index, replies)
    entries = [stored.entry for stored in index.documents.values()]
    return (
        ("screen", make_screen(replies, referrals)),
        ("rephrase", rephrase),
        ("route", make_route(entries)),
        ("retrieve", make_retrieve(SignalReader(index, embedder or HashEmbedder()), load_ranking(), gate)),
        ("compose", Composer(index, replies, referrals, Passages(index, replies)).step()),
    )


def pipeline_of(index: Index, steps: Sequence[NamedStep] | None = None) -> Pipeline:
    """A pipeline over this index; the usual steps unless others are given."""
    return Pipeline(steps_of(index) if steps is None else steps, Guard(index), real_replies(), index.manifest.version)


def turn(text: str, **more: object) -> Turn:
    """A turn that nothing has happened to yet."""
    question = Question(text)
    return Turn(question, **{"language": "fr", "standalone": text, **more})  # type: ignore[arg-type]


def citation(document: str, quote: str, start: int, end: int, n: int = 1) -> Citation:
    """A citation of a document, as the notebook writes them."""
    return Citation(
        n=n,
        document=document,
        source_file=f"{document}-original.txt",
        title=f"Titre de {document}",
        authority="ministry",
        validity="2024-2025",
        section=(),
        page=None,
        quote=quote,
        start=start,
        end=end,
        url=f"/documents/{document}?start={start}&end={end}#quote",
    )
