"""What makes an answer good: small pure functions over (case, answer, sources), each with its definition.

In: a `Case`, the public JSON of the answer, the raw texts of the corpus. Out: True or False, a ratio from 0 to 1, or
None where the measure says nothing of such a case. An answer that is missing scores; it is not dropped.
Measures look for strings: they judge neither tone, nor clarity, nor the right word in a wrong sentence.
"""

import re
from collections.abc import Sequence

from evals.answers import Answer
from evals.cases import Case, ExpectedAmount
from evals.citing import (
    citation_precision,
    citation_recall,
    citation_right,
    figure_lock_rate,
    figures_backed,
    quotes_verbatim,
    verbatim_rate,
)
from evals.figures import figures
from evals.language import written_in
from evals.matching import contains
from evals.retrieval import hit_at_1, hit_at_5, ndcg_at_10, reciprocal_rank
from evals.scoring import Measure, Score, abstains, answers, shown, text_of
from evals.sources import Sources
from evals.spans import folded

ADDRESSES = {
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
    return answers(answer) and not missing_groups(case, answer) and not forbidden_found(case, answer)


def abstention_right(case: Case, answer: Answer, _sources: Sources) -> Score:
    """An abstention (an error is none) whose text holds no forbidden string.

    Source: rule of the development set, « Question sans réponse ».
    """
    if case.answerable:
        return None
    return abstains(answer) and not forbidden_found(case, answer)


def abstention_precision(case: Case, answer: Answer, _sources: Sources) -> Score:
    """Of the abstentions, those where the documents have no answer (precision; False is a false « I don't know »)."""
    return not case.answerable if abstains(answer) else None


def abstention_recall(case: Case, answer: Answer, _sources: Sources) -> Score:
    """Of the cases without an answer in the documents, those where the assistant abstained (recall)."""
    return None if case.answerable else abstains(answer)


def false_dont_know(case: Case, answer: Answer, _sources: Sources) -> Score:
    """The documents have the answer, and the assistant abstained: the share of answerable cases. Less is better."""
    return abstains(answer) if case.answerable else None


def wrong_answer(case: Case, answer: Answer, _sources: Sources) -> Score:
    """The documents have no answer, and the assistant gave one: the share of such cases. Less is better."""
    return None if case.answerable else answers(answer)


def referral_right(case: Case, answer: Answer, _sources: Sources) -> Score:
    """The expected address (either one for `either`) appears in the text or is the referral.

    Source: rule of the development set, « Orientation ».
    """
    if case.referral is None:
        return None
    read = f"{shown(answer)}\n{(answer.get('referral') or {}).get('email')}"
    return any(contains(read, address) for address in ADDRESSES[case.referral])


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
    own = folded(re.sub(r"«[^»]*»|“[^”]*”", " ", text_of(answer)))
    for citation in answer.get("citations") or ():
        own = own.replace(folded(str(citation.get("quote"))), " ").replace(folded(str(citation.get("title"))), " ")
    return answer.get("language") == case.lang and written_in(own) in (case.lang, None)


MEASURES: tuple[Measure, ...] = (
    right, content_right, abstention_right, abstention_precision, abstention_recall, false_dont_know, wrong_answer,
    citation_right, citation_recall, citation_precision, referral_right, calculation_exact, language_right,
    quotes_verbatim, verbatim_rate, figures_backed, figure_lock_rate,
    hit_at_1, hit_at_5, reciprocal_rank, ndcg_at_10,
)  # fmt: skip
LESS_IS_BETTER = frozenset({"false_dont_know", "wrong_answer"})


def missing_groups(case: Case, answer: Answer) -> tuple[tuple[str, ...], ...]:
    """The groups of `must_include` of which the text holds no alternative."""
    text = text_of(answer)
    return tuple(group for group in case.must_include if not any(contains(text, variant) for variant in group))


def forbidden_found(case: Case, answer: Answer) -> tuple[str, ...]:
    """The strings of `must_not_include` that the text, or the whole letter, holds."""
    return tuple(variant for variant in case.must_not_include if contains(shown(answer), variant))


def _given(amount: ExpectedAmount, value: object, results: Sequence[Answer]) -> bool:
    named = [result for result in results if amount.body and _names(str(result.get("label")), amount.body)]
    shown = [figure for result in named or results for figure in figures(str(result.get("amount")))]
    return any(value in figure.values for figure in shown)


def _names(label: str, body: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(folded(body))}(?!\w)", folded(label)) is not None
