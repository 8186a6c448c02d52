"""Outside data: files to values, values to a corpus and back, and what is measured on them."""

import json
import lzma
from pathlib import Path

import pytest
import yaml
from core_fakes import HashEmbedder
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.settings import Settings
from evals.__main__ import main
from evals.errors import EvalError
from evals.outside import measure, searchers
from evals.outside.corpus import passage_by_unit, write_documents
from evals.outside.dataset import DataSet, OutsidePassage, OutsideQuestion
from evals.outside.loaders import load_passages, load_sections, load_squad
from evals.outside.searchers import by_vectors, by_words, ingested
from ingest.build import build
from ingest.index import Index

BREAD = "Le boulanger pétrit la pâte à trois heures du matin. Il vend douze pains avant midi."
TRAIN = "Le train de nuit part de la gare de Rimouski à 23 heures. Il arrive à Montréal au matin."
GARDEN = "Les tomates du jardin mûrissent en août. On les cueille à la main, une à une."
PETRIT = {"text": "trois heures du matin", "answer_start": 30}
BREAD_QAS = [
    {"id": 1, "question": "Quand le boulanger pétrit-il?", "answers": [PETRIT]},
    {"id": 2, "question": "Qui mange?", "answers": [], "is_impossible": True},
]
TRAIN_QAS = [{"id": 3, "question": "D’où part le train?", "answers": [{"text": "Rimouski", "answer_start": 40}]}]
SQUAD = {
    "version": "v2.0",
    "data": [
        {"title": "Pain", "paragraphs": [{"context": BREAD, "qas": BREAD_QAS}]},
        {"title": "Train", "paragraphs": [{"context": TRAIN, "qas": TRAIN_QAS}]},
    ],
}


def lines(path: Path, rows: list[dict[str, object]]) -> Path:
    """A file of JSON lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    """A SQuAD file."""
    path = tmp_path / "squad.json"
    path.write_text(json.dumps(SQUAD), encoding="utf-8")
    return path


def test_squad_becomes_passages_and_the_questions_that_they_answer(squad: Path) -> None:
    """Impossible questions are left out; the words of the answer are kept."""
    data = load_squad(squad)
    assert [(one.document, one.text) for one in data.passages] == [("Pain", BREAD), ("Train", TRAIN)]
    assert [(one.id, one.relevant, one.answers) for one in data.questions] == [
        ("1", {"0000-000"}, ("trois heures du matin",)),
        ("3", {"0001-000"}, ("Rimouski",)),
    ]


@pytest.mark.parametrize("names", [("docs.jsonl", "queries.jsonl"), ("passages.jsonl", "questions.jsonl")])
def test_a_folder_of_passages_and_questions_is_read(tmp_path: Path, names: tuple[str, str]) -> None:
    """Whichever of the two common pairs of names it has; fields that we do not know are left unread."""
    lines(tmp_path / names[0], [{"id": "a", "text": BREAD, "title": "Pain", "theme": "x"}, {"id": "b", "text": TRAIN}])
    lines(
        tmp_path / names[1],
        [{"id": "1", "question": "Pain?", "doc_ids": ["a"]}, {"id": "2", "question": "Train?", "passage_id": "b",
         "answers": [{"text": "Rimouski", "answer_start": 1}, "23 heures"]}],
    )  # fmt: skip
    for data in (load_passages(tmp_path), load_squad(tmp_path)):
        assert [one.id for one in data.passages] == ["a", "b"]
        assert [(one.relevant, one.answers) for one in data.questions] == [
            ({"a"}, ()),
            ({"b"}, ("Rimouski", "23 heures")),
        ]


def test_headings_ask_for_their_section_in_both_languages(tmp_path: Path) -> None:
    """But for a heading that several sections have; compressed files are read as they are."""
    rows = [
        {"title_fr": "Loi A", "heading_fr": heading, "text_fr": BREAD, "heading_en": english, "text_en": None}
        for heading, english in (("Pain", "Bread"), ("Idem", "Same"), ("Idem", None))
    ]
    path = tmp_path / "sections.jsonl.xz"
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    data = load_sections(path)
    assert [(one.text, one.language, one.relevant) for one in data.questions] == [
        ("Pain", "fr", {"s0"}),
        ("Bread", "en", {"s0"}),
        ("Same", "en", {"s1"}),
    ]
    assert data.passages[0].heading == "Pain"


def test_everything_wrong_with_a_file_is_told(tmp_path: Path) -> None:
    """By line, at once."""
    lines(tmp_path / "docs.jsonl", [{"id": "a", "text": BREAD}, {"id": "a", "text": TRAIN}])
    lines(tmp_path / "queries.jsonl", [{"id": "1", "question": "?", "doc_ids": ["z"]}])
    with pytest.raises(EvalError) as twice:
        load_passages(tmp_path)
    assert twice.value.problems == ("passage 'a' given twice", "question '1': no passage 'z'")
    (tmp_path / "docs.jsonl").write_text('nonsense\n{"id": 3}\n', encoding="utf-8")
    with pytest.raises(EvalError) as lines_wrong:
        load_passages(tmp_path)
    assert [problem.split(":")[0] for problem in lines_wrong.value.problems] == ["line 1", "line 2", "line 2"]


@pytest.mark.parametrize(
    ("load", "name", "content"),
    [
        (load_squad, "none.json", None),
        (load_squad, "squad.json", b"[]"),
        (load_squad, "squad.json", b'{"data": []}'),
        (load_sections, "a.jsonl.xz", b"not xz"),
        (load_sections, "a.jsonl", b"\xff\xfe"),
    ],
)
def test_a_file_of_another_form_is_refused(tmp_path: Path, load, name: str, content: bytes | None) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """With an error of ours."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(EvalError):
        load(tmp_path / name)


