"""Yardsticks: reading tasks, computing figures, the command."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.train.evaluate import main
from ingest.train.measures import figures, ranking, spearman
from ingest.train.tasks import Documents, Questions, RetrievalTask, load_tasks, read_bench

TASKS = """
retrieval:
  - title: made
    questions: {files: [questions.jsonl], text: question, answer: doc}
    documents: {files: [docs.jsonl], id: id, text: text}
similarity:
  - {title: alike, file: pairs.tsv}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three documents, two questions, three scored pairs, and the tasks over them."""
    documents = ["le chat dort", "le chien mange", "la voiture roule"]
    rows = [{"id": str(i), "text": text} for i, text in enumerate(documents)]
    asked = [{"question": "où dort le chat", "doc": "0"}, {"question": "que mange le chien", "doc": ["1"]}]
    for name, several in (("docs.jsonl", rows), ("questions.jsonl", asked)):
        (tmp_path / name).write_text("\n".join(json.dumps(row) for row in several), encoding="utf-8")
    table = "sentence1\tsentence2\tscore\nun chat\tun chat\t5\nun chat\tune auto\t0\nun chat\tun chien\t2\n"
    (tmp_path / "pairs.tsv").write_text(table, encoding="utf-8")
    (tmp_path / "tasks.yaml").write_text(TASKS, encoding="utf-8")
    return tmp_path


def test_figures_are_those_computed_by_hand() -> None:
    """First question right at rank 1, second at rank 3, third not at all."""
    ranks = [np.array([4, 1, 2]), np.array([1, 2, 3]), np.array([0, 1, 2])]
    found = figures(ranks, [frozenset({4}), frozenset({3}), frozenset({9})])
    assert (found.questions, found.hit_1, found.hit_5) == (3, pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert found.ndcg_10 == pytest.approx((1 + 0.5 + 0) / 3)


@given(st.lists(st.floats(-10, 10, width=32), min_size=1, max_size=40))
def test_a_ranking_holds_the_highest_scores_in_order(scores: list[float]) -> None:
    """Ten documents at most, none better left out."""
    array = np.array(scores, dtype=np.float32)
    assert array[ranking(array)].tolist() == sorted(array.tolist(), reverse=True)[:10]


def test_rank_correlation_shares_the_ranks_of_ties() -> None:
    """Worked by hand: ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4."""
    assert spearman([1.0, 2.0, 3.0, 9.0], [10.0, 20.0, 30.0, 31.0]) == pytest.approx(1)
    assert spearman([1.0, 2.0, 3.0, 4.0], [1.0, 5.0, 5.0, 7.0]) == pytest.approx(4.5 / (5 * 4.5) ** 0.5)


def test_a_question_does_not_find_itself_when_it_is_left_out(tmp_path: Path) -> None:
    """Only the other questions of its unit count as right."""
    rows = [{"unit": "u", "q": ["a b", "a c"]}, {"unit": "v", "q": ["d"]}]
    (tmp_path / "rows.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    task = RetrievalTask(
        title="t",
        questions=Questions(files=("rows.jsonl",), text="q", answer="unit"),
        documents=Documents(files=("rows.jsonl",), id="unit", text="q"),
        leave_out=True,
    )
    bench = read_bench(task, [tmp_path])
    assert bench.questions == ("a b", "a c")
    assert bench.right == (frozenset({1}), frozenset({0}))
    assert bench.hidden == (frozenset({0}), frozenset({1}))


def test_the_command_measures_the_embedded_model_beside_bm25(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On three documents that any system tells apart."""
    out = folder / "figures.json"
    assert main(["--tasks", str(folder / "tasks.yaml"), "--data", str(folder), "--bm25", "--out", str(out)]) == 0
    report = json.loads(out.read_text(encoding="utf-8"))
    assert {name: values["hit_1"] for name, values in report["made"].items()} == {"model": 1, "bm25": 1, "sum": 1}
    assert report["alike"]["model"]["spearman"] > 0
    assert "| made | bm25 | 2 | 1.000 |" in capsys.readouterr().out


def test_the_command_names_what_is_missing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, no stack trace."""
    (folder / "docs.jsonl").unlink()
    assert main(["--tasks", str(folder / "tasks.yaml"), "--data", str(folder)]) == 2
    assert "docs.jsonl" in capsys.readouterr().err


def test_the_committed_tasks_are_valid() -> None:
    """The task file that the model card names can be read."""
    assert load_tasks(Path(__file__).parents[2] / "ingest" / "train" / "tasks.yaml").retrieval
