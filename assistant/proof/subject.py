"""A statement speaks of what its source speaks of, names nobody that is not there, and claims no false silence.

In: the index and its embedding model. Out: findings. The likeness to the source is a floor against quotes used as
ornaments; it does not tell a right statement from a slightly wrong one, which the other checks are for.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from assistant.lock import figures
from assistant.proof.lexicon import lexicon
from assistant.proof.values import Claim, Evidence, Finding, numbered
from ingest.embed import Embedder
from ingest.fold import read
from ingest.index import Index
from ingest.sentences import sentences
from ingest.tokens import fold_accents, tokenize

LEAST_LIKENESS = 0.22
"""Below this cosine, and with few words in common, a quote is an ornament.

99 % of pairs taken at random are below 0.32; 99 % of the corpus' own English renderings are above 0.46."""
_LEAST_SHARED = 0.34
_NAME = re.compile(r"(?<![.!?:«“\"]\s)(?<!^)\b[A-ZÀ-Ý][\w’'-]+(?:\s[A-ZÀ-Ý][\w’'-]+)*")
_FRAME = frozenset(
    tokenize(
        "document documents guide texte texts source strategie strategy plan lettre letter mesure measure precise "
        "mentionne indique donne dit parle prevoit fixe nomme chiffre repond comporte contient fournit affiche "
        "specify state mention give say name set indicate provide contain list tell describe exact exactement "
        "precis precisement specific specifically information reponse question aucun aucune pas plus jamais rien ne "
        "not no any none nor whether si quel quelle quels quelles what which who when how much many combien "
        "explicitement explicitly clairement disponible available ailleurs elsewhere there il y a ministere ministry"
    )
)
_ENOUGH = 2
"""Content words that a claim of silence needs to be looked up at all."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of the documents, or its rendering: where it stands, its index tokens."""

    document: str
    labels: Mapping[str, str]
    tokens: frozenset[str]
    text: str


class Subjects:
    """Reads the index once; safe to share between threads."""

    def __init__(self, index: Index, embedder: Embedder) -> None:
        self._index = index
        self._embedder = embedder

    def likenesses(self, pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> list[float]:
        """For each statement (in one or more wordings) and its sources: the best cosine. One call of the model."""
        vectors = self._embedder.encode_documents([text for said, sources in pairs for text in (*said, *sources)])
        found: list[float] = []
        place = 0
        for said, sources in pairs:
            middle, end = place + len(said), place + len(said) + len(sources)
            found.append(float(np.max(vectors[place:middle] @ vectors[middle:end].T)) if sources else 0.0)
            place = end
        return found

    def states(self, token: str) -> bool:
        """Whether a token stands anywhere in the documents."""
        return token in self._tokens

    @cached_property
    def names(self) -> dict[str, frozenset[str]]:
        """The volets, axes, actions, objectives and measures that the documents have, by kind."""
        found: dict[str, set[str]] = {}
        for unit in self._index.units.values():
            for key in ("volet", "axis", "action", "objective", "measure"):
                if key in unit.labels:
                    found.setdefault(key, set()).add(unit.labels[key])
        return {key: frozenset(values) for key, values in found.items()}

    @cached_property
    def _tokens(self) -> frozenset[str]:
        return frozenset(token for one in self._french for token in one.tokens)

    def findings(self, claim: Claim, likeness: float) -> Iterator[Finding]:
        """Off its subject, or with names from nowhere."""
        if (
            claim.evidence
            and claim.said
            and not claim.computed
            and likeness < LEAST_LIKENESS
            and _shared(claim) < _LEAST_SHARED
        ):
            yield Finding("subject", "the words it rests on are about something else")
        if unknown := sorted(set(self._names(claim))):
            yield Finding("name", f"these names are not in its sources: {', '.join(unknown)}")

    def contradicted(self, clause: str, claim: Claim) -> str:
        """The words of the documents that say what a clause claims they do not; empty where none do.

        Looked for in what the statement rests on, then in the documents and the volets that it names, or in all.
        """
        words = lexicon()
        wanted = {token for token in tokenize(clause) if token not in _FRAME}
        counts = words.has("quantity", clause)
        if len(wanted) < _ENOUGH or not (counts or words.has("mention", clause)):
            return ""
        named = {name for name, cue in self._cues.items() if cue.search(claim.plain)}
        about = numbered(claim.plain)
        own = [_Sentence("", {}, frozenset(tokenize(one.words)), one.words) for one in claim.evidence]
        for one in (*own, *(self._french if claim.language == "fr" else self._english)):
            here = not one.document or not named or one.document in named
            elsewhere = any(one.labels.get(key, "") not in {"", *values} for key, values in about.items())
            if here and not elsewhere and wanted <= one.tokens and (not counts or _has_amount(one.text)):
                return one.text
        return ""

    @cached_property
    def _cues(self) -> dict[str, re.Pattern[str]]:
        entries = [stored.entry for stored in self._index.documents.values()]
        return {entry.id: re.compile("|".join(entry.cues)) for entry in entries if entry.cues}

    @cached_property
    def _french(self) -> tuple[_Sentence, ...]:
        """What each sentence of each unit says."""
        units = self._index.units.values()
        texts = [
            (unit, read(self._index.documents[unit.document].text, p.runs).text) for unit in units for p in unit.parts
        ]
        said = [(unit, text[start:end]) for unit, text in texts for start, end in sentences(text)]
        return tuple(_Sentence(u.document, u.labels, frozenset(tokenize(text)), text) for u, text in said)

    @cached_property
    def _english(self) -> tuple[_Sentence, ...]:
        units = self._index.units
        return tuple(
            _Sentence(one.document, units[one.unit].labels, frozenset(tokenize(one.gloss_en)), one.gloss_en)
            for one in self._index.expectations.targets
            if one.gloss_en
        )

    def _names(self, claim: Claim) -> Iterator[str]:
        around = [fold_accents(f"{one.words} {one.context}") for one in claim.evidence]
        known = " ".join([*around, *map(fold_accents, claim.computed), fold_accents(claim.echoed)])
        words = set(re.findall(r"\w+", known))
        for match in _NAME.finditer(claim.text):
            pieces = re.findall(r"\w+", fold_accents(match[0].removesuffix("’s").removesuffix("'s")))
            if any(piece not in words and piece not in self._common for piece in pieces):
                yield match[0]

    @cached_property
    def _common(self) -> frozenset[str]:
        """Words of the reviewed renderings, replies and titles: months, the Ministry, the Strategy, and so on."""
        expectations = self._index.expectations
        texts = [target.gloss_en for target in expectations.targets]
        texts += [f"{gap.reply_fr} {gap.reply_en}" for gap in expectations.gaps]
        for stored in self._index.documents.values():
            entry = stored.entry
            texts += [entry.title, entry.short_title, entry.issuer]
            texts += [entry.voice.fr, entry.voice.en] if entry.voice else []
        return frozenset(word for text in texts for word in re.findall(r"\w+", fold_accents(text)))


def _has_amount(text: str) -> bool:
    return any(figure.unit or figure.value.startswith("month") for figure in figures(text))


def _shared(claim: Claim) -> float:
    """Share of the statement's content words that its sources have."""
    words = set(tokenize(claim.text)) - _FRAME
    sources = {token for one in claim.evidence for token in tokenize(f"{one.words} {one.context}")}
    return len(words & sources) / len(words) if words else 1.0


def evidence_words(evidence: Sequence[Evidence]) -> list[str]:
    """What is compared with a statement: the quoted words, and the same with their headings."""
    return [text for one in evidence for text in (one.words, f"{one.context} {one.words}".strip())]
