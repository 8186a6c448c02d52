"""Arithmetic on the amounts of the documents: sums, shares, gaps, qualifiers, points."""

from fractions import Fraction
from pathlib import Path

import pytest

from assistant.tools import letter, plan, strategy, strategy_checks, strategy_lines
from assistant.tools.errors import InvalidInput
from assistant.tools.figures import load_figures

FIGURES = load_figures(Path(__file__).parents[2] / "corpus")


def test_the_axes_add_up_to_less_than_the_announced_total() -> None:
    """139,6 M$ beside 140 M$: the gap is said, not mended, and both documents are quoted."""
    found = strategy_checks.axes_against_announced(FIGURES, "fr")
    assert [(result.amount, result.unit) for result in found.results] == [("139.6", "M$"), ("400000", "$")]
    assert {source.document for source in found.sources} == {
        "strategie-valorisation-2022-2026",
        "guide-mesures-15158-30100",
    }


@pytest.mark.parametrize(
    ("axis", "total", "gap"), [(1, "64.9", "0"), (2, "64.065", "65000"), (3, "7.34", "40000"), (4, "3.375", "-25000")]
)
def test_each_axis_stands_beside_the_sum_of_its_actions(axis: int, total: str, gap: str) -> None:
    """The priced actions, and the gap with the printed amount."""
    found = strategy_checks.axis_against_actions(FIGURES, axis, "fr")
    assert [result.amount for result in found.results] == [total, gap]


@pytest.mark.parametrize(("axis", "percent"), [(1, "46.49"), (2, "45.85"), (3, "5.23"), (4, "2.44")])
def test_a_share_of_an_axis_names_its_denominator(axis: int, percent: str) -> None:
    """The percentages of domain knowledge, over the four axes."""
    whole = strategy_lines.axes(FIGURES)
    found = strategy.share(FIGURES, FIGURES[f"strategie.axe_{axis}"], whole, "les quatre axes", "fr")
    assert (found.results[0].amount, found.results[0].unit) == (percent, "%")
    assert "les quatre axes" in found.results[0].label


def test_an_action_without_amount_is_named_and_not_counted() -> None:
    """Fourteen amounts of sixteen actions."""
    found = strategy.total(FIGURES, strategy_lines.actions(FIGURES), "fr")
    assert found.results[0].amount == "139.68"
    assert "Action 9" in found.warnings[0]
    assert "Action 13" in found.warnings[0]
    assert [result.label[:9] for result in strategy.without_amount(FIGURES, "fr").results] == ["Action 9 ", "Action 13"]


def test_the_largest_action_is_found() -> None:
    """The local actions."""
    found = strategy.extreme(FIGURES, strategy_lines.actions(FIGURES), "en", largest=True)
    assert found.results[0].amount == "43.6"


def test_means_are_labelled_as_published_by_nobody() -> None:
    """Per year and per pilot school."""
    year, school = strategy.mean_per_year(FIGURES, "fr"), strategy.mean_per_pilot_school(FIGURES, "fr")
    assert (year.results[0].amount, year.results[0].unit) == ("35", "M$")
    assert "personne n’a publiée" in year.warnings[0]
    assert school.results[0].amount == "213000"


def test_qualifiers_are_carried_through_sums() -> None:
    """« près de » leans below; an exact rest stays exact; « près de » less « un peu plus de » leans below."""
    assert letter.total(FIGURES, letter.WHOLE, "fr").results[0].qualifier == "un peu moins de"
    exact, near = (letter.remainder(FIGURES, name, "fr").results[0] for name in letter.WHOLE[:2])
    assert (exact.amount, exact.qualifier) == ("10", "")
    assert (near.amount, near.qualifier) == ("14", "un peu moins de")


def test_terms_that_lean_both_ways_leave_about() -> None:
    """Nothing more can be said."""
    assert letter.lean([(1, "pres_de"), (1, "plus_de")]) is None
    assert letter.lean([(1, "exact"), (-1, "exact")]) == 0


def test_a_distance_is_in_points() -> None:
    """Never in percent of the target."""
    found = plan.distance(FIGURES, "pevr.lecture_4e_primaire", Fraction(78), "fr")
    assert (found.results[0].amount, found.results[0].unit) == ("2", "points")


def test_an_unreadable_target_gives_no_distance() -> None:
    """« 592 » is shown as printed and never read as 59,2."""
    with pytest.raises(InvalidInput) as caught:
        plan.distance(FIGURES, "pevr.garcons_objectif_4", Fraction(50), "fr")
    assert "592" in caught.value.sentence.fr


def test_each_objective_has_its_statement() -> None:
    """Every target belongs to an objective that is quoted."""
    assert all(plan.objective_of(FIGURES, target) for target in plan.targets(FIGURES))
    assert len(plan.targets(FIGURES, 3)) == 3
