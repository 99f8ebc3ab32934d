"""The least that gunicorn can do: `/40000` is answered with 40,000 bytes that are there already."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=64)
def _body(size: int) -> bytes:
    return b"x" * size


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    size = environ["PATH_INFO"].strip("/")
    body = _body(int(size) if size.isdigit() else 0)
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
    return [body]
