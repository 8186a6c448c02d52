"""What a command says on the terminal beside its tables."""

from collections.abc import Mapping

from evals.run import Run
from evals.summary import Summary


def headline(run: Run, summary: Summary) -> str:
    """How it ran, what is counted apart, where failing cases fail, how far the probabilities can be trusted."""
    latency = ", ".join(f"{name} {value:.1f}" for name, value in summary.latency.items()) or "no answer came"
    lines = [
        f"{run.seconds:.1f} s with {run.clients} client(s): {latency}",
        _listed(summary.counts),
        f"failing steps: {_listed(summary.failing_steps) or 'none'}",
    ]
    if summary.calibration:
        found = summary.calibration
        lines.append(f"expected calibration error {found.error:.3f} over {found.n} cases")
    return "\n".join(lines)


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {value}" for name, value in counts.items())
