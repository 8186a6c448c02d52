"""The policy cases of `tests/policy/*.yaml`: sentences that an administrator can read and check."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from assistant.conversation import Calculation
from assistant.tools import envelopes, scenarios, share_lists, shares
from assistant.tools.allocation import Body
from assistant.tools.errors import ToolError
from assistant.tools.figures import Figures, load_figures
from assistant.tools.ground import Ground, lay_ground
from assistant.tools.shares import Weight
from ingest.catalog import load_yaml

ROOT = Path(__file__).parents[2]
FIGURES = load_figures(ROOT / "corpus")


def cases(name: str) -> list[Any]:
    """The cases of a file, each under its sentence."""
    data = load_yaml(ROOT / "tests" / "policy" / name)
    assert isinstance(data, list)
    return [pytest.param(case, id=case["name"]) for case in data]


def ground_of(case: dict[str, Any], figures: Figures = FIGURES) -> Ground:
    """The rule that a case applies."""
    measure = case.get("measure", "15158")
    volet = case.get("volet", "1" if measure == "15158" and "compute" in case else None)
    base = Fraction(case["base"]) if "base" in case else None
    return lay_ground(
        figures,
        "fr",
        measure,
        volet,
        case.get("year"),
        base=base,
        unit=Fraction(case.get("unit", "1")),
        body_type=case.get("type"),
    )


def list_of(case: dict[str, Any]) -> Calculation:
    """The computation of a list case."""
    bodies = [Body(name, Fraction(weight)) for name, weight in case["bodies"].items()]
    return share_lists.share_of_each(ground_of(case), Fraction(case["envelope"]), bodies)


@pytest.mark.parametrize("case", cases("allocation_lists.yaml"))
def test_a_list_is_shared_as_its_sentence_says(case: dict[str, Any]) -> None:
    """Each body gets the amount of the case, or the whole list is refused with its code."""
    if "refuses" in case:
        with pytest.raises(ToolError) as caught:
            list_of(case)
        assert caught.value.code == case["refuses"]
        assert caught.value.sentence.fr != caught.value.sentence.en
        return
    calculation = list_of(case)
    assert {result.label: result.amount for result in calculation.results} == case["gives"]
    assert sum(Fraction(result.amount) for result in calculation.results) == Fraction(case["envelope"])
    if "warns" in case:
        assert len(calculation.warnings) > len(ground_of(case).warnings)


def one(case: dict[str, Any]) -> Calculation:
    """The computation of a case of one value."""
    ground, number = ground_of(case), case.get("number", 0)
    envelope = Fraction(case.get("envelope", "0"))
    weight = Weight(Fraction(case.get("own", "0")), Fraction(case.get("total", "0")), number)
    match case["compute"]:
        case "base_total":
            return envelopes.base_total(ground, number)
        case "balance":
            return envelopes.balance(ground, envelope, number)
        case "single":
            return shares.share_of_one(ground, envelope, weight)
        case "inverse":
            return envelopes.envelope_needed(ground, Fraction(case["target"]), weight)
        case "delta":
            return scenarios.change_of_envelope(ground, Fraction(case["change"]), weight)
        case _:
            return envelopes.worth_of_one(ground, envelope, weight.total, number)


@pytest.mark.parametrize("case", cases("one_body.yaml"))
def test_one_value_is_as_its_sentence_says(case: dict[str, Any]) -> None:
    """The value of the case comes first among the results, or is refused with its code."""
    if "refuses" in case:
        with pytest.raises(ToolError) as caught:
            one(case)
        assert caught.value.code == case["refuses"]
        return
    assert one(case).results[0].amount == case["gives"]
