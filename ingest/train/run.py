"""One training run, from files to a model folder."""

from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer

from ingest.train.dataset import Dataset, build_dataset
from ingest.train.export import export
from ingest.train.fit import Lesson, Progress, fit
from ingest.train.pairs import read_source
from ingest.train.recipe import Recipe
from ingest.train.start import first_vectors
from ingest.train.vocabulary import to_bags, train_tokenizer

_THREADS = 2


def train(recipe: Recipe, folders: Sequence[Path], out: Path, work: Path, progress: Progress) -> None:
    """Read the sources, train, and write the model folder `out`.

    Checkpoints lie in a subfolder of `work` named by the recipe and the data: a run resumes only itself.

    Raises:
        ReadError: a file is missing or wrong.
    """
    torch.set_num_threads(_THREADS)
    sources = {name: read_source(source, folders) for name, source in recipe.sources.items()}
    dataset = build_dataset(sources, {name: source.repeat for name, source in recipe.sources.items()})
    place = work / f"{recipe.digest()[:12]}-{dataset.digest()[:12]}"
    place.mkdir(parents=True, exist_ok=True)
    settings = recipe.settings
    tokenizer = _tokenizer(dataset, settings.vocabulary, place)
    bags = to_bags(tokenizer, dataset.texts, settings.token_limit)
    first = first_vectors(bags, dataset.pairs, tokenizer.get_vocab_size(), settings)
    export(tokenizer, fit(Lesson(dataset, bags, settings), first, place, progress), out)


def _tokenizer(dataset: Dataset, size: int, place: Path) -> Tokenizer:
    path = place / "tokenizer.json"
    if not path.is_file():
        train_tokenizer(dataset.texts, size).save(str(path))
    return Tokenizer.from_file(str(path))
