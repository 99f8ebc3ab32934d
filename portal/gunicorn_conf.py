"""How gunicorn runs the portal: ``python -m gunicorn -c portal/gunicorn_conf.py portal.wsgi``."""

import os
from pathlib import Path

from portal import env

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

# The longest request line that gunicorn can limit, and room for the headers that browsers and proxies send.
limit_request_line = 8190
limit_request_fields = 60
limit_request_field_size = 8190

timeout = 30
graceful_timeout = 20
keepalive = 5
max_requests = 10_000
max_requests_jitter = 1_000
_memory = Path("/dev/shm")  # noqa: S108  # a heartbeat file on a slow disk would stall the workers
worker_tmp_dir = str(_memory) if os.access(_memory, os.W_OK) else None
control_socket_disable = True

accesslog = "-"
# No address of the reader in the log: what was asked, how it was answered, how long it took.
access_log_format = "%(m)s %(U)s %(s)s %(B)s %(M)sms"
errorlog = "-"
loglevel = _environment.log_level.lower()
