"""Misspelled words of a question led back to the words of the corpus, for the search only.

In: the vocabulary of the index. Out: a step that mends `turn.standalone`. A word is changed when the corpus knows
neither it nor another form of it, and exactly one of its words is a letter or two away; numbers, short words and names
never are. The only module that knows rapidfuzz. Source of the distance: optimal string alignment (Damerau, 1964).
"""

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.conversation import PipelineStep, Turn
from ingest.tokens import fold_accents, stem
from ingest.vocabulary import WORD

_SHORTEST = 6
_LONG = 12
"""Words from this length may be two letters off; shorter ones, one."""


class Speller:
    """Mends words by a vocabulary. Read only."""

    def __init__(self, vocabulary: Collection[str]) -> None:
        self._spelled = {fold_accents(word): word for word in vocabulary}
        self._stems = set(map(stem, self._spelled))
        self._by_initial: dict[str, list[str]] = defaultdict(list)
        for word in self._spelled:
            self._by_initial[word[0]].append(word)

    def mend(self, text: str) -> str:
        """The text with each word that is off by little in the spelling of the corpus."""
        return WORD.sub(lambda match: match[0] if _is_name(text, match) else self._mended(match[0]), text)

    def _mended(self, word: str) -> str:
        folded = fold_accents(word)
        if len(folded) < _SHORTEST or folded in self._spelled or stem(folded) in self._stems:
            return word
        known = self._by_initial[folded[0]]
        near = process.extract(folded, known, scorer=OSA.distance, score_cutoff=1 + (len(folded) >= _LONG), limit=2)
        if not near or (len(near) > 1 and near[0][1] == near[1][1]):
            return word
        return self._spelled[near[0][0]]


def _is_name(text: str, word: re.Match[str]) -> bool:
    """Whether a word is in capitals, or has one elsewhere than at the start of a sentence."""
    before = text[: word.start()].rstrip(' «"“(\u00a0')
    return word[0][0].isupper() and (word[0].isupper() or (bool(before) and before[-1] not in ".?!:;\n"))


def make_spelling(vocabulary: Collection[str]) -> PipelineStep:
    """The step over this vocabulary."""
    speller = Speller(vocabulary)

    def spell(turn: Turn) -> Turn:
        return replace(turn, standalone=speller.mend(turn.standalone))

    return spell
