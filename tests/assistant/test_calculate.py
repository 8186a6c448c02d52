"""The step that computes: what it asks for, what it refuses, what it leaves alone, and how conversations go on."""

from pathlib import Path
from typing import Literal

import pytest

from assistant.calculate import make_calculate
from assistant.conversation import Calculation, Message, Problem, Profile, Question, Route, Status, Turn
from assistant.tools.figures import load_figures

CALCULATE = make_calculate(load_figures(Path(__file__).parents[2] / "corpus"))
ONE = (
    "Volet 1, 2024-2025 : enveloppe de 14,2 M$, 70 organismes, 98 450 postes au total, on aurait combien avec "
    "1236 postes?"
)
LIST = "Volet 2, 2024-2025, enveloppe de 1 000 000 $ : A 1200 postes, B 750,5, C 49,5. Combien chacun?"


def ask(
    text: str,
    *earlier: str,
    language: Literal["fr", "en"] = "fr",
    profile: Profile | None = None,
    route: Route | None = None,
) -> Turn:
    """The turn after the step."""
    history = tuple(Message("user", said) for said in earlier)
    return CALCULATE(Turn(Question(text, language, history, profile or Profile()), language, text, route or Route()))


def computed(turn: Turn) -> Calculation:
    """The computation of a turn that has one."""
    assert turn.calculation is not None, turn.problem
    return turn.calculation


def refused(turn: Turn) -> Problem:
    """The problem of a turn that has no amount."""
    assert turn.calculation is None
    assert turn.problem is not None
    return turn.problem


def amounts(turn: Turn) -> list[str]:
    """The amounts of a turn, in order."""
    return [result.amount for result in computed(turn).results]


@pytest.mark.parametrize(
    ("text", "language", "amount"),
    [
        ("combien on aurait au volet 2 avec 1 250 ETC sur 98 000 pis une enveloppe de douze millions", "fr", "153061"),
        (("420 élèves au secondaire et 35 en FP sur 150 000, enveloppe de 2,5 M$, ça donne quoi au "
         "privé?"), "fr", "7583"),
        ("on est 72 organismes, volet 1, 12 500 000 $, 95 000 postes, nous 750,5 : notre part?", "fr", "108232"),
        ("How much would our board get from component two with $4.5M, 1,200 of 98,000 posts?", "en", "55102"),
        (("bjr jai 350 postes, le total cest 97500 et lenveloppe du volet 3 est 4M, chu bon pour "
         "combien"), "fr", "14359"),
        (("What envelope in component 1 would we need to get $300,000 with 1,500 of 95,000 posts and 70 "
         "bodies?"), "en", "19146593"),
        ("c koi la valeur d'un poste au volet 2 si l'enveloppe est de 5 M$ pour 98 000 postes", "fr", "51.02"),
        ("enveloppe minimale du volet 1 pour soixante et un organismes", "fr", "1341329"),
        ("ça prend quelle enveloppe pour que 9 organismes aient leur montant de base?", "fr", "197901"),
        ("What envelope do we need so that 10 bodies get the base amount?", "en", "219890"),
        ("si l'enveloppe passe de 4 M$ à 4,2 M$ au volet 2, notre part avec 744 postes sur 31 500?", "fr", "99200"),
        ("we have 900 posts out of 95,000, component 2, envelope 3.5 million, to the cent please", "en", "33157.89"),
        ("volet 2, notre part de 3 M$ avec 2 % des postes?", "fr", "60000"),
        (("Our school has 300 youth and 20 vocational students; 30100 envelope 1.2 million; 100,000 students "
         "overall. Share?"), "en", "3840"),
    ],
)  # fmt: skip
def test_a_sentence_is_enough(text: str, language: Literal["fr", "en"], amount: str) -> None:
    """Slang, typos, English, number words: the amount is exact."""
    assert amounts(ask(text, language=language))[0] == amount


