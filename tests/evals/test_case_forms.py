"""Case files in every form: what is written loads back the same, what is wrong is told by its cell."""

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.__main__ import main
from evals.casefiles import case_file
from evals.cases import load_cases
from evals.cells import column, flat, nested, number
from evals.delimited import rows, written
from evals.errors import EvalError
from evals.evalap import dataset
from evals.layouts import convert
from evals.records import load_records

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "evals" / "cases"


@pytest.mark.parametrize("name", ["dev_questions", "dev_emails"])
@pytest.mark.parametrize("form", [".csv", ".xlsx", ".yaml", ".jsonl"])
def test_the_development_sets_are_the_same_in_every_form(name: str, form: str, tmp_path: Path) -> None:
    """Questions, histories, calculations and e-mails survive a spreadsheet."""
    records, problems = load_records(CASES / f"{name}.jsonl")
    assert problems == []
    path = tmp_path / f"cases{form}"
    path.write_bytes(case_file(records, form))
    assert load_cases([path]) == load_cases([CASES / f"{name}.jsonl"])


FRENCH = (
    "Identifiant;Langue;Question posée;Répondable;Documents utiles;Citations;Doit contenir;Orientation;"
    "calculation.measure;calculation.school_year;calculation.operation;calculation.expected.dollars;"
    "calculation.expected.cents\r\n"
    'a-1;français;"Combien reçoit « l’organisme »;\r\net quand?";oui;doc;'
    "le montant est de 21 989 $;21 989 | 21,989 || montant;les deux;15158;2024-2025;single;"
    "\u00ab\u00a0vide\u00a0\u00bb;12 596,15 $\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252", "utf-16"])
def test_french_excel_is_read(encoding: str, tmp_path: Path) -> None:
    """`;`, marks or not, Windows-1252, French headings and values, decimal comma, a line break in a cell."""
    path = tmp_path / "essai.csv"
    path.write_bytes(FRENCH.replace("\u00ab\u00a0vide\u00a0\u00bb", "12\u00a0596").encode(encoding))
    (case,) = load_cases([path])
    assert (case.id, case.lang, case.answerable, case.referral) == ("a-1", "fr", True, "either")
    assert case.question == "Combien reçoit « l’organisme »;\net quand?"
    assert case.must_include == (("21 989", "21,989"), ("montant",))
    assert case.calculation is not None
    assert float(case.calculation.amounts[0].cents) == 12596.15


def test_every_problem_of_a_spreadsheet_is_told_by_its_cell(tmp_path: Path) -> None:
    """The cell of XLSX, the line and the column of CSV; an unknown column once."""
    table = [
        ["id", "langue", "question", "répondable", "doit contenir", "couleur"],
        ["q1", "fr", "Un?", "oui", "a", ""],
        ["q2", "allemand", "Deux?", "peut-être", "b", ""],
        ["q1", "fr", "Trois?", "oui", "", "rouge"],
    ]
    book = openpyxl.Workbook()
    for row in table:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    (tmp_path / "c.xlsx").write_bytes(content.getvalue())
    (tmp_path / "c.csv").write_bytes(written(table))
    for name, lang, answerable in (
        ("c.xlsx", "c.xlsx:B3", "c.xlsx:D3"),
        ("c.csv", "c.csv:3 (langue)", "c.csv:3 (répondable)"),
    ):
        with pytest.raises(EvalError) as caught:
            load_cases([tmp_path / name])
        said = "\n".join(caught.value.problems)
        assert f"{name}: no field is called 'couleur'" in said
        assert f"{lang}: lang:" in said
        assert f"{answerable}: answerable:" in said
        assert f"{name}:4: row: Value error, answerable without must_include" in said


def test_a_cell_of_a_workbook_may_be_a_number_or_a_boolean(tmp_path: Path) -> None:
    """What Excel turned into a number is still the text that an answer must hold."""
    book = openpyxl.Workbook()
    book.active.append(["id", "lang", "question", "answerable", "must_include"])
    book.active.append([7, "en", "How much?", True, 21989])
    book.active.append([8.0, "en", "Who?", False, None])
    book.save(tmp_path / "n.xlsx")
    first, second = load_cases([tmp_path / "n.xlsx"])
    assert (first.id, first.must_include, first.answerable) == ("7", (("21989",),), True)
    assert (second.id, second.answerable) == ("8", False)


