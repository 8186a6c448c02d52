"""The form of a statement: its language, its length, nothing in it that is not plain text for people."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from assistant.conversation import Language
from assistant.language import language_shown
from assistant.proof.values import Claim, Finding

LONGEST_STATEMENT = 700
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"|\([^)]*\)")
_MARKUP = re.compile(r"<[a-z/!][^>]*>|\]\(|```|javascript:|^#{1,6}\s|\*\*|<\|", re.IGNORECASE | re.MULTILINE)
_TOKENS = re.compile(r"\b[ST]\d{1,3}\b")
_LEAK = re.compile(
    r"\b(?:system prompt|prompt syst[eè]me|my instructions|mes (?:instructions|consignes)|tool `|json|"
    r"as an ai|en tant qu['’](?:ia|intelligence|assistant|mod[eè]le)|language model|mod[eè]le de langage)\b",
    re.IGNORECASE,
)
_NAME_WORDS = 4
_SAME_RUN = 8
"""Words in a row that a statement may not share with the prompts."""


def form_findings(claim: Claim, prompt_runs: frozenset[str]) -> Iterator[Finding]:
    """Too long, in the other language, with markup, tokens of passages, or words of the prompts."""
    if len(claim.text) > LONGEST_STATEMENT:
        yield Finding("length", f"it has more than {LONGEST_STATEMENT} characters")
    other = language_of(claim.text, claim.language, [one.words for one in claim.evidence])
    if other is not None and other != claim.language:
        yield Finding("language", f"it is not in {'French' if claim.language == 'fr' else 'English'}")
    if _MARKUP.search(claim.text) or any(_is_hidden(c) for c in claim.text):
        yield Finding("markup", "it holds markup or invisible characters: plain text only")
    if _TOKENS.search(claim.text):
        yield Finding("tokens", "it names tokens of passages in its text")
    if _LEAK.search(claim.text) or word_runs(claim.text) & prompt_runs:
        yield Finding("leak", "it speaks of the instructions or of the program")


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character).startswith("C") and character not in "\n\t"


def language_of(text: str, wanted: Language, quoted: Sequence[str] = ()) -> Language | None:
    """The language of a statement, less what it quotes or names as its sources do; None where too little is left."""
    bare = _QUOTED.sub(" ", text)
    for run in _runs_of(bare, " ".join(quoted)):
        bare = bare.replace(run, " ")
    shown = language_shown(bare)
    return shown if shown == wanted or len(bare.split()) > 3 else None  # noqa: PLR2004 (a title is no sentence)


def _runs_of(text: str, source: str) -> Iterator[str]:
    """Stretches of four words or more that start with a capital and stand in the source as they are."""
    folded = " ".join(source.replace("’", "'").split())
    words = list(re.finditer(r"\S+", text))
    for first, word in enumerate(words):
        if word[0][:1].isupper():
            ends = (words[last].end() for last in range(len(words) - 1, first + _NAME_WORDS - 2, -1))
            stretches = (text[word.start() : end].rstrip(".,;:") for end in ends)
            found = next((one for one in stretches if " ".join(one.replace("’", "'").split()) in folded), None)
            if found:
                yield found


def word_runs(text: str) -> frozenset[str]:
    """Every run of eight words of a text."""
    words = re.findall(r"\w+", text.lower())
    return frozenset(" ".join(words[i : i + _SAME_RUN]) for i in range(len(words) - _SAME_RUN + 1))
