"""The report of a run as one HTML page: nothing is loaded from elsewhere, no script, light and dark, paper.

In: results, earlier runs, what people noted, a language. Out: the page as text. Templates escape everything.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from assistant.conversation import Language
from evals.reports.agreement import Reader
from evals.reports.brief import brief, conditions
from evals.reports.failures import Failure, failures
from evals.reports.sections import Table, sections
from evals.reports.wording import Wording, load_wording
from evals.results import Results

_TEMPLATES = Path(__file__).with_name("templates")


def render(template: str, language: Language, **values: object) -> str:
    """A template filled in, HTML escaped; one that names what it was not given is an error."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=select_autoescape(["html", "svg"]), undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["strong"] = strong
    return environment.get_template(template).render(words=load_wording(language), **values)


def html(results: Results, earlier: Sequence[Results], readers: Sequence[Reader], language: Language) -> str:
    """The page."""
    words = load_wording(language)
    annotations = [_annotated(reader, words) for reader in readers]
    return render("report.html", language, **_values(results, earlier, words), annotations=annotations)


def markdown(results: Results, earlier: Sequence[Results], language: Language) -> str:
    """The summary: the same words and tables, without the cases one by one."""
    text = render("summary.md", language, **_values(results, earlier, load_wording(language)))
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _values(results: Results, earlier: Sequence[Results], words: Wording) -> dict[str, object]:
    failed = failures(results, words)
    run = results["run"]
    return {
        "name": run["name"],
        "date": words.date(str(run["started"])),
        "brief": brief(results, words),
        "sections": sections(results, earlier, words),
        "failures": failed,
        "index": _index(failed, words),
        "conditions": _conditions(results, words),
    }


def strong(text: str) -> Markup:
    """What stands between two `**` in bold; everything else escaped."""
    parts = text.split("**")
    return Markup("").join(Markup("<strong>{}</strong>").format(p) if n % 2 else escape(p) for n, p in enumerate(parts))


def _index(failed: Sequence[Failure], words: Wording) -> Table:
    head = tuple(words.say(key) for key in ("case", "kind", "step", "question"))
    rows = tuple((one.id, one.kind, one.step, one.question) for one in failed)
    return Table(words.say("failing", count=len(failed)), head, rows)


def _conditions(results: Results, words: Wording) -> Table:
    return Table(words.say("conditions"), (words.say("condition"), words.say("value")), conditions(results, words))


def _annotated(reader: Reader, words: Wording) -> dict[str, object]:
    head = tuple(words.say(key) for key in ("case", "automatic_verdict", "human_verdict", "comment"))
    rows = tuple(
        (one.id, words.say(f"verdict_{one.automatic}"), words.say(f"verdict_{one.verdict}"), one.comment)
        for one in reader.differing
    )
    text = words.say(
        "human_text", count=reader.count, value=words.percent(reader.agreement), low=words.percent(reader.low),
        high=words.percent(reader.high), kappa="–" if reader.kappa is None else words.number(reader.kappa, 2),
    )  # fmt: skip
    differing = Table(words.say("human_differs"), head, rows) if rows else None
    return {"by": reader.by, "text": text, "differing": differing}
