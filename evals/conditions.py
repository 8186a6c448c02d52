"""Under which conditions a run is made: what has to be the same for an interrupted one to go on.

In: the case files, the options of the command, the assistant of this process if it is asked there. Out: plain values,
the content of run.json. The program counts by the content of its code and data: two versions are never mixed in a run.
"""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.assemble import Assistant
from assistant.settings import ROOT
from evals.cases import Case, load_cases

_PROGRAM = ("assistant", "ingest", "prompts")
_KINDS = {".py", ".yaml", ".md"}


def conditions(
    files: Sequence[Path], cases: Sequence[Case], options: Mapping[str, object], assistant: Assistant | None
) -> dict[str, object]:
    """The conditions; for a server, what it is made of is not known."""
    return {
        "files": [_file(path) for path in files],
        "only": options["only"],
        "asked": len(cases),
        "repeat": options["repeat"],
        "engine": options["engine"],
        "against": options["against"],
        "index_version": assistant.index.manifest.version if assistant else None,
        "program": program_digest(ROOT) if assistant else None,
    }


def program_digest(root: Path) -> str:
    """A stamp of the code and data files that make an answer."""
    paths = [path for name in _PROGRAM for path in sorted((root / name).rglob("*")) if path.suffix in _KINDS]
    stamp = hashlib.sha256()
    for path in paths:
        stamp.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    return stamp.hexdigest()[:16]


def _file(path: Path) -> dict[str, object]:
    return {
        "name": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "cases": len(load_cases([path])),
    }
