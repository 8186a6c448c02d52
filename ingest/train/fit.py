"""Token vectors learned from pairs: each text must find its partner among the other texts of its batch.

The loss is the softmax of cosine similarities, both ways, averaged over several leading dimensions, so that cut
vectors stay useful. Equal texts of a batch are no negatives of each other. State is saved aside and renamed, so that
a run killed at any moment goes on from its last checkpoint, with the same result.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from ingest.train.dataset import Dataset, Numbers, epoch_batches, steps_per_epoch
from ingest.train.recipe import Settings
from ingest.train.vocabulary import Bags

_WARM_UP = 0.05
_EVERY = 100
_CHECKPOINT = "checkpoint.pt"

Progress = Callable[[int, int, float], None]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is learned from: the pairs, the tokens of their texts, and how."""

    dataset: Dataset
    bags: Bags
    settings: Settings


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a batch: its tokens, where each text starts, and the number of each text."""

    tokens: torch.Tensor
    starts: torch.Tensor
    texts: torch.Tensor


def fit(lesson: Lesson, first: torch.Tensor, work: Path, progress: Progress) -> torch.Tensor:
    """Train from `first` (vocabulary, dimension); returns the trained vectors. Checkpoints go to the folder `work`.

    `progress` is told (step, steps, loss) after each step; what it raises stops the run, which the same call resumes.
    """
    settings = lesson.settings
    weight = torch.nn.Parameter(first.clone())
    optimizer = torch.optim.Adam([weight], lr=settings.learning_rate)
    steps = settings.epochs * steps_per_epoch(lesson.dataset, settings.batch)
    done = _restore(work / _CHECKPOINT, weight, optimizer)
    for step, batch in _batches(lesson.dataset, settings, done):
        for group in optimizer.param_groups:
            group["lr"] = settings.learning_rate * _rate(step, steps)
        optimizer.zero_grad()
        loss = _loss(weight, lesson, batch, step)
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        if (step + 1) % _EVERY == 0 or step + 1 == steps:
            _save(work / _CHECKPOINT, weight, optimizer, step + 1)
        progress(step + 1, steps, loss.item())
    return weight.detach()


def _batches(dataset: Dataset, settings: Settings, done: int) -> Iterator[tuple[int, Numbers]]:
    per_epoch = steps_per_epoch(dataset, settings.batch)
    for epoch in range(done // per_epoch, settings.epochs):
        batches = epoch_batches(dataset, settings.batch, settings.block_size, settings.seed, epoch)
        for i, batch in enumerate(batches):
            step = epoch * per_epoch + i
            if step >= done:
                yield step, batch


def _rate(step: int, steps: int) -> float:
    """Linear warm-up, then linear decay to zero."""
    warm = max(1, round(steps * _WARM_UP))
    return min((step + 1) / warm, (steps - step) / max(1, steps - warm))


def _loss(weight: torch.Tensor, lesson: Lesson, batch: Numbers, step: int) -> torch.Tensor:
    settings = lesson.settings
    rng = np.random.default_rng((settings.seed, step, 1))
    pairs = lesson.dataset.pairs[batch]
    left = _side(lesson.bags, pairs[:, 0], settings.drop_tokens, rng)
    right = _side(lesson.bags, pairs[:, 1], settings.drop_tokens, rng)
    keys = (left.texts, right.texts, torch.from_numpy(lesson.dataset.same[batch]))
    same = torch.stack([key[:, None] == key for key in keys]).any(dim=0)
    mask = same & ~torch.eye(len(batch), dtype=torch.bool)
    a = functional.embedding_bag(left.tokens, weight, left.starts, mode="sum")
    b = functional.embedding_bag(right.tokens, weight, right.starts, mode="sum")
    losses = [_softmax(a[:, :size], b[:, :size], mask, settings.scale) for size in settings.sizes]
    return torch.stack(losses).mean()


def _softmax(a: torch.Tensor, b: torch.Tensor, mask: torch.Tensor, scale: float) -> torch.Tensor:
    scores = scale * functional.normalize(a, dim=1) @ functional.normalize(b, dim=1).T
    scores = scores.masked_fill(mask, float("-inf"))
    target = torch.arange(len(a))
    return (functional.cross_entropy(scores, target) + functional.cross_entropy(scores.T, target)) / 2


def _side(bags: Bags, texts: Numbers, drop: float, rng: np.random.Generator) -> _Side:
    parts = [bags.tokens[bags.starts[i] : bags.starts[i + 1]] for i in texts]
    lengths = np.fromiter((len(part) for part in parts), dtype=np.int64, count=len(parts))
    tokens = np.concatenate(parts)
    kept = rng.random(len(tokens)) >= drop
    owner = np.repeat(np.arange(len(parts)), lengths)[kept]
    starts = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=len(parts)))[:-1]])
    return _Side(torch.from_numpy(tokens[kept]).long(), torch.from_numpy(starts).long(), torch.from_numpy(texts))


def _save(path: Path, weight: torch.Tensor, optimizer: torch.optim.Optimizer, step: int) -> None:
    aside = path.with_suffix(".part")
    torch.save({"weight": weight.detach(), "optimizer": optimizer.state_dict(), "step": step}, aside)
    aside.replace(path)


def _restore(path: Path, weight: torch.nn.Parameter, optimizer: torch.optim.Optimizer) -> int:
    if not path.is_file():
        return 0
    state = torch.load(path, weights_only=True)
    with torch.no_grad():
        weight.copy_(state["weight"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["step"])