@pytest.mark.parametrize(
    ("text", "given"),
    [
        (("trois organismes de 120, 80 et 45 postes se partagent 1 M$ au volet 2, ça fait combien "
         "chacun"), ["489796", "326531", "183673"]),
        ("A: 120\nB: 80,5\nC: 45\nvolet 2, 1 M$", ["488798", "327902", "183300"]),
        (("Nos 2 écoles privées: Saint-Jean 300 élèves, Saint-Paul 450 élèves, enveloppe 30100 de 90 "
         "000 $"), ["36000", "54000"]),
        ("répartis 1 000 000,50 $ au volet 2 entre A 1 poste et B 2 postes", ["333333.50", "666667.00"]),
        ("120 postes pour Alpha, 80 pour Bravo : répartis 1000 $ au volet 3", ["600", "400"]),
    ],
)  # fmt: skip
def test_a_list_in_a_sentence_is_shared(text: str, given: list[str]) -> None:
    """Named or bare, with cents where the envelope has some."""
    assert amounts(ask(text)) == given


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Combien aurons-nous?", ["15158 ou 30100"]),
        ("Combien allons-nous recevoir cette année?", ["15158 ou 30100"]),
        ("peux-tu calculer notre part svp", ["15158 ou 30100"]),
        ("So what will our school board get?", ["15158 or 30100"]),
        (
            "Combien aurons-nous au volet 1?",
            ["l’enveloppe", "nombre d’organismes", "total des postes", "de l’organisme"],
        ),
        ("notre part au volet 2 avec 400 postes sur 90 000?", ["l’enveloppe"]),
        ("calcule notre part : 3 M$, 400 postes sur 90 000", ["le volet"]),
        ("quelle enveloppe du volet 2 faudrait-il pour avoir 50 000 $ avec nos 300 postes?", ["le total des postes"]),
        ("volet 1 l'an prochain : 12 M$, 70 organismes, 98 000 postes au total, nous 1200", ["l’année scolaire"]),
    ],
)
def test_what_is_missing_is_named_exactly(text: str, words: list[str]) -> None:
    """One entry for each missing input, and an example to complete, without any invented amount."""
    problem = refused(ask(text, language="en" if text.startswith("So ") else "fr"))
    assert problem.status is Status.NEEDS_INPUT
    assert len(problem.missing) == len(words)
    assert all(word in missing for word, missing in zip(words, problem.missing, strict=True))
    assert "…" in problem.sentences[-1]


@pytest.mark.parametrize(
    "text",
    [
        "volet 2, 6 M$, 415 postes, 96 000 postes, notre part?",
        "volet 3, 6 M$, notre part avec 415 postes sur 96,000",
        "notre part du volet 2 avec 400 postes sur 90 000 : 3 M$ ou 4 M$",
        "volet 2, 1000 $ : A 10 postes, B 20 postes, 15 postes",
        "simule le volet 1 avec un million deux pour 4 organismes, 300 postes en tout, nous 20",
    ],
)
def test_numbers_that_could_play_the_same_part_are_never_guessed(text: str) -> None:
    """Two counts, two envelopes, two readings of one number: the question is asked back."""
    assert refused(ask(text)).status is Status.NEEDS_INPUT


def test_a_list_that_does_not_agree_with_what_it_announces_is_refused() -> None:
    """Four announced, three named: the tool does not choose."""
    problem = refused(ask("volet 2, 1000 $ pour 4 organismes : A 10 postes, B 20 postes, C 5 postes"))
    assert problem.code == "total_mismatch"


def test_another_year_has_no_base_amount_and_a_hypothesis_is_offered() -> None:
    """What is known is quoted; with a supplied value the result is labelled."""
    text = "volet 1 en 2025-2026, 12 M$, 70 organismes, 98 000 postes au total, nous 1200"
    problem = refused(ask(text))
    assert (problem.status, problem.code, problem.referral) == (
        Status.NOT_IN_DOCUMENTS,
        "base_amount_unknown",
        "financement",
    )
    assert "21\u00a0989\u00a0$" in problem.sentences[0]
    assert problem.sources
    calculation = computed(ask(text + ", montant de base de 22 500 $"))
    assert calculation.parameters[0].status == "hypothesis"
    assert calculation.results[0].amount == "150153"


