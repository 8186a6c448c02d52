"""Reports of a run: the page, the workbook and its way back, JUnit XML, the summary."""

import html as entities
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from report_runs import made_results

from assistant.conversation import Language
from evals.__main__ import main
from evals.reports import agreement
from evals.reports.agreement import Annotation, kappa
from evals.reports.failures import failures
from evals.reports.wording import load_wording
from evals.reports.workbook import read_annotations
from evals.reports.write import FILES, write_reports
from evals.results import read_results
from evals.sheets import read_sheet, write_sheets

LANGUAGES: tuple[Language, ...] = ("fr", "en")


@pytest.fixture(scope="module")
def results() -> dict[str, Any]:
    """The results of a run over five cases."""
    return made_results()


@pytest.fixture
def folder(results: dict[str, Any], tmp_path: Path) -> Path:
    """The folder of that run."""
    (tmp_path / "results.json").write_text(json.dumps(results), encoding="utf-8")
    return tmp_path


def read(path: Path) -> str:
    """A text file."""
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_failing_case_is_explained(folder: Path, language: Language) -> None:
    """Question, what was expected, answer, quotes, passages with their arithmetic, and the step."""
    write_reports(folder, language)
    page = entities.unescape(read(folder / "report.html"))
    words = load_wording(language)
    for expected in (
        "Le jardin reçoit 12 $ par élève. [1]",
        words.say("missing"),
        "15 mars / March 15",
        words.name("step", "crash"),
        words.definition("step", "composition"),
        "ZeroDivisionError: in a step",
        words.say("gold"),
        words.name("reason", "far behind the first"),
        f"{words.name('signal', 'passage_words')}{words.colon} {words.number(0.5, 2)} × {words.number(3, 2)}",
        words.say("removed"),
        words.say("no_address"),
        "Il manque la date.",
    ):
        assert expected in page
    assert ">good ·" not in page, "a case that passed is not explained"


def test_answers_given_where_there_is_none_come_first(results: dict[str, Any]) -> None:
    """It is the gravest error."""
    assert [one.id for one in failures(results, load_wording("fr"))] == ["silent", "wrong", "crash", "sum"]


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing(folder: Path) -> None:
    """No script, no address that is loaded; what a person wrote is text."""
    write_reports(folder)
    page = read(folder / "report.html")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert re.findall(r"(?:src|href)\s*=\s*[\"'](?!#)|url\(|@import", page) == []


def test_each_plot_says_what_it_shows(folder: Path) -> None:
    """A title and a description for each SVG, by ids that exist once."""
    write_reports(folder, earlier=[folder])
    page = read(folder / "report.html")
    plots = re.findall(r'<svg[^>]*aria-labelledby="(\S+) (\S+)"', page)
    assert len(plots) == 5
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))
    assert {name for pair in plots for name in pair} <= set(ids)


def test_the_summary_says_the_numbers_in_plain_words(folder: Path) -> None:
    """As they are in results.json."""
    write_reports(folder)
    summary = read(folder / "summary.md")
    assert "**Bonnes réponses\u00a0: 1 sur 5** (20\u00a0%)" in summary
    assert "**Réponses données à tort\u00a0: 1 sur 1.**" in summary
    assert "| wrong | Budget | Composition | &lt;script>" in summary
    assert "\\|" in summary, "a bar in a question does not break its table"


def test_every_text_has_no_blank_left(folder: Path) -> None:
    """Nothing like {count} reaches a reader."""
    for language in LANGUAGES:
        write_reports(folder, language)
        assert not re.search(r"\{\w+\}", read(folder / "report.html").partition("</style>")[2])


def test_junit_counts_what_failed_and_what_crashed(folder: Path) -> None:
    """A suite a kind; the message is the reason; characters that XML cannot hold are replaced."""
    write_reports(folder)
    root = ET.fromstring(read(folder / "junit.xml"))  # noqa: S314 (our own file)
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("5", "3", "1")
    assert sum(int(suite.get("tests", 0)) for suite in root) == 5
    nodes = {node.get("name"): node for node in root.iter("testcase")}
    assert [len(nodes[name]) for name in ("good", "wrong", "crash")] == [0, 1, 1]
    assert nodes["crash"][0].tag == "error"
    assert "in a step" in str(nodes["crash"][0].get("message"))
    assert "missing: 15 mars / March 15" in str(nodes["wrong"][0].text)


