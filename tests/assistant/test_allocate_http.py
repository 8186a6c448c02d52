"""`POST /v1/allocations`: JSON, CSV or XLSX in; JSON, CSV or XLSX out; every refusal a problem."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.tools.figures import load_figures
from assistant.web.allocations import CSV, XLSX, router
from assistant.web.pages import problem_page
from assistant.web.problems import Refuser

PATH = "/v1/allocations"
QUERY = "?measure=15158&volet=1&envelope=1000000&school_year=2024-2025"
ASKED: dict[str, Any] = {
    "measure": "15158",
    "volet": ["1"],
    "envelope": ["1000000"],
    "bodies": [{"id": "A", "posts": "1200"}, {"id": "B", "posts": 750.5}, {"id": "C", "posts": "49,5"}],
}
AMOUNTS = ["582409", "372485", "45106"]


@pytest.fixture
def client() -> TestClient:
    """The route alone, with the problems of the application."""
    app = FastAPI()
    app.include_router(router(load_figures(Path(__file__).parents[2] / "corpus")))
    Refuser(problem_page).install(app)
    return TestClient(app)


def test_json_in_json_out(client: TestClient) -> None:
    """The whole working, in the contract of a calculation."""
    reply = client.post(PATH, json=ASKED)
    assert reply.status_code == 200
    assert [result["amount"] for result in reply.json()["results"]] == AMOUNTS
    assert reply.json()["sources"]


def test_csv_in_csv_out(client: TestClient) -> None:
    """A French list, the rest in the query."""
    content = "Organisme;Postes\nA;1200\nB;750,5\nC;49,5\nTotal;2000\n".encode("cp1252")
    reply = client.post(PATH + QUERY, content=content, headers={"content-type": CSV, "accept": CSV})
    assert [line.split(";")[3] for line in reply.text.splitlines()[1:]] == AMOUNTS


def test_a_workbook_in_a_workbook_out(client: TestClient) -> None:
    """With live formulas."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["id", "posts"], ["A", 1200], ["B", 750.5], ["C", 49.5]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    reply = client.post(PATH + QUERY, content=out.getvalue(), headers={"content-type": XLSX, "accept": XLSX})
    sheet = openpyxl.load_workbook(io.BytesIO(reply.content)).worksheets[0]
    assert [sheet[f"A{line}"].value for line in (12, 13, 14)] == ["A", "B", "C"]
    assert str(sheet["J12"].value).startswith("=")


def test_every_bad_row_is_in_the_problem(client: TestClient) -> None:
    """With its line and its reason in both languages; nothing is computed."""
    content = b"id,posts\nA,x\nB,1\nC,-2\n"
    reply = client.post(PATH + QUERY, content=content, headers={"content-type": CSV})
    assert reply.status_code == 422
    errors = reply.json()["errors"]
    assert [error["field"] for error in errors] == ["bodies.2", "bodies.4"]
    assert all(error["detail"] and error["detail_en"] for error in errors)


def test_bad_rows_are_left_out_on_demand(client: TestClient) -> None:
    """And named in a warning."""
    content = b"id,posts\nA,x\nB,1\n"
    reply = client.post(PATH + QUERY + "&leave_out_bad_rows=true", content=content, headers={"content-type": CSV})
    assert "ligne 2" in reply.json()["warnings"][-1]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"volet": []}, "invalid_input"),
        ({"measure": "30100"}, "bad_rows"),
        ({"envelope": ["1", "2"]}, "invalid_input"),
        ({"envelope": ["50000"]}, "base_exceeds_envelope"),
        ({"school_year": "2025-2026"}, "base_amount_unknown"),
        ({"body_type": "private"}, "wrong_measure"),
        ({"envelope": ["abc"]}, "string_pattern_mismatch"),
        ({"guess": 1}, "extra_forbidden"),
        ({"bodies": []}, "too_short"),
        ({"bodies": [{"id": "A", "posts": True}]}, "decimal_type"),
    ],
)
def test_refusals_are_problems(client: TestClient, changes: dict[str, Any], code: str) -> None:
    """One code for each reason."""
    reply = client.post(PATH, json=ASKED | changes)
    assert reply.status_code == 422
    assert reply.headers["content-type"] == "application/problem+json"
    assert code in {error["code"] for error in reply.json()["errors"]}


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"content-type": "text/plain"}, 415), ({"content-type": "application/json", "accept": "image/png"}, 406)],
)
def test_other_forms_are_refused(client: TestClient, headers: dict[str, str], status: int) -> None:
    """Neither read nor written."""
    assert client.post(PATH, content=b"{}", headers=headers).status_code == status


def test_the_description_has_an_example_that_works(client: TestClient) -> None:
    """The OpenAPI example is computed as it stands."""
    documented = client.get("/openapi.json").json()["paths"][PATH]["post"]["requestBody"]["content"]
    assert client.post(PATH, json=documented["application/json"]["example"]).status_code == 200
    assert documented[CSV]["example"]
