"""Each measure on answers made by hand: right, wrong, abstaining, half right."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from evals.answers import NO_ANSWER, Answer
from evals.cases import Case, ExpectedAmount, ExpectedCalculation, load_cases
from evals.citing import (
    citation_precision,
    citation_recall,
    citation_right,
    figure_lock_rate,
    figures_backed,
    quotes_verbatim,
    verbatim_rate,
)
from evals.measures import (
    LESS_IS_BETTER,
    MEASURES,
    abstention_precision,
    abstention_recall,
    abstention_right,
    calculation_exact,
    content_right,
    false_dont_know,
    forbidden_found,
    language_right,
    missing_groups,
    referral_right,
    right,
    wrong_answer,
)
from evals.scoring import ABSTENTIONS
from evals.sources import Sources, load_sources
from evals.spans import locate

ROOT = Path(__file__).resolve().parents[2]
SOURCE = "Le montant de base\npar organisme est de 21\u00a0989 $.\n\nLe solde est réparti au prorata.\n"
SOURCES: Sources = {"guide": SOURCE, "001_guide": SOURCE, "other": "Le solde est réparti au prorata."}
CASE = Case(
    id="c1",
    kind="budget",
    lang="fr",
    question="Combien?",
    answerable=True,
    documents=("001_guide",),
    quotes=("Le montant de base par organisme est de 21 989 $.", "Le solde est réparti au prorata."),
    must_include=(("21 989", "21,989"), ("base",)),
    must_not_include=("85",),
)
SILENT = replace(CASE, answerable=False, quotes=(), must_include=())


def cited(quote: str, document: str = "guide", file: str = "001_guide.txt", **more: object) -> dict[str, object]:
    """A citation as the public answer gives it."""
    return {"n": 1, "document": document, "source_file": file, "title": "Guide", "quote": quote, **more}


def answered(text: str, **more: object) -> dict[str, Any]:
    """An answer as the public interface gives it."""
    return {"status": "answered", "language": "fr", "text": text, **more}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le montant de BASE est de 21\u00a0989\u00a0$.", True),
        ("Base: $21,989", True),
        ("Le montant est de 21 989 $.", False),
        ("La base est de 121 989 $.", False),
        ("La base est de 21 989,50 $.", False),
        ("La base est de 21 989 $ pour 85 organismes.", False),
        ("La base est de 21 989 $ pour 850 organismes et 85,5 postes.", True),
    ],
)
def test_content_needs_every_group_and_nothing_forbidden(text: str, expected: bool) -> None:  # noqa: FBT001 (a row of the table)
    """One alternative of each group, no forbidden string, whole numbers only."""
    assert content_right(CASE, answered(text), SOURCES) is expected


def test_the_reasons_of_a_failure_are_given() -> None:
    """The groups that are missing and the strings that are forbidden are those of the case."""
    answer = answered("La base, 85 $.")
    assert missing_groups(CASE, answer) == (("21 989", "21,989"),)
    assert forbidden_found(CASE, answer) == ("85",)


@pytest.mark.parametrize("status", [*sorted(ABSTENTIONS), "error"])
def test_an_abstention_with_the_right_words_is_still_no_answer(status: str) -> None:
    """Content is right in an answer only, whole or partial."""
    answer = answered("La base est de 21 989 $.")
    assert content_right(CASE, {**answer, "status": "partially_answered"}, SOURCES) is True
    assert content_right(CASE, {**answer, "status": status}, SOURCES) is False


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        *((status, True) for status in sorted(ABSTENTIONS)),
        ("answered", False),
        ("partially_answered", False),
        ("error", False),
    ],
)
def test_abstaining_is_right_where_there_is_no_answer(status: str, expected: bool) -> None:  # noqa: FBT001 (a row of the table)
    """Any abstention does; an error never does; a forbidden string spoils it."""
    assert abstention_right(SILENT, {"status": status}, SOURCES) is expected
    assert right(SILENT, {"status": status}, SOURCES) is expected
    assert abstention_right(SILENT, {"status": status, "text": "Voir les 85."}, SOURCES) is False


def test_the_two_ways_to_be_wrong_are_told_apart() -> None:
    """A false "I don't know" is not a wrong answer, and an error is neither."""
    abstaining, answering = {"status": "not_in_documents"}, answered("Oui.")
    assert (false_dont_know(CASE, abstaining, {}), wrong_answer(CASE, abstaining, {})) == (True, None)
    assert (false_dont_know(SILENT, answering, {}), wrong_answer(SILENT, answering, {})) == (None, True)
    assert false_dont_know(CASE, NO_ANSWER, {}) is False
    assert wrong_answer(SILENT, NO_ANSWER, {}) is False


def test_abstention_has_a_precision_and_a_recall() -> None:
    """Precision looks at the abstentions given, recall at those that were due; an error is neither."""
    abstaining, answering = {"status": "out_of_scope"}, answered("Oui.")
    assert [abstention_precision(case, abstaining, {}) for case in (CASE, SILENT)] == [False, True]
    assert [abstention_precision(case, answering, {}) for case in (CASE, SILENT)] == [None, None]
    assert [abstention_recall(case, abstaining, {}) for case in (CASE, SILENT)] == [None, True]
    assert [abstention_recall(SILENT, one, {}) for one in (answering, NO_ANSWER)] == [False, False]


def test_a_citation_counts_by_its_place() -> None:
    """A place that overlaps a gold quote is found; recall counts gold quotes, precision counts citations."""
    start = SOURCE.index("21")
    answer = answered("…", citations=[cited("21 989", start=start, end=start + 6), cited("Le", start=0, end=2)])
    assert citation_right(CASE, answer, SOURCES) is True
    assert citation_recall(CASE, answer, SOURCES) == 0.5
    assert citation_precision(CASE, answer, SOURCES) == 1.0
    beside = answered("…", citations=[cited("\n\n", start=SOURCE.index("\n\n"), end=SOURCE.index("\n\n") + 2)])
    assert citation_right(CASE, beside, SOURCES) is False
    assert citation_precision(CASE, beside, SOURCES) == 0.0


def test_a_citation_without_a_place_counts_by_its_words() -> None:
    """Without offsets the quote is located, white space and apostrophes folded."""
    answer = answered("…", citations=[cited("montant de base par organisme"), cited("jamais écrit")])
    assert citation_right(CASE, answer, SOURCES) is True
    assert citation_precision(CASE, answer, SOURCES) == 0.5


def test_the_right_words_of_another_document_do_not_count() -> None:
    """The file that the citation names decides, not its words."""
    answer = answered("…", citations=[cited("Le solde est réparti au prorata.", "other", "other.txt")])
    assert citation_right(CASE, answer, SOURCES) is False


def test_citations_are_not_measured_where_there_is_no_answer_to_cite() -> None:
    """Gold quotes of a question without an answer are only the neighbouring passage."""
    case = replace(SILENT, quotes=CASE.quotes)
    assert {
        measure(case, answered(""), SOURCES) for measure in (citation_right, citation_recall, citation_precision)
    } == {None}


@pytest.mark.parametrize(
    ("referral", "answer", "expected"),
    [
        (None, answered("Oui."), None),
        ("financement", answered("Écrivez à Financement@education.gouv.qc.ca."), True),
        ("financement", answered("Oui.", referral={"email": "financement@education.gouv.qc.ca"}), True),
        ("financement", answered("Oui.", referral={"email": "valorisation@education.gouv.qc.ca"}), False),
        ("either", answered("Oui.", referral={"email": "valorisation@education.gouv.qc.ca"}), True),
        ("either", answered("Oui.", referral=None), False),
    ],
)
def test_referral(referral: Any, answer: Answer, expected: bool | None) -> None:  # noqa: FBT001 (a row of the table)
    """The expected mailbox appears, in the text or as the referral."""
    assert referral_right(replace(CASE, referral=referral), answer, SOURCES) is expected


LIST = ExpectedCalculation(
    (ExpectedAmount(Fraction(635126), Fraction("635125.96"), "A"), ExpectedAmount(Fraction(2), Fraction("2.04"), "B"))
)


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([("A", "635126"), ("B", "2")], True),
        ([("A", "635\u00a0125,96\u00a0$"), ("B", "2,04 $")], True),
        ([("CSS A", "$635,126"), ("CSS B", "$2")], True),
        ([("first", "2"), ("second", "635126")], True),
        ([("A", "2"), ("B", "635126")], False),
        ([("A", "635126"), ("B", "2.04")], False),
        ([("A", "635126")], False),
        ([("A", "635125"), ("B", "2")], False),
        ([], False),
    ],
)
def test_amounts_are_exact_for_the_body_they_are_for(results: list[tuple[str, str]], expected: bool) -> None:  # noqa: FBT001 (a row of the table)
    """All to the dollar or all to the cent, each under its own label."""
    shown = [{"label": label, "amount": amount} for label, amount in results]
    answer = answered("…", calculation={"results": shown})
    assert calculation_exact(replace(CASE, calculation=LIST), answer, SOURCES) is expected


def test_a_refusal_gives_no_amount_and_an_error_is_no_refusal() -> None:
    """Where no amount can be given, there is no result; a crash does not count as restraint."""
    case = replace(SILENT, calculation=ExpectedCalculation(refusal="invalid_weight"))
    assert calculation_exact(case, {"status": "needs_input", "calculation": None}, SOURCES) is True
    assert calculation_exact(case, NO_ANSWER, SOURCES) is False
    assert calculation_exact(case, answered("…", calculation={"results": [{"amount": "1"}]}), SOURCES) is False
    assert calculation_exact(CASE, answered("…"), SOURCES) is None


@pytest.mark.parametrize(
    ("lang", "said", "text", "expected"),
    [
        ("fr", "fr", "Le montant est de 21 989 $.", True),
        ("fr", "fr", "The amount is $21,989 for each of the bodies.", False),
        ("fr", "en", "Le montant est de 21 989 $.", False),
        (
            "en",
            "en",
            "The guide says: « Le solde est réparti au prorata du nombre de postes pour les organismes. »",
            True,
        ),
        ("en", "en", "Stated in the guide: Le solde est réparti au prorata. [1]", True),
        ("en", "en", "21 989 $", True),
    ],
)
def test_language(lang: Any, said: str, text: str, expected: bool) -> None:  # noqa: FBT001 (a row of the table)
    """Both what the answer says of itself and its own words count; official quotes stay in French."""
    answer = {**answered(text, citations=[cited("Le solde est réparti au prorata.")]), "language": said}
    assert language_right(replace(CASE, lang=lang), answer, SOURCES) is expected


def test_quotes_and_figures_are_those_of_the_independent_check() -> None:
    """The two measures hold when the check finds nothing, and say nothing of an answer without quotes or words."""
    quote = "Le solde est réparti au prorata."
    start = SOURCE.index(quote)
    place = cited(quote, start=start, end=start + len(quote))
    assert quotes_verbatim(CASE, answered("…", citations=[place]), SOURCES) is True
    assert quotes_verbatim(CASE, answered("…", citations=[{**place, "end": start + 3}]), SOURCES) is False
    assert quotes_verbatim(CASE, answered("…"), SOURCES) is None
    assert figures_backed(CASE, answered("Au prorata [1].", citations=[place]), SOURCES) is True
    assert figures_backed(CASE, answered("Il y en a 12 [1].", citations=[place]), SOURCES) is False
    assert figures_backed(CASE, NO_ANSWER, SOURCES) is None


def test_the_rates_count_quotes_and_figures_one_by_one() -> None:
    """One quote in two out of place, one distinct figure in three without backing."""
    quote = "Le solde est réparti au prorata."
    start = SOURCE.index(quote)
    place = cited(quote, start=start, end=start + len(quote))
    answer = answered("…", citations=[place], nearest=[{**place, "start": start + 1}])
    assert verbatim_rate(CASE, answer, SOURCES) == 0.5
    assert verbatim_rate(CASE, answered("…"), SOURCES) is None
    base = cited("21\u00a0989 $", start=SOURCE.index("21"), end=SOURCE.index("21") + 8)
    said = answered("21 989 $, 12 postes, 12 fois, 7 %.", citations=[base])
    assert figure_lock_rate(CASE, said, SOURCES) == pytest.approx(1 / 3)
    assert figure_lock_rate(CASE, answered("Sans chiffre."), SOURCES) is None


def perfect(case: Case, sources: Sources) -> Answer:
    """The answer that the development set itself describes."""
    addresses = {"financement": "financement@education.gouv.qc.ca", None: ""}
    places = [
        (name, quote, place)
        for quote in case.quotes
        for name in case.documents
        for place in locate(sources[name], quote)
    ]
    citations = [
        cited(quote, name, f"{name}.txt", start=place.start, end=place.end) for name, quote, place in places
    ]  # fmt: skip
    amounts = case.calculation.amounts if case.calculation else ()
    return {
        "status": "answered" if case.answerable else "not_in_documents",
        "language": case.lang,
        "text": "\n".join(group[0] for group in case.must_include),
        "citations": citations,
        "calculation": {"results": [{"label": amount.body, "amount": f"{amount.dollars} $"} for amount in amounts]},
        "referral": {"email": addresses.get(case.referral, "valorisation@education.gouv.qc.ca")},
    }


def test_the_development_sets_describe_answers_that_every_measure_accepts() -> None:
    """No case asks for something that its own gold answer would not satisfy."""
    sources = load_sources(ROOT / "corpus")
    cases = load_cases([ROOT / "evals" / "cases" / name for name in ("dev_questions.jsonl", "dev_emails.jsonl")])
    outside = {"figures_backed", "figure_lock_rate", "language_right"}
    judged = [measure for measure in MEASURES if measure.__name__ not in LESS_IS_BETTER | outside]
    unmet = [
        (case.id, measure.__name__)
        for case in cases
        for measure in judged
        if measure(case, perfect(case, sources), sources) not in (True, 1.0, None)
    ]
    assert unmet == []


def test_the_development_sets_reject_the_absence_of_an_answer() -> None:
    """No case is right, and no measure holds, when nothing came back."""
    cases = load_cases([ROOT / "evals" / "cases" / "dev_questions.jsonl"])
    assert {measure(case, NO_ANSWER, {}) for case in cases for measure in MEASURES} == {False, None}