@pytest.mark.parametrize("text", ["montant de base 2025-2026?", "C'était combien le montant de base l'an passé?"])
def test_the_base_amount_of_another_year_is_not_in_the_documents(text: str) -> None:
    """The figure itself, asked for as such."""
    assert refused(ask(text)).code == "base_amount_unknown"


def test_a_follow_up_on_the_base_amount_of_another_year_is_refused_too() -> None:
    """« et en 25-26? » after a question about it."""
    assert refused(ask("pis en 25-26?", "c'est combien le montant de base?")).code == "base_amount_unknown"


@pytest.mark.parametrize(
    "text",
    ["c'est combien le montant de base?", "comment on répartit le volet 1?", "Combien coûte la Stratégie?",
     "On veut payer 3 enseignants 5 000 $ chacun dans le volet 3, c'est admissible?", "quelle est la cible en lecture?",
     "Peut-on acheter 200 chandails à 25 $ avec le volet 1?", "Merci!", "axe 3?",
     "Combien allons-nous recevoir de tuteurs?", "What will our teachers get from the training?"],
)  # fmt: skip
def test_a_look_up_is_not_a_computation(text: str) -> None:
    """The turn comes back as it went in."""
    turn = ask(text)
    assert (turn.calculation, turn.problem) == (None, None)


def test_the_amount_of_the_whole_action_is_not_an_envelope() -> None:
    """43,6 M$ as the 2024-2025 envelope is put right; as a supposition it is computed."""
    problem = refused(ask("L'enveloppe du volet 2 est de 43,6 M$, notre part avec 100 postes sur 1000?"))
    assert (problem.status, problem.code) == (Status.NOT_IN_DOCUMENTS, "false_envelope")
    supposed = ask("Si l'enveloppe du volet 2 était de 43,6 M$, notre part avec 100 postes sur 1000?")
    assert amounts(supposed) == ["4360000"]


def test_each_network_is_sent_to_its_measure() -> None:
    """The sentence of the guide says why not."""
    private = refused(ask("Notre école privée : 12 M$ au volet 2, 90 000 postes au total, nous 30, combien?"))
    public = refused(ask("Notre CSS : part de la 30100, 500 élèves sur 100 000, enveloppe 2 M$"))
    for problem in (private, public):
        assert (problem.code, problem.status) == ("wrong_measure", Status.ANSWERED)
        assert problem.sources


def test_the_profile_says_which_network_and_which_year() -> None:
    """Only where the person speaks of their own."""
    mine = "notre part du volet 2 : 3 M$, 400 postes sur 90 000"
    assert refused(ask(mine, profile=Profile("private"))).code == "wrong_measure"
    assert amounts(ask(mine.replace("notre part", "la part d'un CSS"), profile=Profile("private"))) == ["13333"]
    assert computed(ask(mine, profile=Profile("public", "2023-2024"))).school_year == "2023-2024"


def test_the_route_fills_what_the_words_leave_out() -> None:
    """A volet known from the conversation."""
    route = Route(numbered={"volet": frozenset({"2"})})
    assert amounts(ask("notre part : 3 M$, 400 postes sur 90 000", route=route)) == ["13333"]


def test_a_year_that_is_not_said_is_assumed_and_said() -> None:
    """The only documented year, as an explicit assumption."""
    found = computed(ask(ONE.replace(", 2024-2025", "")))
    assert found.school_year == "2024-2025"
    assert any("2024-2025" in assumption for assumption in found.assumptions)


def test_separate_rules_are_refused() -> None:
    """The formula is not applied to bodies with rules of their own."""
    assert refused(ask("volet 2 pour Kativik : 3 M$, 400 postes sur 90 000, combien?")).code == "separate_rules"


