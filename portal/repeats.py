"""Answers that were made before and are still true: each is made once for a state of the record.

Stands around the whole of Django (PEP 3333), because to pass through its middleware takes longer than to send what
is kept. What is kept is what any shared cache might keep (RFC 9111): a 200 to a GET, public, without cookie, that
varies by nothing but the encoding. It is kept under the mark of the state it was made from, so that nothing has to be
thrown away when the record changes: the next reader asks under another mark. A process looks for the mark a few
times a second, and not for each reader.

Each process keeps what it has sent last; behind that is Django's cache (settings.CACHES), which all share.
"""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from threading import Lock
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django.utils.http import parse_etags

from articles.changes.state import MARK, Mark, newest
from articles.software import software
from portal.middleware import welcome_encodings

Environ = dict[str, Any]
Header = tuple[str, str]
StartResponse = Callable[..., Any]
Key = tuple[str, ...]

SECONDS: Final = 0.25
"""How long a process may take the record for unchanged."""
LARGEST: Final = 1 << 20
"""The most bytes of one answer that are kept."""
LONGEST: Final = 2_000
"""The most characters of a query string whose answers are kept: readers repeat the short ones."""
ROOM: Final = 32 << 20
"""The most bytes of all answers that one process keeps for itself."""

REST: Final = 10
"""How many seconds a shared cache is left alone that has failed."""

