"""The embedder contract, over the embedded model and over a tiny static model made here."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding

from ingest.embed import EMBEDDED_MODEL, EMBEDDED_NAME, Embedder, fingerprint, load_embedder
from ingest.errors import EmbedError
from ingest.train.export import export
from ingest.train.vocabulary import train_tokenizer

TEXTS = (
    "L’école valorise son personnel.",
    "Montant de base du volet 1",
    "gift cards for staff",
    "Où écrire ?",
    "école",
)
MAXIMUM_BYTES = 15_000_000


@pytest.fixture(scope="session")
def embedded() -> Embedder:
    """The model that comes with the program."""
    return load_embedder()


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Saved by the library itself, with a prompt for questions."""
    folder = tmp_path_factory.mktemp("models") / "tiny"
    tokenizer = train_tokenizer([*TEXTS, "question"], 120)
    vectors = torch.randn(tokenizer.get_vocab_size(), 8, generator=torch.Generator().manual_seed(1))
    module = StaticEmbedding(tokenizer, embedding_weights=vectors)
    SentenceTransformer(modules=[module], device="cpu", prompts={"query": "question: "}).save(str(folder))
    return folder


@pytest.fixture(scope="session", params=["embedded", "tiny"])
def embedder(request: pytest.FixtureRequest, tiny_folder: Path, embedded: Embedder) -> Embedder:
    """Each embedder that must keep the contract."""
    return embedded if request.param == "embedded" else load_embedder(tiny_folder)


def test_vectors_are_unit_rows_of_the_announced_dimension(embedder: Embedder) -> None:
    """Single precision, one row per text, norm 1."""
    for encode in (embedder.encode_documents, embedder.encode_queries):
        vectors = encode(TEXTS)
        assert vectors.shape == (len(TEXTS), embedder.dimension)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_the_same_text_always_gets_the_same_vector(embedder: Embedder) -> None:
    """Bit for bit, in whatever company it is encoded."""
    together = embedder.encode_documents([*TEXTS, *TEXTS])
    alone = np.concatenate([embedder.encode_documents([text]) for text in TEXTS])
    np.testing.assert_array_equal(together, np.concatenate([alone, alone]))


def test_more_texts_than_a_batch_keep_their_order(embedder: Embedder) -> None:
    """Six hundred texts, more than the library takes at once."""
    texts = [f"mesure {number}" for number in range(600)]
    np.testing.assert_array_equal(
        embedder.encode_documents(texts)[[0, 599]], embedder.encode_documents([texts[0], texts[599]])
    )


def test_no_text_gives_no_row(embedder: Embedder) -> None:
    """An empty array of the right width."""
    assert embedder.encode_queries([]).shape == (0, embedder.dimension)


def test_a_text_without_a_word_gives_a_finite_vector(embedder: Embedder) -> None:
    """No division by zero."""
    assert np.isfinite(embedder.encode_documents(["", " ", "…?", TEXTS[0]])).all()


def test_the_prompt_for_questions_is_used_when_the_model_has_one(tiny_folder: Path) -> None:
    """A question is encoded as its prompt followed by it; a document is not."""
    tiny = load_embedder(tiny_folder)
    np.testing.assert_array_equal(tiny.encode_queries(["école"]), tiny.encode_documents(["question: école"]))
    assert not np.allclose(tiny.encode_queries(["école"]), tiny.encode_documents(["école"]))


@pytest.mark.parametrize(
    ("one", "other"), [("école", "ecole"), ("ÉCOLE", "école"), ("cœur", "coeur"), ("l'été", "l’été"), ("a b", "a b")]
)
def test_the_embedded_model_folds_case_accents_ligatures_and_apostrophes(
    embedded: Embedder, one: str, other: str
) -> None:
    """People type without accents; the vectors are the same, bit for bit."""
    vectors = embedded.encode_queries([one, other])
    np.testing.assert_array_equal(vectors[0], vectors[1])


