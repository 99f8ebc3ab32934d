"""Measures one size on one database: `python -m benchmarks.measure 1000 result.json turns 0 1`.

`benchmarks.run` calls it, once for each, with a folder in which all of them take turns (turns.py), their own place and
their number. It makes a data folder, fills it, starts the portal as `make run` does, and asks for pages over HTTP. Each
request goes to a host name of its own, so that none is answered with what was kept of another one (portal/repeats.py).
What a page asks of the database is counted in this process. Databases of one kind are filled one after the other. When
all are filled, each kind of page is asked of all of them before the next one.
"""

from __future__ import annotations

import fcntl
import json
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import django

from benchmarks.turns import Turns
from tests.serving import ROOT, Portal, prepare, running_portal

if TYPE_CHECKING:
    from articles.models import Article

REQUESTS: Final = {1: 100, 8: 160}
"""How many requests of a kind there are at most, by how many come at once."""
SECONDS: Final = 1.5
"""After how long no more are begun, in all turns together."""
ROUNDS: Final = 10
"""In how many turns these are asked for one after the other, and REPEATS each, every time over new connections."""
REPEATS: Final = 400
REPEATED: Final = ("repeats of the list of articles", "static file")
CHANGES: Final = 7
STREAM: Final = 30.0
"""How many seconds the CSV of everything is read."""
WARM: Final = 16
FIRST: Final = 8
"""How many addresses of a kind are asked for before it is measured: words that were looked for are remembered."""
SPARE: Final = 4
"""How many others before these: what the database has not read for a while comes from the disk."""
HOSTS: Final = "{n}.bench.example"
SETTINGS: Final = {"SHOLU_ALLOWED_HOSTS": ".bench.example,127.0.0.1", "SHOLU_LOG_LEVEL": "WARNING"}
OWN_PLANS: Final = ("jit", "join_collapse_limit", "from_collapse_limit")
"""What tests/on_postgresql.py sets for small tables, and other servers do not."""
SLOWEST: Final = 3

Json = dict[str, Any]


def _database() -> str:
    return "postgresql" if "DATABASE_URL" in os.environ else "sqlite"


def say(line: str) -> None:
    print(f"  {_database()} {int(sys.argv[1]):,}: {line.strip()}", flush=True)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Wait until nobody else holds a lock, which is a file."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class Phases:
    """Says how long each part of a run takes."""

    def __init__(self) -> None:
        self.taken: dict[str, float] = {}

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.taken[name] = time.perf_counter() - start
        say(f"  {name}: {self.taken[name]:.1f} s")


