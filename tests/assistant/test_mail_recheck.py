"""An edited text, verified again at once: quotes, figures, references, sources; sentence by sentence."""

from dataclasses import replace

import pytest
from mail_made import drafted, garden_recheck, wording

from assistant.conversation import Citation, Kind
from assistant.correspondence.recheck import Fault, SentenceCheck
from assistant.correspondence.reply import DraftPart, ReplyDraft, Section

BASE = "Quel est le montant de base par école?"


def answer_part(draft: ReplyDraft) -> DraftPart:
    """The claim of the first answer."""
    return next(part for part in draft.parts if part.section is Section.ANSWER and part.kind is Kind.CLAIM)


DRAFT = drafted(BASE)
PART = answer_part(DRAFT)


def checked(text: str, part: DraftPart = PART, draft: ReplyDraft = DRAFT) -> tuple[SentenceCheck, ...]:
    """The check of a text in place of the part."""
    return garden_recheck().check(draft, part, text)


def faults(text: str, part: DraftPart = PART) -> list[Fault]:
    """What is wrong with it."""
    return [found.fault for one in checked(text, part) for found in one.faults]


def test_the_generated_text_holds() -> None:
    """As it is."""
    assert "4" in PART.text
    assert faults(PART.text) == []


@pytest.mark.parametrize("typo", ["4 320", "4 231", "43 21"])
def test_a_figure_that_was_mistyped_is_caught(typo: str) -> None:
    """In a quote it is no quote any more; in our own words it has no source."""
    quoted = PART.text.replace("4 321", typo).replace("4\u00a0321", typo)
    assert quoted != PART.text
    assert set(faults(quoted)) == {Fault.QUOTE, Fault.FIGURE}
    assert set(faults(f"Le montant est de {typo} $. [1]")) == {Fault.FIGURE}
    assert faults("Le montant est de 4 321 $. [1]") == []


def test_a_changed_word_of_a_quote_is_caught() -> None:
    """And a cut or a word added."""
    quote = DRAFT.citations[0].quote
    words = quote.split()
    assert faults(f"«\u00a0{quote}\u00a0» [1]") == []
    assert faults(f"« {' '.join(words[1:-1])} » [1]") == []
    assert faults(f"«\u00a0{' '.join([*words[:3], 'toujours', *words[3:]])}\u00a0» [1]") == [Fault.QUOTE]


def test_a_reference_that_does_not_exist_is_caught() -> None:
    """Its number is given."""
    [one] = checked("Selon le guide, oui. [9]")
    assert (one.faults[0].fault, one.faults[0].detail) == (Fault.MARK, "[9]")


def test_a_claim_without_a_source_is_caught_where_it_stands() -> None:
    """A sentence added after the last reference; our own framing needs none."""
    text = f"{PART.text}\nLe jardin est aussi ouvert le dimanche."
    first, last = checked(text)
    assert first.holds
    assert [found.fault for found in last.faults] == [Fault.SOURCE]
    assert text[last.start : last.end] == last.text == "Le jardin est aussi ouvert le dimanche."
    framing = replace(PART, kind=Kind.FRAMING)
    assert faults("Nous restons à votre disposition.", framing) == []
    assert faults("Écrivez à moi@exemple.org.", framing) == [Fault.FIGURE]


def test_a_paragraph_that_the_writer_adds_is_checked_like_any_other() -> None:
    """A part of no question."""
    added = DraftPart("p99", Section.ANSWER, "", kind=Kind.CLAIM)
    assert set(faults("La date limite est le 31 juin.", added)) == {Fault.FIGURE, Fault.SOURCE}


def test_a_source_that_changed_since_is_caught() -> None:
    """The stored text has moved: the quote is no longer at its place."""
    moved = tuple(replace(one, start=one.start + 1, end=one.end + 1) for one in DRAFT.citations)
    [one] = checked("Le montant est de 4 321 $. [1]", draft=replace(DRAFT, citations=moved))
    assert [found.fault for found in one.faults] == [Fault.QUOTE]


def test_the_signature_and_the_greeting_are_the_writers_own() -> None:
    """A telephone number is no claim."""
    for section in (Section.SIGNATURE, Section.GREETING, Section.CLOSING, Section.NOTICE):
        part = next(part for part in DRAFT.parts if part.section is section)
        assert faults("418 643-0000, poste 12", part) == []


def test_a_reminder_may_say_the_message_again_and_nothing_more() -> None:
    """Its date, its questions."""
    part = next(part for part in DRAFT.parts if part.section is Section.REMINDER)
    assert faults(part.text, part) == []
    assert faults(part.text.replace("12", "13"), part) == [Fault.FIGURE]


def test_a_quote_is_never_cut_into_sentences() -> None:
    """Nor are the marks after it; lines are read one by one."""
    citation: Citation = DRAFT.citations[0]
    text = f"Le guide dit\u00a0: «\u00a0{citation.quote}\u00a0» [1]. Voir aussi [1].\nEt ceci [1]."
    assert [one.text.split()[0] for one in checked(text)] == ["Le", "Voir", "Et"]


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_has_its_sentence(fault: Fault) -> None:
    """In both languages, with the detail."""
    for language in ("fr", "en"):
        assert "X" in wording().say(f"fault_{fault}", language, detail="X")
