"""The prompts of `prompts/*.md`: loaded once, filled by name, stamped with a digest.

In: the folder. Out: prompts, each a system and a user message with `$variables` (a file has a line `=====` between the
two). Refuses (`PromptError`) a folder where one is missing, lacks a variable that the program fills, or names one that
it does not: all problems at once.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

from assistant.errors import PromptError

_BETWEEN = "\n=====\n"
VARIABLES: Mapping[str, frozenset[str]] = {
    "rephrase": frozenset({"fence", "history", "question"}),
    "route": frozenset({"fence", "question", "documents"}),
    "compose": frozenset({"fence", "language", "documents", "passages", "computed", "history", "question"}),
    "retry": frozenset({"findings"}),
    "suggest": frozenset({"fence", "document", "section", "passage", "french", "english"}),
}
"""By prompt: the variables that the program fills."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as it stands in its file; `digest` is that of the file."""

    name: str
    system: str
    user: str
    digest: str

    def fill(self, **variables: str) -> tuple[str, str]:
        """The system and the user message; `PromptError` lists every variable that was not given."""
        missing = sorted(VARIABLES[self.name] - variables.keys())
        if missing:
            raise PromptError(f"prompt {self.name!r}: not given: {', '.join(missing)}")
        return Template(self.system).substitute(variables), Template(self.user).substitute(variables)


@dataclass(frozen=True, slots=True)
class Prompts:
    """All prompts, by name."""

    by_name: Mapping[str, Prompt]

    def __getitem__(self, name: str) -> Prompt:
        """The prompt of this name."""
        return self.by_name[name]

    def digests(self, *names: str) -> dict[str, str]:
        """Their digests, by name."""
        return {name: self.by_name[name].digest for name in names}


def load_prompts(folder: Path) -> Prompts:
    """Read every prompt; `PromptError` lists all problems of all files."""
    problems: list[str] = []
    found: dict[str, Prompt] = {}
    for name in VARIABLES:
        path = folder / f"{name}.md"
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            problems.append(f"{path}: cannot be read ({error})")
            continue
        system, _, user = text.partition(_BETWEEN)
        found[name] = Prompt(name, system.strip(), user.strip(), hashlib.sha256(text.encode()).hexdigest()[:12])
        problems.extend(f"{path}: {problem}" for problem in _problems(name, text))
    if problems:
        raise PromptError("Prompts to mend:\n" + "\n".join(f"  - {problem}" for problem in problems))
    return Prompts(found)


def _problems(name: str, text: str) -> Iterator[str]:
    template = Template(text)
    if text.count(_BETWEEN) != 1:
        yield "one line ===== must stand between the system and the user message"
    if not template.is_valid():
        yield "a $ that starts no variable is written $$"
        return
    named = set(template.get_identifiers())
    if missing := sorted(VARIABLES[name] - named):
        yield f"variables missing: {', '.join(missing)}"
    if unknown := sorted(named - VARIABLES[name]):
        yield f"variables that nothing fills: {', '.join(unknown)}"