class Client:
    """The other process, which asks."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "benchmarks.client"]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.first = 0

    def ask(self, port: int, addresses: list[str], *, at_once: int = 1, host: str = HOSTS, **more: Any) -> Json:
        job = {"port": port, "addresses": addresses, "at_once": at_once, "host": host, "first": self.first}
        job |= {"requests": REQUESTS[at_once], "seconds": SECONDS} | more
        assert self.process.stdin is not None  # noqa: S101
        assert self.process.stdout is not None  # noqa: S101
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        done: Json = json.loads(self.process.stdout.readline())
        if "error" in done:
            raise SystemExit(f"{addresses[0]}: {done['error']}")
        self.first = done.get("next", self.first + 1)
        return done

    def close(self) -> None:
        assert self.process.stdin is not None  # noqa: S101
        self.process.stdin.close()
        self.process.wait(timeout=10)


def summary(done: Json) -> Json:
    """Return what is kept of some rounds: milliseconds, requests a second, bytes of a body as it was sent."""
    taken = sorted(1000 * one for one in done["taken"]) or [float("inf")]
    return {
        "p50": statistics.median(taken),
        "p99": taken[min(len(taken) - 1, int(0.99 * len(taken)))],
        "per_second": done["per_second"],
        "bytes": round(done["bytes"]),
        "requests": len(taken),
        "refused": done.get("refused", []),
    }


# --- processes ----------------------------------------------------------------------------------------------------


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def workers() -> list[int]:
    """Return the processes that answer: the children of gunicorn, which is a child of this process."""
    masters = [one for one in _children(os.getpid()) if b"gunicorn" in Path(f"/proc/{one}/cmdline").read_bytes()]
    return [worker for master in masters for worker in _children(master)]


def memory() -> Json:
    """Return the memory of the largest worker in megabytes: all of it, and its share of what several use."""
    found: Json = {"rss": 0.0, "pss": 0.0}
    for worker in workers():
        for line in Path(f"/proc/{worker}/smaps_rollup").read_text().splitlines():
            name, _colon, rest = line.partition(":")
            if name.lower() in found:
                found[name.lower()] = max(found[name.lower()], int(rest.split()[0]) / 1024)
    return found


@contextmanager
def constant() -> Iterator[int]:
    """Serve constants as the portal is served; give the port."""
    from tests.serving import _free_port  # noqa: PLC0415

    port = _free_port()
    environment = os.environ | SETTINGS | {"PORT": str(port)}
    command = [sys.executable, "-m", "gunicorn", "--config", "portal/gunicorn_conf.py", "benchmarks.constant"]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet)
    try:
        portal, deadline = Portal(port, {}), time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                portal.ask("/1")
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


# --- what a page asks of the database -----------------------------------------------------------------------------


def queries(addresses: list[str]) -> Json:
    """Return how many queries a page makes, how long they take by themselves, and which of them take longest."""
    from django.db import connection  # noqa: PLC0415
    from django.test import Client as Inside  # noqa: PLC0415

    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    inside = Inside(headers={"host": "127.0.0.1"})
    numbers, sums, slowest = [], [], {}
    for number, address in enumerate(addresses[:3]):
        asked.clear()
        with connection.execute_wrapper(note):
            answer = inside.get(address)
            _whole = b"".join(answer) if answer.streaming else answer.content
        answer.close()
        if not number and len(addresses) > 1:
            continue  # the first one also reads what a process remembers
        selects = [(sql, params) for sql, params in asked if sql.lstrip("( ").startswith(("SELECT", "WITH"))]
        taken = [(_seconds(sql, params), sql) for sql, params in selects]
        numbers.append(len(selects))
        sums.append(1000 * sum(seconds for seconds, _sql in taken))
        slowest = {sql[:200]: round(1000 * seconds, 2) for seconds, sql in sorted(taken, reverse=True)[:SLOWEST]}
    return {"queries": round(statistics.median(numbers)), "sql": statistics.median(sums), "slowest": slowest}


def _seconds(sql: str, params: Any) -> float:
    from django.db import connection  # noqa: PLC0415

    best = float("inf")
    for _n in range(3):
        with connection.cursor() as cursor:
            start = time.perf_counter()
            cursor.execute(sql, params)
            cursor.fetchall()
            best = min(best, time.perf_counter() - start)
            if best > 0.5:
                break
    return best


# --- changes ------------------------------------------------------------------------------------------------------


def _editor() -> Any:
    from django.contrib.auth.models import User  # noqa: PLC0415
    from django.test import Client as Inside  # noqa: PLC0415

    user = User.objects.create_superuser("bench")
    editor = Inside(headers={"host": "127.0.0.1"})
    editor.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return editor


def _draft(number: int) -> Article:
    from articles.models import Article, ArticlePartner, Topic  # noqa: PLC0415
    from tests.articles.builders import SUMMARY  # noqa: PLC0415

    like = Article.public.order_by("pk")[number]
    given = {"headline": f"Published at last {number}", "summary": SUMMARY, "genre": "news", "date_basis": "stated"}
    draft = Article(
        outlet=like.outlet, source=like.source, position=30_000 + number, first_line=1, last_line=9, **given
    )
    draft.set_date("2025-06-01")
    draft.save()
    ArticlePartner.objects.create(article=draft, country_id="DE")
    draft.topics.set(Topic.public.all()[:1])
    return draft


def changes(client: Client, port: int) -> dict[str, Json]:
    """Publish articles from the form of the admin; return the times of that, and of the first reader afterwards."""
    from django.test.utils import setup_test_environment, teardown_test_environment  # noqa: PLC0415

    from tests.articles.admin.desk import submit  # noqa: PLC0415

    setup_test_environment()  # the form on a page can be read then
    editor = _editor()
    publishing: list[float] = []
    first: list[float] = []
    second: list[float] = []
    sent = 0.0
    for number in range(CHANGES):
        draft = _draft(number)
        start = time.perf_counter()
        submit(editor, draft, "_publish")
        publishing.append(time.perf_counter() - start)
        draft.refresh_from_db()
        if not draft.is_public:
            raise SystemExit("The form of the admin does not publish.")
        time.sleep(0.3)  # a process looks for changes four times a second
        for times in (first, second):
            done = client.ask(port, ["/en/articles/"], requests=1)
            times.extend(done["taken"])
            sent = done["bytes"]
    teardown_test_environment()
    kinds = {"publish in the admin": publishing, "first after a change": first, "second after a change": second}
    return {
        name: {"1": summary({"taken": taken, "bytes": sent, "per_second": len(taken) / sum(taken)})}
        for name, taken in kinds.items()
    }


# --- one size -----------------------------------------------------------------------------------------------------


def measured_pages(client: Client, port: int, kinds: dict[str, list[str]], turns: Turns) -> dict[str, Json]:
    """Ask for each kind of page in short turns: a machine that is shared is slow for seconds, and quick for others."""

    def asked(addresses: list[str], **more: Any) -> Json:
        with turns.turn():
            return client.ask(port, addresses, **more)

    results: dict[str, Json] = {}
    for name, addresses in kinds.items():
        pairs = [addresses[n : n + 2] or addresses[:1] for n in range(0, FIRST + SPARE, 2)]
        first = [asked(pair, requests=len(pair), seconds=60) for pair in pairs]
        if name.endswith(" word"):
            results[f"{name}, asked for the first time"] = {"1": _together(first[SPARE // 2 :])}
        each = REQUESTS[1] // ROUNDS
        alone = [
            asked(addresses[n * each % len(addresses) :] + addresses, requests=each, seconds=SECONDS / ROUNDS)
            for n in range(ROUNDS)
        ]
        results[name] = {"1": _together(alone), "8": summary(asked(addresses, at_once=8))}
        one, eight = results[name]["1"], results[name]["8"]
        say(f"    {name}: {one['p50']:.1f} ms, p99 {one['p99']:.1f}; {eight['per_second']:.1f}/s; {one['bytes']:,} B")
        for refused in dict.fromkeys(one["refused"] + eight["refused"]):
            say(f"    {refused}")
    for line in _complaints():
        say(f"    {line}")
    return results


def _complaints() -> list[str]:
    """Return what the portal's log says of errors: the last lines of the tracebacks, each once."""
    log = Path(os.environ["SHOLU_DATA_DIR"], "gunicorn.log").read_text(encoding="utf-8", errors="replace")
    last = (
        one.partition("\n\n")[0].strip().splitlines() for one in log.split("Traceback (most recent call last):")[1:]
    )
    errors = (line for lines in last for line in lines if line and not line.startswith((" ", "GET ")))
    return list(dict.fromkeys(errors))[:20]


