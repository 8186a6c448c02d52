"""Files of JSON lines: each line that is not blank, with its number. Refuses what is not UTF-8 text."""

from collections.abc import Iterator
from pathlib import Path

from evals.errors import EvalError


def numbered(path: Path) -> Iterator[tuple[int, str]]:
    """(line number from 1, line); `EvalError` when the file cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise EvalError(str(path), [f"cannot be read as UTF-8 text: {error}"]) from error
    # Not splitlines: a JSON string may hold other line separators, such as U+2028.
    yield from ((number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip())
