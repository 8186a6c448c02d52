"""Pairs of texts in, numbered texts and reproducible batches out."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ingest.train.pairs import Pair

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Group:
    """The pairs `[start, end)` of one source; `blocks[i]` numbers the block that pair `start + i` belongs to."""

    start: int
    end: int
    repeat: int
    blocks: Numbers


@dataclass(frozen=True, slots=True)
class Dataset:
    """Distinct texts, and pairs of their numbers, shape (n, 2); pairs with an equal `same` are no negatives."""

    texts: tuple[str, ...]
    pairs: Numbers
    same: Numbers
    groups: tuple[Group, ...]

    def digest(self) -> str:
        """sha256 of the texts and of how they are paired."""
        digest = hashlib.sha256(self.pairs.tobytes() + self.same.tobytes())
        for text in self.texts:
            digest.update(text.encode() + b"\0")
        return digest.hexdigest()


def build_dataset(sources: Mapping[str, Sequence[Pair]], repeats: Mapping[str, int]) -> Dataset:
    """Number the texts of all sources in order of first appearance."""
    numbers: dict[str, int] = {}
    kin: dict[str, int] = {}
    rows: list[tuple[int, int]] = []
    same: list[int] = []
    groups: list[Group] = []
    for name, pairs in sources.items():
        start = len(rows)
        rows += [(_number(numbers, pair.left), _number(numbers, pair.right)) for pair in pairs]
        # A pair without a key is alone under its own.
        same += [_number(kin, pair.same or f"\0{start + i}") for i, pair in enumerate(pairs)]
        blocks: dict[str, int] = {}
        keys = [_number(blocks, pair.block or f"\0{i}") for i, pair in enumerate(pairs)]
        groups.append(Group(start, len(rows), repeats[name], np.asarray(keys, dtype=np.int64)))
    return Dataset(tuple(numbers), np.asarray(rows, dtype=np.int64), np.asarray(same, dtype=np.int64), tuple(groups))


def _number(numbers: dict[str, int], key: str) -> int:
    return numbers.setdefault(key, len(numbers))


def epoch_batches(dataset: Dataset, batch: int, block_size: int, seed: int, epoch: int) -> list[Numbers]:
    """The batches of one epoch: arrays of pair numbers, each from one source, in an order the seed decides.

    Pairs of one block stay together, `block_size` at most, so that they meet in the same batch. A batch of one pair
    teaches nothing and is left out.
    """
    rng = np.random.default_rng((seed, epoch))
    batches = [
        part for group in dataset.groups for _ in range(group.repeat) for part in _cut(group, batch, block_size, rng)
    ]
    return [batches[i] for i in rng.permutation(len(batches))]


def _cut(group: Group, batch: int, block_size: int, rng: np.random.Generator) -> Iterator[Numbers]:
    order = rng.permutation(group.end - group.start)
    order = order[np.argsort(group.blocks[order], kind="stable")]
    changes = np.flatnonzero(np.diff(group.blocks[order])) + 1
    bounds = np.unique(np.concatenate([[0], changes, [len(order)]]))
    rank = np.arange(len(order)) - np.repeat(bounds[:-1], np.diff(bounds))
    chunk = np.cumsum((rank % block_size) == 0) - 1
    place = rng.permutation(chunk[-1] + 1)[chunk]
    order = order[np.argsort(place, kind="stable")] + group.start
    for first in range(0, len(order), batch):
        if len(order) - first > 1:
            yield order[first : first + batch]


def steps_per_epoch(dataset: Dataset, batch: int) -> int:
    """How many batches `epoch_batches` gives."""
    sizes = [group.end - group.start for group in dataset.groups]
    return sum(
        group.repeat * (size // batch + (size % batch > 1)) for group, size in zip(dataset.groups, sizes, strict=True)
    )