class TestFollowUps:
    """Earlier user turns are read again; nothing is kept on the server."""

    def test_more_posts(self) -> None:
        """The total moves with them, and the change is said."""
        found = computed(ask("et si on avait 40 postes de plus?", ONE))
        assert found.inputs["posts"] == "1276"
        assert found.inputs["total_posts"] == "98490"
        assert any(step.label == "Écart" for step in found.steps)

    def test_more_posts_with_the_same_total(self) -> None:
        """As the person says."""
        found = computed(ask("et si on avait 40 postes de plus, total inchangé?", ONE))
        assert found.inputs["total_posts"] == "98450"

    def test_another_volet(self) -> None:
        """The inputs are kept; the base amount goes."""
        found = computed(ask("pour le volet 2 alors?", ONE))
        assert (found.volet, found.parameters) == ("2", ())

    def test_another_envelope(self) -> None:
        """A new amount takes the place of the earlier one."""
        assert sum(map(int, amounts(ask("refais-le avec 1,1 M$ à la place", LIST)))) == 1_100_000

    def test_one_body_of_a_list_changes(self) -> None:
        """By its name."""
        assert computed(ask("et si C avait 40 postes de plus?", LIST)).inputs["posts:C"] == "89.5"

    def test_a_body_leaves_or_joins(self) -> None:
        """And the changes of all add up to the change of the envelope."""
        assert len(amounts(ask("et sans C?", LIST))) == 2
        found = computed(ask("ajoute D 300 postes", LIST))
        assert len(found.results) == 4
        assert found.steps[-1].exact == "0"

    def test_a_change_of_an_unnamed_body_of_a_list_is_asked_about(self) -> None:
        """Whose posts?"""
        assert refused(ask("et si on avait 40 postes de plus?", LIST)).status is Status.NEEDS_INPUT

    def test_what_was_missing_is_completed(self) -> None:
        """The answer to what was asked back."""
        turn = ask(
            "12 M$, 70 organismes, 98 000 postes au total", "Combien aurons-nous au volet 1 avec nos 500 postes?"
        )
        assert amounts(turn) == ["75360"]

    def test_the_question_turns_to_the_envelope(self) -> None:
        """« quelle enveloppe faudrait-il… » keeps the counts."""
        assert computed(ask("quelle enveloppe faudrait-il pour avoir 200 000 $?", ONE)).operation == "inverse"

    def test_a_question_about_the_rule_is_left_alone(self) -> None:
        """« c'est le même principe? » is not a computation."""
        turn = ask("Et pour le volet 2, c'est le même principe?", ONE)
        assert (turn.calculation, turn.problem) == (None, None)


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("Si on additionne les quatre axes, on arrive à combien?", "strategy_axes_total"),
        ("la feuille dit plus de 140 M$, mes axes donnent pas ça", "strategy_axes_total"),
        ("l'axe 3 balance-t-il avec ses actions?", "strategy_axis_balance"),
        ("quelle part de l'axe 1 va à l'action 2?", "strategy_share"),
        ("laquelle des actions coûte le plus cher?", "strategy_extreme"),
        ("somme des axes 1 et 3", "strategy_sum"),
        ("quelles actions sont sans montant?", "strategy_without_amount"),
        ("les 140 M$, ça fait combien par année en moyenne?", "strategy_mean"),
        ("Sur les 11 M$ du tutorat, combien reste-t-il pour le réseau public?", "letter_sum"),
        ("la somme de tous les montants de la lettre?", "letter_sum"),
        ("on est à 78 % en lecture 4e année primaire, il manque combien de points pour la cible?", "plan_distance"),
    ],
)
def test_arithmetic_on_the_documents(text: str, operation: str) -> None:
    """Sums, shares, gaps, means and distances on printed amounts."""
    assert computed(ask(text)).operation == operation


def test_a_yearly_total_is_put_right() -> None:
    """140 M$ is for the four years together."""
    problem = refused(ask("Puisqu'on verse 140 M$ par année, combien sur quatre ans?"))
    assert (problem.status, problem.code) == (Status.ANSWERED, "total_over_four_years")
    assert problem.sources
