"""The tables of a report, as rows of cells: each measure by language, and the main ones by kind and language.

In: a `Summary`. Out: rows, the first one of headings, and the two ways to write them (console, Markdown).
"""

from collections.abc import Sequence

from evals.summary import ALL, NAMES, Summary, Tally

Rows = Sequence[Sequence[str]]
_BY_KIND = ("right", "citation_right", "figures_backed")


def by_language(summary: Summary) -> Rows:
    """One row a measure: all languages together, then each."""
    langs = sorted({tally.lang for tally in summary.groups} - {ALL})
    return [
        ["measure", ALL, *langs],
        *([name, *(_cell(summary, name, ALL, lang) for lang in (ALL, *langs))] for name in NAMES),
    ]


def by_kind(summary: Summary) -> Rows:
    """One row a kind and language that has cases, with the measures one looks at first."""
    groups = sorted({(tally.kind, tally.lang) for tally in summary.groups if ALL not in (tally.kind, tally.lang)})
    return [
        ["kind", "lang", *_BY_KIND],
        *([kind, lang, *(_cell(summary, name, kind, lang) for name in _BY_KIND)] for kind, lang in groups),
    ]


def aligned(rows: Rows) -> str:
    """The rows for a console, columns aligned."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def piped(rows: Rows) -> str:
    """The rows as a Markdown table."""
    head, *body = ("| " + " | ".join(row) + " |" for row in rows)
    return "\n".join([head, "|" + " --- |" * len(rows[0]), *body])


def _cell(summary: Summary, measure: str, kind: str, lang: str) -> str:
    wanted = (measure, kind, lang)
    found = (tally for tally in summary.groups if (tally.measure, tally.kind, tally.lang) == wanted)
    return _written(next(found, None))


def _written(tally: Tally | None) -> str:
    """« 83 % [76–88] of 131 »; a dash where the measure applies to no case."""
    if tally is None or tally.value is None:
        return "–"
    bounds = "" if tally.low is None or tally.high is None else f" [{100 * tally.low:.0f}–{100 * tally.high:.0f}]"
    return f"{100 * tally.value:.0f} %{bounds} of {tally.n}"
