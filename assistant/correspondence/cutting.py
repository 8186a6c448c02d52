"""The text of a message to what its sender wrote and what only came along; the only importer of mail-parser-reply.

In: plain text, white space cleaned. Out: own words, signature, disclaimer, earlier messages (quoted or forwarded).
Every line that is not blank ends in one of them: nothing is lost, and a signature that asks something is no signature.
The library knows how mail programs head a quoted message; its patterns are slow on hostile text, so each is tried on a
few short lines only.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mailparser_reply import EmailMessage

from assistant.correspondence.message import EarlierMessage
from assistant.question_forms import flat
from assistant.several import questions_in

_SEPARATOR = re.compile(
    r"\W{2,}\s*(?P<kind>message (?:transfere|original|d'origine|initial)|courriel (?:transfere|original)"
    r"|forwarded message|original (?:message|appointment)|message transmis)\b.{0,40}$"
    r"|(?P<begun>debut du message (?:transfere|reexpedie)|begin forwarded message) ?:?\s*$"
)
_END = re.compile(r"\W{2,}\s*(?:fin|end)\b[\w ']{0,40}\W*$|fin du message transfere\W*$")
_FORWARDS = re.compile(r"transfere|forward|reexpedie|transmis")
_SUBJECT_FORWARDS = re.compile(r"\s*(?:tr|fw|fwd|wg|tf)\s*:", re.IGNORECASE)
_HEAD = re.compile(r"(?:> ?)*[* ]*(?:on|le|from|de|sent|envoye|date|a|to|objet|subject)\b")
_CLOSING = re.compile(
    r"(?:(?:un (?:gros|grand) |mille |grand |big )?mercis?"
    r"(?: (?:beaucoup|bien|infiniment|d'avance|encore|a vous|et|pour|de)\b.*)?"
    r"|merki|(?:bien )?cordialement|(?:(?:mes|nos) )?(?:meilleures |sinceres |cordiales )?salutations.*|bien a vous"
    r"|au plaisir.*|(?:et )?(?:bonne|excellente) (?:journee|fin de journee|soiree|semaine|fin de semaine).*|a bientot"
    r"|(?:veuillez )?(?:recevoir|recevez|agreer|agreez)\b.*|sincerement|respectueusement"
    r"|(?:many |kind |best |warm |with )?(?:regards|wishes)|best|cheers|sincerely(?: yours)?|yours (?:truly|sincerely)"
    r"|thank(?:s| you)\b.{0,40}|take care)\s*[,.!:) ]*"
)
_DASHES = re.compile(r"--\s*$|_{2,}\s*$")
_SENT_FROM = re.compile(
    r"(?:envoye (?:de|depuis|a partir)|sent from|get outlook|telecharger outlook"
    r"|obtenez outlook)\b.{0,60}$"
)
_DISCLAIMER = re.compile(
    r"\W*(?:avis (?:de confidentialite|important|relatif)|mise en garde|confidentialite|confidentiality (?:notice|note)"
    r"|ce (?:courriel|message)\b.{0,80}\b(?:confidentiel|destine|exclusi)|disclaimer"
    r"|this (?:e-?mail|message)\b.{0,80}\b(?:confidential|intended|privileged)"
    r"|(?:caution|attention) ?:.{0,40}(?:extern)|courriel externe|external e-?mail"
    r"|(?:pensez|devez-vous).{0,40}imprimer|please consider the environment)"
)
_WINDOW = 7
_LONGEST_HEAD = 200
_MOST_HEADS = 200
_SIGNATURE_LINES = 14
_SHORT = 80


@dataclass(frozen=True, slots=True)
class Cut:
    """The pieces of a text, in the order in which they stood."""

    body: str
    signature: str
    disclaimer: str
    earlier: tuple[EarlierMessage, ...]


@dataclass(slots=True)
class _Sorting:
    own: list[str] = field(default_factory=list)
    earlier: list[tuple[list[str], bool]] = field(default_factory=list)


def cut(text: str, subject: str = "", sender: str = "") -> Cut:
    """Tell the sender's own words from the rest; `sender` is the name that a signature starts with."""
    sorting = _sorted(text.splitlines(), forwarded=_SUBJECT_FORWARDS.match(subject) is not None)
    kept, disclaimer = _without_disclaimers(sorting.own)
    body, signature = _signed(kept, sender)
    earlier = tuple(EarlierMessage(said, forwarded) for lines, forwarded in sorting.earlier if (said := _text(lines)))
    return Cut(body, signature, disclaimer, earlier)


