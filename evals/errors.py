"""What can go wrong in evaluation.

EvalError   a file or an address given to a command is wrong; lists every problem at once

What goes wrong while one question is answered is not an error of ours: it is recorded with the case.
"""

from collections.abc import Sequence


class EvalError(Exception):
    """What was given to the evaluation cannot be used. Raised once, with all its problems."""

    def __init__(self, where: str, problems: Sequence[str]) -> None:
        self.where = where
        self.problems = tuple(problems)
        super().__init__("\n".join([f"{where}: {len(problems)} problem(s) to mend", *(f"  - {p}" for p in problems)]))
