"""Token vectors in, a sentence-transformers folder out.

Vectors are stored as one byte per component with one scale per token, in the layout (`embeddings`, `weights`) that
sentence-transformers reads for static models, so that the standard class loads the folder as it is.
"""

import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer

_MODULE = "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"
_MODULES = [{"idx": 0, "name": "0", "path": "", "type": _MODULE}]
_CONFIG: dict[str, object] = {
    "model_type": "SentenceTransformer",
    "prompts": {},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
}
_LEVELS = 127


def quantise(vectors: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Rows as int8 and their scales as float32: `vectors ≈ integers * scales[:, None]`."""
    scales = vectors.abs().amax(dim=1).clamp_min(torch.finfo(torch.float32).tiny) / _LEVELS
    integers = torch.round(vectors / scales[:, None]).to(torch.int8)
    return integers, scales.to(torch.float32)


def export(tokenizer: Tokenizer, vectors: torch.Tensor, folder: Path) -> None:
    """Write the model folder; files of the same names are replaced, others (the model card) stay."""
    folder.mkdir(parents=True, exist_ok=True)
    integers, scales = quantise(vectors.detach())
    weights = folder / "model.safetensors"
    save_file({"embeddings": integers.contiguous(), "weights": scales.contiguous()}, weights)
    weights.chmod(0o644)  # save_file makes it readable by its owner only
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    _write(folder / "modules.json", _MODULES)
    _write(folder / "config_sentence_transformers.json", _CONFIG)


def _write(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
