"""A portal as `make run` starts it, in a process and a data folder of its own, for tests over real HTTP."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START = 240
"""For how many seconds a portal may start: with a million articles it reads the bitmaps for a minute."""


@dataclass(frozen=True)
class Answer:
    """One answer over the wire; header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Portal:
    """A running portal."""

    port: int
    environment: dict[str, str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, target: str, method: str = "GET", **headers: str) -> Answer:
        """One request on one connection; ``accept_encoding="gzip"`` sends that header. No redirects."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(
                method, target, headers={name.replace("_", "-"): value for name, value in headers.items()}
            )
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, body)

    def send(self, raw: bytes) -> bytes:
        """Whatever comes back for these very bytes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            connection.sendall(raw)
            connection.shutdown(socket.SHUT_WR)
            answer = b""
            while part := connection.recv(65536):
                answer += part
        return answer

    def manage(self, *command: str, **more: str) -> str:
        """Run a management command on the portal's database and return what it prints."""
        return _manage(self.environment | more, *command)


def prepare(data_dir: Path, **more: str) -> Path:
    """Make a data folder ready to serve, unless it is: migrate, load the record, collect the static files.

    Where a server keeps the database, that is made ready; return the folder.
    """
    ready = data_dir / "ready"
    if not ready.exists():
        data_dir.mkdir(exist_ok=True)
        environment = _environment(data_dir) | more
        _manage(environment, "migrate", "--verbosity", "0")
        _manage(environment, "load_record")
        _manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
        ready.touch()
    return data_dir


@contextmanager
def running_portal(data_dir: Path, prepared: Path | None = None, **more: str) -> Iterator[Portal]:
    """Serve the record from a data folder, a copy of a prepared one where there is one; stop at the end.

    `more` is set in its environment.
    """
    if prepared:
        shutil.copytree(prepared, data_dir, dirs_exist_ok=True)
    port = _free_port()
    environment = _environment(prepare(data_dir, **more)) | more | {"PORT": str(port)}
    log_path = data_dir / "gunicorn.log"
    with log_path.open("wb") as log:
        command = [sys.executable, "-m", "gunicorn", "--config", "portal/gunicorn_conf.py", "portal.wsgi"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            portal = Portal(port, environment)
            _wait_until_ready(portal, process, log_path)
            yield portal
        finally:
            process.terminate()
            process.wait(timeout=30)


def _environment(data_dir: Path) -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SHOLU_", "DJANGO_"))}
    if "THROWAWAY_DATABASE" not in environment:  # never the database of whoever runs the tests
        environment.pop("DATABASE_URL", None)
    return environment | {"SHOLU_DATA_DIR": str(data_dir), "PYTHONWARNINGS": "default"}


def _manage(environment: dict[str, str], *command: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_ready(portal: Portal, process: subprocess.Popen[bytes], log_path: Path) -> None:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if portal.ask("/readyz").status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"The portal does not start:\n{log_path.read_text()}")
