"""Texts in, a WordPiece tokenizer and bags of token numbers out.

Case, accents and ligatures are folded (École = ecole, œuvre = oeuvre); everything that is neither a letter nor a
digit only separates. An unknown character sequence gives the unknown token.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

UNKNOWN = "[UNK]"
_CHUNK = 20_000


@dataclass(frozen=True, slots=True)
class Bags:
    """Token numbers of many texts, end to end: text `i` is `tokens[starts[i] : starts[i + 1]]` (int32)."""

    tokens: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def counts(self, vocabulary: int) -> npt.NDArray[np.int64]:
        """How often each token of the vocabulary occurs."""
        return np.bincount(self.tokens, minlength=vocabulary)


def train_tokenizer(texts: Sequence[str], size: int) -> Tokenizer:
    """A WordPiece vocabulary of about `size` pieces; the same texts always give the same one."""
    tokenizer = _empty(models.WordPiece(unk_token=UNKNOWN))
    # The trainer numbers inner letters in the order it meets them, which varies and decides ties: number them here.
    inner = [f"##{letter}" for letter in _letters(tokenizer, texts)]
    trainer = trainers.WordPieceTrainer(vocab_size=size, special_tokens=[UNKNOWN, *inner], show_progress=False)
    tokenizer.train_from_iterator(texts, trainer, length=len(texts))
    return _empty(models.WordPiece(tokenizer.get_vocab(), unk_token=UNKNOWN))


def _empty(model: models.WordPiece) -> Tokenizer:
    tokenizer = Tokenizer(model)
    ligatures = [normalizers.Replace(old, new) for old, new in (("œ", "oe"), ("æ", "ae"))]
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase(), *ligatures]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"\p{L}+|\p{N}+"), behavior="removed", invert=True)
    tokenizer.decoder = decoders.WordPiece()
    return tokenizer


def _letters(tokenizer: Tokenizer, texts: Sequence[str]) -> list[str]:
    characters = sorted(set().union(*map(set, texts)))
    folded = tokenizer.normalizer.normalize_str(" ".join(characters))
    return sorted({c for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(folded) for c in word})


def to_bags(tokenizer: Tokenizer, texts: Sequence[str], limit: int) -> Bags:
    """Token numbers of each text, cut at `limit`; unknown tokens are left out."""
    unknown = tokenizer.token_to_id(UNKNOWN)
    parts: list[npt.NDArray[np.int32]] = []
    lengths: list[int] = []
    for first in range(0, len(texts), _CHUNK):
        for encoding in tokenizer.encode_batch(texts[first : first + _CHUNK], add_special_tokens=False):
            numbers = np.asarray(encoding.ids, dtype=np.int32)
            kept = numbers[numbers != unknown][:limit]
            parts.append(kept)
            lengths.append(len(kept))
    return Bags(np.concatenate(parts), np.cumsum([0, *lengths], dtype=np.int64))
