"""Real inference behind the same interface: a tiny language model with random weights answers, and is not believed."""

from functools import cache

import pytest
import torch
from model_server import Move, Request, Text
from model_world import BASE, assert_proved, assistant, deterministic
from transformers import LlamaConfig, LlamaForCausalLM

from assistant.conversation import Question

_READ = 256
_WRITTEN = 24


@cache
def tiny() -> LlamaForCausalLM:
    """Two layers, one token a byte, weights of a fixed draw: nothing is downloaded."""
    torch.manual_seed(7)
    config = LlamaConfig(
        vocab_size=256,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        max_position_embeddings=1024,
        bos_token_id=None,
        eos_token_id=None,
        pad_token_id=0,
    )
    return LlamaForCausalLM(config).eval()


def inference(request: Request) -> Move:
    """Reads the end of the messages, writes what the network gives."""
    said = "\n".join(str(message["content"]) for message in request["messages"]).encode()[-_READ:]
    read = torch.tensor([list(said)])
    with torch.no_grad():
        written = tiny().generate(read, attention_mask=torch.ones_like(read), max_new_tokens=_WRITTEN, do_sample=False)
    new = bytes(int(token) for token in written[0, len(said) :])
    return Text(new.decode(errors="replace"), usage=(len(said), len(new)))


@pytest.mark.parametrize("question", [BASE, "How is volet 2 allocated?"])
def test_a_real_model_goes_through_the_whole_loop(question: str) -> None:
    """Its words are no answer: the deterministic one is served, and the tokens are counted."""
    with assistant(inference) as (pipeline, server, _):
        answer = pipeline.answer(Question(question))
    assert answer.text == deterministic().answer(Question(question)).text
    assert answer.engine.startswith("extractive (model: ")
    assert_proved(answer, question)
    assert len(server.requests) == 2
    assert answer.authorship is not None
    assert answer.authorship.output_tokens == 2 * _WRITTEN
