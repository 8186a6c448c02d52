"""The widget over HTTP: its file and its versions, the page for a frame, the sites that may embed it, the workbook."""

import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient
from web_fakes import READY, ScriptedResponder, answer, calculation, make_client, plan_library

from assistant.settings import Settings
from assistant.web.app import create_app
from assistant.web.embedding import Sites
from assistant.web.limits import Limits
from assistant.web.rendering import STATIC
from assistant.web.widget_pages import Script

CLIENT = make_client()
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SITE = "https://intranet.example.org"


def client(sites: str) -> TestClient:
    """A client of an application that these sites may embed."""
    app = create_app(ScriptedResponder(answer()), plan_library(), lambda: READY, limits=Limits(), sites=Sites(sites))
    return TestClient(app, follow_redirects=False)


def test_the_current_version_is_checked_again() -> None:
    """The built file, for any page, kept an hour, then asked for again only if it changed."""
    reply = CLIENT.get("/widget.js")
    assert reply.content == (STATIC / "widget.js").read_bytes()
    assert reply.headers["content-type"] == "text/javascript; charset=utf-8"
    assert reply.headers["access-control-allow-origin"] == "*"
    assert reply.headers["cache-control"] == "public, max-age=3600"
    again = CLIENT.get("/widget.js", headers={"If-None-Match": reply.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert CLIENT.get("/widget.js", headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_version_never_changes() -> None:
    """Its address holds the digest of its content, so it is kept for good; another digest leads nowhere."""
    script = Script.load()
    reply = CLIENT.get(script.address)
    assert reply.content == script.content
    assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert CLIENT.get("/widget-000000000000.js").status_code == 404
    assert script.address in CLIENT.get("/").text


@pytest.mark.parametrize("path", ["/", "/widget"])
def test_the_policy_of_its_pages_lets_in_our_script_only(path: str) -> None:
    """No inline code, no other server, no string that becomes markup."""
    rules = dict(rule.split(" ", 1) for rule in CLIENT.get(path).headers["content-security-policy"].split("; "))
    assert (rules["default-src"], rules["script-src"], rules["connect-src"]) == ("'none'", "'self'", "'self'")
    assert (rules["require-trusted-types-for"], rules["trusted-types"]) == ("'script'", "'none'")
    assert rules["frame-ancestors"] == "'self'"


def test_the_frame_takes_only_attributes_that_it_knows() -> None:
    """What the query holds never becomes markup."""
    page = CLIENT.get("/widget", params={"lang": "en", "theme": '"><b>', "body_type": "private"}).text
    assert '<html lang="en-CA"' in page
    assert 'body-type="private"' in page
    assert "<b>" not in page
    assert CLIENT.get("/widget", params={"body_type": "other"}).status_code == 422


def test_listed_sites_may_frame_it_and_read_answers() -> None:
    """Those origins and no other; no cookie goes along; the home page is for no frame but ours."""
    listed = client(f"self {SITE}")
    assert f"frame-ancestors 'self' {SITE}" in listed.get("/widget").headers["content-security-policy"]
    assert SITE not in listed.get("/").headers["content-security-policy"]
    asked = listed.post("/v1/chat", json={"question": "Combien?"}, headers={"Origin": SITE})
    assert asked.headers["access-control-allow-origin"] == SITE
    assert "access-control-allow-credentials" not in asked.headers
    other = listed.post("/v1/chat", json={"question": "Combien?"}, headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in other.headers
    preflight = {
        "Origin": SITE,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    assert listed.options("/v1/chat", headers=preflight).status_code == 200


def test_without_a_list_no_other_site_reads_answers() -> None:
    """The default."""
    asked = CLIENT.post("/v1/chat", json={"question": "Combien?"}, headers={"Origin": SITE})
    assert "access-control-allow-origin" not in asked.headers
    assert Sites(str(Settings.model_fields["sites"].default)).origins == ()


def test_the_computation_of_an_answer_as_a_workbook() -> None:
    """The same question again gives it; its cells hold the working."""
    computed = replace(calculation(), inputs={"envelope": "65968"})
    found = make_client(respond=ScriptedResponder(answer(calculation=computed)))
    reply = found.post("/v1/chat/workbook", json={"question": "Combien?"})
    assert (reply.status_code, reply.headers["content-type"]) == (200, XLSX)
    assert reply.headers["content-disposition"] == 'attachment; filename="simulation.xlsx"'
    cells = {
        cell
        for sheet in load_workbook(io.BytesIO(reply.content))
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    }
    assert "Organisme A" in cells


def test_an_answer_without_a_computation_has_no_workbook() -> None:
    """A problem that says so, in both languages."""
    reply = CLIENT.post("/v1/chat/workbook", json={"question": "Combien?"})
    assert reply.status_code == 422
    (problem,) = reply.json()["errors"]
    assert problem["code"] == "no_computation"
    assert CLIENT.post("/v1/chat/workbook", json={"question": ""}).json()["errors"][0]["code"] == "empty"
