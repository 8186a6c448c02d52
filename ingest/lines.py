"""Lines of a source as ranges, and running text built from them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.documents import Run, Runs


@dataclass(frozen=True, slots=True)
class Line:
    """A line stripped of white space at both ends: its text, its range, its rank in the file (from 1)."""

    text: str
    start: int
    end: int
    number: int

    @property
    def run(self) -> Run:
        """The range of the stripped line."""
        return Run(self.start, self.end)


def lines(source: str) -> Iterator[Line]:
    """Every line of the source, blank ones included (with an empty text)."""
    offset = 0
    for number, raw in enumerate(source.split("\n"), start=1):
        text = raw.strip()
        start = offset + (len(raw) - len(raw.lstrip()) if text else 0)
        yield Line(text, start, start + len(text), number)
        offset += len(raw) + 1


def flow(source: str, runs: Iterable[Run]) -> Runs:
    r"""Ranges that read as one running text: neighbours merged over white space, words cut by a hyphen joined.

    A hyphen at a line end before a lower-case letter is taken as part of the word (« bien-\nêtre »).
    """
    out: list[Run] = []
    for run in runs:
        if not out:
            out.append(run)
            continue
        last = out[-1]
        between = source[last.end : run.start]
        if _hyphenated(source, last, run):
            out.append(run)
        elif between.isspace():
            out[-1] = Run(last.start, run.end)
        elif run.start > last.end and source[run.start - 1].isspace():
            out.append(Run(run.start - 1, run.end))
        elif between[:1].isspace() and source[run.start : run.start + 1].isalnum():
            out[-1] = Run(last.start, last.end + 1)
            out.append(run)
        else:
            out.append(run)
    return tuple(out)


def _hyphenated(source: str, last: Run, run: Run) -> bool:
    between = source[last.end : run.start]
    return (
        "\n" in between
        and last.end - last.start > 1
        and source[last.end - 1] == "-"
        and source[last.end - 2].isalpha()
        and source[run.start].islower()
    )
