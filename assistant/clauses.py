"""A text to its clauses: stretches that ask one thing each, and stretches that state something.

In: text as it was written. Out: clauses in reading order, with offsets. A list is read with the sentence that announces
it; one sentence that asks several things gives several clauses; a sentence that asks one thing stays whole, whatever
its commas. Only forms are looked at (see `assistant.question_forms`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.question_forms import (
    AND,
    ANNOUNCES,
    ASKED_FIRST,
    ASKED_INSIDE,
    ATTRIBUTES,
    BOTH,
    CONDITIONAL,
    GREETING,
    JOINT,
    LEADS_TO,
    LINK,
    PLEASANTRY,
    QUESTIONS,
    RELATIVE,
    REQUEST,
    STARTS,
    SUBORDINATE,
    SUPPOSES,
    SURE,
    SVP,
    TOPIC,
    VERB,
    flat,
)
from ingest.sentences import sentences

Span = tuple[int, int]
_ITEM = re.compile(r"[ \t>]*(?:[-–—•*·▪]|\(?(?:\d{1,2}|[a-h]) ?[.)]|\d{1,2}[ \t]?[-–—])[ \t]+(?=\S)", re.IGNORECASE)
_INLINE = re.compile(r"(?:(?<=[\s:;,])|^)\(?(?P<n>[1-9]|[a-h])\)\s+(?=\S)", re.IGNORECASE)
_MARKED = re.compile(r"(?<!\?)\?++(?:\s?[»”\")]){0,3}\s++(?=\S)|…\s++(?=\S)")
_SHORT_LINE = 60
_LONGEST_SENTENCE = 2_000
_BREAK = re.compile(r"\n(?=\s*[A-ZÀ-ÖŒ«])")
_FEW = 3
_LONGEST_ATTRIBUTE = 12


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch `[start, end)`; `lead` are the ranges, before it, of words that it needs to be understood."""

    start: int
    end: int
    asks: bool
    lead: tuple[Span, ...] = ()

    def words(self, text: str) -> str:
        """Its own words."""
        return text[self.start : self.end]


def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a text, in order."""
    found: list[Clause] = []
    announced: Clause | None = None
    for start, end, is_item in _blocks(text):
        if is_item:
            found.extend(_item(text, start, end, announced))
            continue
        sentences_ = [one for span in _sentences(text, start, end) for one in _enumerated(text, *span)]
        found.extend(sentences_)
        last = sentences_[-1] if sentences_ else None
        announced = last if last is not None and last.words(text).rstrip().endswith(":") else None
    return tuple(found)


def _blocks(text: str) -> Iterator[tuple[int, int, bool]]:
    """Paragraphs and items of lists: start, end, and whether it is an item (its mark left out)."""
    begun: tuple[int, bool] | None = None
    at = end = 0
    for line in text.splitlines(keepends=True):
        mark = _ITEM.match(line)
        if begun and (mark or not line.strip()):
            yield begun[0], end, begun[1]
            begun = None
        if line.strip():
            begun = begun or (at + (mark.end() if mark else 0), mark is not None)
            end = at + len(line.rstrip())
        at += len(line)
    if begun:
        yield begun[0], end, begun[1]


def _item(text: str, start: int, end: int, announced: Clause | None) -> Iterator[Clause]:
    """An item of a list, under the sentence that announces it where there is one."""
    spans = list(_sentences(text, start, end))
    if announced is None:
        yield from (one for span in spans for one in _sentence(text, *span))
        return
    intro = flat(announced.words(text))
    wanted = QUESTIONS.search(intro) is not None or ANNOUNCES.search(intro) is not None
    request = REQUEST.search(intro) is not None and not ANNOUNCES.search(intro)
    topic = LEADS_TO.match(intro)
    about = ((announced.start + topic.start("topic"), announced.start + topic.end("topic")),) if topic else ()
    for first, last in spans:
        own = flat(text[first:last])
        if request and not SURE.match(LINK.sub("", own)):
            yield from _joined(text, Clause(first, last, asks=True, lead=(_span(announced),)))
        elif _asks(own):
            yield from (replace(one, lead=(*about, *one.lead)) for one in _sentence(text, first, last))
        else:
            asks = wanted and (
                STARTS.match(own) is not None or not VERB.search(own) or QUESTIONS.search(intro) is not None
            )
            yield Clause(first, last, asks=asks, lead=about if asks else ())


def _span(clause: Clause) -> Span:
    return clause.start, clause.end


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of a stretch; a question mark ends one whatever follows, and so does a short line."""
    for first, last in sentences(text[start:end]):
        at = start + first
        for cut in (*_cuts(text[at : start + last]), last - first):
            if text[at : start + first + cut].strip():
                yield _trimmed(text, at, start + first + cut)
            at = start + first + cut


