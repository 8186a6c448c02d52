"""The folder of a run to what people read: report.html, report.xlsx, junit.xml, summary.md.

In: a folder with results.json, a language, folders of earlier runs. Out: the four files, beside it.
"""

from collections.abc import Sequence
from pathlib import Path

from assistant.conversation import Language
from evals.reports import agreement
from evals.reports.junit import junit
from evals.reports.page import html, markdown
from evals.reports.wording import load_wording
from evals.reports.workbook import workbook
from evals.results import read_results

FILES = ("report.html", "report.xlsx", "junit.xml", "summary.md")


def write_reports(folder: Path, language: Language = "fr", earlier: Sequence[Path] = ()) -> tuple[Path, ...]:
    """Write the files again, whatever is there; their paths.

    Raises:
        EvalError: a folder holds no results, or the annotations are not of this run.
    """
    results = read_results(folder)
    before = [read_results(path) for path in earlier]
    readers = agreement.readers(results, agreement.load(folder))
    contents = (
        html(results, before, readers, language).encode(),
        workbook(results, load_wording(language)),
        junit(results).encode(),
        markdown(results, before, language).encode(),
    )
    paths = tuple(folder / name for name in FILES)
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    return paths
