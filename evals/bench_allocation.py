"""What allocating costs, and what naive rounding would lose: `python -m evals.bench_allocation`.

In: the number of bodies and of random lists. Out: on standard output, the seconds and the peak memory of a long list
computed and written to XLSX, and how many random lists a naive rounding of each share would not add up.
"""

import argparse
import random
import resource
import sys
import time
from fractions import Fraction
from pathlib import Path

from assistant.list_allocation import Request, compute, read_table
from assistant.tools.allocation import DOLLAR, Body, allocate
from assistant.tools.figures import load_figures
from assistant.workbook import write

_SEED = 15158
_KIBI = 1024


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--bodies", type=int, default=5000)
    parser.add_argument("--lists", type=int, default=10_000)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    arguments = parser.parse_args()
    _measure_workbook(arguments.corpus, arguments.bodies)
    missed, wrong = count_missed(arguments.lists)
    sys.stdout.write(f"{arguments.lists} lists: naive sum misses the envelope in {missed}; ours in {wrong}\n")
    return 0 if wrong == 0 else 1


def _measure_workbook(corpus: Path, bodies: int) -> None:
    figures = load_figures(corpus)
    content = random_table(bodies).encode()
    envelope = Fraction(22_000 * bodies + 12_000_000)
    before = _peak()
    start = time.perf_counter()
    listed = read_table(content, "csv", by_posts=True)
    calculation = compute(figures, Request("15158", ("1",), (envelope,)), listed)
    middle = time.perf_counter()
    size = len(write(calculation, "fr"))
    end = time.perf_counter()
    total = sum(Fraction(result.amount) for result in calculation.results)
    sys.stdout.write(
        f"{bodies} bodies: read and computed in {middle - start:.2f} s, written to XLSX ({size} bytes) in "
        f"{end - middle:.2f} s; peak memory {_peak():.0f} MiB (before: {before:.0f} MiB); "
        f"sum {'equals' if total == envelope else 'MISSES'} the envelope\n"
    )


def random_table(bodies: int) -> str:
    """A list with decimal posts, as CSV; the same at each call."""
    draw = random.Random(_SEED)  # noqa: S311 (reproducible data, not a secret)
    rows = (f"CSS {i:04d};{draw.randint(1000, 350_000) / 100:.2f}".replace(".", ",") for i in range(bodies))
    return "organisme;postes\n" + "\n".join(rows) + "\n"


def count_missed(lists: int) -> tuple[int, int]:
    """How many random lists the rounding of each share, in floats, and ours, do not add up to the envelope."""
    draw = random.Random(_SEED)  # noqa: S311 (reproducible data, not a secret)
    missed = wrong = 0
    for _ in range(lists):
        hundredths = [draw.randint(1, 350_000) for _ in range(draw.randint(2, 72))]
        envelope = draw.randint(100_000, 20_000_000)
        total = sum(h / 100 for h in hundredths)
        missed += sum(round(envelope * (h / 100) / total) for h in hundredths) != envelope
        bodies = [Body(str(i), Fraction(h, 100)) for i, h in enumerate(hundredths)]
        shared = allocate(bodies, Fraction(envelope), Fraction(0), DOLLAR)
        wrong += sum(share.amount for share in shared.shares) != envelope
    return missed, wrong


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIBI


if __name__ == "__main__":
    sys.exit(main())
