"""Measures the portal at several sizes on both databases, and compares: `python -m benchmarks`, or `make bench`.

Every run is kept in benchmarks/results/ under the name of its commit; its table goes into benchmarks/README.md.
`python -m benchmarks --compare A B` says what has changed from one commit to another.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.table import Run, compared, tables, written
from tests.serving import ROOT

RESULTS = ROOT / "benchmarks" / "results"
README = ROOT / "benchmarks" / "README.md"
SIZES = "1000 100000 1000000"
DATABASES = "sqlite postgresql"


def _git(*command: str) -> str:
    return subprocess.run(["git", *command], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


def commit() -> str:
    """Return the commit that is measured; “+” behind it where files differ from it."""
    return (_git("rev-parse", "--short", "HEAD") or "unknown") + ("+" if _git("status", "--porcelain", "-uno") else "")


def _machine() -> str:
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GB"


def run(databases: list[str], sizes: list[int]) -> Run:
    """Measure each size on all databases, each in a process and a data folder of its own.

    Both kinds of databases are filled at the same time, since one core is enough for each; then all take turns.
    """
    start = time.perf_counter()
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), environment.get("PYTHONPATH"))))
    with tempfile.TemporaryDirectory(prefix="sholu-bench-") as folder:
        targets = {
            (database, size): Path(folder) / f"{database}-{size}.json" for database in databases for size in sizes
        }
        running = []
        for place, ((database, size), target) in enumerate(targets.items()):
            given = (str(size), str(target), folder, str(place), str(len(targets)))
            command = [sys.executable, "-m", "benchmarks.measure", *given]
            if database == "postgresql":
                command = [sys.executable, "tests/on_postgresql.py", *command]
            running.append(subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True))
        _await(running)
        results: dict[str, Any] = {}
        for (database, size), target in targets.items():
            results.setdefault(database, {})[str(size)] = json.loads(target.read_text(encoding="utf-8"))
    made: Run = {
        "commit": commit(),
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "machine": _machine(),
        "seconds": round(time.perf_counter() - start),
        "results": results,
    }
    RESULTS.mkdir(exist_ok=True)
    _file(made["commit"]).write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    return made


def _await(running: list[subprocess.Popen[bytes]]) -> None:
    """Wait until all are through. When one fails, the others would wait for their turn for ever, and are ended."""
    try:
        while any(one.poll() is None for one in running) and not any(one.poll() for one in running):
            time.sleep(0.5)
    finally:
        for one in running:
            if one.poll() is None:
                os.killpg(one.pid, signal.SIGTERM)  # with its servers
        codes = [one.wait() for one in running]
    if any(codes):
        raise SystemExit("It could not be measured: see above.")


def _file(name: str) -> Path:
    return RESULTS / f"{name}.json"


def _read(name: str) -> Run:
    path = Path(name) if name.endswith(".json") else _file(name)
    if not path.exists():
        raise SystemExit(f"There is no {path}: the runs that are kept are {sorted(p.stem for p in RESULTS.glob('*'))}.")
    kept: Run = json.loads(path.read_text(encoding="utf-8"))
    return kept


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default=SIZES, help=f"numbers of articles (default: {SIZES})")
    parser.add_argument("--databases", default=DATABASES, help=f"default: {DATABASES}")
    parser.add_argument("--compare", nargs=2, metavar=("A", "B"), help="two commits, or files of results")
    parser.add_argument("--show", metavar="A", help="print the tables of a run that is kept, and write them again")
    given = parser.parse_args()
    if given.compare:
        print(compared(*map(_read, given.compare)))
        return 0
    made = (
        _read(given.show) if given.show else run(given.databases.split(), [int(size) for size in given.sizes.split()])
    )
    text = tables(made)
    README.write_text(written(README.read_text(encoding="utf-8"), text), encoding="utf-8")
    print(text)
    return 0
