"""The line that gunicorn logs for each request."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gunicorn.glogging import Logger


class AccessLog(Logger):  # type: ignore[misc]
    """What was asked, how it was answered, how long it took; no address of the reader, and nothing they sent besides.

    gunicorn itself gathers every header for a line, whatever that says: a fifth of the time of a repeated answer.
    """

    def access(self, resp: Any, _req: Any, environ: dict[str, Any], request_time: dt.timedelta) -> None:
        """Log a line: method, path, status, bytes of the body, milliseconds."""
        if self.access_log_enabled:
            path: str = environ["PATH_INFO"]
            if not path.isprintable():  # one request, one line
                path = path.encode("unicode_escape").decode("ascii")
            status = resp.status.partition(" ")[0]
            took = request_time // dt.timedelta(milliseconds=1)
            self.access_log.info("%s %s %s %s %dms", environ["REQUEST_METHOD"], path, status, resp.sent, took)
