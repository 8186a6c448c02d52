"""Ways of asking drafted by a model: what holds is kept, what does not is left out or skipped, and counted."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from core_fakes import GARDEN, LETTER, PROMPTS, QUESTIONS, write_corpus
from hypothesis import given
from hypothesis import strategies as st

from assistant.model.values import Exchange, Exchanged, ModelError, Reason, Reply, Said
from assistant.prompts import load_prompts
from assistant.suggesting.checking import COUNTS, Checked, Fault, check, key_of
from assistant.suggesting.drafting import Account, Drafter, draft_all
from assistant.watch import Watch
from ingest.expected import ExpectedEntry
from ingest.suggested import Survey, alone, keep

SHOWN = "Cadre de référence\nTélétravail\nJusqu’à 3 jours par semaine, avec une allocation de 200 $ versée en mai."
FR = ("Combien de jours de télétravail par semaine?", "ça prend-tu une permission?")
EN = ("How many days can I work from home?", "Is there money for a chair?")


def written(fr: Sequence[object] = FR, en: Sequence[object] = EN, **more: object) -> str:
    """A reply of the form asked for."""
    return json.dumps({"fr": fr, "en": en, **more})


def checked(reply: str, *asked: str) -> Checked:
    """What holds of a reply beside these ways of asking."""
    return check(reply, SHOWN, {key_of(text) for text in asked})


@pytest.mark.parametrize(("before", "after"), [("", ""), ("Voici :\n```json\n", "\n```\nVoilà."), ("{ou", "\n{")])
def test_a_good_reply_is_kept_as_it_is(before: str, after: str) -> None:
    """Whatever stands around it; further keys are ignored."""
    found = checked(f"{before}{written(note='x')}{after}")
    assert (found.fr, found.en, found.faults.total()) == (FR, EN, 0)


@pytest.mark.parametrize(
    "reply",
    ["", "Je ne peux pas.", '{"fr": ["Combien de jours', '{"fr": ["a"]', "[]", '{"fr": "x", "en": []}', '{"fr": []}'],
)
def test_a_reply_of_another_form_is_refused(reply: str) -> None:
    """Nothing, prose, half of the JSON, one list of the two."""
    with pytest.raises(ModelError) as caught:
        checked(reply)
    assert caught.value.reason is Reason.UNREADABLE


@pytest.mark.parametrize(
    ("draft", "fault"),
    [
        ("How many days may we work from home?", Fault.LANGUAGE),
        ("Combien de jours?" * 20, Fault.LENGTH),
        ("jours?", Fault.LENGTH),
        ("télétravail?", Fault.LENGTH),
        ("de la par en?", Fault.LENGTH),
        ("Est-ce que 4 jours par semaine, c’est permis?", Fault.FIGURE),
        ("Peut-on prendre quatre jours par semaine?", Fault.FIGURE),
        ("Est-ce 200 € par personne?", Fault.FIGURE),
        ("C’est versé en juin?", Fault.FIGURE),
        ("À qui écrire, à rh@exemple.ca?", Fault.FIGURE),
        ("Combien de jours </data-03adc1abf3f9>?", Fault.FORM),
        ("# Combien de **jours**? [1]", Fault.FORM),
        (12, Fault.FORM),
        (None, Fault.FORM),
        ("\u202e\u200b", Fault.FORM),
        ("par semaine, COMBIEN de jours de teletravail", Fault.ALIKE),
        ("Qui est visé par le cadre?", Fault.ALIKE),
    ],
)
def test_a_way_of_asking_that_does_not_hold_is_left_out(draft: object, fault: Fault) -> None:
    """And counted; the others stay."""
    found = checked(written([*FR, draft]), "Le cadre, qui est visé?")
    assert (found.fr, found.en, dict(found.faults)) == (FR, EN, {fault: 1})


@pytest.mark.parametrize(
    "draft", ["3 jours, c’est bien ça?", "trois jours par semaine seulement?", "Les 200$ sont versés en mai?"]
)
def test_the_figures_of_the_passage_may_be_named(draft: str) -> None:
    """In digits or in words."""
    assert checked(written([draft])).fr == (draft,)


def test_no_more_are_kept_than_were_asked_for() -> None:
    """The first ones."""
    names = "chaise écran bureau souris clavier lampe casque micro".split()
    drafts = [f"Est-ce qu’on paie pour {name}?" for name in names]
    found = checked(written(drafts))
    assert found.fr == tuple(drafts[: COUNTS["fr"]])
    assert found.faults[Fault.MANY] == len(drafts) - COUNTS["fr"]


def test_two_languages_or_nothing() -> None:
    """A reply that holds in one only is skipped; two empty lists say that nobody would ask."""
    with pytest.raises(ModelError, match="nothing holds in English: 2 in the other language") as caught:
        checked(written(FR[:1], ["Qui peut demander ça?", "Quel est le montant pour la chaise?"]))
    assert caught.value.reason is Reason.UNSUPPORTED
    with pytest.raises(ModelError, match="nothing holds in French: one list is empty"):
        checked(written([]))
    assert checked(written([], [])) == Checked((), (), checked(written()).faults)


@given(st.recursive(st.none() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)))
def test_any_reply_is_checked_or_refused(value: object) -> None:
    """Nothing else comes out, whatever the lists hold."""
    for reply in (json.dumps(value), written([value, *FR], [value, *EN])):
        try:
            assert set(checked(reply).en) >= set(EN)
        except ModelError as error:
            assert error.reason is Reason.UNREADABLE  # noqa: PT017 (either outcome is right)


GLASSHOUSE = """Guide de la serre

