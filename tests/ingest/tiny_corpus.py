"""A corpus of three small documents, and an embedder without a model: for tests of the build and of the index."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ingest.embed import Vectors
from ingest.tokens import words

DOCUMENTS = {
    "guide": ("guide.md", "marked", "# Guide\n\nLa mesure finance le mentorat.\n\nLe montant de base est de 500 $.\n"),
    "lettre": ("lettre.txt", "prose", "Québec, le 3 mai 2024\n\nUne somme de 11 M$ est ajoutée pour le tutorat.\n"),
    "plan": ("plan.md", "marked", "# Plan\n\n## Cible\n\nLe taux de rétention visé est de 85 %.\n"),
}
QUESTIONS = """\
- document: guide
  about: le montant de base
  quote: "Le montant de base est de 500 $."
  fr: ["Quel est le montant de base?", "Combien par organisme?"]
  en: ["What is the base amount?"]
- document: lettre
  about: le tutorat
  quote: "Une somme de 11 M$"
  fr: ["Combien pour le tutorat?"]
"""
GAPS = """\
- id: dates
  topic: procedure
  nearest: [{document: plan, quote: "Le taux de rétention visé"}]
  reply_fr: Les documents ne le disent pas.
  reply_en: The documents do not say.
  fr: ["À quelle date?"]
"""


class HashEmbedder:
    """Texts as hashed bags of words; remembers the texts that it was given."""

    def __init__(self, name: str = "hash", dimension: int = 64) -> None:
        self.name = name
        self.dimension = dimension
        self.fingerprint = hashlib.sha256(f"{name} {dimension}".encode()).hexdigest()
        self.seen: list[str] = []

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        self.seen.extend(texts)
        return np.array([self._vector(text) for text in texts], dtype=np.float32).reshape(-1, self.dimension)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self.encode_documents(texts)

    def _vector(self, text: str) -> Vectors:
        vector = np.zeros(self.dimension, dtype=np.float32)
        for word in words(text):
            vector[int(hashlib.sha256(word.encode()).hexdigest(), 16) % self.dimension] += 1
        norm = float(np.linalg.norm(vector))
        return vector / norm if norm else vector


def write_corpus(corpus: Path) -> Path:
    """The three documents with their catalog, questions and gaps."""
    for folder in ("documents", "questions", "gaps"):
        (corpus / folder).mkdir(parents=True)
    for file, _, text in DOCUMENTS.values():
        (corpus / "documents" / file).write_text(text, encoding="utf-8")
    (corpus / "questions" / "toutes.yaml").write_text(QUESTIONS, encoding="utf-8")
    (corpus / "gaps" / "toutes.yaml").write_text(GAPS, encoding="utf-8")
    return catalogue(corpus)


def catalogue(corpus: Path) -> Path:
    """(Re)write the catalog for the documents as they are now."""
    entries = [_entry(corpus, name, file, layout) for name, (file, layout, _) in DOCUMENTS.items()]
    (corpus / "catalog.yaml").write_text("documents:\n" + "".join(entries), encoding="utf-8")
    return corpus


def edit(corpus: Path, name: str, old: str, new: str) -> None:
    """Change a document, and its entry with it."""
    path = corpus / "documents" / DOCUMENTS[name][0]
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    catalogue(corpus)


def _entry(corpus: Path, name: str, file: str, layout: str) -> str:
    digest = hashlib.sha256((corpus / "documents" / file).read_bytes()).hexdigest()
    return f"""\
  - id: {name}
    title: Document {name}
    short_title: {name}
    issuer: unknown
    authority: unknown
    kind: text
    language: fr
    issued: unknown
    validity: unknown
    status: current
    file: {file}
    original_file: {file}
    sha256: '{digest}'
    published_at: unknown
    layout: {layout}
"""
