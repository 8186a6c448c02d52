"""What is composed always passes the guard; each kind of turn becomes the draft that its status promises."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from core_fakes import garden_index, guide_index, open_new, real_replies, strategy_index, turn, write_garden

from assistant.compose.passages import Passages
from assistant.compose.step import Composer
from assistant.conversation import Candidate, Draft, Kind, Language, Problem, Route, SourceQuote, Status, Turn
from assistant.guard import Guard
from assistant.lock import loose
from assistant.referrals import Referrals
from ingest.documents import Unit
from ingest.expected import Gap, Target
from ingest.index import Index

LANGUAGES: tuple[Language, ...] = ("fr", "en")


def composed(index: Index, before: Turn) -> Draft:
    """The draft of a turn."""
    replies = real_replies()
    draft = Composer(index, replies, Referrals(index, replies), Passages(index, replies)).step()(before).draft
    assert draft is not None
    return draft


def kept(index: Index, *units: Unit) -> tuple[Candidate, ...]:
    """Candidates that passed the gate, for the whole of these units."""
    targets = {target.unit: target for target in index.expectations.targets}
    return tuple(Candidate(targets[unit.id], unit, 0.9, {}, kept=True) for unit in units)


def gap(index: Index, name: str) -> Candidate:
    """A known gap, as retrieval gives it."""
    found = next(one for one in index.expectations.gaps if one.id == f"gap/{name}")
    return Candidate(found, None, 0.9, {"gap": 1.0, "share": 0.9}, kept=False, reason="gap")


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_unit_is_kept_its_answer_passes_the_guard_whole(language: Language) -> None:
    """Every unit of the real guide, alone and beside the next one: nothing is removed, nothing is renumbered."""
    index = guide_index()
    units = list(index.units.values())
    for one, other in zip(units, [*units[1:], units[0]], strict=True):
        for chosen in ((one,), (one, other)):
            draft = composed(index, turn("question", language=language, candidates=kept(index, *chosen)))
            verdict = Guard(index).check(draft)
            assert verdict.removed == ()
            assert verdict.draft == draft
            assert draft.status in {Status.ANSWERED, Status.PARTIALLY_ANSWERED}
            assert any(statement.kind is Kind.CLAIM for statement in draft.statements)


def test_a_courtesy_rendering_is_marked_and_only_in_english() -> None:
    """It follows the French quote; a French answer has none."""
    index = garden_index()
    unit = next(u for u in index.units.values() if "montant de base" in index.reading(u).text)
    english = composed(index, turn("q", language="en", candidates=kept(index, unit)))
    assert any("Courtesy translation" in one.text and "$4,321" in one.text for one in english.statements)
    french = composed(index, turn("q", language="fr", candidates=kept(index, unit)))
    assert all("$4,321" not in one.text for one in french.statements)


def test_a_rendering_with_a_figure_that_the_quote_lacks_is_left_out() -> None:
    """« April 2 » does not stand in « le 15 mars »."""
    index = garden_index()
    unit = next(u for u in index.units.values() if "15 mars" in index.reading(u).text)
    draft = composed(index, turn("q", language="en", candidates=kept(index, unit)))
    assert not loose("15 mars", *(one.quote for one in draft.citations))
    assert all("April" not in one.text for one in draft.statements)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_known_gap_says_what_is_not_stated(language: Language) -> None:
    """Its reviewed sentence, its nearest passage, its mailbox; a gap out of scope has its own status."""
    index = garden_index()
    found = gap(index, "tracteur")
    draft = composed(index, turn("q", language=language, candidates=(found,)))
    assert isinstance(found.leads_to, Gap)
    assert draft.status is Status.NOT_IN_DOCUMENTS
    assert draft.statements[0].text.startswith(found.leads_to.reply_fr if language == "fr" else found.leads_to.reply_en)
    assert [one.quote for one in draft.nearest] == ["un lieu où l’on cultive des plantes"]
    assert draft.referral is not None
    assert draft.referral.email == "financement@jardin.quebec"
    assert Guard(index).check(draft).draft == draft
    assert composed(index, turn("q", candidates=(gap(index, "meteo"),))).status is Status.OUT_OF_SCOPE


@pytest.mark.parametrize(
    ("needs", "mailbox"), [({"amount"}, "financement"), ({"rule"}, "financement"), (set(), "valorisation")]
)
def test_silence_shows_the_nearest_passages_and_the_right_mailbox(needs: set[str], mailbox: str) -> None:
    """Money goes to one, the rest to the other."""
    index = garden_index()
    candidates = tuple(replace(one, kept=False, reason="below the gate") for one in kept(index, *index.units.values()))
    draft = composed(index, turn("q", candidates=candidates, route=Route(needs=frozenset(needs))))
    assert draft.status is Status.NOT_IN_DOCUMENTS
    assert draft.nearest
    assert draft.referral is not None
    assert draft.referral.email == f"{mailbox}@jardin.quebec"
    assert Guard(index).check(draft).draft == draft


def test_silence_over_nothing_at_all_still_refers() -> None:
    """No candidate: the fixed sentence and a mailbox."""
    draft = composed(garden_index(), turn("q"))
    assert (draft.status, draft.nearest) == (Status.NOT_IN_DOCUMENTS, ())
    assert draft.referral is not None


@pytest.mark.parametrize("status", [Status.NEEDS_INPUT, Status.NOT_IN_DOCUMENTS, Status.ANSWERED])
def test_a_problem_of_a_computation_reaches_the_answer(status: Status) -> None:
    """Its sentences, sources and missing inputs; a false premise put right passes the guard as an answer."""
    problem = Problem(
        status,
        "code",
        ("Le montant de 4 321 $ est celui de 2024-2025.",),
        missing=("school_year",),
        sources=(SourceQuote("jardin", "4 321 $ par école pour l’année scolaire 2024-2025"),),
        referral="financement",
    )
    draft = composed(garden_index(), turn("q", problem=problem))
    assert (draft.status, draft.missing) == (status, ("school_year",))
    verdict = Guard(garden_index()).check(draft)
    assert (verdict.draft, verdict.removed) == (draft, ())


def test_the_same_turn_gives_the_same_draft() -> None:
    """No state is kept between two questions."""
    index = garden_index()
    before = turn("q", candidates=kept(index, *list(index.units.values())[:3]))
    assert composed(index, before) == composed(index, before)
    assert isinstance(before.candidates[0].leads_to, Target)


def test_when_one_side_of_a_conflict_is_cited_every_side_is(tmp_path: Path) -> None:
    """The sentence about it is said, each side is quoted beside the others, and the guard passes the whole."""
    corpus = write_garden(tmp_path / "corpus")
    entry = {
        "id": "date",
        "sides": [
            {"document": "jardin", "quote": "La date limite pour le rapport est le 15 mars."},
            {"document": "lettre", "quote": "Une somme de 2,5 M$ sera consacrée aux composteurs."},
        ],
        "reply_fr": "Les deux textes ne disent pas la même chose.",
        "reply_en": "The two texts do not say the same.",
    }
    (corpus / "conflicts.yaml").write_text(yaml.safe_dump([entry], allow_unicode=True), encoding="utf-8")
    index = open_new(corpus, tmp_path / "data")
    unit = next(u for u in index.units.values() if "date limite" in index.reading(u).text)
    draft = composed(index, turn("q", candidates=kept(index, unit)))
    assert entry["reply_fr"] in [one.text for one in draft.statements]
    assert len(draft.conflicts) == 2
    assert "2,5" in draft.conflicts[1]
    assert Guard(index).check(draft).removed == ()
    other = next(u for u in index.units.values() if "se définit" in index.reading(u).text)
    assert composed(index, turn("q", candidates=kept(index, other))).conflicts == ()


def test_all_axes_are_listed_where_all_are_asked_for_and_one_is_found() -> None:
    """Not their actions; an action without a printed amount is no answer to how much it costs."""
    index = strategy_index()
    line = next(u for u in index.units.values() if u.labels.get("axis") == "4" and "action" not in u.labels)
    draft = composed(index, turn("q", candidates=kept(index, line), route=Route(needs=frozenset({"axes"}))))
    assert len({one.quote[:5] for one in draft.citations}) == 4
    silent = next(u for u in index.units.values() if u.labels.get("amount_printed") == "no")
    amount = Route(needs=frozenset({"amount"}))
    assert composed(index, turn("q", candidates=kept(index, silent), route=amount)).status is Status.NOT_IN_DOCUMENTS
    assert composed(index, turn("q", candidates=kept(index, silent))).status is Status.ANSWERED
