"""How an answer came about: what the question was taken to ask, and which language model wrote it, if one did."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Understood:
    """What a question was taken to ask, with what the conversation and the profile add to its words.

    `question` stands alone; `numbered` are the volets, axes, actions and objectives that it is about.
    """

    question: str
    measure: str | None = None
    numbered: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    body_type: Literal["public", "private"] | None = None
    school_year: str | None = None


@dataclass(frozen=True, slots=True)
class Authorship:
    """Who wrote an answer when a language model was asked: what was served (`engine`), and what the model cost.

    `prompts` gives the digest of each prompt by name; tokens are as the model's server counts them (None: it did not).
    `dropped` are the statements that did not hold, each with its reason; `exchanges` the exact requests and replies,
    for `--dump-exchange`; they never leave with an answer.
    """

    engine: str
    model: str
    prompts: Mapping[str, str] = field(default_factory=dict)
    input_tokens: int | None = None
    output_tokens: int | None = None
    calls: int = 0
    dropped: tuple[tuple[str, str], ...] = ()
    exchanges: tuple[Mapping[str, object], ...] = ()
