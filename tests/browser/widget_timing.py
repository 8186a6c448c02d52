"""How long a person waits: from the click to the first progress event, and to the answer on screen.

`python tests/browser/widget_timing.py http://127.0.0.1:8000 [--rounds 30]`, against a running server; prints medians
and 95th percentiles in milliseconds. A command, not a test: a slow machine is not a fault.
"""

import argparse
import shutil
import statistics

from playwright.sync_api import Page, sync_playwright

QUESTIONS = (
    "Qu’est-ce qu’un veilleur bienveillant?",
    "Quelle serait notre part au volet 2?",
    "Quel est le montant de base pour 2027-2028?",
    "Volet 2, enveloppe de 1 000 000 $ à partager : A 1200 postes, B 750,5 postes, C 49,5 postes",
    "What is mentoring?",
)
WATCH = """question => new Promise(resolve => {
  const root = document.querySelector("balise-chat").shadowRoot;
  const times = {};
  const began = performance.now();
  const look = new MutationObserver(() => {
    if (root.querySelector(".progress .current")) times.progress ??= performance.now() - began;
    if (root.querySelector(".prepared")) {
      look.disconnect();
      requestAnimationFrame(() => resolve({ ...times, answer: performance.now() - began }));
    }
  });
  look.observe(root, { childList: true, subtree: true, attributes: true });
  root.querySelector(".composer textarea").value = question;
  root.querySelector(".composer button").click();
})"""


def measured(page: Page, address: str, rounds: int) -> dict[str, list[float]]:
    """The times of each event, over the questions again and again, each in a fresh conversation."""
    times: dict[str, list[float]] = {"progress": [], "answer": []}
    for rank in range(rounds):
        page.goto(address)
        page.evaluate("sessionStorage.clear()")
        page.reload()
        page.locator(".composer textarea").wait_for()
        for name, value in page.evaluate(WATCH, QUESTIONS[rank % len(QUESTIONS)]).items():
            times[name].append(value)
    return times


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--rounds", type=int, default=30)
    arguments = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        times = measured(browser.new_page(), arguments.address, arguments.rounds)
        browser.close()
    for name, values in times.items():
        high = statistics.quantiles(values, n=20)[-1]
        print(f"{name}: median {statistics.median(values):.0f} ms, 95th percentile {high:.0f} ms")  # noqa: T201 (a command)


if __name__ == "__main__":
    main()
