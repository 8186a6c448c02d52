"""`balise allocate`: a file in, a file out, and every problem printed."""

import argparse
import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from assistant import allocate_command
from assistant.tools.figures import load_figures

FIGURES = load_figures(Path(__file__).parents[2] / "corpus")
LIST = "Organisme;Postes\nA;1200\nB;750,5\nC;49,5\nTotal;2000\n"


def run(tmp_path: Path, *arguments: str, text: str = LIST, encoding: str = "cp1252") -> int:
    """The exit status of the command over a list."""
    source = tmp_path / "bodies.csv"
    source.write_text(text, encoding=encoding)
    parser = argparse.ArgumentParser()
    allocate_command.add_arguments(parser)
    return allocate_command.run(parser.parse_args([str(source), *arguments]), FIGURES)


VOLET_1 = ("--measure", "15158", "--volet", "1", "--envelope", "1000000", "--year", "2024-2025")


def test_a_list_becomes_a_workbook(tmp_path: Path) -> None:
    """The command of the documentation."""
    out = tmp_path / "result.xlsx"
    assert run(tmp_path, *VOLET_1, "--out", str(out)) == 0
    assert openpyxl.load_workbook(out).worksheets[0]["A12"].value == "A"


@pytest.mark.parametrize(("language", "delimiter"), [("fr", ";"), ("en", ",")])
def test_a_list_becomes_a_table_that_a_spreadsheet_opens(tmp_path: Path, language: str, delimiter: str) -> None:
    """The amounts add up; the notation is that of the language."""
    out = tmp_path / "result.csv"
    assert run(tmp_path, *VOLET_1, "--language", language, "--out", str(out)) == 0
    rows = list(csv.reader(io.StringIO(out.read_text(encoding="utf-8-sig")), delimiter=delimiter))
    assert [row[3] for row in rows[1:]] == ["582409", "372485", "45106"]


@pytest.mark.parametrize(
    ("ending", "found"), [("html", "<caption>"), ("txt", "582\u00a0409\u00a0$"), ("json", '"582409"')]
)
def test_other_forms_are_written(tmp_path: Path, ending: str, found: str) -> None:
    """HTML, text and JSON."""
    out = tmp_path / f"result.{ending}"
    assert run(tmp_path, *VOLET_1, "--out", str(out)) == 0
    assert found in out.read_text(encoding="utf-8")


def test_several_volets_to_the_cent(tmp_path: Path) -> None:
    """One envelope for each."""
    out = tmp_path / "result.json"
    both = ("--volet", "2", "--envelope", "10.50", "--volet", "3", "--envelope", "1", "--cents", "--out", str(out))
    assert run(tmp_path, *both) == 0
    results = json.loads(out.read_text(encoding="utf-8"))["results"]
    assert sum(round(float(result["amount"]) * 100) for result in results) == 1150


def test_without_out_the_working_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As text."""
    assert run(tmp_path, *VOLET_1) == 0
    assert "Simulation" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "text", "said"),
    [
        (VOLET_1, "id;postes\nA;x\nB;-1\n", ":3: le nombre est négatif"),
        (("--measure", "15158", "--envelope", "1"), LIST, "Il manque le volet"),
        (("--measure", "30100", "--volet", "1", "--envelope", "1"), LIST, "n’a pas de volets"),
        (("--volet", "1", "--volet", "2", "--envelope", "1"), LIST, "une enveloppe pour chaque volet"),
        (("--volet", "1", "--envelope", "1,234"), LIST, "n’est pas un montant"),
        (("--volet", "1", "--envelope", "50000"), LIST, "ne couvre pas"),
        (("--volet", "1", "--envelope", "1000000", "--year", "2025-2026"), LIST, "ne donnent pas le montant de base"),
    ],
)
def test_a_refusal_is_printed_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], text: str, said: str
) -> None:
    """Exit status 1, the reason on the error stream."""
    out = tmp_path / "result.xlsx"
    assert run(tmp_path, *arguments, "--out", str(out), text=text) == 1
    assert said in capsys.readouterr().err
    assert not out.exists()


def test_bad_rows_are_left_out_only_on_demand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And the result says which."""
    assert run(tmp_path, *VOLET_1, "--leave-out-bad-rows", text="id;postes\nA;1\nB;x\n") == 0
    assert "ligne 3" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not a trace."""
    parser = argparse.ArgumentParser()
    allocate_command.add_arguments(parser)
    arguments = parser.parse_args([str(tmp_path / "none.csv"), *VOLET_1])
    assert allocate_command.run(arguments, FIGURES) == 1
    assert "none.csv" in capsys.readouterr().err
