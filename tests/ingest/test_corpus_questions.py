"""The expected questions and known gaps of the real corpus: all bound, none ambiguous, replies within their quotes."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from assistant.lock import loose
from ingest.catalog import load_catalog, load_yaml
from ingest.conflicts import load_conflicts
from ingest.documents import DropReason, Unit
from ingest.expected import Expectations, ExpectedEntry, GapEntry, bind
from ingest.fold import fold, read
from ingest.segment import Segmented, segment_document

CORPUS = Path(__file__).parents[2] / "corpus"
NBSP = "\u00a0"

NOBODY_ASKS = {
    "Veuillez agréer nos salutations distinguées.": "the courtesy formula of a letter says nothing",
}
"""Units that no question leads to, and why."""

NUMERALS = {
    "fr": ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    "en": ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
}
NUMBERED = {
    "volet": "volets?",
    "objectif": "objectifs?|objectives?",
    "action": "actions?",
    "axe": "axes?|axis",
    "enjeu": "enjeux?|issues?",
}


@cache
def documents() -> tuple[Segmented, ...]:
    """Every document of the corpus, segmented."""
    return tuple(segment_document(CORPUS, entry) for entry in load_catalog(CORPUS).documents)


@cache
def expectations() -> Expectations:
    """The two folders, bound to the units."""
    texts = {document.entry.id: document.source.text for document in documents()}
    return bind(CORPUS, texts, units())


@cache
def units() -> tuple[Unit, ...]:
    """Every unit of the corpus."""
    return tuple(unit for document in documents() for unit in document.segmentation.units)


@cache
def expected_entries() -> tuple[ExpectedEntry, ...]:
    """corpus/questions as written."""
    adapter = TypeAdapter(tuple[ExpectedEntry, ...])
    return tuple(
        entry
        for path in sorted((CORPUS / "questions").glob("*.yaml"))
        for entry in adapter.validate_python(load_yaml(path))
    )


@cache
def gap_entries() -> tuple[GapEntry, ...]:
    """corpus/gaps as written."""
    adapter = TypeAdapter(tuple[GapEntry, ...])
    return tuple(
        entry for path in sorted((CORPUS / "gaps").glob("*.yaml")) for entry in adapter.validate_python(load_yaml(path))
    )


def folded(question: str) -> str:
    """A question without case, accents, punctuation or spacing."""
    letters = unicodedata.normalize("NFD", question.lower())
    return " ".join(re.findall(r"[\w%$]+", "".join(c for c in letters if not unicodedata.combining(c))))


def numbers(text: str, language: str) -> set[str]:
    """Every number of a text, in digits or as a small numeral, written the same way in both languages."""
    text = re.sub("[\u00a0\u2009\u202f]", " ", text)
    words = {str(n) for n, word in enumerate(NUMERALS[language], start=2) if re.search(rf"\b{word}\b", text.lower())}
    thousands = r"(?<=\d),(?=\d{3}\b)" if language == "en" else r"(?<=\d) (?=\d{3}\b)"
    return words | {n.replace(",", ".") for n in re.findall(r"\d+(?:[.,]\d+)?", re.sub(thousands, "", text))}


def numbered(text: str) -> set[tuple[str, str]]:
    """« volets 2 et 3 », « Objectif 4 », « 8. Bonifier… »: what is numbered, and each of its numbers."""
    text = text.lower().replace(NBSP, " ")
    found = {("action", number) for number in re.findall(r"(?:^|\n)(\d+)\. ", text)}
    for noun, forms in NUMBERED.items():
        for match in re.finditer(rf"\b(?:{forms}) (\d+(?:(?:, | et | and | ou | or | à | to )\d+)*)", text):
            found |= {(noun, number) for number in re.findall(r"\d+", match[1])}
    return found


def replies() -> Iterator[tuple[GapEntry, str, str]]:
    """Each reply with its gap and its language."""
    for gap in gap_entries():
        yield gap, "fr", gap.reply_fr
        yield gap, "en", gap.reply_en


def test_every_entry_binds() -> None:
    """Each quote stands in its document, and each expected question leads to a unit or a gap."""
    bound = expectations()
    asked = {question.leads_to for question in bound.questions}
    assert asked <= {target.id for target in bound.targets} | {gap.id for gap in bound.gaps}
    assert len(bound.gaps) == len(gap_entries())
    assert all(gap.nearest or gap.topic == "out_of_scope" for gap in bound.gaps)


def test_every_unit_is_asked_for() -> None:
    """Each unit of the corpus is reached by a question, or stands in the reasoned list of those that are not."""
    bound = expectations()
    asked = {question.leads_to for question in bound.questions}
    reached = {target.unit for target in bound.targets if target.id in asked}
    texts = {document.entry.id: document.source.text for document in documents()}
    missed = {read(texts[unit.document], unit.parts[0].runs).text for unit in units() if unit.id not in reached}
    assert missed == set(NOBODY_ASKS)


def test_a_question_leads_to_one_place() -> None:
    """No way of asking stands under two entries, nor twice under one; case and accents do not count."""
    entries = (*expected_entries(), *gap_entries())
    hands = [hand for entry in entries for hand in (entry, entry.second_hand)]
    asked = [question for hand in hands for question in (*hand.fr, *hand.en)]
    twice = [question for question, times in Counter(map(folded, asked)).items() if times > 1]
    assert twice == []


def test_each_entry_is_asked_in_several_ways() -> None:
    """An expected passage has at least 4 French and 2 English ways of asking; a gap, 8 and 3."""
    few = [entry.about for entry in expected_entries() if len(entry.fr) < 4 or len(entry.en) < 2]
    few += [gap.id for gap in gap_entries() if len(gap.fr) < 8 or len(gap.en) < 3]
    assert few == []


def test_figures_of_replies_stand_in_their_quotes() -> None:
    """Each figure of a gap's reply, and each numbered volet, action or objective, is in one of its nearest quotes."""
    for gap, language, reply in replies():
        quotes = "\n".join(fold(passage.quote) for passage in gap.nearest)
        assert numbers(reply, language) <= numbers(quotes, "fr"), gap.id
        assert numbered(reply) <= numbered(quotes), gap.id