def filled(folder: Path, verdicts: dict[str, tuple[object, str]]) -> Path:
    """The workbook of the run with verdicts written in it, as a person saves it."""
    name, rows = read_sheet((folder / "report.xlsx").read_bytes())
    changed = [[*row[:-2], *verdicts.get(str(row[0]), ("", ""))] for row in rows[1:]]
    path = folder / "filled.xlsx"
    path.write_bytes(write_sheets({name: [rows[0], *changed]}))  # type: ignore[list-item]
    return path


@pytest.mark.parametrize(("language", "right", "wrong"), [("fr", "Bonne", "mauvaise"), ("en", "right", "Wrong")])
def test_verdicts_come_back_from_the_workbook(
    folder: Path, language: Language, right: str, wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """They are kept with the run, agreement is told, and the report shows where people disagree."""
    write_reports(folder, language)
    path = filled(
        folder, {"good": (right, ""), "wrong": (f" {right} ", "bien dit"), "silent": (wrong, ""), "sum": (0, "")}
    )
    assert main(["annotate", str(folder), str(path), "--by", "Ana"]) == 0
    shown = capsys.readouterr().out
    assert "Ana: 4 case(s) read, 75 % agree" in shown
    assert "wrong: wrong for the program, right for Ana. bien dit" in shown
    assert main(["report", str(folder), "--language", language]) == 0
    page = entities.unescape(read(folder / "report.html"))
    assert load_wording(language).say("human_by", name="Ana") in page
    assert "bien dit" in page


def test_a_second_reading_replaces_the_first(folder: Path) -> None:
    """Of the same person on the same case; others keep theirs."""
    old = (Annotation("good", "Ana", "right"), Annotation("good", "Luc", "wrong"))
    agreement.save(folder, agreement.merged(old, [Annotation("good", "Ana", "wrong", "non")]))
    kept = agreement.load(folder)
    assert set(kept) == {Annotation("good", "Ana", "wrong", "non"), Annotation("good", "Luc", "wrong")}
    assert [one.agreement for one in agreement.readers(read_results(folder), kept)] == [0.0, 0.0]


def test_everything_wrong_with_a_workbook_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By cell, and nothing is kept."""
    write_reports(folder)
    path = filled(folder, {"good": ("peut-être", ""), "wrong": ("", "sans avis")})
    assert main(["annotate", str(folder), str(path), "--by", "Ana"]) == 2
    said = capsys.readouterr().err
    assert "J2: 'peut-être' is not understood" in said
    assert "J3: a comment without a verdict" in said
    assert not (folder / agreement.FILE).exists()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (lambda: b"no workbook", "not a readable"),
        (lambda: write_sheets({"a": [["Cas", "Autre"], ["good", "bonne"]]}), "no column"),
        (lambda: write_sheets({"a": [["Cas", "Votre avis", "Votre commentaire"], ["good", "", ""]]}), "no verdict"),
        (
            lambda: write_sheets({"a": [["Cas", "Votre avis", "Votre commentaire"], *[["g", "oui", ""]] * 2]}),
            "comes twice",
        ),
    ],
)
def test_what_is_no_annotated_workbook_is_refused(content: Callable[[], bytes], problem: str) -> None:
    """With what is wrong with it."""
    with pytest.raises(Exception, match=problem):
        read_annotations(content(), "a.xlsx", "Ana")


def test_a_verdict_on_another_run_is_refused(folder: Path) -> None:
    """Every unknown case is named."""
    with pytest.raises(Exception, match="no case 'x' in this run"):
        agreement.readers(read_results(folder), [Annotation("x", "Ana", "right")])


def test_kappa_is_agreement_beyond_chance() -> None:
    """1 when all agree on two verdicts, 0 at chance, the published example of Cohen's measure; undefined for one."""
    right, wrong = ("right", "right"), ("wrong", "wrong")
    assert kappa([right, wrong]) == 1
    assert kappa([right, ("right", "wrong"), ("wrong", "right"), wrong]) == 0
    example = [right] * 20 + [("right", "wrong")] * 5 + [("wrong", "right")] * 10 + [wrong] * 15
    assert kappa(example) == pytest.approx(0.4)
    assert kappa([right, right]) is None


def test_all_files_are_written_again(folder: Path) -> None:
    """And named; a run without results is refused."""
    assert [path.name for path in write_reports(folder)] == list(FILES)
    with pytest.raises(Exception, match="cannot be read"):
        write_reports(folder / "none")
