"""The cases of a run as a workbook to annotate, and the verdicts that people wrote in it.

In: results, the words of a language; later the bytes of the workbook. Out: bytes; later annotations. A verdict that is
not understood and a case that comes twice are refused, every problem at once with its cell.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evals.errors import EvalError
from evals.reports.agreement import Annotation, Verdict
from evals.reports.wording import Wording, load_wording
from evals.results import Results
from evals.sheets import Cell, NotAWorkbookError, address, read_sheet, write_sheets

_COLUMNS = (
    "column_id", "kind", "question", "column_expected", "answer", "column_quotes", "status", "automatic_verdict",
    "step", "column_verdict", "column_comment",
)  # fmt: skip
_UNDERSTOOD: Mapping[str, Verdict] = {
    "bonne": "right", "bon": "right", "juste": "right", "oui": "right", "right": "right", "yes": "right", "1": "right",
    "mauvaise": "wrong", "mauvais": "wrong", "fausse": "wrong", "faux": "wrong", "non": "wrong", "wrong": "wrong",
    "no": "wrong", "0": "wrong", "true": "right", "vrai": "right", "false": "wrong",
}  # fmt: skip


def workbook(results: Results, words: Wording) -> bytes:
    """One row a case with two empty columns, and a sheet that says how to fill them in."""
    rows: list[Sequence[Cell]] = [[words.say(key) for key in _COLUMNS]]
    rows += [_row(case, words) for case in results["cases"]]
    help_rows = [[words.say("sheet_help")], *([words.say(f"help_{number}")] for number in (1, 2, 3))]
    return write_sheets({words.say("sheet_cases"): rows, words.say("sheet_help"): help_rows})


def _row(case: Mapping[str, Any], words: Wording) -> list[Cell]:
    answer, expected = case["answer"], case["expected"]
    history = [f"{turn['role']}: {turn['content']}" for turn in case["history"]]
    wanted = words.say("expected_answer" if expected["answerable"] else "expected_abstention")
    quotes = [f"[{one.get('n')}] {one.get('document')}: {one.get('quote')}" for one in answer.get("citations") or ()]
    return [
        case["id"],
        words.name("kind", case["kind"]),
        "\n".join([*history, case["question"]]),
        "\n".join([wanted, *(" / ".join(group) for group in expected["must_include"])]),
        answer.get("text") or words.say("no_answer"),
        "\n".join(quotes),
        answer.get("status"),
        words.say("verdict_right" if case["passed"] else "verdict_wrong"),
        words.name("step", case["failing_step"]) if case["failing_step"] else "",
        "",
        "",
    ]


def read_annotations(content: bytes, name: str, by: str) -> tuple[Annotation, ...]:
    """The verdicts of a workbook that was filled in, in either language; rows without one were not read."""
    try:
        _, rows = read_sheet(content)
    except NotAWorkbookError as error:
        raise EvalError(name, [str(error)]) from error
    heads = [str(cell or "").strip() for cell in rows[0]] if rows else []
    places = _places(heads)
    if places is None:
        wanted = [load_wording(language).say("column_verdict") for language in ("fr", "en")]
        raise EvalError(name, [f"no column {' or '.join(map(repr, wanted))}; use the workbook of the report"])
    found: list[Annotation] = []
    problems: list[str] = []
    for number, row in enumerate(rows[1:], start=2):
        problems += _read_row(row, number, places, by, found)
    if problems or not found:
        raise EvalError(name, problems or ["no verdict in it"])
    return tuple(found)


def _places(heads: Sequence[str]) -> tuple[int, int, int] | None:
    """The columns of the case, the verdict and the comment; None when they are not there."""
    for language in ("fr", "en"):
        words = load_wording(language)
        wanted = [words.say(key) for key in ("column_id", "column_verdict", "column_comment")]
        if all(head in heads for head in wanted):
            case, verdict, comment = (heads.index(head) for head in wanted)
            return case, verdict, comment
    return None


def _read_row(
    row: Sequence[Cell], number: int, places: tuple[int, int, int], by: str, found: list[Annotation]
) -> Iterator[str]:
    """Add the annotation of a row to those found, or say what is wrong with it."""
    case, verdict, comment = (_text(row, place) for place in places)
    where = address(number, places[1] + 1)
    if not verdict:
        if comment:
            yield f"{where}: a comment without a verdict"
        return
    understood = _UNDERSTOOD.get(verdict.casefold())
    if understood is None:
        yield f"{where}: {verdict!r} is not understood; write bonne or mauvaise (right or wrong)"
    elif any(one.id == case for one in found):
        yield f"{where}: case {case!r} comes twice"
    else:
        found.append(Annotation(case, by, understood, comment))


def _text(row: Sequence[Cell], place: int) -> str:
    value = row[place] if place < len(row) else None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()