def repeats(client: Client, port: int, constant: int) -> dict[str, Json]:
    """Ask for one address again and again, with one host name, for a static file, and for as many bytes of a constant.

    In rounds, since it is chance whether connections fall to one worker or to both, and shows.
    """
    host = "again.bench.example"
    manifest = json.loads(Path(os.environ["SHOLU_DATA_DIR"], "static-manifest", "staticfiles.json").read_text())
    static = next(to for name, to in manifest["paths"].items() if name.endswith(".css"))
    results: dict[str, Json] = {}
    for name, address in zip(REPEATED, ("/en/articles/", f"/static/{static}"), strict=True):
        size = round(client.ask(port, [address], host=host, requests=WARM, at_once=8)["bytes"])
        results[name] = {"constant": {}}
        for at_once in REQUESTS:
            own, beside = [], []
            for _round in range(ROUNDS):
                own.append(client.ask(port, [address], host=host, at_once=at_once, requests=REPEATS))
                beside.append(client.ask(constant, [f"/{size}"], at_once=at_once, requests=REPEATS))
            results[name][str(at_once)] = _together(own)
            results[name]["constant"][str(at_once)] = _together(beside)
    return results


def _together(rounds: list[Json]) -> Json:
    joined = {name: [one for each in rounds for one in each[name]] for name in ("taken", "refused")}
    return summary(rounds[0] | joined | {"per_second": statistics.median(each["per_second"] for each in rounds)})


