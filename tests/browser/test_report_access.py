"""The report of a run and the page of a bench in a real browser: axe-core, phone, dark, print, no script needed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from report_runs import made_results

from assistant.conversation import Language
from evals.reports import agreement
from evals.reports.agreement import Annotation
from evals.reports.write import write_reports

NewPage = Callable[..., Page]
Check = Callable[[Page, str], None]
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run that a person annotated."""
    folder = tmp_path_factory.mktemp("report")
    (folder / "results.json").write_text(json.dumps(made_results()), encoding="utf-8")
    agreement.save(folder, [Annotation("good", "Ana", "wrong", "incomplet"), Annotation("wrong", "Ana", "wrong")])
    return folder


def opened(new_page: NewPage, report: Path, language: Language, **options: object) -> Page:
    """The page as somebody receives it: a file, without scripts."""
    write_reports(report, language, earlier=[report])
    page = new_page(**options)
    page.goto((report / "report.html").as_uri())
    return page


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_report_is_accessible(new_page: NewPage, check: Check, report: Path, language: Language) -> None:
    """As it opens, and with everything unfolded."""
    page = opened(new_page, report, language)
    check(page, f"report-{language}")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    check(page, f"report-{language}-unfolded")


def test_the_report_is_read_in_the_dark_and_on_a_phone(new_page: NewPage, check: Check, report: Path) -> None:
    """Contrast holds in the dark; on a phone nothing sticks out of the page."""
    check(opened(new_page, report, "fr", color_scheme="dark"), "report-dark")
    page = opened(new_page, report, "fr", viewport=PHONE)
    check(page, "report-phone")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_report_needs_no_script_and_prints_whole(new_page: NewPage, report: Path) -> None:
    """Folded parts are on paper."""
    page = opened(new_page, report, "fr", java_script_enabled=False)
    arithmetic = page.get_by_text("mots communs avec le passage").first
    assert not arithmetic.is_visible()
    page.emulate_media(media="print")
    assert arithmetic.is_visible()
