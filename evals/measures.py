"""What makes an answer good: small pure functions over (case, answer, sources), each with its definition.

In: a `Case`, the public JSON of the answer, the raw texts of the corpus. Out: True or False, a ratio from 0 to 1, or
None where the measure says nothing of such a case. An answer that is missing scores; it is not dropped.
Measures look for strings: they judge neither tone, nor clarity, nor the right word in a wrong sentence.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from evals.answers import Answer
from evals.cases import Case, ExpectedAmount
from evals.figures import figures
from evals.language import written_in
from evals.matching import contains
from evals.sources import Sources
from evals.spans import Span, folded, locate
from evals.verify import dangling_marks, unbacked_figures, unverified_quotes

Score = bool | float | None
Measure = Callable[[Case, Answer, Sources], Score]

ABSTENTIONS = frozenset({"needs_input", "not_in_documents", "out_of_scope", "refused"})
_ADDRESSES = {
    "financement": ("financement@education.gouv.qc.ca",),
    "valorisation": ("valorisation@education.gouv.qc.ca",),
    "either": ("financement@education.gouv.qc.ca", "valorisation@education.gouv.qc.ca"),
}


def right(case: Case, answer: Answer, sources: Sources) -> Score:
    """The answer is right: `content_right` for a case that has an answer, `abstention_right` for one that has none."""
    return (content_right if case.answerable else abstention_right)(case, answer, sources)


def content_right(case: Case, answer: Answer, _sources: Sources) -> Score:
    """Neither an abstention nor an error; the text holds one alternative of each group and no forbidden string.

    Source: rule of the development set, « Question avec réponse ».
    """
    if not case.answerable:
        return None
    return _answers(answer) and not missing_groups(case, answer) and not forbidden_found(case, answer)


def abstention_right(case: Case, answer: Answer, _sources: Sources) -> Score:
    """An abstention (an error is none) whose text holds no forbidden string.

    Source: rule of the development set, « Question sans réponse ».
    """
    if case.answerable:
        return None
    return _abstains(answer) and not forbidden_found(case, answer)


def citation_right(case: Case, answer: Answer, sources: Sources) -> Score:
    """At least one citation overlaps a gold quote in the same document.

    Source: rule of the development set, « Citations ». False asks for a human look: another passage may do as well.
    """
    recall = citation_recall(case, answer, sources)
    return None if recall is None else recall > 0


def citation_recall(case: Case, answer: Answer, sources: Sources) -> Score:
    """Share of the gold quotes that a citation overlaps (recall of information retrieval, over passages)."""
    if not (case.answerable and case.quotes):
        return None
    return len(quotes_found(case, answer, sources)) / len(case.quotes)


def citation_precision(case: Case, answer: Answer, sources: Sources) -> Score:
    """Share of the citations that overlap a gold quote (precision of information retrieval); 0 without any citation."""
    if not (case.answerable and case.quotes):
        return None
    gold = [place for quote in case.quotes for place in _gold(case, quote, sources)]
    cited = [list(_cited(citation, sources)) for citation in answer.get("citations") or ()]
    return sum(_meet(places, gold) for places in cited) / len(cited) if cited else 0.0


def referral_right(case: Case, answer: Answer, _sources: Sources) -> Score:
    """The expected address (either one for `either`) appears in the text or is the referral.

    Source: rule of the development set, « Orientation ».
    """
    if case.referral is None:
        return None
    shown = f"{_text(answer)}\n{(answer.get('referral') or {}).get('email')}"
    return any(contains(shown, address) for address in _ADDRESSES[case.referral])


def calculation_exact(case: Case, answer: Answer, _sources: Sources) -> Score:
    """The results hold each expected amount, all to the dollar or all to the cent; for a refusal, there is no result.

    Where labels name a body of the list, its amount is looked for under that label. An error is never exact.
    Source: rule of the development set, « Calcul ».
    """
    if case.calculation is None:
        return None
    results = (answer.get("calculation") or {}).get("results") or ()
    if case.calculation.refusal:
        return not results and answer.get("status") != "error"
    amounts = case.calculation.amounts
    return any(
        all(_given(amount, getattr(amount, unit), results) for amount in amounts) for unit in ("dollars", "cents")
    )


def language_right(case: Case, answer: Answer, _sources: Sources) -> Score:
    """The answer says that it is in the language of the question, and its own words (quotes aside) do not belie it."""
    own = folded(re.sub(r"«[^»]*»|“[^”]*”", " ", _text(answer)))
    for citation in answer.get("citations") or ():
        own = own.replace(folded(str(citation.get("quote"))), " ").replace(folded(str(citation.get("title"))), " ")
    return answer.get("language") == case.lang and written_in(own) in (case.lang, None)


def quotes_verbatim(_case: Case, answer: Answer, sources: Sources) -> Score:
    """Every quote stands verbatim where the answer says, by the independent check of `evals.verify`."""
    if not (answer.get("citations") or answer.get("nearest")):
        return None
    return not any(unverified_quotes("", answer, sources))


def figures_backed(_case: Case, answer: Answer, sources: Sources) -> Score:
    """Every figure is in a cited quote or in the calculation and every [n] leads to one, by `evals.verify`."""
    if not _text(answer):
        return None
    return not any(unbacked_figures("", answer, sources)) and not any(dangling_marks("", answer))


MEASURES: tuple[Measure, ...] = (
    right, content_right, abstention_right, citation_right, citation_recall, citation_precision,
    referral_right, calculation_exact, language_right, quotes_verbatim, figures_backed,
)  # fmt: skip


def false_dont_know(case: Case, answer: Answer) -> bool:
    """The documents have the answer, and the assistant abstained."""
    return case.answerable and _abstains(answer)


def wrong_answer(case: Case, answer: Answer) -> bool:
    """The documents have no answer, and the assistant gave one."""
    return not case.answerable and _answers(answer)


def missing_groups(case: Case, answer: Answer) -> tuple[tuple[str, ...], ...]:
    """The groups of `must_include` of which the text holds no alternative."""
    text = _text(answer)
    return tuple(group for group in case.must_include if not any(contains(text, variant) for variant in group))


def forbidden_found(case: Case, answer: Answer) -> tuple[str, ...]:
    """The strings of `must_not_include` that the text holds."""
    return tuple(variant for variant in case.must_not_include if contains(_text(answer), variant))


def quotes_found(case: Case, answer: Answer, sources: Sources) -> tuple[str, ...]:
    """The gold quotes that a citation overlaps."""
    cited = [place for citation in answer.get("citations") or () for place in _cited(citation, sources)]
    return tuple(quote for quote in case.quotes if _meet(list(_gold(case, quote, sources)), cited))


_Place = tuple[str, Span]


def _text(answer: Answer) -> str:
    return str(answer.get("text") or "")


def _abstains(answer: Answer) -> bool:
    return answer.get("status") in ABSTENTIONS


def _answers(answer: Answer) -> bool:
    return answer.get("status") in {"answered", "partially_answered"}


def _meet(some: list[_Place], others: list[_Place]) -> bool:
    return any(a == b and x.overlaps(y) for a, x in some for b, y in others)


def _gold(case: Case, quote: str, sources: Sources) -> Iterator[_Place]:
    """Every place of a gold quote in the documents of its case."""
    yield from ((name, place) for name in case.documents for place in locate(sources.get(name, ""), quote))


def _cited(citation: Answer, sources: Sources) -> Iterator[_Place]:
    """Where a citation stands: the place it gives, else wherever its quote is found in the document it names."""
    name, start, end = Path(str(citation.get("source_file"))).stem, citation.get("start"), citation.get("end")
    if isinstance(start, int) and isinstance(end, int) and start < end:
        yield name, Span(start, end)
    else:
        yield from ((name, place) for place in locate(sources.get(name, ""), str(citation.get("quote") or "")))


def _given(amount: ExpectedAmount, value: object, results: Sequence[Answer]) -> bool:
    named = [result for result in results if amount.body and _names(str(result.get("label")), amount.body)]
    shown = [figure for result in named or results for figure in figures(str(result.get("amount")))]
    return any(value in figure.values for figure in shown)


def _names(label: str, body: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(folded(body))}(?!\w)", folded(label)) is not None
