"""How much longer the dossier of a country with 1,000 articles takes than that of one with ten.

Starts the portal as `make run` does, asks for both pages in turn, and prints medians and their ratio; the exit code
says whether the ratio is at most two. Times mean nothing across machines: the ratio does.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.serving import ROOT, Portal, running_portal

SIZES = {"XA": 10, "XB": 1000}
ROUNDS = 40
MOST = 2.0


def seconds(portal: Portal, address: str) -> float:
    start = time.perf_counter()
    answer = portal.ask(address)
    taken = time.perf_counter() - start
    if answer.status != 200:
        raise SystemExit(f"{address} answers {answer.status}.")
    return taken


def address_of(portal: Portal, iso: str) -> str:
    code = f"from articles.models import Country; print(Country.objects.get(iso='{iso}').url)"
    return portal.manage("shell", "--verbosity", "0", "-c", code).strip().splitlines()[-1]


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="sholu-bench-") as folder, running_portal(Path(folder)) as portal:
        print(f"Making {' and '.join(f'{number:,}' for number in SIZES.values())} articles …", flush=True)
        given = [f"{iso}={number}" for iso, number in SIZES.items()]
        subprocess.run([sys.executable, "-m", "benchmarks.grow", *given], cwd=ROOT, env=portal.environment, check=True)
        failed = False
        print("| page | 10 articles, ms | 1,000 articles, ms | ratio |\n|---|--:|--:|--:|")
        for name, end in (("dossier", ""), ("briefing sheet", "briefing/")):
            addresses = {iso: address_of(portal, iso) + end for iso in SIZES}
            taken: dict[str, list[float]] = {iso: [] for iso in SIZES}
            for round_number in range(ROUNDS + 3):  # in turn, so that a busy moment hits both; the first rounds warm up
                for iso, address in addresses.items():
                    if round_number < 3:
                        seconds(portal, address)
                    else:
                        taken[iso].append(seconds(portal, address))
            few, many = (statistics.median(taken[iso]) for iso in SIZES)
            print(f"| {name} | {few * 1000:.1f} | {many * 1000:.1f} | {many / few:.2f} |")
            failed = failed or (name == "dossier" and many / few > MOST)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
