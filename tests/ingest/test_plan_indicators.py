"""What a target says: printed always, a value only where it is one number."""

import pytest

from ingest.layouts.plan_indicators import target_labels


@pytest.mark.parametrize(
    ("indicator", "target", "expected"),
    [
        ("Taux de réponse", "80 %", {"target_value": "80 %"}),
        ("Taux de réponse", "79,7% (plan)", {"target_value": "79,7%"}),
        ("Taux de réponse", "100", {"target_value": "100"}),
        ("Taux de réponse", "101", {"target_value": "", "flag": "illisible"}),
        ("Taux de réponse", "120 %", {"target_value": "120 %"}),
        ("Proportion d’écoles", "1 234", {"target_value": "", "flag": "illisible"}),
        ("Nombre de rencontres", "592", {"target_value": "592"}),
        ("Taux de réponse", "Primaire : 81 % Secondaire 62 %", {"target_value": ""}),
        ("Taux de réponse", "85 % par corps d’emploi", {"target_value": ""}),
        ("Référentiel", "1 référentiel sur 1", {"target_value": ""}),
        ("Taux de réponse", "", {"target_value": ""}),
    ],
)
def test_a_target_has_a_value_only_where_it_is_one_number(
    indicator: str, target: str, expected: dict[str, str]
) -> None:
    """The printed target is always kept; the value is a single number, and an impossible rate has none."""
    assert target_labels(indicator, target) == {"target": target, **expected}
