"""Browser tests: Debian's Chromium through Playwright, real servers on loopback ports, axe-core, screenshots.

Screenshots go to `var/screenshots`, or to the folder that SCREENSHOTS names. Where no Chromium is installed the tests
are skipped with what to install; in continuous integration (CI is set) they fail instead.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_servers import Host, Stage, loopback
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright
from real_program import copy_of_real_data

from assistant.assemble import build
from assistant.serve_command import application
from assistant.settings import load_settings

ROOT = Path(__file__).parents[2]
PATIENCE = 20_000
NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "Chromium is needed for the browser tests: apt-get install chromium, or put chromium on the PATH."
DESKTOP = {"viewport": {"width": 1100, "height": 860}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}

NewPage = Callable[..., Page]
Shoot = Callable[[Page | Locator, str], None]
Check = Callable[[Page, str], None]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """`new_page(**context options)`: a page in a context of its own; an error in its console fails the test.

    `expected` is a pattern of console errors that the test provokes.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def make(*, expected: str = r"(?!)", **options: object) -> Page:
        context = browser.new_context(**(DESKTOP | {"locale": "fr-CA"} | options))  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda m: m.type == "error" and not re.search(expected, m.text) and errors.append(m.text))
        return page

    yield make
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture(scope="session")
def real_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the whole program over the real corpus; its database is there too."""
    return copy_of_real_data(tmp_path_factory.mktemp("browser") / "data")


@pytest.fixture(scope="session")
def real_server(real_data: Path) -> Iterator[str]:
    """The address of the whole program over the real corpus."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BALISE_DATA", str(real_data))
        settings = load_settings()
    with loopback(application(build(settings), settings)) as address:
        yield address


@pytest.fixture(scope="session")
def host() -> Iterator[Host]:
    """Another site, whose pages a test writes."""
    with Host.started() as started:
        yield started


@pytest.fixture(scope="session")
def one_stage(host: Host) -> Iterator[Stage]:
    """The web application over a responder that tests direct; the host may embed it."""
    with Stage.started(host.address) as started:
        yield started


@pytest.fixture
def stage(one_stage: Stage) -> Iterator[Stage]:
    """The stage as it is before anything was asked; whatever waits on it is let go at the end."""
    one_stage.reset()
    yield one_stage
    one_stage.curtain.set()


@pytest.fixture(scope="session")
def shoot() -> Shoot:
    """`shoot(page or part, name)`: keep what it looks like."""
    folder = Path(os.environ.get("SCREENSHOTS", ROOT / "var" / "screenshots"))
    folder.mkdir(parents=True, exist_ok=True)

    def take(seen: Page | Locator, name: str) -> None:
        whole = {"full_page": True} if isinstance(seen, Page) else {}
        seen.screenshot(path=folder / f"{name}.png", animations="disabled", **whole)

    return take


def violations(page: Page) -> list[str]:
    """What axe-core finds on the page, shadow roots and frames included: rule, and the elements."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]


@pytest.fixture(scope="session")
def check(shoot: Shoot) -> Check:
    """`check(page, name)`: axe-core finds nothing, and the state is kept as a picture."""

    def look(page: Page, name: str) -> None:
        shoot(page, name)
        assert violations(page) == []

    return look