def _cuts(sentence: str) -> Iterator[int]:
    for match in sorted([*_MARKED.finditer(sentence), *_BREAK.finditer(sentence)], key=lambda one: one.start()):
        before = sentence[: match.start()]
        if before.count("«") > before.count("»"):
            continue
        short = len(before.rsplit("\n", 1)[-1]) < _SHORT_LINE
        if match[0][0] != "\n" or short:
            yield match.end()


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _enumerated(text: str, start: int, end: int) -> Iterator[Clause]:
    """A sentence with « a) …; b) … » in it: what announces, then each item; any other sentence as it is."""
    marks = list(_in_order(text[start:end]))
    if len(marks) < 2:  # noqa: PLR2004 (one mark enumerates nothing)
        yield from _sentence(text, start, end)
        return
    lead = _trimmed(text, start, start + marks[0].start())
    announced = Clause(*lead, asks=False) if lead[0] < lead[1] else None
    ends = [*(mark.start() for mark in marks[1:]), end - start]
    for mark, stop in zip(marks, ends, strict=True):
        first, last = _trimmed(text, start + mark.end(), start + stop)
        last = first + len(re.sub(r"[,;]?\s*(?:\b(?:et|and)\b)?$", "", text[first:last]))
        if first < last:
            yield from _item(text, first, last, announced)


def _in_order(sentence: str) -> Iterator[re.Match[str]]:
    expected: tuple[str, ...] = ("1", "a")
    for match in _INLINE.finditer(sentence):
        before = sentence[: match.start()]
        if match["n"].lower() in expected and before.count("(") <= before.count(")"):
            expected = (chr(ord(match["n"].lower()) + 1),)
            yield match


def _sentence(text: str, start: int, end: int) -> Iterator[Clause]:
    """A sentence as one clause, or as several where it asks several things."""
    greeting = GREETING.match(flat(text[start:end]))
    if greeting and start + greeting.end() < end:
        yield Clause(start, start + greeting.end(), asks=False)
        start += greeting.end()
    own = flat(text[start:end])
    if end - start > _LONGEST_SENTENCE or not _asks(own):
        yield Clause(start, end, asks=False)
        return
    yield from _both(text, start, end)


def _asks(own: str) -> bool:
    """Whether a sentence asks for something, the question mark being optional."""
    if own.rstrip().endswith(":") or CONDITIONAL.match(own):
        return False
    bare = TOPIC.sub("", LINK.sub("", own))
    if PLEASANTRY.match(bare) and not REQUEST.match(bare):
        return False
    request = REQUEST.search(own)
    if request is not None:
        return len(own[request.end() :].split()) > 1
    return own.rstrip(' »”")').endswith("?") or bool(SURE.match(bare) or SVP.match(bare))


