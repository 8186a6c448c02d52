"""Planted faults always fall, what holds is left exactly as it is, and nothing is edited but the numbers of marks."""

import re
from dataclasses import replace

import pytest
from core_fakes import GUIDE, citation, guide_index
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.conversation import (
    Calculation,
    Citation,
    Draft,
    Kind,
    Parameter,
    Referral,
    Result,
    SourceQuote,
    Statement,
    Status,
    Step,
)
from assistant.guard import Guard
from assistant.lock import loose
from ingest.documents import Unit

BASE = "le montant de base par organisme scolaire est de"
SOME = settings(max_examples=60)
MARK = re.compile(r"\[(\d+)\]")


def guard() -> Guard:
    """The guard over the real guide."""
    return Guard(guide_index())


def quotes_of(unit: Unit) -> list[Citation]:
    """Everything a unit says, as citations."""
    index = guide_index()
    found = [quote for number in range(len(unit.parts)) for quote in index.reading(unit, number).quotes()]
    return [citation(GUIDE, quote.text, quote.start, quote.end) for quote in found]


@st.composite
def cited(draw: st.DrawFn, n: int = 1) -> Citation:
    """A true citation of the real guide: a stretch of a unit."""
    unit = draw(st.sampled_from(sorted(guide_index().units.values(), key=lambda one: one.id)))
    reading = guide_index().reading(unit, draw(st.integers(0, len(unit.parts) - 1)))
    start = draw(st.integers(0, len(reading.text) - 1))
    end = draw(st.integers(start + 1, len(reading.text)))
    quotes = reading.quotes(start, end)
    assume(quotes)
    quote = draw(st.sampled_from(quotes))
    return citation(GUIDE, quote.text, quote.start, quote.end, n)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """An answer whose statements each quote the guide, in order of first use."""
    quotes = draw(st.lists(cited(), min_size=1, max_size=4, unique_by=lambda one: (one.start, one.end)))
    citations = tuple(replace(one, n=rank) for rank, one in enumerate(quotes, start=1))
    return Draft(Status.ANSWERED, tuple(claim(one) for one in citations), citations)


def claim(*citations: Citation, text: str = "Le guide dit") -> Statement:
    """A claim that quotes these, each with its mark."""
    words = " ".join(f"«\u00a0{one.quote}\u00a0» [{one.n}]" for one in citations)
    return Statement(f"{text}\u00a0: {words}", tuple(one.n for one in citations))


def with_fault(draft: Draft, rank: int, bad: Citation) -> Draft:
    """The draft with one of its citations replaced."""
    citations = (*draft.citations[:rank], bad, *draft.citations[rank + 1 :])
    return replace(draft, citations=citations)


def assert_falls(draft: Draft, statement: Statement) -> None:
    """This statement is taken out; the others stay with their words, and their marks agree with the citations."""
    others = [one for one in draft.statements if one is not statement]
    verdict = guard().check(draft)
    said = [MARK.sub("", one.text) for one in verdict.draft.statements]
    assert said == [MARK.sub("", one.text) for one in others]
    assert verdict.removed
    assert verdict.draft.status is (draft.status if others else Status.ERROR)
    assert_consistent(verdict.draft)


def assert_consistent(draft: Draft) -> None:
    """Citations are numbered from 1, and each mark is of a citation whose quote the text has just given."""
    assert [one.n for one in draft.citations] == list(range(1, len(draft.citations) + 1))
    by_number = {one.n: one for one in draft.citations}
    for statement in draft.statements:
        quoted = re.findall(r"«\u00a0(.+?)\u00a0» \[(\d+)\]", statement.text)
        assert tuple(int(number) for _, number in quoted) == statement.citations
        assert all(by_number[int(number)].quote == words for words, number in quoted)


@SOME
@given(drafts())
def test_what_holds_is_left_exactly_as_it_is(draft: Draft) -> None:
    """No statement, citation or word changes."""
    verdict = guard().check(draft)
    assert (verdict.draft, verdict.removed) == (draft, ())


@SOME
@given(drafts(), st.data())
def test_a_shifted_quote_falls(draft: Draft, data: st.DataObject) -> None:
    """Offsets moved by any amount, also out of the document or below zero."""
    rank = data.draw(st.integers(0, len(draft.citations) - 1))
    good = draft.citations[rank]
    shift = data.draw(st.integers(-50, 50).filter(bool) | st.sampled_from((-(10**6), 10**6)))
    bad = replace(good, start=good.start + shift, end=good.end + shift)
    assume(not guard().verbatim(bad))  # a word may stand twice in a few letters
    assert_falls(with_fault(draft, rank, bad), draft.statements[rank])


