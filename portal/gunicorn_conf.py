"""How gunicorn runs the portal: ``python -m gunicorn -c portal/gunicorn_conf.py portal.wsgi``."""

import logging
import os
import socket
import struct
from pathlib import Path
from typing import Any

from gunicorn.http import message

from portal import env
from portal.access_log import AccessLog

_environment = env.read(os.environ, Path(__file__).resolve().parent.parent)

bind = (
    f"[{_environment.bind}]:{_environment.port}"
    if ":" in _environment.bind
    else f"{_environment.bind}:{_environment.port}"
)
workers = _environment.workers
worker_class = "gthread"
threads = _environment.threads
preload_app = True  # a broken setting is told once, by the first process, and not by each worker for ever

# X-Forwarded-Proto makes a request https only when one of these sent it.
forwarded_allow_ips = ",".join(_environment.proxies)

# A query string of 10,000 characters, percent-encoded, shall reach the page that names what is wrong with it. gunicorn
# knows a limit up to 8190 or none at all; none would let one line fill the memory, so its own ceiling is raised.
message.MAX_REQUEST_LINE = 65_536
limit_request_line = 65_535
# Room for the headers that browsers and proxies send.
limit_request_fields = 60
limit_request_field_size = 8190

SECONDS_OF_SILENCE = 5
timeout = 30
graceful_timeout = 20
keepalive = 5
max_requests = 1_000_000
max_requests_jitter = 100_000
_memory = Path("/dev/shm")  # noqa: S108  # a heartbeat file on a slow disk would stall the workers
worker_tmp_dir = str(_memory) if os.access(_memory, os.W_OK) else None
control_socket_disable = True

accesslog = "-"
logger_class = AccessLog
errorlog = "-"
loglevel = _environment.log_level.lower()


def when_ready(server: Any) -> None:
    """Let go of clients that fall silent within a request: gthread itself would give them a thread for ever.

    Connections inherit the limits of the listening socket. Who sends a byte now and then still keeps a thread:
    against that there is the proxy in front (docs/deploying.md).
    """
    silence = struct.pack("ll", SECONDS_OF_SILENCE, 0)
    for listener in server.LISTENERS:
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, silence)
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, silence)
    server.log.error_log.addFilter(_in_one_line)


def _in_one_line(record: logging.LogRecord) -> bool:
    """gunicorn takes the end of such a client for an error of its own, worth a traceback."""
    if record.exc_info and isinstance(record.exc_info[1], BlockingIOError):
        record.msg, record.args, record.exc_info = "A client fell silent within its request", (), None
    return True