@given(text=st.text(max_size=80))
def test_any_text_gets_a_finite_vector_of_norm_one_or_zero(embedded: Embedder, text: str) -> None:
    """Zero when no character of the text is known."""
    vector = embedded.encode_queries([text])[0]
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5) or not vector.any()


@pytest.mark.parametrize(
    ("question", "near", "far"),
    [
        (
            "gift cards for employees",
            "des cartes-cadeaux pour les employés",
            "le calendrier de la reddition",
        ),
        ("combien d'argent par école", "amount of funding per school", "the date of the annual report"),
        ("who do I write to", "à qui écrire pour une question", "le montant de l’allocation"),
    ],
)
def test_the_embedded_model_brings_the_two_languages_together(
    embedded: Embedder, question: str, near: str, far: str
) -> None:
    """General pairs, written for this test: the translation is nearer than another subject in the other language."""
    query, right, wrong = embedded.encode_documents([question, near, far])
    assert query @ right > query @ wrong


def test_the_embedded_model_is_small_and_has_its_card(embedded: Embedder) -> None:
    """Within its budget, with the attribution that its training data ask for."""
    assert sum(path.stat().st_size for path in EMBEDDED_MODEL.rglob("*") if path.is_file()) <= MAXIMUM_BYTES
    assert embedded.name == EMBEDDED_NAME
    card = (EMBEDDED_MODEL / "README.md").read_text(encoding="utf-8")
    assert "Contains information licensed under the Open Government Licence – Canada" in card


def test_the_fingerprint_changes_with_the_weights_and_not_with_the_card(tmp_path: Path) -> None:
    """Documentation and hidden files do not make an index stale."""
    tokenizer = train_tokenizer(TEXTS, 120)
    vectors = torch.eye(tokenizer.get_vocab_size(), 16)
    export(tokenizer, vectors, tmp_path)
    first = fingerprint(tmp_path)
    (tmp_path / "README.md").write_text("a card", encoding="utf-8")
    (tmp_path / ".cache").mkdir()
    (tmp_path / ".cache" / "anything").write_text("", encoding="utf-8")
    assert fingerprint(tmp_path) == first == load_embedder(tmp_path).fingerprint
    export(tokenizer, vectors + 0.5, tmp_path)
    assert fingerprint(tmp_path) != first


def test_a_missing_folder_is_named_with_the_remedy(tmp_path: Path) -> None:
    """As a path or as a string that can only be a path."""
    with pytest.raises(EmbedError, match=r"nowhere.*does not exist.*leave the setting out"):
        load_embedder(tmp_path / "nowhere")
    with pytest.raises(EmbedError, match="does not exist"):
        load_embedder(f"{tmp_path}/nowhere")


def test_a_folder_that_is_no_model_is_refused(tmp_path: Path) -> None:
    """Before any library is loaded."""
    with pytest.raises(EmbedError, match=r"not a sentence-transformers folder.*modules\.json"):
        load_embedder(tmp_path)


def test_a_damaged_model_is_refused_with_its_cause(tiny_folder: Path, tmp_path: Path) -> None:
    """It is refused when it is first needed, and the original error stays readable."""
    for path in tiny_folder.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "model.safetensors").write_bytes(b"cut short")
    embedder = load_embedder(tmp_path)
    with pytest.raises(EmbedError, match=r"tried to load and failed") as caught:
        embedder.encode_queries(["école"])
    assert caught.value.__cause__ is not None


def test_a_hub_name_that_is_not_cached_is_refused_without_a_download(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The network is never reached unless the caller says so."""
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    with pytest.raises(EmbedError, match=r"nobody/no-such-model.*without downloading"):
        load_embedder("nobody/no-such-model")


def test_importing_the_module_does_not_import_torch() -> None:
    """Commands that embed nothing must start at once."""
    code = "import sys, ingest.embed; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
