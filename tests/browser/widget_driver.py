"""The widget as a person finds it: what is said, what can be pressed. Locators look into the shadow root."""

from browser_servers import Stage
from playwright.sync_api import Locator, Page, expect


class Widget:
    """A chat widget of a page: the only one, or that of this selector."""

    def __init__(self, page: Page, selector: str = "balise-chat") -> None:
        self.page = page
        self.root = page.locator(selector)
        self.area = self.root.locator(".composer textarea")
        self.turns = self.root.locator(".turn")
        self.last = self.turns.last
        self.live = self.root.locator("[aria-live=polite]")

    def press(self, name: str) -> None:
        """Press the last button of this name."""
        self.root.get_by_role("button", name=name, exact=True).last.click()

    def type(self, question: str) -> None:
        """Type a question and send it."""
        self.area.fill(question)
        self.area.press("Enter")

    def ask(self, question: str) -> Locator:
        """Ask, and wait for the answer; the turn."""
        before = self.turns.count()
        self.type(question)
        return self.answered(before + 1)

    def answered(self, count: int) -> Locator:
        """The last of this many turns, once it is answered."""
        expect(self.turns).to_have_count(count)
        expect(self.last.locator(".prepared")).to_be_visible()
        return self.last

    def status(self, text: str) -> None:
        """What the last answer is said to be worth."""
        expect(self.last.locator(".status").first).to_have_text(text)


def opened(page: Page, stage: Stage, path: str = "/") -> Widget:
    """The widget of a page of the stage."""
    page.goto(stage.address + path)
    return Widget(page)
