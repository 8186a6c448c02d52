"""The indicators of an objective, and what their targets say.

In: the cells that stand under an objective, column titles among them, perhaps run into the row of the objective or
doubled there by an HTML table. Out: pairs of an indicator and its target, and the labels of a target: `target` as
printed, `target_value` (the number as printed when the cell is one number, with or without a percent sign and a
remark in parentheses; else empty), `flag` when the number cannot be the target of that indicator. It never guesses
what an unreadable number stands for.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from ingest.layouts.plan_rows import Cell

UNREADABLE = "illisible"
PAIR = 2

_TITLE = re.compile(r"(?:Indicateur|Cible)(?:s|\(s\))?(?:\s+\d{4})?")
_PLURAL = re.compile(r"\(s\)|s\b")
_ONE_NUMBER = re.compile(r"((?:\d{1,3}(?:\s\d{3})+|\d+)(?:,\d+)?(?:\s?%)?)(?:\s*\([^()]*\))?")
_RATE = re.compile(r"\b(?:taux|proportion|pourcentage)\b", re.IGNORECASE)
_WHOLE = 100


@dataclass(slots=True)
class Indicators:
    """What has been read of one objective's table: the names of its two columns (in the singular), its rows.

    `inline` holds the pairs that stand in the row of the objective: they count only where no row of their own says
    the same.
    """

    indicator: str = ""
    target: str = ""
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    inline: list[tuple[Cell, ...]] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether a column title has been read."""
        return bool(self.indicator or self.target)

    @property
    def pairs(self) -> tuple[tuple[Cell, ...], ...]:
        """Indicators with their target (missing where none is printed), those on rows of their own first."""
        return (*self.rows, *self.inline)

    def take_titles(self, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        """Note the column titles among these cells; gives them back, for the caller to leave out."""
        found = tuple(cell for cell in cells if _TITLE.fullmatch(cell.text))
        for cell in found:
            name = _PLURAL.sub("", cell.text, count=1)
            if name.startswith("Cible"):
                self.target = name
            else:
                self.indicator = name
        return found

    def take_inline(self, cells: tuple[Cell, ...]) -> None:
        """Keep pairs that were run into the row of the objective."""
        self.inline = [cells[i : i + PAIR] for i in range(0, len(cells), PAIR)]


def target_labels(indicator: str, target: str) -> dict[str, str]:
    """Labels of an indicator. A rate above 100 without a percent sign is flagged as unreadable, its value empty."""
    match = _ONE_NUMBER.fullmatch(target)
    if match is None:
        return {"target": target, "target_value": ""}
    value = match[1]
    if _RATE.search(indicator) and "%" not in value and _amount(value) > _WHOLE:
        return {"target": target, "target_value": "", "flag": UNREADABLE}
    return {"target": target, "target_value": value}


def _amount(value: str) -> Decimal:
    return Decimal("".join(value.split()).replace(",", "."))