def _text(lines: Sequence[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip()


def _sorted(lines: Sequence[str], *, forwarded: bool) -> _Sorting:
    """Own lines, and the blocks of earlier messages; an end mark gives the word back to the sender."""
    heads = EmailMessage(text="", languages=["fr", "en"]).HEADER_REGEX
    sorting = _Sorting()
    inside: list[str] | None = None
    tried = 0
    for rank, line in enumerate(lines):
        plain = flat(line.strip())
        separator = _SEPARATOR.match(plain)
        candidate = len(line) <= _LONGEST_HEAD and tried < _MOST_HEADS and _HEAD.match(plain) is not None
        tried += candidate
        if separator or (candidate and _is_head(heads, lines, rank)):
            moved = forwarded or (separator is not None and _FORWARDS.search(plain) is not None)
            if inside is None or separator:
                sorting.earlier.append(([], moved))
                inside = sorting.earlier[-1][0]
            inside.append(line)
        elif inside is not None and _END.match(plain):
            inside.append(line)
            inside = None
        elif inside is not None:
            inside.append(line)
        elif line.lstrip().startswith(">"):
            _quote(sorting, line)
        else:
            sorting.own.append(line)
    return sorting


def _quote(sorting: _Sorting, line: str) -> None:
    """A quoted line among own ones: answers written between the lines keep their place in `own`."""
    if not sorting.earlier or not sorting.earlier[-1][0][-1].lstrip().startswith(">"):
        sorting.earlier.append(([], False))
    sorting.earlier[-1][0].append(line)


def _is_head(heads: re.Pattern[str], lines: Sequence[str], rank: int) -> bool:
    window = [line.strip()[:_LONGEST_HEAD].replace("\u00a0", " ") for line in lines[rank : rank + _WINDOW]]
    written = [" ".join(window[:count]) for count in (1, 2)]
    found = heads.match("\n".join(window))
    labels = found is not None and found[0].count(":") > 1 and "\n" in found[0]
    return labels or any(re.search(r"(?:wrote|écrit)[^:]{0,80}:\s*$", one) and heads.match(one) for one in written)


def _without_disclaimers(lines: Sequence[str]) -> tuple[list[str], str]:
    kept: list[str] = []
    left: list[str] = []
    taking = False
    for line in lines:
        taking = bool(line.strip()) and (taking or _DISCLAIMER.match(flat(line)) is not None)
        (left if taking else kept).append(line)
    return kept, _text(left)


def _signed(lines: Sequence[str], sender: str) -> tuple[str, str]:
    """Own words and signature: from the last closing formula, or from the sender's name alone on its line."""
    for rank in sorted(_starts(lines, sender)):
        below = _text(lines[rank:])
        few = sum(bool(line.strip()) for line in lines[rank:]) <= _SIGNATURE_LINES
        if few and not questions_in(below, "fr") and not questions_in(below, "en"):
            return _text(lines[:rank]), below
    return _text(lines), ""


def _starts(lines: Sequence[str], sender: str) -> Iterator[int]:
    name = flat(sender).strip()
    for rank, line in enumerate(lines):
        plain = flat(line).strip()
        first = name.split(" ")[0]
        named = re.fullmatch(rf"{re.escape(name)}\b.{{0,50}}|{re.escape(first)}", plain) if name else None
        alone = named is not None and len(plain) <= _SHORT
        if rank and (_DASHES.match(plain) or _SENT_FROM.match(plain) or _CLOSING.fullmatch(plain) or alone):
            yield rank
