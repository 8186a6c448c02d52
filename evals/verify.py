"""An independent check of answers: are their quotes verbatim, and is each of their figures backed?

In: an answer as public JSON, and the raw texts of the corpus. Out: `Violation`s, none when all is well.
It shares no code with the guard or with ingestion, so that a mistake of theirs is not a mistake here. What cannot be
checked (a document that is not plain text, a citation without a place) is a violation, never a pass.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from evals.answers import Answer
from evals.figures import Figure, figures, numeric, supported
from evals.sources import Sources
from evals.spans import folded, locate

_MARKS = re.compile(r"\[(\d+(?:\s*[,;]\s*\d+)*)\]")


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that does not hold: `where` is the statement or the citation, `what` the figure or the quote."""

    answer: str
    check: Literal["quote", "figure", "mark"]
    where: str
    what: str


def verify(name: str, answer: Answer, sources: Sources) -> tuple[Violation, ...]:
    """Every violation of the answer called `name`: quotes, then citation marks, then figures."""
    return (
        *unverified_quotes(name, answer, sources),
        *dangling_marks(name, answer),
        *unbacked_figures(name, answer, sources),
    )


def unverified_quotes(name: str, answer: Answer, sources: Sources) -> Iterator[Violation]:
    """Quotes of `citations` and `nearest` that do not stand at their [start, end), white space and ’ folded.

    The quotes of a calculation come without a place: they are to stand anywhere in their document.
    """
    yield from (found for found in quotes_checked(name, answer, sources) if found is not None)


def quotes_checked(name: str, answer: Answer, sources: Sources) -> Iterator[Violation | None]:
    """For each quote of the answer, what is wrong with it; None when nothing is."""
    for field in ("citations", "nearest"):
        for citation in answer.get(field) or ():
            problem = _misplaced(citation, sources)
            where = f"{field} [{citation.get('n')}]: {problem}"
            yield Violation(name, "quote", where, str(citation.get("quote"))) if problem else None
    for source in _quoted(answer.get("calculation")):
        there = locate(sources.get(source["document"], ""), source["quote"])
        where = f"calculation: not in {source['document']!r}"
        yield None if there else Violation(name, "quote", where, source["quote"])


def dangling_marks(name: str, answer: Answer) -> Iterator[Violation]:
    """Marks such as [2] in the text that lead to no citation."""
    known = {citation.get("n") for citation in answer.get("citations") or ()}
    for mark in _MARKS.finditer(_text(answer)):
        if not {int(n) for n in re.findall(r"\d+", mark[1])} <= known:
            yield Violation(name, "mark", _line(_text(answer), mark[0]), mark[0])


def unbacked_figures(name: str, answer: Answer, sources: Sources) -> Iterator[Violation]:
    """Figures of the statements and of the text that are neither in a cited quote nor in the calculation.

    A small ordinal (« volet 1 », "action 4", « page 5 ») may also be in the title, section path or page of a citation.
    The address of the referral is backed when a document of the corpus holds it. A cited title may be named whole.
    """
    reported: set[str] = set()
    for statement, figure, backed in figures_checked(answer, sources):
        if not backed and figure.text not in reported:
            reported.add(figure.text)
            yield Violation(name, "figure", statement, figure.text)


def figures_checked(answer: Answer, sources: Sources) -> Iterator[tuple[str, Figure, bool]]:
    """Each figure of the statements and of the text: where it stands, and whether it is backed."""
    citations = answer.get("citations") or ()
    backing = [figure for citation in citations for figure in figures(str(citation.get("quote")))]
    backing += _of_calculation(answer.get("calculation"))
    backing += _of_referral(answer.get("referral"), sources)
    places = [figure for citation in citations for figure in _of_place(citation)]
    titles = [str(citation.get("title")) for citation in citations]
    for statement in _statements(answer):
        for figure in figures(_claimed(statement, titles)):
            yield statement, figure, supported(figure, backing) or (figure.ordinal and supported(figure, places))


def _text(answer: Answer) -> str:
    return str(answer.get("text") or "")


def _line(text: str, part: str) -> str:
    return next((line for line in text.splitlines() if part in line), text)


def _misplaced(citation: Mapping[str, Any], sources: Sources) -> str:
    """What is wrong with where a quote is said to stand; empty when it stands there."""
    name, quote = Path(str(citation.get("source_file"))).stem, str(citation.get("quote") or "")
    source = sources.get(name)
    if source is None or sources.get(str(citation.get("document"))) != source:
        return f"no such document, or no plain text: {citation.get('source_file')!r}, {citation.get('document')!r}"
    start, end = citation.get("start"), citation.get("end")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(source):
        return f"no such place: [{start}, {end})"
    if folded(source[start:end]) != folded(quote):
        return f"at [{start}, {end}) stands {folded(source[start:end])!r}"
    return ""


def _statements(answer: Answer) -> Iterator[str]:
    """The lines of the statements, then of the text, so that a figure is reported where it is best understood."""
    for statement in answer.get("statements") or ():
        yield from str(statement.get("text")).splitlines()
    yield from _text(answer).splitlines()


def _claimed(statement: str, titles: Iterable[str]) -> str:
    """The statement without its citation marks and without the titles of the documents it names."""
    statement = folded(_MARKS.sub("", statement))
    for title in titles:
        statement = statement.replace(folded(title), "")
    return statement


def _of_place(citation: Mapping[str, Any]) -> tuple[Figure, ...]:
    words = [citation.get("title"), *(citation.get("section") or ()), citation.get("page")]
    return figures("\n".join(str(word) for word in words))


def _of_referral(referral: Mapping[str, Any] | None, sources: Sources) -> tuple[Figure, ...]:
    address = str((referral or {}).get("email"))
    return figures(address) if any(locate(source, address) for source in sources.values()) else ()


def _of_calculation(value: object) -> Iterator[Figure]:
    """The figures of everything that a calculation holds, keys included."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from figures(str(key))
            yield from _of_calculation(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _of_calculation(inner)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield numeric(value)
    elif isinstance(value, str):
        yield from figures(value)


def _quoted(value: object) -> Iterator[Mapping[str, str]]:
    """Every {document, quote} inside a calculation."""
    if isinstance(value, Mapping):
        if isinstance(value.get("document"), str) and isinstance(value.get("quote"), str):
            yield value
        for inner in value.values():
            yield from _quoted(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _quoted(inner)