def test_offsets_from_the_end_are_no_offsets() -> None:
    """A quote that stands at a negative offset, as a list counts, does not stand."""
    text = guide_index().documents[GUIDE].text
    good = quotes_of(next(iter(guide_index().units.values())))[0]
    for bad in (replace(good, start=good.start - len(text), end=good.end - len(text)), replace(good, end=good.start)):
        assert not guard().verbatim(bad)
    assert guard().verbatim(good)


@SOME
@given(drafts(), st.data())
def test_an_altered_quote_falls(draft: Draft, data: st.DataObject) -> None:
    """One character put, taken out or replaced."""
    rank = data.draw(st.integers(0, len(draft.citations) - 1))
    good = draft.citations[rank]
    place = data.draw(st.integers(0, len(good.quote)))
    words = good.quote[:place] + data.draw(st.sampled_from(("x", "0", " ", "é", ""))) + good.quote[place + 1 :]
    assume(words != good.quote)
    assert_falls(with_fault(draft, rank, replace(good, quote=words)), draft.statements[rank])


@SOME
@given(
    drafts(), st.data(), st.sampled_from(["99 999 $", "mars 2031", "30101", "77,7 %", "a@b.quebec", "site.example/x"])
)
def test_an_altered_figure_falls(draft: Draft, data: st.DataObject, figure: str) -> None:
    """A statement with a figure or an address that its own quotes lack falls, whatever the others quote."""
    rank = data.draw(st.integers(0, len(draft.statements) - 1))
    good = draft.statements[rank]
    bad = replace(good, text=f"{good.text} Soit {figure}.")
    statements = (*draft.statements[:rank], bad, *draft.statements[rank + 1 :])
    assert_falls(replace(draft, statements=statements), bad)


@SOME
@given(drafts(), st.data())
def test_a_figure_of_another_statement_does_not_lock(draft: Draft, data: st.DataObject) -> None:
    """The figure must stand in what the statement itself cites."""
    amount = next(one for unit in guide_index().units.values() for one in quotes_of(unit) if BASE in one.quote)
    rank = data.draw(st.integers(0, len(draft.statements) - 1))
    assume(loose("21 989 $", draft.citations[rank].quote))
    last = replace(amount, n=len(draft.citations) + 1)
    bad = replace(draft.statements[rank], text=f"{draft.statements[rank].text} 21 989 $")
    statements = (*draft.statements[:rank], bad, *draft.statements[rank + 1 :], claim(last))
    assert_falls(replace(draft, statements=statements, citations=(*draft.citations, last)), bad)


@SOME
@given(drafts(), st.data(), st.integers(1, 40))
def test_a_citation_that_does_not_exist_falls(draft: Draft, data: st.DataObject, beyond: int) -> None:
    """A number without a citation, in the list or only as a mark in the text."""
    rank = data.draw(st.integers(0, len(draft.statements) - 1))
    good, number = draft.statements[rank], len(draft.citations) + beyond
    for bad in (
        replace(good, citations=(*good.citations, number)),
        replace(good, text=f"{good.text} [{number}]"),
    ):
        statements = (*draft.statements[:rank], bad, *draft.statements[rank + 1 :])
        assert_falls(replace(draft, statements=statements), bad)


@SOME
@given(drafts(), st.sampled_from(["", "Tout est admissible.", "Le Ministère approuve [1]."]))
def test_a_claim_without_a_citation_falls(draft: Draft, text: str) -> None:
    """Whatever it says, and even when its text has a mark."""
    bad = Statement(text)
    assert_falls(replace(draft, statements=(bad, *draft.statements)), bad)


@pytest.mark.parametrize("document", ["", "inconnu", GUIDE.upper(), f"{GUIDE} "])
def test_a_quote_of_an_unknown_document_falls(document: str) -> None:
    """Its words may stand in another one."""
    good = quotes_of(next(iter(guide_index().units.values())))[0]
    bad = replace(good, document=document, url=f"/documents/{document}")
    draft = Draft(Status.ANSWERED, (claim(bad),), (bad,))
    assert guard().check(draft).draft == Draft(Status.ERROR, ())