def test_yaml_tells_the_line_of_a_wrong_case(tmp_path: Path) -> None:
    """A list of cases, or one under `cases`; syntax errors and repeated keys are told too."""
    path = tmp_path / "c.yaml"
    path.write_text(
        "cases:\n"
        '  - {id: a, lang: fr, question: "Quoi?", answerable: false}\n'
        "\n"
        '  - {id: b, lang: de, question: "Was?", answerable: false}\n'
        "  - autre\n",
        encoding="utf-8",
    )
    with pytest.raises(EvalError) as caught:
        load_cases([path])
    assert [problem.partition(": ")[0] for problem in caught.value.problems] == ["c.yaml:5", "c.yaml:4"]
    path.write_text("- {id: a, id: b}\n", encoding="utf-8")
    with pytest.raises(EvalError, match="id"):
        load_cases([path])
    path.write_text("a: 1\n", encoding="utf-8")
    with pytest.raises(EvalError, match="not a list of cases"):
        load_cases([path])


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"not a workbook", "not a readable"),
        ("a.csv", b"id;question\n\x00", "null bytes"),
        ("a.csv", b'id;question\n1;"open', "line 2"),
        ("a.json", b"{", "not JSON"),
        ("a.csv", b"", "no case in it"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    """Never a half-read set."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(EvalError, match=said):
        load_cases([tmp_path / name])


words = st.text(st.characters(categories=("L", "N", "P", "Zs"), include_characters="\n|=»'-+@"), min_size=1)
records = st.fixed_dictionaries(
    {
        "answerable": st.booleans(),
        "documents": st.lists(words.filter(str.strip)),
        "quotes": st.lists(words.filter(str.strip)),
        "must_include": st.lists(st.lists(words.filter(str.strip), min_size=1)),
        "history": st.lists(
            st.fixed_dictionaries({"role": st.sampled_from(["user", "assistant"]), "content": words}), min_size=1
        ),
        "calculation": st.fixed_dictionaries(
            {"inputs": st.dictionaries(words, words, min_size=1), "volet": st.integers(1, 9)}
        ),
    }
)


@given(records)
def test_whatever_a_record_holds_its_cells_read_back_the_same(record: dict[str, Any]) -> None:
    """Separators, quotes, brackets and equals signs inside items do not break them; nor does a CSV file."""
    assert nested(flat(record)) == record
    cells = flat(record)
    read = [row for _, row in rows(written([list(cells), list(cells.values())]))]
    assert dict(zip(*read, strict=True)) == {name: cell.replace("\r\n", "\n") for name, cell in cells.items()}


@given(st.decimals(0, 10**9, places=2))
def test_amounts_are_read_as_french_and_english_write_them(amount: Any) -> None:
    """Spaces group, a comma or a point is decimal, the dollar sign is left out."""
    grouped = f"{amount:,}".replace(",", "\u00a0")
    assert number(f"{grouped} $") == number(grouped.replace(".", ",")) == str(amount)


def test_headings_are_known_in_both_languages() -> None:
    """Case, accents and underscores do not count; what means nothing is not guessed."""
    assert [column(name) for name in ("QUESTION POSEE", "Must include", "ne_doit_pas_contenir", "Couleur")] == [
        "question", "must_include", "must_not_include", None,
    ]  # fmt: skip


OTHER = (
    "No;Demande du public;Réponse du Ministère;Source\n12;Qui paie?;le Ministère;doc\n;Quand?;en mars|au printemps;\n"
)


def test_another_layout_is_brought_over_by_a_map_of_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Columns are named, missing fields are set, ids are made, what is left out is said."""
    path, out = tmp_path / "autre.csv", tmp_path / "cas.jsonl"
    path.write_text(OTHER, encoding="utf-8")
    options = ["--map", "Demande du public=question", "Réponse du Ministère=must_include"]
    given_values = ["--set", "lang=fr", "answerable=oui", "kind=other"]
    assert main(["import", str(path), *options, *given_values, "--out", str(out)]) == 0
    first, second = load_cases([out])
    assert (first.id, first.documents, second.id) == ("12", ("doc",), "autre-002")
    assert second.must_include == (("en mars", "au printemps"),)
    assert "2 case(s)" in capsys.readouterr().out
    assert main(["import", str(path), *options, "--out", str(out)]) == 2
    assert "autre.csv:2: lang: Field required" in capsys.readouterr().err
    assert main(["import", str(path), "--map", "Demand=question", "No=colour", "--out", str(out)]) == 2
    said = capsys.readouterr().err
    assert "no column is called 'Demand'" in said
    assert "no field is called 'colour'" in said
    assert main(["import", str(path), *options, *given_values, "--out", str(tmp_path / "cas.doc")]) == 2


def test_rows_of_json_are_brought_over_too(tmp_path: Path) -> None:
    """Lists stay lists; a field that is already ours needs no map."""
    path = tmp_path / "autre.json"
    row = {"q": "Who?", "lang": "en", "answerable": True, "must_include": [["a | b"], ["c"]], "score": 3}
    path.write_text(json.dumps([row]), encoding="utf-8")
    (record,), left_out = convert(path, {"q": "question"}, {})
    assert record.data == {
        "id": "autre-001", "question": "Who?", "lang": "en", "answerable": True, "must_include": [["a | b"], ["c"]],
    }  # fmt: skip
    assert left_out == ("score",)


def test_export_writes_a_spreadsheet_or_a_data_set_for_evalap(tmp_path: Path) -> None:
    """Through the command; EvalAP's body has a text of rows with its two columns."""
    sheet, body = tmp_path / "cas.xlsx", tmp_path / "evalap.json"
    source = CASES / "dev_emails.jsonl"
    assert main(["export", str(source), "--out", str(sheet)]) == 0
    assert load_cases([sheet]) == load_cases([source])
    assert main(["export", str(source), "--evalap", "--name", "courriels", "--out", str(body)]) == 0
    made = json.loads(body.read_text(encoding="utf-8"))
    assert set(made) == {"name", "readme", "default_metric", "df"}
    listed = json.loads(made["df"])
    assert len(listed) == 36
    assert all(row["query"] and row["output_true"] for row in listed)


def test_evalap_is_told_what_the_answer_holds_or_that_there_is_none() -> None:
    """In the language of the question: alternatives, passages, the mailbox, or the abstention that is due."""
    cases = {case.id: case for case in load_cases([CASES / "dev_questions.jsonl"])}
    answerable = next(case for case in cases.values() if case.answerable and case.quotes and case.lang == "fr")
    silent = next(case for case in cases.values() if not case.answerable and case.lang == "en" and case.referral)
    first, second = json.loads(dataset([answerable, silent], "x")["df"])
    assert " ".join(answerable.quotes[0].split()) in first["output_true"]
    assert all(group[0] in first["output_true"] for group in answerable.must_include)
    assert "must abstain" in second["output_true"]
    assert "@education.gouv.qc.ca" in second["output_true"]
