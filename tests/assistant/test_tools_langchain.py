"""The tools as a language model sees them: strict schemas, exact results, refusals as values."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.tools.figures import load_figures
from assistant.tools.langchain_tools import build_tools

TOOLS = {tool.name: tool for tool in build_tools(load_figures(Path(__file__).parents[2] / "corpus"))}
ONE = {"measure": "15158", "volet": "3", "envelope": "6000000", "weight": "415", "total": "96000"}


def test_every_tool_has_a_strict_schema() -> None:
    """No unknown argument, and each tool says what it does."""
    for tool in TOOLS.values():
        schema = tool.args_schema.model_json_schema()  # type: ignore[union-attr]
        assert schema["additionalProperties"] is False
        assert tool.description


def test_a_tool_gives_the_amount_of_the_pipeline() -> None:
    """The same arithmetic, as JSON."""
    assert TOOLS["allocate_one"].invoke(ONE)["results"][0]["amount"] == "25938"


@pytest.mark.parametrize(
    ("name", "arguments", "amount"),
    [
        ("allocate_list", {"measure": "30100", "envelope": "10", "bodies": [{"id": "a", "weight": "1"}]}, "10"),
        ("base_amounts", {"measure": "15158", "volet": "1", "number_of_bodies": 9}, "197901"),
        ("envelope_for_target", {"measure": "15158", "volet": "2", "target": "10", "weight": "1", "total": "5"}, "50"),
        ("change_of_part", {"measure": "15158", "volet": "2", "change": "10", "weight": "1", "total": "5"}, "2"),
        ("strategy_totals", {}, "139.6"),
        ("strategy_totals", {"axis": 2}, "64.065"),
        ("strategy_largest", {}, "43.6"),
        ("letter_total", {}, "38"),
        ("distance_to_target", {"target": "pevr.satisfaction_travail", "observed": "80"}, "5"),
    ],
)
def test_each_tool_computes(name: str, arguments: dict[str, object], amount: str) -> None:
    """One call each."""
    assert TOOLS[name].invoke(arguments)["results"][0]["amount"] == amount


def test_a_refusal_is_a_value_in_both_languages() -> None:
    """A model is told why, and gets no number."""
    refused = TOOLS["allocate_one"].invoke(ONE | {"school_year": "2022-2023"})
    assert refused["code"] == "volet_not_in_year"
    assert {"fr", "en"} <= refused.keys()


def test_an_argument_that_is_not_exact_is_refused() -> None:
    """No float, no unknown key."""
    for wrong in ({"weight": 0.1}, {"weight": "1/3"}, {"guess": True}):
        with pytest.raises(ValidationError):
            TOOLS["allocate_one"].invoke(ONE | wrong)