def constants(client: Client, port: int, results: dict[str, Json]) -> None:
    """Add to each kind of page how long gunicorn takes for as many bytes."""
    for kind in results.values():
        if "8" in kind:
            address = f"/{kind['1']['bytes']}"
            kind["constant"] = {str(n): summary(client.ask(port, [address], at_once=n, requests=160)) for n in REQUESTS}


def use_own_plans() -> None:
    import psycopg  # noqa: PLC0415

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        for setting in OWN_PLANS:
            connection.execute(f"ALTER SYSTEM RESET {setting}")
        connection.execute("SELECT pg_reload_conf()")


def versions() -> Json:
    from django.db import connection  # noqa: PLC0415

    own = {"python": platform.python_version(), "django": django.get_version(), "sqlite": sqlite3.sqlite_version}
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            own["postgresql"] = cursor.fetchone()[0]
    return own


def _manage(*command: str) -> None:
    subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True)


def fill_database(size: int, folder: Path, clock: Phases) -> dict[str, float]:
    """Make so many articles in an empty data folder; return the seconds that each part took."""
    with clock.phase("migrate and collect static files"):
        if "DATABASE_URL" in os.environ:
            use_own_plans()
        _manage("migrate", "--verbosity", "0")
        _manage("collectstatic", "--noinput", "--verbosity", "0")
        (folder / "ready").touch()  # for `prepare`: the record is this one
    django.setup()
    from benchmarks.synthetic import fill  # noqa: PLC0415

    with clock.phase("load"):
        return fill(size, say=say)


def measure(folder: Path, clock: Phases, turns: Turns) -> Json:
    """Measure everything in a data folder that is filled."""
    from benchmarks.pages import everything, pages  # noqa: PLC0415

    with clock.phase("choose addresses"):
        kinds = pages()
    client = Client()
    results: dict[str, Json] = {}
    with running_portal(prepare(folder), None, **SETTINGS) as portal:
        turns.gather()
        with clock.phase("pages"):
            with turns.turn():
                client.ask(portal.port, kinds["articles"], at_once=8, requests=WARM, seconds=60)
                before = memory()
            results |= measured_pages(client, portal.port, kinds, turns)
            after = memory()
        with turns.turn(), clock.phase("changes"):
            results |= changes(client, portal.port)
        with turns.turn(), constant() as port, clock.phase("constants, repeats and static files"):
            client.ask(port, ["/1000"], at_once=8)
            constants(client, port, results)
            results |= repeats(client, portal.port, port)
    with turns.turn(), running_portal(folder, None, **SETTINGS) as portal, clock.phase("CSV of everything"):
        client.ask(portal.port, kinds["articles"], at_once=8, requests=WARM, seconds=60)
        fresh = memory()
        csv = client.ask(portal.port, [everything()], stream=True, seconds=STREAM)
        csv |= {"memory_before": fresh, "memory_after": memory()}
    client.close()
    with turns.turn(), clock.phase("queries"):
        for name, addresses in kinds.items():
            results[name] |= queries(addresses)
    return {
        "pages": results,
        "memory": {"first": before, "after pages": after},
        "csv": csv,
        "phases": clock.taken,
        "versions": versions(),
    }


def main() -> None:
    size, target, company, place, number = sys.argv[1:]
    clock, turns = Phases(), Turns(Path(company), int(place), int(number))
    with tempfile.TemporaryDirectory(prefix="sholu-bench-", ignore_cleanup_errors=True) as folder:
        for name in [name for name in os.environ if name.startswith(("SHOLU_", "DJANGO_"))]:
            del os.environ[name]
        os.environ |= {"SHOLU_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "portal.settings"} | SETTINGS
        with _alone(turns.folder / _database()):
            loading = fill_database(int(size), Path(folder), clock)
        turns.gather()
        measured = measure(Path(folder), clock, turns)
        Path(target).write_text(json.dumps({"loading": loading} | measured, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