def test_quotations_in_replies_stand_in_their_quotes() -> None:
    """What a French reply puts between guillemets is in one of its nearest quotes."""
    for gap in gap_entries():
        quotes = fold(" ".join(passage.quote for passage in gap.nearest)).replace("’", "'").replace(NBSP, " ")
        for quotation in re.findall(f"«{NBSP}(.*?){NBSP}»", gap.reply_fr):
            assert quotation.replace("’", "'").replace(NBSP, " ").strip(" ,") in quotes, gap.id


def test_figures_of_renderings_stand_in_their_quotes() -> None:
    """Each number of an English rendering is in the quote that it renders."""
    for entry in expected_entries():
        said = {number.rstrip("0").rstrip(".") if "." in number else number for number in figures_en(entry.gloss_en)}
        quoted = {number.rstrip("0").rstrip(".") if "." in number else number for number in numbers(entry.quote, "fr")}
        without_calls = {number[: -cut or None] for number in quoted for cut in (0, 1, 2)}
        assert said <= without_calls, entry.about


def test_figures_of_short_answers_stand_in_their_passage() -> None:
    """Each figure of a short answer is in its unit, or in the headings over it: otherwise it would never be said."""
    by_id = {unit.id: unit for unit in units()}
    texts = {document.entry.id: document.source.text for document in documents()}
    for target in expectations().targets:
        unit = by_id[target.unit]
        said = [read(texts[unit.document], part.runs).text for part in unit.parts]
        for short in (target.short_fr, target.short_en):
            assert loose(short, *said, *unit.titles) == frozenset(), (target.id, short)


def test_figures_of_conflicts_stand_in_their_sides() -> None:
    """Both sentences of a known conflict say only figures that a side of it has."""
    for conflict in load_conflicts(CORPUS):
        for reply in (conflict.reply_fr, conflict.reply_en):
            assert loose(reply, *(side.quote for side in conflict.sides)) == frozenset(), conflict.id


def figures_en(text: str) -> set[str]:
    """Numbers in digits of an English text (numerals are words of the rendering: « one-page », « five-year »)."""
    return set(re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)))


@pytest.mark.parametrize(
    ("fault", "what"),
    [
        (r"'", "a straight apostrophe"),
        (rf"[^{NBSP}][:»]", "no non-breaking space before : or »"),
        (rf"«(?!{NBSP})", "no non-breaking space after «"),
        (r"\d[ \u2009\u202f]?(?:[%$]|M\$)", "no non-breaking space before % or $"),
        (rf"[\s{NBSP}][;?!]", "a space before ; ? or !"),
        (r"\d[ ,.]\d{3}\b", "thousands not separated by a non-breaking space"),
        (r'"', "straight quotation marks"),
        (r"  ", "two spaces"),
    ],
)
def test_french_replies_follow_the_typography(fault: str, what: str) -> None:
    """French replies follow the OQLF's rules."""
    assert [gap.id for gap in gap_entries() if re.search(fault, gap.reply_fr)] == [], what


def test_english_replies_follow_the_typography() -> None:
    """English replies have curly marks, no space before punctuation, and figures written the English way."""
    fault = r"""['"«»]|\s[:;?!%,.]|\d+,\d{1,2}\b|\d\s*\$"""
    assert [gap.id for gap in gap_entries() if re.search(fault, gap.reply_en)] == []


def test_replies_give_no_verdict_and_no_address() -> None:
    """No reply says that something is allowed or not, nor writes an address or a help line (the program adds those)."""
    fault = (
        r"(?i)\b(permis|interdite?s?|autorisée?s?|allowed|forbidden|prohibited|permitted)\b|@|https?:|\b(911|988|811)\b"
    )
    assert [gap.id for gap, _, reply in replies() if re.search(fault, reply)] == []


def test_people_are_not_named() -> None:
    """The names masked in the sources stand nowhere in the two folders, a published official in no reply."""
    masked: set[str] = set()
    for document in documents():
        original = (CORPUS / "documents" / document.entry.file).read_text(encoding="utf-8")
        for dropped in document.segmentation.dropped:
            if dropped.reason is DropReason.PERSONAL_DATA:
                masked |= set(re.findall(r"[A-ZÉ][\w-]+ [A-ZÉ][\w-]+", original[dropped.run.start : dropped.run.end]))
    officials = {name for document in documents() for name in document.entry.named_officials}
    written = [(path.name, path.read_text(encoding="utf-8")) for path in CORPUS.glob("[qg]*/*.yaml")]
    assert masked
    assert [(name, person) for name, text in written for person in masked if person in fold(text)] == []
    assert [(gap.id, person) for gap, _, reply in replies() for person in officials if person in reply] == []


def test_who_to_ask_fits_the_document() -> None:
    """The two mailboxes are for the measures and the Strategy; a local plan, an extract or a letter has none."""
    local = {"pevr", "development", "letter", "out_of_scope"}
    assert [gap.id for gap in gap_entries() if gap.topic in local and gap.referral] == []
    assert [gap.id for gap in gap_entries() if gap.topic not in local | {"strategy"} and not gap.referral] == []
    asks = re.compile(r"centre|école|organismes")
    assert [
        gap.id for gap in gap_entries() if gap.topic in local - {"out_of_scope"} and not asks.search(gap.reply_fr)
    ] == []