@pytest.mark.parametrize("url", ["https://ailleurs.example/documents/x", f"/documents/{GUIDE}-2", "", "javascript:x"])
def test_a_link_elsewhere_falls(url: str) -> None:
    """A citation opens its own document and nothing else."""
    bad = replace(quotes_of(next(iter(guide_index().units.values())))[0], url=url)
    assert guard().check(Draft(Status.ANSWERED, (claim(bad),), (bad,))).draft == Draft(Status.ERROR, ())


@SOME
@given(drafts())
def test_an_answer_that_loses_all_its_claims_is_an_error(draft: Draft) -> None:
    """Words of ours around nothing are not an answer."""
    broken = tuple(replace(one, quote=one.quote + "x") for one in draft.citations)
    framing = Statement("Voici ce que dit le guide.", kind=Kind.FRAMING)
    for status in (Status.ANSWERED, Status.PARTIALLY_ANSWERED):
        verdict = guard().check(Draft(status, (framing, *draft.statements), broken))
        assert verdict.draft == Draft(Status.ERROR, ())
        assert len(verdict.removed) == len(broken) + len(draft.statements)


def test_an_abstention_may_be_words_of_ours_only() -> None:
    """Fixed sentences need no citation, but their figures are locked too."""
    said = Statement("Les documents ne le précisent pas.", kind=Kind.FRAMING)
    for status in Status:
        if status.is_abstention:
            draft = Draft(status, (said,))
            assert guard().check(draft).draft == draft
            assert guard().check(Draft(status, (replace(said, text="Ce serait 500 $."),))).draft.status is Status.ERROR


@SOME
@given(drafts(), drafts())
def test_the_nearest_passages_are_checked_too(draft: Draft, other: Draft) -> None:
    """They show the citations of the draft, never others of the same number; one that falls is not shown."""
    forged = tuple(replace(one, quote="forgé") for one in other.citations)
    found = guard().check(replace(draft, nearest=(*draft.citations[:1], *forged))).draft
    assert set(found.nearest) <= set(draft.citations)
    broken = replace(draft.citations[-1], quote="forgé")
    said = Statement("Les documents ne le précisent pas.", kind=Kind.FRAMING)
    alone = Draft(Status.NOT_IN_DOCUMENTS, (said,), (broken,), nearest=(broken,))
    assert guard().check(alone).draft == Draft(Status.NOT_IN_DOCUMENTS, (said,))


def test_a_referral_whose_mailbox_is_not_quoted_falls() -> None:
    """A mailbox that no citation gives is not shown, in words or as a value."""
    contact = next(one for u in guide_index().units.values() for one in quotes_of(u) if "financement@" in one.quote)
    mailbox = "financement@education.gouv.qc.ca"
    said = Statement(f"Écrivez à {mailbox}. [1]", (1,), Kind.FRAMING)
    other = Statement("Les documents ne le disent pas.", kind=Kind.FRAMING)
    draft = Draft(Status.NOT_IN_DOCUMENTS, (other, said), (contact,), referral=Referral(mailbox, said.text))
    assert guard().check(draft).draft == draft
    lost = guard().check(replace(draft, citations=(replace(contact, start=contact.start + 1),))).draft
    assert (lost.statements, lost.citations, lost.referral) == ((other,), (), None)
    forged = replace(draft, referral=Referral("moi@ailleurs.example", "x"))
    assert guard().check(forged).draft.referral is None


def test_what_looks_like_a_mark_inside_a_quote_is_left_alone() -> None:
    """A source may have numbers in brackets of its own: they are neither marks nor renumbered."""
    text = guide_index().documents[GUIDE].text
    start = text.index("[de] l’aider") if "[de] l’aider" in text else text.index("[de]")
    bracket = citation(GUIDE, "[de]", start, start + 4, 2)
    lost = replace(bracket, n=1, quote="forgé")
    draft = Draft(Status.ANSWERED, (claim(lost), claim(bracket)), (lost, bracket))
    found = guard().check(draft).draft
    assert [one.text for one in found.statements] == ["Le guide dit\u00a0: «\u00a0[de]\u00a0» [1]"]


@SOME
@given(st.permutations(range(1, 13)), st.sets(st.integers(1, 12), min_size=1, max_size=11))
def test_marks_follow_their_citations(order: list[int], lost: set[int]) -> None:
    """Whatever falls among a dozen citations, in whatever order they are used, each mark still is of its quote."""
    units = [quotes_of(unit)[0] for unit in guide_index().units.values() if quotes_of(unit)][:12]
    citations = [replace(one, n=rank) for rank, one in enumerate(units, start=1)]
    whole = [one for one in citations if one.n not in lost]
    broken = tuple(one if one.n not in lost else replace(one, quote=one.quote + "x") for one in citations)
    statements = tuple(claim(citations[number - 1]) for number in order) + ((claim(*whole),) if whole else ())
    found = guard().check(Draft(Status.ANSWERED, statements, broken)).draft
    assert len(found.statements) == len(whole) + 1
    assert_consistent(found)


