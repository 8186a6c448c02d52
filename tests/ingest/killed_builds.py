"""Kills a build with SIGKILL at every point where it writes, each time on a fresh copy of an index.

`python killed_builds.py CORPUS INDEX OUT` prints one line a point (`rank<TAB>what was about to happen`) and leaves
what the kill at that point left in `OUT/rank`. Run as a process of its own: the build is forked once a point.
"""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from tiny_corpus import HashEmbedder

import ingest.vectors
from ingest.build import build

_WRITES = os.O_WRONLY | os.O_RDWR
_CHANGES = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree"}


def run(corpus: Path, data: Path, reached: Callable[[str], object]) -> None:
    """A build that tells of each file it is about to change, and of each batch of rows given to Chroma."""

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES
        if event in _CHANGES or (writes and str(data) in str(arguments[0])):
            reached(f"{event} {' -> '.join(str(one) for one in arguments[: 2 if event == 'os.rename' else 1])}")

    ingest.vectors._BATCH = 3
    sys.addaudithook(hook)
    build(corpus, data, HashEmbedder(), lambda stage, done, total: reached(f"{stage}: {done} of {total} done"))
    reached("the end")


def forked(work: Callable[[], object]) -> int:
    """The status of a child process that did this work."""
    child = os.fork()
    if not child:
        work()
        os._exit(0)
    return os.waitpid(child, 0)[1]


def points(corpus: Path, data: Path, log: Path) -> list[str]:
    """What a whole build goes through."""
    with log.open("w") as file:
        status = forked(lambda: run(corpus, data, lambda what: print(what, file=file, flush=True)))
    assert status == 0
    return [line.replace(str(data), "DATA") for line in log.read_text().splitlines()]


def killed_at(corpus: Path, data: Path, rank: int) -> None:
    """A build that is killed before the change of this rank."""
    left = [rank]

    def reached(_: str) -> None:
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1

    status = forked(lambda: run(corpus, data, reached))
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == signal.SIGKILL


def main(corpus: Path, index: Path, out: Path) -> None:
    """Find the points, then die at each of them."""
    found = points(corpus, Path(shutil.copytree(index, out / "whole")), out / "points.txt")
    for rank, what in enumerate(found):
        killed_at(corpus, Path(shutil.copytree(index, out / str(rank))), rank)
        print(f"{rank}\t{what}")  # noqa: T201 (what the test reads)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