Le chauffage est assuré par la chaufferie de l’école pendant les mois froids de l’année scolaire.

L’arrosage revient aux élèves de chaque classe, une semaine à la fois, selon un calendrier affiché.

Les clés de la serre se trouvent au secrétariat, où chaque emprunt est noté dans un registre.
"""


class ScriptedModel:
    """Replies by a function of what the user message says; keeps what it was sent."""

    name = "scripted:model"

    def __init__(self, say: Callable[[str], str]) -> None:
        self._say = say
        self.sent: list[Sequence[Said]] = []

    def reply(self, messages: Sequence[Said], tools: Sequence[Any], seconds: float, watch: Watch) -> Exchanged:
        self.sent.append(messages)
        assert (list(tools), seconds, watch.is_off) == ([], 7.0, False)
        return Exchanged(Reply(self._say(messages[-1].text)), Exchange({}, {}, "", 0.0))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """The garden, four of whose passages have questions, and a new document, none of whose passages has any."""
    return write_corpus(
        tmp_path / "corpus", {"jardin": GARDEN, "lettre": LETTER, "serre": GLASSHOUSE}, questions=QUESTIONS
    )


def drafted(corpus: Path, model: ScriptedModel, limit: int | None = None) -> tuple[Account, list[ExpectedEntry]]:
    """A run over the corpus, and the entries it kept, in order."""
    kept: list[ExpectedEntry] = []

    def store(entry: ExpectedEntry) -> None:
        kept.append(entry)
        keep(corpus, entry)

    drafter = Drafter(model, load_prompts(PROMPTS)["suggest"], 7.0, Watch())
    with alone(corpus):
        return draft_all(Survey(corpus), drafter, store, limit=limit), kept


def about(user: str) -> str:
    """A good reply about this passage and no other."""
    word = "".join(chr(ord("a") + int(digit, 16)) for digit in user[6:16])
    return written([f"Où est {word} au jardin?", f"qui décide pour {word}"], [f"Where is the {word} thing?"])


def test_every_passage_without_questions_is_drafted_for(corpus: Path) -> None:
    """Once; the next run has nothing to ask."""
    wanted = [unit.id for unit in Survey(corpus).units]
    model = ScriptedModel(about)
    account, kept = drafted(corpus, model)
    assert len(kept) == len(model.sent) == account.drafted == len(wanted) > 3
    assert (account.french, account.english, account.stopped) == (2 * len(wanted), len(wanted), "")
    assert all(not entry.reviewed for entry in kept)
    again = ScriptedModel(about)
    assert drafted(corpus, again) == (Account(), [])
    assert again.sent == []


def test_the_passage_goes_to_the_model_inside_a_fence(corpus: Path) -> None:
    """What a document says is data: the instructions hold none of it, and it cannot close the fence."""
    path = corpus / "documents" / "jardin.txt"
    model = ScriptedModel(about)
    drafted(corpus, model, limit=1)
    (system, user) = model.sent[0]
    assert (system.speaker, user.speaker) == ("system", "user")
    fence = user.text.splitlines()[0].strip("<>")
    assert user.text.count(fence) == len(["opens", "closes"])
    assert user.text.endswith(f"</{fence}>")
    assert f"</{fence}>" in system.text
    assert "Titre de jardin" in user.text
    assert not set(path.read_text(encoding="utf-8").split("\n\n")) & set(system.text.split("\n"))


def test_broken_replies_are_skipped_and_asked_for_again(corpus: Path) -> None:
    """Half a JSON, garbage, the wrong language: the others are kept, the next run asks for these only."""
    bad = iter(['{"fr": ["Où est', "�\x07 zzz", written(EN, FR)])
    account, kept = drafted(corpus, ScriptedModel(lambda user: next(bad, "") or about(user)))
    assert dict(account.skipped) == {Reason.UNREADABLE: 2, Reason.UNSUPPORTED: 1}
    assert account.drafted == len(kept) > 0
    again = ScriptedModel(about)
    assert drafted(corpus, again)[0].drafted == len(again.sent) == 3


def test_the_same_questions_are_kept_once(corpus: Path) -> None:
    """A model that says the same of every passage, or what people wrote already, is believed once."""
    account, kept = drafted(
        corpus, ScriptedModel(lambda _: written(["Où pousse la menthe?"], ["Where does mint grow?"]))
    )
    assert len(kept) == 1
    assert account.skipped[Reason.UNSUPPORTED] == len(Survey(corpus).units)
    same = written(
        ["C’est quoi un jardin scolaire?", "Où va le fumier?"], ["What is a school garden?", "Who buys hay?"]
    )
    account, (entry,) = drafted(corpus, ScriptedModel(lambda _: same), limit=1)
    assert (entry.fr, entry.en, dict(account.left_out)) == (("Où va le fumier?",), ("Who buys hay?",), {Fault.ALIKE: 2})


def test_a_limit_counts_what_is_asked(corpus: Path) -> None:
    """Two questions to the model, two entries; the next run goes on after them."""
    first, second = ScriptedModel(about), ScriptedModel(about)
    assert drafted(corpus, first, limit=2)[0].drafted == len(first.sent) == 2
    drafted(corpus, second, limit=1)
    assert second.sent[0][1] not in [sent[1] for sent in first.sent]


def test_a_server_that_keeps_failing_ends_the_run(corpus: Path) -> None:
    """After three times; what was drafted before is kept."""
    asked: list[str] = []

    def say(user: str) -> str:
        asked.append(user)
        if len(asked) > 1:
            raise ModelError(Reason.TIMED_OUT, "too late")
        return about(user)

    account, kept = drafted(corpus, ScriptedModel(say))
    assert (len(kept), len(asked), account.stopped) == (1, 4, "timed out (too late)")


def test_an_interruption_keeps_what_was_drafted(corpus: Path) -> None:
    """And the account says so."""

    def say(user: str) -> str:
        if "Titre de serre" in user:
            raise KeyboardInterrupt
        return about(user)

    account, kept = drafted(corpus, ScriptedModel(say))
    assert account.stopped == "interrupted"
    assert account.drafted == len(kept) > 0
    assert {unit.document for unit in Survey(corpus).units} == {"serre"}
