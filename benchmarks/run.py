"""Measures the portal at several sizes on both databases, and compares: `python -m benchmarks`, or `make bench`.

Every run is kept in benchmarks/results/ under the name of its commit; its table goes into benchmarks/README.md.
`python -m benchmarks --compare A B` says what has changed from one commit to another.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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
    """Measure each size on all databases, each in a new process and a new data folder.

    They are filled at the same time, since one core is enough for each, and measured one after the other.
    """
    made: Run = {
        "commit": commit(),
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "machine": _machine(),
        "results": {},
    }
    RESULTS.mkdir(exist_ok=True)
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    path = os.pathsep.join(filter(None, (str(ROOT), environment.get("PYTHONPATH"))))
    with tempfile.TemporaryDirectory(prefix="sholu-bench-") as folder:
        for size in sizes:
            print(f"{size:,} articles", flush=True)
            start = time.perf_counter()
            targets = {database: Path(folder) / f"{database}-{size}.json" for database in databases}
            running = []
            for database, target in targets.items():
                command = [sys.executable, "-m", "benchmarks.measure", str(size), str(target), f"{folder}/lock"]
                if database == "postgresql":
                    command = [sys.executable, "tests/on_postgresql.py", *command]
                running.append(subprocess.Popen(command, cwd=ROOT, env=environment | {"PYTHONPATH": path}))
            codes = [one.wait() for one in running]
            if any(codes):
                raise SystemExit(f"{size:,} articles could not be measured: see above.")
            for database, target in targets.items():
                made["results"].setdefault(database, {})[str(size)] = json.loads(target.read_text(encoding="utf-8"))
            print(f"  all of it: {time.perf_counter() - start:.0f} s", flush=True)
            # After each size: what was measured stays, if a later one fails.
            _file(made["commit"]).write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    return made


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