def test_a_folder_without_the_files_is_refused(tmp_path: Path) -> None:
    """It says what it looked for."""
    with pytest.raises(EvalError, match=r"none of docs\.jsonl, passages\.jsonl"):
        load_passages(tmp_path)


TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=80).filter(
    lambda text: any(character.isalpha() for character in text)
)


def data_of(*texts: str) -> DataSet:
    """Passages of one document, and a question for each."""
    passages = tuple(OutsidePassage(f"p{n}", f"Titre {n % 2}", text) for n, text in enumerate(texts))
    questions = tuple(OutsideQuestion(f"q{n}", text, frozenset({f"p{n}"})) for n, text in enumerate(texts))
    return DataSet("données", passages, questions)


@settings(max_examples=6)
@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_passages_come_back_from_the_corpus_they_were_written_to(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    """Whatever marks they hold: no passage becomes a heading, a list or two units of different passages."""
    folder = tmp_path_factory.mktemp("outside")
    data = data_of(*texts)
    write_documents(data, folder / "corpus", headings=False)
    report = build(folder / "corpus", folder / "var", HashEmbedder())
    assert report.failures == ()
    index = Index.open(folder / "var", HashEmbedder())
    units = passage_by_unit(data, index)
    assert set(units.values()) == {passage.id for passage in data.passages}
    for unit, name in units.items():
        words = index.reading(index.units[unit]).text
        passage = next(one for one in data.passages if one.id == name)
        assert "".join(words.split()) in "".join(passage.text.split())


def test_a_corpus_is_written_beside_another_one(tmp_path: Path) -> None:
    """Its documents, questions and gaps are kept; headings are written; a folder that exists is left alone."""
    own = tmp_path / "own"
    (own / "documents").mkdir(parents=True)
    (own / "catalog.yaml").write_text("documents: []\n", encoding="utf-8")
    (own / "kept.txt").write_text("kept", encoding="utf-8")
    data = DataSet(
        "d", (OutsidePassage("a", "Loi", BREAD, "Pain *frais*"),), (OutsideQuestion("q", "?", frozenset("a")),)
    )
    assert write_documents(data, tmp_path / "new", own) == 1
    assert (tmp_path / "new" / "kept.txt").read_text(encoding="utf-8") == "kept"
    (card,) = yaml.safe_load((tmp_path / "new" / "catalog.yaml").read_text(encoding="utf-8"))["documents"]
    assert (card["title"], card["layout"]) == ("Loi", "marked")
    written = (tmp_path / "new" / "documents" / card["file"]).read_text(encoding="utf-8")
    assert written.startswith("## Pain \\*frais\\*\n\nLe boulanger")
    with pytest.raises(EvalError, match="exists already"):
        write_documents(data, tmp_path / "new")


def own_settings(tmp_path: Path) -> Settings:
    """The settings of the program, its data elsewhere."""
    return Settings(data=tmp_path / "unused")


def test_retrieval_is_scored_by_three_searchers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each finds a passage by its own words; the gate and extraction are measured on the whole program."""
    monkeypatch.setattr(searchers, "load_embedder", lambda *_, **__: HashEmbedder())
    monkeypatch.setattr("assistant.assemble.load_embedder", lambda *_, **__: HashEmbedder())
    data = data_of(BREAD, TRAIN, GARDEN)
    asked = DataSet(data.name, data.passages, tuple(
        OutsideQuestion(q.id, q.text.split(".")[0] + "?", q.relevant, ("Rimouski",) if q.id == "q1" else ())
        for q in data.questions
    ))  # fmt: skip
    whole = ingested(asked, own_settings(tmp_path), tmp_path / "work", lambda *_: None)
    for search in (by_words(asked), by_vectors(asked, HashEmbedder()), whole.search):
        told: list[int] = []
        found = measure.retrieval(asked, search, lambda told=told: told.append(1))  # type: ignore[misc]
        assert found == {"hit@1": 1.0, "hit@5": 1.0, "mrr": 1.0, "ndcg@10": 1.0}
        assert len(told) == 3
    open_gate = measure.gate(asked, whole, 0.0, lambda: None)
    closed = measure.gate(asked, whole, 1.01, lambda: None)
    assert (closed["answered"], closed["answered_without"], closed["right"]) == (0.0, 0.0, None)
    assert open_gate["auc"] == closed["auc"]
    assert open_gate["answered"] == open_gate["right"] == 1.0
    assert measure.extraction(asked, whole, lambda: None)["questions"] == 1.0


def test_a_question_without_its_passage_does_not_find_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`without` leaves the passages out, as if they were not there."""
    monkeypatch.setattr(searchers, "load_embedder", lambda *_, **__: HashEmbedder())
    monkeypatch.setattr("assistant.assemble.load_embedder", lambda *_, **__: HashEmbedder())
    data = data_of(BREAD, TRAIN)
    whole = ingested(data, own_settings(tmp_path), tmp_path / "work", lambda *_: None)
    question = data.questions[0]
    assert {whole.passage(one.name) for one in whole.ranked(question, question.relevant)} <= {"p1"}


def test_the_command_measures_and_writes(squad: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Words alone need no model; `--as-documents` writes a corpus instead."""
    out = tmp_path / "out.json"
    assert main(["outside", "squad", str(squad), "--searchers", "words", "--out", str(out)]) == 0
    assert "squad: 2 passages, 2 questions" in capsys.readouterr().out
    assert json.loads(out.read_text(encoding="utf-8"))["retrieval"]["words"]["hit@1"] == 1.0
    assert main(["outside", "squad", str(squad), "--as-documents", str(tmp_path / "corpus")]) == 0
    assert "2 passages in 2 documents" in capsys.readouterr().out
    assert main(["outside", "squad", str(tmp_path / "none.json")]) == 2
    with pytest.raises(SystemExit):
        main(["outside", "squad", str(squad), "--searchers", "magic"])


@given(st.integers(0, 12), st.integers())
def test_a_sample_is_drawn_by_seed(count: int, seed: int) -> None:
    """So many questions, in their order, the same each time; all of them for 0 or too many."""
    data = data_of(*"abcdefgh")
    sample = data.sample(count, seed)
    assert sample == data.sample(count, seed)
    assert len(sample.questions) == (count if 0 < count < 8 else 8)
    assert list(sample.questions) == [one for one in data.questions if one in sample.questions]
