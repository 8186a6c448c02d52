"""What a question gave, as people read it: labels and values of each language, and nothing left out."""

from dataclasses import dataclass, field

import pytest

from assistant.conversation import Language
from assistant.inputs import shown


@dataclass(frozen=True)
class Given:
    """The smallest thing that can be shown."""

    inputs: dict[str, str] = field(default_factory=dict)
    measure: str | None = None
    volet: str | None = None
    school_year: str | None = None


@pytest.mark.parametrize(
    ("language", "name", "value", "line"),
    [
        ("fr", "envelope", "1250000.5", ("Enveloppe", "1\u00a0250\u00a0000,50\u00a0$")),
        ("en", "envelope_2", "30000", ("Envelope of volet 2", "$30,000")),
        ("fr", "amount_1", "30000", ("Montant 1", "30\u00a0000\u00a0$")),
        ("fr", "posts:École du Lac", "1000.5", ("Postes (École du Lac)", "1\u00a0000,5")),
        ("en", "posts:A", "5; 10", ("Posts (A)", "5; 10")),
        ("fr", "percent", "2.5", ("Pourcentage", "2,5\u00a0%")),
        ("en", "observed", "78", ("Observed value", "78%")),
        ("fr", "to_clarify", "96,000", ("À préciser", "96,000")),
        ("fr", "total_posts", "1/3", ("Total des postes", "0,333333")),
        ("fr", "inconnu: x", "v: w", ("inconnu: x", "v: w")),
    ],
)
def test_each_input_has_its_name_and_its_unit(language: Language, name: str, value: str, line: tuple[str, str]) -> None:
    """Money, counts, percentages; what is in doubt stays as typed; an unknown name is shown as it is."""
    assert list(shown(Given({name: value}), language)) == [line]


def test_the_measure_the_volet_and_the_year_come_first() -> None:
    """Those that are known."""
    given = Given({"posts": "12"}, "15158", "2", "2025-2026")
    assert [value for _, value in shown(given, "fr")] == ["15158", "2", "2025-2026", "12"]
    assert list(shown(Given(measure="30100"), "en")) == [("Measure", "30100")]