_LEFT_TO_DJANGO: Final = ("HTTP_RANGE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")
_OF_THE_BODY: Final = ("content-type", "content-length", "content-encoding", "content-disposition", "content-language")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with status 200 as it was sent."""

    headers: list[Header]
    body: bytes

    @property
    def etag(self) -> str:
        return next((value for name, value in self.headers if name.lower() == "etag"), "")

    def send(self, environ: Environ, start_response: StartResponse) -> list[bytes]:
        """Send it, or say that the client has it already (RFC 9110, 13.1.2)."""
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and self.etag and _names(known, self.etag):
            kept = [(name, value) for name, value in self.headers if name.lower() not in _OF_THE_BODY]
            start_response("304 Not Modified", kept)
            return []
        start_response("200 OK", list(self.headers))
        return [self.body] if environ["REQUEST_METHOD"] == "GET" else []


def _names(header: str, etag: str) -> bool:
    """Say whether If-None-Match names an ETag, compared weakly."""
    etags = parse_etags(header)
    return etags == ["*"] or etag.removeprefix("W/") in [one.removeprefix("W/") for one in etags]


@lru_cache(maxsize=256)
def _encoding(accepted: str) -> str:
    """Return the encoding that `portal.middleware.Delivery` would choose."""
    return next(iter(welcome_encodings(accepted)), "")


class Repeats:
    """A WSGI application that answers in place of another one where that would say what it has said before."""

    def __init__(self, application: Callable[[Environ, StartResponse], Iterable[bytes]]) -> None:
        self._application = application
        self._own: OrderedDict[tuple[Key, Mark], Answer] = OrderedDict()
        self.bytes_kept = 0
        self._lock = Lock()
        self._mark: Mark | None = None
        self._looked = 0.0
        self._day = ""
        self._ask_again = 0.0

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        asked = _asked(environ)
        if asked is None:
            return self._application(environ, start_response)
        now = self._now()
        key = (*asked, self._day)
        answer = self._find(key, now)
        if answer:
            return answer.send(environ, start_response)
        return self._made(key, environ, start_response)

    def _now(self) -> Mark | None:
        """Return the mark of the record as it was less than SECONDS ago; nothing where there is no telling."""
        if time.monotonic() - self._looked < SECONDS:
            return self._mark
        try:
            self._mark, self._looked = newest(), time.monotonic()
            self._day = timezone.localdate().isoformat()  # what is planned today is overdue tomorrow
        except (DatabaseError, TypeError):  # there is no database, or nothing in it
            self._mark = None
        finally:
            close_old_connections()
        return self._mark

    # --- what is kept ---------------------------------------------------------------------------------------------

    def _find(self, key: Key, now: Mark | None) -> Answer | None:
        if now is None:
            return None
        answer = self._own.get((key, now))
        if answer is None and (told := self._ask(lambda: cache.get(_name(key, now)))):
            answer = self._remember((key, now), Answer(*told))
        return answer

    def _remember(self, place: tuple[Key, Mark], answer: Answer) -> Answer:
        with self._lock:
            if place not in self._own:
                self._own[place] = answer
                self.bytes_kept += len(answer.body)
            while self.bytes_kept > ROOM:
                self.bytes_kept -= len(self._own.popitem(last=False)[1].body)
        return answer

    def _keep(self, key: Key, made_from: Mark, answer: Answer) -> None:
        self._remember((key, made_from), answer)
        self._ask(lambda: cache.set(_name(key, made_from), (answer.headers, answer.body)))

    def _ask(self, cache: Callable[[], Any]) -> Any:
        """Return what the shared cache says; while it is down, each process does with what it keeps itself."""
        if time.monotonic() < self._ask_again:
            return None
        try:
            return cache()
        except Exception as error:  # noqa: BLE001  # every kind of cache fails in its own way
            log.warning("The cache does not answer, and is left alone for %d s: %s", REST, error)
            self._ask_again = time.monotonic() + REST
            return None

    # --- what is new ----------------------------------------------------------------------------------------------

    def _made(self, key: Key, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        said: list[tuple[str, list[Header]]] = []

        def start(status: str, headers: list[Header], *more: Any) -> Any:
            said.append((status, headers))
            return start_response(status, headers, *more)

        chunks = self._application(environ, start)
        status, headers = said[-1]
        made_from: Mark | None = environ.get(MARK)
        if made_from is None or environ["REQUEST_METHOD"] != "GET" or not (status == "200 OK" and _is_kept(headers)):
            return chunks
        return _Passing(chunks, lambda body: self._keep(key, made_from, Answer(headers, body)))


class _Passing:
    """The body of an answer on its way, gathered for those who ask next unless it is too long."""

    def __init__(self, chunks: Iterable[bytes], keep: Callable[[bytes], None]) -> None:
        self._chunks, self._keep = chunks, keep

    def __iter__(self) -> Iterator[bytes]:
        gathered: list[bytes] = []
        number = 0
        for chunk in self._chunks:
            number += len(chunk)
            if number <= LARGEST:
                gathered.append(chunk)
            else:
                gathered.clear()
            yield chunk
        if number <= LARGEST:
            self._keep(b"".join(gathered))

    def close(self) -> None:
        close = getattr(self._chunks, "close", None)
        if close:
            close()


def _asked(environ: Environ) -> Key | None:
    """Return what of a request its answer depends on; nothing where that is not to be kept."""
    path = environ["PATH_INFO"]
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not environ.get("HTTP_HOST"):
        return None
    if path.startswith((settings.STATIC_URL, f"/{settings.ADMIN_PATH}")):
        return None
    if len(environ["QUERY_STRING"]) > LONGEST or any(one in environ for one in _LEFT_TO_DJANGO):
        return None
    if "HTTP_IF_MODIFIED_SINCE" in environ and "HTTP_IF_NONE_MATCH" not in environ:  # else only the latter counts
        return None
    return (
        environ["wsgi.url_scheme"],
        environ["HTTP_HOST"],
        path,
        environ["QUERY_STRING"],
        _encoding(environ.get("HTTP_ACCEPT_ENCODING", "")),
    )


def _name(key: Key, now: Mark) -> str:
    """Return the name of an answer in the shared cache: another release makes other answers."""
    return sha256("\0".join((*key, software(), str(now))).encode(errors="surrogateescape")).hexdigest()


def _is_kept(headers: list[Header]) -> bool:
    """Say whether any shared cache may keep an answer with these headers, for all readers alike."""
    told = {name.lower(): value.lower() for name, value in headers}
    varies = {one.strip() for one in told.get("vary", "").split(",")} - {"", "accept-encoding"}
    return told.get("cache-control", "").startswith("public") and "set-cookie" not in told and not varies
