"""`python -m ingest.train`: train the embedded bilingual model; the same command resumes a run that was stopped."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import yaml
from tqdm import tqdm

from ingest.errors import IngestError
from ingest.train.recipe import PairSource, Recipe, load_recipe
from ingest.train.run import train

_EXAMPLE = (
    "example: python -m ingest.train --recipe ingest/train/recipe.yaml --data FOLDER --data FOLDER --out ingest/model"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train as the command line says; the exit code is 0, or 2 when the recipe or the data are wrong."""
    options = _parser().parse_args(arguments)
    try:
        recipe = _recipe(options)
        bar = tqdm(desc="training", unit="step", dynamic_ncols=True)

        def progress(step: int, steps: int, loss: float) -> None:
            bar.total = steps
            bar.set_postfix(loss=f"{loss:.3f}", refresh=False)
            bar.update(step - bar.n)

        with bar:
            train(recipe, options.data, options.out, options.work or _beside(options.out), progress)
    except IngestError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"model written to {options.out}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ingest.train", description=__doc__, epilog=_EXAMPLE)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--recipe", type=Path, help="YAML file that names the sources and the settings")
    source.add_argument(
        "--pairs", action="append", metavar="FILE:LEFT:RIGHT", help="JSON Lines file (or .xz) and its two fields"
    )
    parser.add_argument(
        "--data", type=Path, action="append", default=[], help="folder that holds the files (repeatable)"
    )
    parser.add_argument("--out", type=Path, required=True, help="model folder to write")
    parser.add_argument("--work", type=Path, help="folder for checkpoints (default: beside --out)")
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="replace a setting of the recipe"
    )
    return parser


def _beside(out: Path) -> Path:
    return out.with_name(out.name + ".work")


def _recipe(options: argparse.Namespace) -> Recipe:
    if options.recipe:
        recipe = load_recipe(options.recipe)
    else:
        parts = [pairs.rsplit(":", 2) for pairs in options.pairs]
        sources = {file: PairSource(files=(file,), pairs=((left, right),)) for file, left, right in parts}
        recipe = Recipe(sources=sources)
    changes = dict(change.split("=", 1) for change in options.set)
    return recipe.with_settings({name: yaml.safe_load(value) for name, value in changes.items()})


if __name__ == "__main__":
    sys.exit(main())