def _both(text: str, start: int, end: int) -> Iterator[Clause]:
    """« d'une part …, d'autre part … » under one request gives two clauses."""
    own = flat(text[start:end])
    match = BOTH.search(own)
    head = own[: match.start()] if match else ""
    if match is None or not (REQUEST.search(head) or not head.strip(" ,")):
        yield from _joined(text, Clause(start, end, asks=True))
        return
    lead = (_trimmed(text, start, start + match.start()),) if head.strip(" ,") else ()
    for name in ("one", "two"):
        first, last = _trimmed(text, start + match.start(name), start + match.end(name))
        yield from _joined(text, Clause(first, last, asks=True, lead=lead))


def _joined(text: str, clause: Clause) -> Iterator[Clause]:
    """The clauses of one that asks several things joined by « et » or a comma."""
    own = flat(clause.words(text))
    topic = TOPIC.match(own)
    starts: list[tuple[int, tuple[Span, ...]]] = [(0, clause.lead)]
    ends: list[int] = []
    for stop, start, needed in sorted(_joints(own, REQUEST.search(own), clause.lead)):
        at = starts[-1][0]
        if start > at and _asks_alone(own[at:stop], clause) and _is_clause(own[start:]):
            moved = tuple((clause.start + a, clause.start + b) for a, b in needed)
            kept = ((clause.start, clause.start + topic.end()),) if topic and not moved else moved
            starts.append((start, kept if STARTS.match(own[start:]) else (*clause.lead, *kept)))
            ends.append(stop)
    for (start, lead), stop in zip(starts, [*ends, len(own)], strict=True):
        yield Clause(clause.start + start, clause.start + stop, asks=True, lead=lead)


def _joints(
    own: str, request: re.Match[str] | None, lead: Sequence[Span]
) -> Iterator[tuple[int, int, tuple[Span, ...]]]:
    """Where one question ends, where the next starts, and the words before that the next one needs."""
    request_span = ((0, request.end()),) if request else ()
    for match in JOINT.finditer(own):
        if _is_relative(own[: match.start()], match["start"]):
            continue
        subordinate = SUBORDINATE.match(own[match.end() :]) is not None and not STARTS.match(own[match.end() :])
        if subordinate and not (lead or (request and SUBORDINATE.match(own[request.end() :].lstrip()))):
            continue
        yield match.start(), match.end(), request_span if subordinate else ()
    yield from _attributes(own, request_span)


def _attributes(own: str, request: tuple[Span, ...]) -> Iterator[tuple[int, int, tuple[Span, ...]]]:
    """« le montant de base et la date limite »: two kinds of things asked for at once."""
    if not request:
        return
    for match in AND.finditer(own):
        right = own[match.end() :]
        named = next((kind for kind in ATTRIBUTES if kind.match(right)), None)
        left = own[: match.start()]
        other = any(kind.search(left) for kind in ATTRIBUTES if kind is not named)
        if named and other and not named.search(left) and len(right.split()) <= _LONGEST_ATTRIBUTE:
            yield match.start(), match.end(), request


def _is_relative(left: str, start: str) -> bool:
    """« une personne qui est libérée et qui reçoit… » is one thing."""
    word = RELATIVE.match(start.strip())
    if word is None:
        return False
    opening = STARTS.match(TOPIC.sub("", LINK.sub("", left)))
    rest = left[opening.end() :] if opening else left
    return re.search(rf"\w {re.escape(word[0])}(?:\b|$)", rest) is not None


def _asks_alone(words: str, clause: Clause) -> bool:
    """Whether what stands before a joint asks by itself; « Si l'enveloppe était de…, » and « Le 5 à 7, » do not."""
    supposes = SUPPOSES.match(words) is not None and not SURE.match(words)
    bare = TOPIC.sub("", LINK.sub("", words))
    asks = bool(clause.lead or ASKED_INSIDE.search(bare) or ASKED_FIRST.match(bare) or REQUEST.search(words))
    return asks and not supposes and _is_clause(words)


def _is_clause(words: str) -> bool:
    words = LINK.sub("", words)
    named = any(kind.match(words) for kind in ATTRIBUTES)
    return named or (len(words.split()) >= _FEW and VERB.search(words) is not None)