CALCULATION = Calculation(
    operation="base", measure="15158", volet="1", school_year="2024-2025", inputs={"effectif": "120"}, parameters=(),
    formula="120 × 21 989 $", steps=(), results=(Result("A", "8246/3", "2748.67"),), rounding="au cent",
)  # fmt: skip


def test_a_computed_statement_holds_with_its_computation_only() -> None:
    """Its figures stand in the computation; without one it says nothing."""
    said = Statement("Le montant est de 2\u00a0748,67\u00a0$ pour 120.", kind=Kind.COMPUTED)
    draft = Draft(Status.ANSWERED, (said,), calculation=CALCULATION)
    assert guard().check(draft).draft == draft
    assert guard().check(replace(draft, calculation=None)).draft.status is Status.ERROR
    words = replace(said, text="Tout est admissible.")
    assert guard().check(Draft(Status.ANSWERED, (words,))).draft.status is Status.ERROR
    other = replace(said, text="Le montant est de 2\u00a0748,68\u00a0$.")
    assert guard().check(replace(draft, statements=(other,))).draft.status is Status.ERROR


WORDS = "Le manque est de 77\u00a0777\u00a0$ en 2031-2032."
PLAIN = replace(CALCULATION, results=())
GIVEN = (
    replace(PLAIN, inputs={"shortfall": "77777"}, school_year="2031-2032"),
    replace(PLAIN, inputs={"posts:École 77777": "3", "year": "2031-2032"}),
    replace(PLAIN, parameters=(Parameter("x", "Manque", "77777", "$", "official", "2031-2032"),)),
    replace(PLAIN, steps=(Step("Manque", "100 − 1", "77777", "2031-2032"),)),
    replace(PLAIN, results=(Result("2031", "155554/2", "77777"),), school_year="2031-2032"),
)
SAID = (
    replace(PLAIN, formula=WORDS),
    replace(PLAIN, rounding=WORDS),
    replace(PLAIN, assumptions=(WORDS,)),
    replace(PLAIN, warnings=(WORDS,)),
    replace(PLAIN, sources=(SourceQuote(GUIDE, WORDS),)),
    replace(PLAIN, steps=(Step(WORDS, "1 + 1", "2", "2", SourceQuote(GUIDE, WORDS), "x", WORDS),)),
    replace(PLAIN, parameters=(Parameter(WORDS, WORDS, "2", "$", "official", None, SourceQuote(GUIDE, WORDS)),)),
    replace(PLAIN, results=(Result(WORDS, "2", "2", "$", WORDS, WORDS),)),
)


@pytest.mark.parametrize("calculation", GIVEN)
@pytest.mark.parametrize("status", [Status.NEEDS_INPUT, Status.NOT_IN_DOCUMENTS])
def test_a_refusal_may_say_what_was_given_and_worked_out(calculation: Calculation, status: Status) -> None:
    """An input, a dated figure, a step, a result: with or without results."""
    draft = Draft(status, (Statement(WORDS, kind=Kind.FRAMING),), calculation=calculation)
    assert guard().check(draft).draft == draft


@pytest.mark.parametrize("calculation", SAID)
@pytest.mark.parametrize("kind", [Kind.FRAMING, Kind.COMPUTED])
def test_a_sentence_of_a_computation_does_not_lock_itself(calculation: Calculation, kind: Kind) -> None:
    """Nor does a label, nor a quote that no citation shows: the same words said again fall."""
    draft = Draft(Status.NEEDS_INPUT, (Statement(WORDS, kind=kind),), calculation=calculation)
    assert guard().check(draft).draft == Draft(Status.ERROR, ())


def test_a_unit_of_a_computation_is_locked_too() -> None:
    """Twelve dollars are not twelve per cent."""
    found = replace(PLAIN, parameters=(Parameter("x", "x", "12", "$", "official"),))
    for text, status in (("Soit 12\u00a0$.", Status.NEEDS_INPUT), ("Soit 12\u00a0%.", Status.ERROR)):
        draft = Draft(Status.NEEDS_INPUT, (Statement(text, kind=Kind.FRAMING),), calculation=found)
        assert guard().check(draft).draft.status is status
