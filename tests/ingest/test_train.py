"""Training on pairs made here: seeded, resumable, and it learns."""

import json
import lzma
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from ingest.embed import fingerprint, load_embedder
from ingest.errors import CatalogError
from ingest.train.__main__ import main
from ingest.train.recipe import PairSource, Recipe, Settings, load_recipe
from ingest.train.run import train

COLOURS = {"rouge": "red", "bleu": "blue", "vert": "green", "noir": "black", "blanc": "white"}
THINGS = {"chat": "cat", "chien": "dog", "arbre": "tree", "livre": "book", "pont": "bridge"}
PAIRS = [
    (f"le {t} {c} numéro {n}", f"the {COLOURS[c]} {THINGS[t]} number {n}")
    for t in THINGS
    for c in COLOURS
    for n in (1, 2)
]
SETTINGS = Settings(
    vocabulary=200,
    dimension=16,
    sizes=(16, 8),
    epochs=30,
    batch=10,
    learning_rate=0.02,
    token_limit=16,
    drop_tokens=0.0,
)
RECIPE = Recipe(sources={"made": PairSource(files=("pairs.jsonl",), pairs=(("fr", "en"),))}, settings=SETTINGS)


class StoppedError(Exception):
    """Stands for a kill in the middle of a run."""


BRIEF = RECIPE.with_settings({"epochs": 1})


def ignore(_step: int, _steps: int, _loss: float) -> None:
    """No progress shown."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder that holds the fifty pairs."""
    lines = [json.dumps({"fr": fr, "en": en}, ensure_ascii=False) for fr, en in PAIRS]
    (tmp_path / "pairs.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def test_translations_find_each_other_after_training(data: Path) -> None:
    """A hundred steps on fifty pairs are enough to tell colours and things apart."""
    losses: list[float] = []
    train(RECIPE, [data], data / "model", data / "work", lambda _step, _steps, loss: losses.append(loss))
    embedder = load_embedder(data / "model")
    scores = embedder.encode_queries([fr for fr, _ in PAIRS]) @ embedder.encode_documents([en for _, en in PAIRS]).T
    found = [PAIRS[best][1] == en for best, (_, en) in zip(scores.argmax(axis=1), PAIRS, strict=True)]
    assert np.mean(found) > 0.9
    assert losses[-1] < losses[0]


def test_two_runs_with_one_seed_give_the_same_model(data: Path) -> None:
    """The whole folder is the same, byte for byte; another seed gives another one."""
    for name in ("one", "two"):
        train(BRIEF, [data], data / name, data / f"{name}.work", ignore)
    other = BRIEF.with_settings({"seed": 8})
    train(other, [data], data / "three", data / "three.work", ignore)
    assert fingerprint(data / "one") == fingerprint(data / "two") != fingerprint(data / "three")


def test_an_interrupted_run_goes_on_and_ends_the_same(data: Path) -> None:
    """Stopped after the first checkpoint, then run again: it does not start over, and gives the same weights."""
    train(RECIPE, [data], data / "whole", data / "whole.work", ignore)

    def stop(step: int, _steps: int, _loss: float) -> None:
        if step == 105:
            raise StoppedError

    with pytest.raises(StoppedError):
        train(RECIPE, [data], data / "parts", data / "parts.work", stop)
    assert not (data / "parts").exists()
    steps: list[int] = []
    train(RECIPE, [data], data / "parts", data / "parts.work", lambda step, _steps, _loss: steps.append(step))
    assert steps[0] == 101
    assert fingerprint(data / "parts") == fingerprint(data / "whole")


def test_a_changed_recipe_does_not_resume_the_old_run(data: Path) -> None:
    """Checkpoints belong to one recipe and one set of pairs."""
    train(BRIEF, [data], data / "model", data / "work", ignore)
    steps: list[int] = []
    longer = BRIEF.with_settings({"epochs": 2})
    train(longer, [data], data / "model", data / "work", lambda step, _steps, _loss: steps.append(step))
    assert steps[0] == 1


def test_the_model_is_stored_in_one_byte_per_component(data: Path) -> None:
    """And the standard class of sentence-transformers loads it (see the first test)."""
    train(BRIEF, [data], data / "model", data / "work", ignore)
    tensors = load_file(data / "model" / "model.safetensors")
    assert tensors["embeddings"].dtype == np.int8
    assert tensors["embeddings"].shape == (len(tensors["weights"]), 16)


def test_the_command_trains_from_a_compressed_file(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--pairs FILE:LEFT:RIGHT` needs no recipe; settings are given with `--set`."""
    (data / "pairs.jsonl.xz").write_bytes(lzma.compress((data / "pairs.jsonl").read_bytes()))
    settings = [f"--set={name}" for name in ("vocabulary=200", "dimension=16", "sizes=[16]", "epochs=1", "batch=10")]
    out = data / "model"
    assert main(["--pairs", "pairs.jsonl.xz:fr:en", "--data", str(data), "--out", str(out), *settings]) == 0
    assert str(out) in capsys.readouterr().out
    assert load_embedder(out).dimension == 16


def test_the_command_names_a_missing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2 and the remedy, no stack trace."""
    assert main(["--pairs", "absent.jsonl:fr:en", "--data", str(tmp_path), "--out", str(tmp_path / "model")]) == 2
    message = capsys.readouterr().err
    assert "absent.jsonl" in message
    assert "--data" in message


def test_all_problems_of_a_recipe_are_listed_at_once(tmp_path: Path) -> None:
    """A source without pairs and an unknown setting, in one error."""
    path = tmp_path / "recipe.yaml"
    path.write_text("sources: {a: {files: [x]}}\nsettings: {epocs: 3}\n", encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        load_recipe(path)
    assert len(caught.value.problems) == 2


def test_a_wrong_setting_on_the_command_line_is_an_error_of_the_recipe(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, naming the setting."""
    assert (
        main(["--pairs", "pairs.jsonl:fr:en", "--data", str(data), "--out", str(data / "m"), "--set", "epochs=0"]) == 2
    )
    assert "epochs" in capsys.readouterr().err


def test_the_committed_recipe_is_valid() -> None:
    """The recipe that the model card names can be read."""
    assert load_recipe(Path(__file__).parents[2] / "ingest" / "train" / "recipe.yaml").settings.dimension
