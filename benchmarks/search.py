"""How much longer a search for a common word takes in 100,000 articles than in 1,000.

Starts the portal as `make run` does, asks for the page of all kinds and for that of articles, with their facets, once
with few and once with many made-up articles, and prints medians and their ratio; the exit code says whether every
ratio is at most ten. Times mean nothing across machines: the ratio does.
"""

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.dossier import seconds
from benchmarks.fill import COMMON
from tests.serving import ROOT, Portal, running_portal

SIZES = (1_000, 100_000)
ROUNDS = 15
MOST = 10.0
PAGES = {
    "search, best first": f"/en/search/?q={COMMON}",
    "search, newest first": f"/en/search/?q={COMMON}&sort=newest",
    "list of articles": f"/en/articles/?q={COMMON}",
}


def measure(portal: Portal, address: str) -> float:
    """Return the median time of a page in seconds; the first rounds warm up."""
    taken = [seconds(portal, address) for _round in range(ROUNDS + 2)]
    return statistics.median(taken[2:])


def main() -> int:
    taken: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(prefix="sholu-bench-") as folder, running_portal(Path(folder)) as portal:
        for size in SIZES:
            print(f"Making {size:,} articles …", flush=True)
            command = [sys.executable, "-m", "benchmarks.fill", str(size)]
            subprocess.run(command, cwd=ROOT, env=portal.environment | {"PYTHONWARNINGS": ""}, check=True)
            taken[size] = {name: measure(portal, address) for name, address in PAGES.items()}
    few, many = (taken[size] for size in SIZES)
    print("| page | 1,000 articles, ms | 100,000 articles, ms | ratio |\n|---|--:|--:|--:|")
    for name in PAGES:
        print(f"| {name} | {few[name] * 1000:.1f} | {many[name] * 1000:.1f} | {many[name] / few[name]:.2f} |")
    return int(any(many[name] > MOST * few[name] for name in PAGES))


if __name__ == "__main__":
    sys.exit(main())
