"""Where training starts from: the vectors of latent semantic analysis, scaled so that rare tokens weigh more.

Each pair is one document, its two texts together; tokens that occur in the same pairs get near vectors, which makes
French and English meet before the first step. The length of a token's vector is its smooth inverse frequency
a / (a + p) (Arora, Liang, Ma 2017), p being its share of all tokens.
"""

import warnings

import numpy as np
import numpy.typing as npt
import torch

from ingest.train.dataset import Numbers
from ingest.train.recipe import Settings
from ingest.train.vocabulary import Bags

_ITERATIONS = 2


def rarity_weights(counts: npt.NDArray[np.int64], constant: float) -> npt.NDArray[np.float32]:
    """A / (a + p) for each token, shape (vocabulary,); 1 for a token that never occurs."""
    share = counts / max(int(counts.sum()), 1)
    return (constant / (constant + share)).astype(np.float32)


def first_vectors(bags: Bags, pairs: Numbers, vocabulary: int, settings: Settings) -> torch.Tensor:
    """Shape (vocabulary, dimension), float32. `pairs` (n, 2) are text numbers into `bags`."""
    dimension = settings.dimension
    generator = torch.Generator().manual_seed(settings.seed)
    noise = torch.randn(vocabulary, dimension, generator=generator)
    rank = min(dimension, len(pairs), vocabulary)
    vectors = torch.nn.functional.normalize(noise, dim=1) * 0.1
    vectors[:, :rank] += _latent(_matrix(bags, pairs, vocabulary), noise[:, :rank])
    weights = torch.from_numpy(rarity_weights(bags.counts(vocabulary), settings.rarity))
    return torch.nn.functional.normalize(vectors, dim=1) * weights[:, None]


def _latent(matrix: torch.Tensor, start: torch.Tensor) -> torch.Tensor:
    """Unit rows: the leading right singular vectors, found by subspace iteration, weighted by singular values."""
    transposed = matrix.t().to_sparse_csr()
    basis = torch.linalg.qr(start).Q
    values = torch.ones(basis.shape[1])
    for _ in range(_ITERATIONS + 1):
        basis, triangle = torch.linalg.qr(transposed @ (matrix @ basis))
        values = triangle.diagonal().abs()
    return torch.nn.functional.normalize(basis * values.pow(0.25), dim=1)


def _matrix(bags: Bags, pairs: Numbers, vocabulary: int) -> torch.Tensor:
    """Documents by tokens, compressed sparse rows: present or not, weighted by rarity, rows of norm 1."""
    lengths = (bags.starts[1:] - bags.starts[:-1])[pairs]
    columns = np.concatenate([bags.tokens[bags.starts[i] : bags.starts[i + 1]] for i in pairs.ravel()])
    rows = np.repeat(np.arange(len(pairs)), lengths.sum(axis=1))
    cells = np.unique(rows * np.int64(vocabulary) + columns)
    rows, columns = np.divmod(cells, vocabulary)
    frequency = np.bincount(columns, minlength=vocabulary)
    cell_values = np.log(len(pairs) / np.maximum(frequency, 1) + 1)[columns]
    norms = np.sqrt(np.bincount(rows, weights=cell_values**2, minlength=len(pairs)))
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(pairs)))])
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Sparse CSR tensor support is in beta")
        return torch.sparse_csr_tensor(
            torch.from_numpy(starts),
            torch.from_numpy(columns),
            torch.from_numpy((cell_values / norms[rows]).astype(np.float32)),
            size=(len(pairs), vocabulary),
            check_invariants=True,
        )
