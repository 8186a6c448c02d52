"""What a statement denies, and whether its sources bear it out.

A sentence may say that the documents are silent (« ne précise pas »); it may deny a thing only where its source does.
"""

from collections.abc import Callable, Iterator

from assistant.proof.lexicon import lexicon
from assistant.proof.values import Claim, Finding
from ingest.tokens import tokenize

Contradicted = Callable[[str], str]
"""Given a plain clause that says the documents are silent: the words of theirs that say it; empty where none do."""
Stated = Callable[[str], bool]
"""Whether a token stands anywhere in the documents."""
_REPLY = ("non", "no", "pas exactement", "not exactly", "pas tout a fait", "not quite")


def denial_findings(claim: Claim, contradicted: Contradicted, stated: Stated) -> Iterator[Finding]:
    """Denials without ground, denials left out, silence where the documents speak."""
    words = lexicon()
    source_denies = [words.has("negation", one.plain) for one in claim.evidence]
    firmly = [words.has("negation_firm", one.plain) for one in claim.evidence]
    for clause in claim.clauses:
        if clause.silent:
            if said := contradicted(clause.text):
                yield Finding("silence", f"the documents do say it: {said!r}")
        elif clause.denies and not any(source_denies) and not is_reply(clause.text, claim, stated):
            yield Finding("negation", "it denies something that the words it rests on do not deny")
    denies = any(clause.denies for clause in claim.clauses)
    if firmly and all(firmly) and not denies and not claim.computed:
        yield Finding("negation", "the words it rests on deny something; it does not")


def is_reply(clause: str, claim: Claim, stated: Stated) -> bool:
    """« Non », or « ce n'est pas 25 000 $ » after a question about 25 000 $, a figure that stands in no document."""
    if clause.strip(" ,.!") in _REPLY:
        return True
    figures = [token for token in tokenize(clause) if token[0].isdigit()]
    asked = set(tokenize(claim.echoed))
    return bool(figures) and all(figure in asked and not stated(figure) for figure in figures)
